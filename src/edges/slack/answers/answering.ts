import type { Respond } from '../../../chat/edge.ts';
import type { Place, Sent } from '../../../chat/place.ts';
import type { Reply } from '../../../chat/reply.ts';
import type { RestFile } from '../blocks/rest.ts';
import { escapeMrkdwn } from '../blocks/text.ts';
import { sendBest } from './best.ts';
import { isOutside, isUnreachable, toPostFailed } from './failures.ts';
import { patiently } from './patience.ts';
import { channelOf, type Desk, postMessage, remark, updateMessage } from './posting.ts';
import { deleteOriginal, type Manner, ResponseUrlFailed, sendToUrl } from './response-url.ts';
import { shareRest } from './rest.ts';
import { load, shareFiles } from './uploads.ts';

/** Where one request can be answered. */
export type Asked = {
  readonly place: Place;
  readonly user: string;
  /** Good for five answers in half an hour; commands and buttons have one. */
  readonly responseUrl?: string | undefined;
  /** The message whose button was pressed. */
  readonly pressed?: { readonly ts: string; readonly isEphemeral: boolean } | undefined;
  /** The thread in which the request itself stood. */
  readonly liveThread?: string | undefined;
};

type Answer = Sent | undefined;

/** Answers one request; waits where Slack asks for patience. */
export const respondTo =
  (desk: Desk, asked: Asked): Respond =>
  async (reply) => {
    try {
      return await patiently(() => answer(desk, asked, reply));
    } catch (err) {
      throw toPostFailed(err);
    }
  };

function answer(desk: Desk, asked: Asked, reply: Reply): Promise<Answer> {
  const isPrivate = reply.audience === 'asker' && asked.place.kind !== 'personal';
  const isSafeToReplace = !isPrivate || asked.pressed?.isEphemeral === true;
  if (reply.position === 'instead' && asked.pressed !== undefined && isSafeToReplace) {
    return replace(desk, asked, asked.pressed, reply);
  }
  return isPrivate ? answerPrivately(desk, asked, reply) : answerOpenly(desk, asked, reply);
}

async function replace(
  desk: Desk,
  asked: Asked,
  { ts, isEphemeral }: NonNullable<Asked['pressed']>,
  reply: Reply,
): Promise<Answer> {
  if (isEphemeral && isPublic(asked, reply)) return publish(desk, asked, reply);
  if (isEphemeral) return replacePrivately(desk, asked, reply);
  try {
    return await updateMessage(desk, { place: asked.place, message: ts }, reply);
  } catch (err) {
    if (!isOutside(err) || asked.responseUrl === undefined) throw err;
    return byUrlOrDirectly(desk, asked, reply, { response_type: 'in_channel', replace_original: true });
  }
}

const isPublic = ({ place }: Asked, { audience }: Reply): boolean =>
  audience === 'everyone' && place.kind !== 'personal';

/** A private card can't become one that everybody sees: it goes away, and the answer is posted. */
async function publish(desk: Desk, asked: Asked, reply: Reply): Promise<Answer> {
  const sent = await answerOpenly(desk, asked, reply);
  await deleteOriginal(asked.responseUrl ?? '').catch((err: unknown) =>
    desk.log.warn({ err }, 'A private card could not be taken away'),
  );
  return sent;
}

const replacePrivately = (desk: Desk, asked: Asked, reply: Reply): Promise<Answer> =>
  byUrlOrDirectly(desk, asked, reply, { response_type: 'ephemeral', replace_original: true });

/** A `response_url` is used up, expires, or can't be reached: no answer is lost for that. */
async function byUrlOrDirectly(desk: Desk, asked: Asked, reply: Reply, manner: Manner): Promise<Answer> {
  let rest: readonly RestFile[];
  try {
    rest = await answerByUrl(desk, asked, reply, manner);
  } catch (err) {
    if (!(err instanceof ResponseUrlFailed)) throw err;
    return postDirectly(desk, asked, reply);
  }
  await sharePrivately(desk, asked, reply);
  await shareRestPrivately(desk, asked, rest);
  return undefined;
}

async function answerOpenly(desk: Desk, asked: Asked, reply: Reply): Promise<Answer> {
  try {
    return await postMessage(desk, asked.place, reply);
  } catch (err) {
    if (!isOutside(err) || asked.responseUrl === undefined) throw err;
    // In a direct conversation between others an answer to everyone may still be one to the asker only.
    const response_type = reply.audience === 'asker' ? 'ephemeral' : 'in_channel';
    return byUrlOrDirectly(desk, asked, reply, { response_type, replace_original: false });
  }
}

async function answerPrivately(desk: Desk, asked: Asked, reply: Reply): Promise<Answer> {
  const note = filesOf(reply).length > 0 ? `The file is ${inDirect}.` : undefined;
  const manner = { response_type: 'ephemeral', replace_original: false } as const;
  let rest: readonly RestFile[];
  try {
    rest = await (asked.responseUrl === undefined
      ? postEphemeral(desk, asked, reply, note)
      : answerByUrl(desk, asked, reply, manner, note));
  } catch (err) {
    if (!isUnreachable(err) && !(err instanceof ResponseUrlFailed)) throw err;
    return postDirectly(desk, asked, reply);
  }
  await sharePrivately(desk, asked, reply);
  await shareRestPrivately(desk, asked, rest);
  return undefined;
}

const inDirect = 'in your direct messages with me';

async function postEphemeral(
  desk: Desk,
  asked: Asked,
  reply: Reply,
  note: string | undefined,
): Promise<readonly RestFile[]> {
  const { rest } = await sendBest(desk, reply, { note, where: inDirect }, (message) =>
    desk.client.chat.postEphemeral({
      channel: channelOf(asked.place),
      user: asked.user,
      ...message,
      parse: 'none',
      link_names: false,
      // "Ephemeral messages in threads are only shown if there is already an active thread."
      ...(asked.liveThread === undefined ? {} : { thread_ts: asked.liveThread }),
    }),
  );
  return rest;
}

async function postDirectly(desk: Desk, asked: Asked, reply: Reply): Promise<Sent> {
  const place = await directPlace(desk, asked);
  return postMessage(desk, place, reply, { note: whereAsked(asked.place) });
}

/** Files can't be shared with one reader of a channel: they go to the direct conversation. */
async function sharePrivately(desk: Desk, asked: Asked, reply: Reply): Promise<void> {
  if (filesOf(reply).length === 0) return;
  try {
    const channel = channelOf(await directPlace(desk, asked));
    const comment = escapeMrkdwn(whereAsked(asked.place));
    const files = await load(desk, filesOf(reply));
    const { trouble } = await shareFiles(desk, files, { channel, comment });
    if (trouble !== undefined) await remark(desk, channel, undefined, trouble);
  } catch (err) {
    desk.log.error({ err }, 'Files could not be shared in a direct conversation');
  }
}

/** The same of what found no place in an answer: the message says that it is there. */
async function shareRestPrivately(desk: Desk, asked: Asked, rest: readonly RestFile[]): Promise<void> {
  if (rest.length === 0) return;
  try {
    const channel = channelOf(await directPlace(desk, asked));
    await shareRest(desk, rest, { channel, comment: escapeMrkdwn(whereAsked(asked.place)) });
  } catch (err) {
    desk.log.error({ err }, 'The rest of an answer could not be shared in a direct conversation');
  }
}

async function directPlace({ client, identity }: Desk, { user }: Asked): Promise<Place> {
  const [{ channel }, { team, within }] = await Promise.all([
    client.conversations.open({ users: user }),
    identity(),
  ]);
  const id = channel?.id ?? user;
  return {
    platform: 'slack',
    conversation: `${team}:${id}`,
    kind: 'personal',
    name: '',
    address: { team, channel: id, ...(within !== undefined && { within }) },
  };
}

const filesOf = ({ files }: Reply) => files ?? [];
const whereAsked = ({ name }: Place): string => `You asked in ${name || 'another conversation'}:`;

/** Gives what found no place in the answer. */
async function answerByUrl(
  desk: Desk,
  { responseUrl = '', liveThread }: Asked,
  reply: Reply,
  manner: Manner,
  note?: string,
): Promise<readonly RestFile[]> {
  const { rest } = await sendBest(desk, reply, { note, where: inDirect }, (message) =>
    sendToUrl(responseUrl, message, {
      ...manner,
      ...(liveThread === undefined ? {} : { thread_ts: liveThread }),
    }),
  );
  return rest;
}
