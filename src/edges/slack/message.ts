import type { KnownBlock } from '@slack/types';
import type { Card, TextBlock } from '../../chat/card.ts';
import type { Reply } from '../../chat/reply.ts';
import { toBlocks } from './blocks.ts';
import { fullRoom, type Room } from './fit.ts';
import { limits } from './limits.ts';
import { clean, escapeMrkdwn, isBlank, shorten } from './text.ts';

export type Message = { readonly text: string; readonly blocks: KnownBlock[] };

/** What to show of a reply, and how, from the best to the barest: Slack may refuse blocks that its documents allow. */
export function messagesOf(reply: Reply, note?: string): (() => Message)[] {
  const text = fallbackText(note === undefined ? reply.text : `${note}\n${reply.text}`);
  const card = withNote(reply.card ?? textCard(reply.text), note);
  const inRoom = (room: Room) => () => ({ text, blocks: toBlocks(card, room).blocks });
  return [
    inRoom(fullRoom),
    inRoom({ ...fullRoom, nativeTables: 0 }),
    inRoom({ text: fullRoom.text / 2, nativeTables: 0 }),
    () => ({ text, blocks: [] }),
  ];
}

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
