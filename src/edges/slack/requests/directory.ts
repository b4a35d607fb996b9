import type { ConversationsInfoResponse, UsersInfoResponse, WebClient } from '@slack/web-api';
import type { Person, Place } from '../../../chat/place.ts';
import { slackWord } from '../answers/failures.ts';
import type { Log } from '../options.ts';
import type { Identity } from '../web-api.ts';
import { remember } from './remember.ts';

/** Who and where: Slack's ids as people and places. */
export type Directory = {
  person(user: string, name?: string): Promise<Person>;
  place(channel: string, hints: PlaceHints): Promise<Place>;
  /** What stands in a text for somebody mentioned: an e-mail address, else `@name`. */
  mention(user: string, name?: string): Promise<string>;
};
export type PlaceHints = { readonly type?: string | undefined; readonly thread?: string | undefined };

type User = NonNullable<UsersInfoResponse['user']>;
type Channel = NonNullable<ConversationsInfoResponse['channel']>;
/** `hidden`: Slack says there is no such conversation for the bot; `unknown`: it does not say. */
type Lookup = Channel | 'hidden' | 'unknown';

const fiveMinutes = 300_000;

export function openDirectory(
  client: WebClient,
  identity: () => Promise<Identity>,
  log: Log,
  now: () => number,
  vouches: (email: string) => boolean = () => true,
): Directory {
  const loadUser = async (user: string) => (await client.users.info({ user })).user;
  const loadChannel = async (channel: string) => (await client.conversations.info({ channel })).channel;
  const users = remember(loadUser, fiveMinutes, now);
  const channels = remember(loadChannel, fiveMinutes, now);
  const userOf = (user: string): Promise<User | undefined> =>
    users(user).catch((err: unknown) => {
      log.warn({ err, user }, 'Slack does not say who this user is');
      return undefined;
    });
  const channelOf = async (channel: string): Promise<Lookup> => {
    try {
      return (await channels(channel)) ?? 'unknown';
    } catch (err) {
      log.info({ err, channel }, 'Slack does not say what this conversation is');
      return slackWord(err) === 'channel_not_found' ? 'hidden' : 'unknown';
    }
  };
  return {
    async person(user, name) {
      const [{ team, enterprise }, found] = await Promise.all([identity(), userOf(user)]);
      const email = found && isOurs(found, team, enterprise) ? emailOf(found) : undefined;
      const isTrusted = email !== undefined && vouches(email);
      return {
        platform: 'slack',
        id: `${team}:${user}`,
        name: nameOf(found) ?? name ?? user,
        ...(isTrusted && { email }),
      };
    },
    async place(channel, { type, thread }) {
      const [{ team, within }, found] = await Promise.all([identity(), channelOf(channel)]);
      const kind = kindOf(channel, type, found);
      return {
        platform: 'slack',
        conversation: `${team}:${channel}`,
        kind,
        name: kind === 'channel' && typeof found === 'object' && found.name ? `#${found.name}` : '',
        ...(thread === undefined ? {} : { thread }),
        address: { team, channel, ...(within === undefined ? {} : { within }) },
      };
    },
    async mention(user, name) {
      const found = await userOf(user);
      return (found && emailOf(found)) ?? `@${nameOf(found) ?? name ?? user}`;
    },
  };
}

const emailOf = (user: User): string | undefined => user.profile?.email?.toLowerCase() || undefined;

const nameOf = (user: User | undefined): string | undefined =>
  user?.profile?.real_name || user?.real_name || user?.profile?.display_name || user?.name || undefined;

/**
 * Whether this very workspace vouches for the e-mail address: in a channel shared over Slack Connect,
 * another organization's admins decide what address their people show.
 */
function isOurs(user: User, team: string, enterprise: string | undefined): boolean {
  if (user.is_stranger || user.is_email_confirmed === false) return false;
  if (user.team_id === undefined || user.team_id === team) return true;
  return enterprise !== undefined && user.enterprise_user?.enterprise_id === enterprise;
}

/**
 * What Slack says first, then the sort of the event, then the letter of the id (D direct, G several people,
 * C channel). A direct conversation that the bot can't see is one between others.
 */
function kindOf(channel: string, type: string | undefined, found: Lookup): Place['kind'] {
  if (type === 'im') return 'personal';
  if (channel.startsWith('D')) return found === 'hidden' ? 'group' : 'personal';
  if (type === 'mpim') return 'group';
  if (typeof found === 'object') return found.is_mpim ? 'group' : 'channel';
  return channel.startsWith('G') && type === undefined ? 'group' : 'channel';
}
