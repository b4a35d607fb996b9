import type { Listening, Preview } from '../../../chat/edge.ts';
import type { Place } from '../../../chat/place.ts';
import type { Reply } from '../../../chat/reply.ts';
import { sendBest } from '../answers/best.ts';
import { slackWord } from '../answers/failures.ts';
import { channelOf, type Desk, postMessage } from '../answers/posting.ts';
import { toBlocks } from '../blocks/blocks.ts';
import type { Message } from '../blocks/message.ts';
import { rooms } from '../blocks/room.ts';
import type { Workspace } from '../install/workspaces.ts';
import type { Spoken } from '../requests/inbound.ts';

/** What of a `link_shared` event is read here. Source: https://docs.slack.dev/reference/events/link_shared */
export type LinkShared = {
  readonly channel: string;
  readonly user: string;
  readonly message_ts: string;
  readonly thread_ts?: string;
  readonly source?: string;
  readonly is_unfurl_refresh?: boolean;
  /** A link is told of also where the bot is not. */
  readonly is_bot_user_member?: boolean;
  readonly links: readonly { readonly url: string }[];
};

type Said = {
  readonly user: string;
  readonly channel: string;
  readonly ts: string;
  readonly thread?: string;
};
const subtypes = new Set<string | undefined>([undefined, 'file_share', 'thread_broadcast']);
const links = /<[^<>]*>/g;

/** The orders that people name to each other. What Slack tells of it is little read: nearly all of it is not about orders. */
export function numbersSaid(listening: Listening, event: Spoken): readonly string[] {
  const isOfPerson = event.user !== undefined && event.bot_id === undefined && subtypes.has(event.subtype);
  const isInChannel = event.channel_type === 'channel' || event.channel_type === 'group';
  if (!isOfPerson || !isInChannel || typeof event.text !== 'string') return [];
  // What stands in a link is told apart by `link_shared`, and a mention is no number.
  return listening.numbersIn(event.text.replace(links, ' '));
}

/** Shows them to who wrote them, or below what was written where all there may see it. */
export async function showNamed(
  listening: Listening,
  { reception, desk }: Workspace,
  { user, channel, text = '', ts, thread_ts }: Spoken,
  numbers: readonly string[],
): Promise<void> {
  const { user: bot } = await reception.identity();
  // What is said to the bot is answered as such.
  if (user === undefined || user === bot || text.includes(`<@${bot}>`)) return;
  const said = { user, channel, ts, ...(thread_ts !== undefined && { thread: thread_ts }) };
  const heard = await hear(reception, said);
  for (const preview of await listening.previews({ ...heard, numbers })) {
    await show(desk, [preview], () =>
      preview.reply.audience === 'everyone'
        ? postMessage(desk, { ...heard.place, thread: thread_ts ?? ts }, preview.reply)
        : showAlone(desk, heard.place, said, preview.reply),
    );
  }
}

/** Links are only shown in messages that were sent: what somebody still writes is not for all who could read it later. */
export const linksSent = (
  listening: Listening,
  { source, links, is_unfurl_refresh, channel }: LinkShared,
): ReadonlyMap<string, string> =>
  source === 'composer' || channel === 'COMPOSER' || is_unfurl_refresh === true
    ? new Map()
    : new Map(
        links.flatMap(({ url }) => listening.numbersOfLink(url).map((number) => [number, url] as const)),
      );

/** An unfurled link is read by all of the channel: so it is where all may see the order, else it is shown to who wrote it. */
export async function showLinked(
  listening: Listening,
  { reception, desk }: Workspace,
  { user, channel, message_ts: ts, thread_ts, is_bot_user_member: isMember = true }: LinkShared,
  numbers: ReadonlyMap<string, string>,
): Promise<void> {
  const said = { user, channel, ts, ...(thread_ts !== undefined && { thread: thread_ts }) };
  const heard = await hear(reception, said);
  if (heard.place.kind !== 'channel') return;
  const previews = await listening.previews({ ...heard, numbers: [...numbers.keys()] });
  const open = previews.filter(({ reply }) => reply.audience === 'everyone');
  if (open.length > 0) await show(desk, open, () => unfurl(desk, said, numbers, open));
  for (const alone of previews.filter((one) => !open.includes(one))) {
    // Where the bot is not, Slack shows nobody anything of it: https://docs.slack.dev/reference/methods/chat.postEphemeral
    if (isMember) await show(desk, [alone], () => showAlone(desk, heard.place, said, alone.reply));
    else await alone.notShown();
  }
}

/** What can't be shown takes nothing from the others: nobody asked for it, so there is nobody to be told. */
async function show({ log }: Desk, previews: readonly Preview[], act: () => Promise<unknown>): Promise<void> {
  try {
    await act();
  } catch (err) {
    for (const preview of previews) await preview.notShown();
    if (slackWord(err) === undefined) log.error({ err }, 'An order that was named could not be shown');
    else log.info({ err }, 'Slack did not show an order that was named');
  }
}

async function hear({ directory }: Workspace['reception'], { user, channel }: Said) {
  const [person, place] = await Promise.all([directory.person(user), directory.place(channel, {})]);
  return { person, place };
}

/** All links of a message at once. Source: https://docs.slack.dev/reference/methods/chat.unfurl */
async function unfurl(
  { client }: Desk,
  { channel, ts }: Said,
  urls: ReadonlyMap<string, string>,
  previews: readonly Preview[],
): Promise<void> {
  const unfurls = previews.flatMap(({ number, reply: { card } }) => {
    const url = urls.get(number);
    if (url === undefined || card === undefined) return [];
    const { blocks } = toBlocks(card, { ...rooms.message, natives: new Set(), overflow: 'window' });
    return [[url, { blocks }] as const];
  });
  await client.chat.unfurl({ channel, ts, unfurls: Object.fromEntries(unfurls) });
}

/** Only where they read it anyway: nobody wants a direct message for it. */
async function showAlone(desk: Desk, place: Place, { user, thread }: Said, reply: Reply): Promise<void> {
  const send = (message: Message) =>
    desk.client.chat.postEphemeral({
      channel: channelOf(place),
      user,
      ...message,
      parse: 'none',
      link_names: false,
      ...(thread === undefined ? {} : { thread_ts: thread }),
    });
  await sendBest(desk, reply, {}, send);
}
