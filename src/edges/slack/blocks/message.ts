import type { Card, Element, TextBlock } from '../../../chat/card.ts';
import type { Reply } from '../../../chat/reply.ts';
import { toBlocks } from './blocks.ts';
import type { Block } from './charts.ts';
import { fullRoom, type Room } from './fit.ts';
import { limits } from './limits.ts';
import { mentionBlock, mentionOf } from './mention.ts';
import { clean, escapeMrkdwn, isBlank, shorten } from './text.ts';

export type Message = { readonly text: string; readonly blocks: Block[] };

/** What to show of a reply, and how, from the best to the barest: Slack may refuse blocks that its documents allow. */
export function messagesOf(reply: Reply, note?: string): (() => Message)[] {
  const mention = reply.mention && mentionOf(reply.mention);
  const said = fallbackText(note === undefined ? reply.text : `${note}\n${reply.text}`);
  const text = mention === undefined ? said : `${mention} ${said}`;
  const card = withNote(reply.card ?? textCard(reply.text), note);
  const most = limits.blocks - (mention === undefined ? 0 : 1);
  const inRoom = (room: Room) => () => ({
    text,
    blocks: mentioning(mention, toBlocks(card, { ...room, blocks: most }).blocks),
  });
  return [
    inRoom(fullRoom),
    // Charts come first: not every workspace has them yet, and the table with their numbers is to stay one.
    ...(card.body.some(hasChart) ? [inRoom({ ...fullRoom, nativeCharts: 0 })] : []),
    inRoom({ ...fullRoom, nativeTables: 0, nativeCharts: 0 }),
    inRoom({ ...fullRoom, text: fullRoom.text / 2, nativeTables: 0, nativeCharts: 0 }),
    () => ({ text, blocks: [] }),
  ];
}

const mentioning = (mention: string | undefined, blocks: Block[]): Block[] =>
  mention === undefined ? blocks : [mentionBlock(mention), ...blocks];

const hasChart = (element: Element): boolean =>
  element.type === 'Container' ? element.items.some(hasChart) : element.type === 'Chart.VerticalBar.Grouped';

function fallbackText(text: string): string {
  if (isBlank(text)) return '–';
  const cleaned = clean(text).trim();
  const escaped = escapeMrkdwn(shorten(cleaned, limits.fallbackText));
  const growth = escaped.length / limits.fallbackText;
  return growth <= 1 ? escaped : escapeMrkdwn(shorten(cleaned, Math.floor(limits.fallbackText / 5)));
}

const line = (text: string): TextBlock => ({ type: 'TextBlock', text, wrap: true });

const textCard = (text: string): Card => ({
  type: 'AdaptiveCard',
  $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
  version: '1.5',
  body: [line(text)],
});

const withNote = (card: Card, note: string | undefined): Card =>
  note === undefined ? card : { ...card, body: [{ ...line(note), isSubtle: true }, ...card.body] };
