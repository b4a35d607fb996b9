import type { BlockAction, SlashCommand } from '@slack/bolt';
import type { Inbound } from '../../../chat/inbound.ts';
import type { Asked } from '../answers/answering.ts';
import { parsePress } from '../blocks/buttons.ts';
import { inputValues, type State } from '../blocks/state.ts';
import type { Identity } from '../web-api.ts';
import { attachmentOf, type Reader, type SlackFile } from './attachments.ts';
import type { Directory } from './directory.ts';
import { wordsOf } from './words.ts';

/** A request in the bot's own terms, and where its answer goes. */
export type Request = { readonly inbound: Inbound; readonly asked: Asked };

export type Reception = {
  readonly directory: Directory;
  readonly reader: Reader;
  identity(): Promise<Identity>;
};

/** What of a message or an app_mention event is read here. */
export type Spoken = {
  readonly type: string;
  readonly subtype?: string | undefined;
  readonly channel: string;
  readonly channel_type?: string;
  readonly user?: string;
  readonly bot_id?: string;
  readonly text?: string;
  readonly ts: string;
  readonly thread_ts?: string;
  readonly files?: readonly SlackFile[];
};

const spokenSubtypes = new Set<string | undefined>([undefined, 'file_share', 'thread_broadcast']);

/**
 * A mention anywhere, or a message in a direct conversation. Everything else that Slack tells is not for
 * the bot: what bots say, edits, and the `message` event that goes with every mention.
 */
export function isForBot(event: Spoken): event is Spoken & { user: string } {
  if (event.user === undefined || event.bot_id !== undefined || !spokenSubtypes.has(event.subtype))
    return false;
  return event.type === 'app_mention' || event.channel_type === 'im';
}

export async function requestOfEvent(
  { directory, reader, identity }: Reception,
  eventId: string,
  event: Spoken & { user: string },
): Promise<Request | undefined> {
  const { user: bot } = await identity();
  if (event.user === bot) return undefined;
  const [person, found] = await Promise.all([
    directory.person(event.user),
    directory.place(event.channel, { type: event.channel_type }),
  ]);
  const thread = event.thread_ts ?? (found.kind === 'channel' ? event.ts : undefined);
  const place = thread === undefined ? found : { ...found, thread };
  return {
    inbound: {
      kind: 'message',
      id: eventId,
      person,
      place,
      text: await wordsOf(event.text ?? '', bot, directory.mention),
      attachments: (event.files ?? []).map((file) => attachmentOf(reader, file)),
    },
    asked: { place, user: event.user, liveThread: event.thread_ts },
  };
}

export async function requestOfCommand(
  { directory, identity }: Reception,
  command: SlashCommand,
): Promise<Request> {
  const [{ user: bot }, person, place] = await Promise.all([
    identity(),
    directory.person(command.user_id, command.user_name),
    directory.place(command.channel_id, {}),
  ]);
  return {
    inbound: {
      kind: 'message',
      id: command.trigger_id,
      person,
      place,
      text: await wordsOf(command.text ?? '', bot, directory.mention),
      attachments: [],
    },
    asked: { place, user: command.user_id, responseUrl: command.response_url },
  };
}

/** A pressed button; `undefined` for whatever else can be done to a message: a link opened, a choice made. */
export async function requestOfAction(
  { directory }: Reception,
  action: BlockAction,
): Promise<Request | undefined> {
  const [pressed] = action.actions;
  const press = pressed?.type === 'button' ? parsePress(pressed.value) : undefined;
  const channel = action.channel?.id ?? text(action.container.channel_id);
  if (press === undefined || channel === undefined) return undefined;
  const ts = action.message?.ts ?? text(action.container.message_ts);
  const thread = threadOf(action, ts);
  const [person, place] = await Promise.all([
    directory.person(action.user.id, action.user.name),
    directory.place(channel, { thread }),
  ]);
  const inputs = press.withInputs ? inputValues(action.state?.values as State, press.longValues) : {};
  return {
    inbound: {
      kind: 'submit',
      id: action.trigger_id,
      person,
      place,
      verb: press.verb,
      values: { ...inputs, ...press.data },
      ...(ts === undefined ? {} : { message: ts }),
    },
    asked: {
      place,
      user: action.user.id,
      responseUrl: action.response_url,
      pressed: ts === undefined ? undefined : { ts, isEphemeral: action.container.is_ephemeral === true },
      liveThread: thread,
    },
  };
}

/** The thread a message stands in; not the one that hangs below it. */
function threadOf({ message, container }: BlockAction, ts: string | undefined): string | undefined {
  const thread = text(message?.thread_ts) ?? text(container.thread_ts);
  return thread === ts ? undefined : thread;
}

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
