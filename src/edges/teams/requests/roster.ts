import { ActivityTypes, TeamsInfo, type TurnContext } from 'botbuilder';
import type { Person } from '../../../chat/place.ts';
import { postFailed } from '../answers/failures.ts';
import { type Patience, patiently } from '../answers/patience.ts';
import { type Log, TIMING } from '../options.ts';
import { type Cache, openCache } from './cache.ts';
import { channelOf, teamOf, tenantOf } from './places.ts';
import { digText } from './request.ts';

/** Somebody as the roster of the conversation has them. */
type Member = Awaited<ReturnType<typeof TeamsInfo.getMember>>;
/** Where people and places have their names from: what Teams leaves out of a message is asked for. */
export type Roster = ReturnType<typeof openRoster>;

const MEMBER_MINUTES = 5;
/** Cards and inputs ask again and again for somebody whom the roster of a conversation does not have. */
const ABSENT_MINUTES = 1;
const NAME_MINUTES = 60;
/** How Teams marks a guest's user name: that of another tenant inside this one. */
const GUEST = '#ext#';

type Ways = {
  readonly home?: string;
  readonly local: boolean;
  readonly log: Log;
  readonly patience?: Patience;
};

export function openRoster({ home, local, log, patience = TIMING }: Ways) {
  const members = openCache<Member>(MEMBER_MINUTES);
  const absent = openCache<true>(ABSENT_MINUTES);
  const names = openCache<string>(NAME_MINUTES);

  async function findMember(context: TurnContext, id: string): Promise<Member | undefined> {
    const { activity } = context;
    const key = `${tenantOf(activity)} ${id}`;
    const here = `${channelOf(activity)} ${key}`;
    const known = members.find(key);
    // Who writes may have come, or brought the bot, a moment ago.
    const isAbsent = activity.type === ActivityTypes.Invoke && absent.find(here) === true;
    if (known !== undefined || isAbsent) return known;
    try {
      return members.keep(key, await patiently(patience, () => TeamsInfo.getMember(context, id)));
    } catch (error) {
      log.warn({ err: error, id }, 'Teams did not say who this is');
      if (postFailed(error).reason === 'later') throw new NotSaid(error);
      absent.keep(here, true);
      return undefined;
    }
  }

  return {
    async person(context: TurnContext): Promise<Person> {
      const { from } = context.activity;
      const member = await findMember(context, from.id);
      const email = member && vouchedEmail(member, tenantOf(context.activity), home, local);
      return {
        platform: 'teams',
        id: from.aadObjectId ?? member?.aadObjectId ?? from.id,
        name: member?.name ?? from.name ?? '',
        ...(email !== undefined && { email }),
        ...(local && { local }),
      };
    },

    /** The address of somebody who was mentioned. It is what the person means, not a proof of anything. */
    async email(context: TurnContext, id: string): Promise<string | undefined> {
      const member = await findMember(context, id);
      return member && (mailOf(member) ?? userNameOf(member));
    },

    placeName: (context: TurnContext): Promise<string> =>
      nameOf(context, names).catch((error: unknown) => {
        log.warn({ err: error }, 'Teams did not say how this place is called');
        return '';
      }),

    /** How the channels of a team are called now. */
    async namesNow(context: TurnContext, team: string): Promise<(channel: string) => string> {
      names.forget();
      return patiently(patience, () => namesOf(context, team));
    },

    forgetNames: names.forget,
  };
}

/** Teams could not be asked just now who somebody is: they are not to be taken for a stranger. */
export class NotSaid extends Error {
  override name = 'NotSaid';

  constructor(cause: unknown) {
    super('Teams did not say who somebody is', { cause });
  }
}

/**
 * The address that Teams itself vouches for. An admin can write any address into the mail field of their
 * own tenant, but a user name only under a domain that the tenant proved to own: so the mail field counts
 * in the bot's own tenant alone.
 * Source: https://learn.microsoft.com/entra/identity-platform/claims-validation
 */
function vouchedEmail(member: Member, tenant: string | undefined, home: string | undefined, local: boolean) {
  const isOwn = local || (home !== undefined && (member.tenantId ?? tenant) === home);
  return (isOwn ? mailOf(member) : undefined) ?? userNameOf(member);
}

const mailOf = ({ email }: Member): string | undefined => digText({ email }, 'email')?.toLowerCase();

function userNameOf({ userPrincipalName }: Member): string | undefined {
  const name = digText({ userPrincipalName }, 'userPrincipalName')?.toLowerCase();
  return name?.includes('@') && !name.includes(GUEST) ? name : undefined;
}

async function nameOf(context: TurnContext, names: Cache<string>): Promise<string> {
  const { activity } = context;
  const team = teamOf(activity);
  if (team === undefined) return activity.conversation.name ?? '';
  const channel = channelOf(activity);
  return names.get(`${team} ${channel}`, async () => (await namesOf(context, team))(channel));
}

/** How the channels of a team are called. */
async function namesOf(context: TurnContext, team: string): Promise<(channel: string) => string> {
  const [details, channels] = await Promise.all([
    TeamsInfo.getTeamDetails(context, team),
    TeamsInfo.getTeamChannels(context, team),
  ]);
  return (channel) => {
    const listed = channels.find(({ id }) => id === channel);
    // The first channel of a team, which has its id, has no name of its own: https://learn.microsoft.com/microsoftteams/platform/bots/how-to/get-teams-context
    const name = listed !== undefined || channel === team ? (listed?.name ?? 'General') : undefined;
    return [details.name, name].filter((part) => part !== undefined).join(' › ');
  };
}
