import type { Card, TextBlock } from '../../../chat/card.ts';
import type { Reply } from '../../../chat/reply.ts';
import { toBlocks } from './blocks.ts';
import type { Block } from './charts.ts';
import { limits } from './limits.ts';
import { mentionBlock, mentionOf } from './mention.ts';
import { cardText, type RestFile, textFile } from './rest.ts';
import { type Native, rooms } from './room.ts';
import { clean, escapeMrkdwn, isBlank, split } from './text.ts';

export type Message = { readonly text: string; readonly blocks: Block[] };
/** A message, and the files with what it has no place for and says to be in them. */
export type Form = Message & { readonly rest: readonly RestFile[] };

export type Around = {
  /** A line to put before the reply. */
  readonly note?: string | undefined;
  /** Where files with the rest are going to be, as the end of a sentence; in the thread where it is not said. */
  readonly where?: string | undefined;
};

/** A reply from the best to the barest: Slack may refuse blocks that its documents allow. */
export type Forms = {
  rich(without: ReadonlySet<Native>): Form;
  /** In half the room, with nothing that a workspace may not know. */
  plain(): Form;
  bare(): Form;
};

export function formsOf(reply: Reply, { note, where = rooms.message.where }: Around = {}): Forms {
  const mention = reply.mention && mentionOf(reply.mention);
  const said = reply.card !== undefined && isBlank(reply.text) ? firstLine(reply.card) : reply.text;
  const notified = (end = '') => {
    const text = fallbackText(note === undefined ? said : `${note}\n${said}`, end);
    return mention === undefined ? text : `${mention} ${text}`;
  };
  const card = withNote(reply.card ?? textCard(said), note);
  const most = rooms.message.blocks - (mention === undefined ? 0 : 1);
  const form = (room: { text: number; natives: ReadonlySet<Native> }): Form => {
    const { blocks, rest } = toBlocks(card, { ...rooms.message, ...room, where, blocks: most });
    return { text: notified(), blocks: mentioning(mention, blocks), rest };
  };
  const { text, natives } = rooms.message;
  return {
    rich: (without) =>
      form({ text, natives: new Set([...natives].filter((native) => !without.has(native))) }),
    plain: () => form({ text: text / 2, natives: new Set() }),
    bare() {
      const rest = untold(said, reply.card);
      const end = rest.map(({ name }) => `\n… All of it is in ${name}, ${where}.`).join('');
      return { text: notified(end), blocks: [], rest };
    },
  };
}

/** Where there are no blocks, the text is all there is: what it does not say goes into a file. */
function untold(said: string, card: Card | undefined): readonly RestFile[] {
  const all = card === undefined ? '' : cardText(card);
  const isCut = escapeMrkdwn(said).length > limits.fallbackText / 2;
  const isTold = all.split('\n').every((line) => isBlank(line) || said.includes(line.trim()));
  return isCut || !isTold ? [textFile('answer.txt', `${said}\n\n${all}`)] : [];
}

const firstLine = (card: Card): string => cardText(card).trim().split('\n')[0] ?? '';

const mentioning = (mention: string | undefined, blocks: Block[]): Block[] =>
  mention === undefined ? blocks : [mentionBlock(mention), ...blocks];

/** What a notification shows, and a client that shows no blocks; cut at a word, and never in the middle of an escape. */
function fallbackText(text: string, end: string): string {
  const cleaned = isBlank(text) ? '–' : clean(text).trim();
  const room = limits.fallbackText - end.length;
  let most = room;
  let shown = cleaned;
  while (escapeMrkdwn(shown).length > room) {
    shown = `${split(cleaned, most - 1)[0] ?? ''}…`;
    most = Math.floor((most * room) / Math.max(escapeMrkdwn(shown).length, room + 1));
  }
  return escapeMrkdwn(shown + end);
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
