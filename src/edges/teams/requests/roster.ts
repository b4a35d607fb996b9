import { type Activity, TeamsInfo, type TurnContext } from 'botbuilder';
import type { Person } from '../../../chat/place.ts';
import type { Log } from '../options.ts';
import { openCache } from './cache.ts';
import { tenantOf } from './places.ts';
import { digText } from './request.ts';

/** Somebody as the roster of the conversation has them. */
type Member = Awaited<ReturnType<typeof TeamsInfo.getMember>>;
/** Where people and places have their names from: what Teams leaves out of a message is asked for. */
export type Roster = ReturnType<typeof openRoster>;

const MEMBER_MINUTES = 5;
const NAME_MINUTES = 60;
/** How Teams marks a guest's user name: that of another tenant inside this one. */
const GUEST = '#ext#';

export function openRoster({ home, local, log }: { home?: string; local: boolean; log: Log }) {
  const members = openCache<Member>(MEMBER_MINUTES);
  const names = openCache<string>(NAME_MINUTES);

  const findMember = (context: TurnContext, id: string): Promise<Member | undefined> =>
    members
      .get(`${tenantOf(context.activity)} ${id}`, () => TeamsInfo.getMember(context, id))
      .catch((error: unknown) => {
        log.warn({ err: error, id }, 'Teams did not say who this is');
        return undefined;
      });

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

    forgetNames: names.forget,
  };
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

async function nameOf(context: TurnContext, names: ReturnType<typeof openCache<string>>): Promise<string> {
  const { activity } = context;
  const team = digText(activity.channelData, 'team', 'id');
  if (activity.conversation.conversationType !== 'channel' || team === undefined) {
    return activity.conversation.name ?? '';
  }
  const channel = channelOf(activity);
  return names.get(`${team} ${channel}`, async () => {
    const [details, channels] = await Promise.all([
      TeamsInfo.getTeamDetails(context, team),
      TeamsInfo.getTeamChannels(context, team),
    ]);
    // The first channel of a team has no name of its own: https://learn.microsoft.com/microsoftteams/platform/bots/how-to/get-teams-context
    const name = channels.find(({ id }) => id === channel)?.name ?? 'General';
    return details.name === undefined ? name : `${details.name} › ${name}`;
  });
}

export function channelOf(activity: Activity): string {
  return (
    digText(activity.channelData, 'channel', 'id') ?? activity.conversation.id.replace(/;messageid=.*$/, '')
  );
}
