import type { GlobalShortcut, MessageShortcut } from '@slack/bolt';
import { attachmentOf, type SlackFile } from '../requests/attachments.ts';
import type { Reception, Request } from '../requests/inbound.ts';
import { aloneWith } from './alone.ts';

/**
 * As the manifest of the app has them. Source: https://docs.slack.dev/interactivity/implementing-shortcuts and
 * https://docs.slack.dev/reference/app-manifest (a name has 24 characters at most)
 */
export const shortcuts = [
  {
    name: 'Find an order',
    type: 'global',
    callback_id: 'find_order',
    description: 'Look up an order by its number, its customer or what was ordered',
  },
  {
    name: 'Associate users',
    type: 'global',
    callback_id: 'associate_users',
    description: 'Give units of a service to users',
  },
  {
    name: 'New order',
    type: 'global',
    callback_id: 'new_order',
    description: 'Order licences for a customer',
  },
  {
    name: 'Bulk job from a sheet',
    type: 'global',
    callback_id: 'bulk_job',
    description: 'Change many users with a spreadsheet',
  },
  {
    name: 'Find the orders named',
    type: 'message',
    callback_id: 'find_named',
    description: 'Look up the orders whose numbers stand in this message',
  },
  {
    name: 'Bulk job from this file',
    type: 'message',
    callback_id: 'bulk_from_file',
    description: 'Check the spreadsheet of this message, and change many users with it',
  },
] as const;

/** What choosing one says for the person. */
const commands: Readonly<Record<string, string>> = { find_order: 'order' };

/** What it begins, as the buttons of a home page do: for which customer is asked first, where there are several. */
const begun: Readonly<Record<string, string>> = {
  associate_users: 'associate',
  new_order: 'new order',
  bulk_job: 'bulk',
};

/** A shortcut that was chosen from nowhere in particular: it is answered where the person talks to the bot alone. */
export async function requestOfShortcut(
  reception: Reception,
  { callback_id, trigger_id, user }: GlobalShortcut,
): Promise<Request | undefined> {
  const [said, begins] = [commands[callback_id], begun[callback_id]];
  if (said === undefined && begins === undefined) return undefined;
  const [person, place] = await Promise.all([
    reception.directory.person(user.id, user.username),
    aloneWith(reception, user.id),
  ]);
  const common = { id: trigger_id, person, place };
  return {
    inbound:
      said === undefined
        ? { ...common, kind: 'submit', verb: 'home.begin', values: { text: begins } }
        : { ...common, kind: 'message', text: said, attachments: [] },
    asked: { place, user: user.id },
  };
}

/** A shortcut that was chosen at a message. It may stand where the bot is not: what Slack sent of it is all there is. */
export async function requestAtMessage(
  { directory, reader }: Reception,
  { callback_id, trigger_id, user, channel, message, response_url }: MessageShortcut,
): Promise<Request | undefined> {
  const channelId: unknown = channel?.id;
  if (typeof channelId !== 'string') return undefined;
  const thread = threadOf(message);
  const [person, place] = await Promise.all([
    directory.person(user.id, user.name),
    directory.place(channelId, { thread }),
  ]);
  const asked = { place, user: user.id, responseUrl: response_url, liveThread: thread };
  const common = { id: trigger_id, person, place };
  switch (callback_id) {
    case 'find_named':
      return {
        inbound: { ...common, kind: 'submit', verb: 'home.named', values: { text: textsIn(message) } },
        asked,
      };
    case 'bulk_from_file': {
      const attachments = filesOf(message).map((file) => attachmentOf(reader, file));
      if (attachments.length === 0)
        return { inbound: { ...common, kind: 'submit', verb: 'bulk.missing', values: {} }, asked };
      return { inbound: { ...common, kind: 'message', text: 'bulk', attachments }, asked };
    }
    default:
      return undefined;
  }
}

type Fields = Readonly<Record<string, unknown>>;
const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null;

const threadOf = ({ thread_ts, ts }: Fields): string | undefined =>
  typeof thread_ts === 'string' && thread_ts !== ts ? thread_ts : undefined;

const filesOf = ({ files }: Fields): SlackFile[] =>
  Array.isArray(files)
    ? files.filter((file): file is SlackFile => isFields(file) && typeof file.id === 'string')
    : [];

const longestRead = 40_000;
const deepestRead = 12;
const read = new Set(['text', 'title', 'pretext', 'fallback', 'value']);

/** Everything that can be read in a message: what apps post may stand in its blocks and attachments alone. */
function textsIn(message: Fields): string {
  const found: string[] = [];
  const walk = (value: unknown, depth: number): void => {
    if (!isFields(value) || depth > deepestRead) return;
    for (const [key, inner] of Object.entries(value)) {
      if (typeof inner === 'string') {
        if (read.has(key)) found.push(inner);
      } else walk(inner, depth + 1);
    }
  };
  walk(message, 0);
  return [...new Set(found)].join('\n').slice(0, longestRead);
}
