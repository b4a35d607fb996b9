import { type Activity, ActivityTypes } from 'botbuilder';
import type { Card, Element } from '../../../chat/card.ts';
import type { OutFile, Reply } from '../../../chat/reply.ts';
import { sentences } from '../sentences.ts';
import { type Link, type TeamsElement, teamsCard } from './card.ts';
import { cutAt } from './cut.ts';
import { mentioning } from './mention.ts';
import { isFilledIn, splitBody } from './split.ts';

export const CARD_TYPE = 'application/vnd.microsoft.card.adaptive';

/**
 * Teams refuses a message of more than 100 KB counted in UTF-16; what its own services add is left room.
 * Source: https://learn.microsoft.com/microsoftteams/platform/bots/how-to/format-your-bot-messages
 */
export const BUDGET_BYTES = 80 * 1024;

/**
 * What to try where Teams refuses a message all the same (413 `MessageSizeTooBig`): elsewhere the wall stands at 40 and at 28 KB.
 * Source: https://learn.microsoft.com/microsoftteams/limits-specifications-teams#chat
 */
export const SMALLER_BUDGETS: readonly number[] = [26 * 1024, 13 * 1024];

export type FileUrl = (id: string, name: string) => string | undefined;
type Linked = { readonly links: readonly Link[]; readonly notes: readonly string[] };

/**
 * A reply as the one message that it has to be where it takes the place of another. What finds no room in it is said to be
 * missing.
 */
export function render(reply: Reply, fileUrl: FileUrl, budget = BUDGET_BYTES): Partial<Activity> {
  const whole = written(reply, fileUrl);
  if (sizeOf(whole) <= budget) return whole;
  const cut = cutCard(reply, fileUrl, budget);
  const [first, last] = [cut?.bodies[0], cut?.bodies.at(-1)];
  if (cut === undefined || first === undefined || last === undefined) {
    return shortened(reply, fileUrl, budget);
  }
  const shown = last.some(isFilledIn) ? last : first;
  const body = cut.bodies.length === 1 ? shown : [...shown, line(sentences.tooLarge)];
  return written({ ...cut.reply, card: { ...cut.card, body } }, fileUrl);
}

/**
 * A reply as replies that find room in one message each: what is told goes on from one to the next, buttons and files are on
 * the last.
 */
export function split(reply: Reply, fileUrl: FileUrl, budget = BUDGET_BYTES): readonly Reply[] {
  if (sizeOf(written(reply, fileUrl)) <= budget) return [reply];
  const cut = cutCard(reply, fileUrl, budget);
  if (cut === undefined) return cutText(reply, fileUrl, budget);
  const { files, mention, ...open } = cut.reply;
  const { actions, ...told } = cut.card;
  return cut.bodies.map((body, index) => {
    const goesOn = index < cut.bodies.length - 1;
    return {
      ...open,
      card: {
        ...told,
        body: goesOn ? [...body, line(sentences.goesOn)] : body,
        ...(!goesOn && actions && { actions }),
      },
      ...(!goesOn && files && { files }),
      ...(index === 0 && mention && { mention }),
    };
  });
}

/** The bodies of the cards that a card becomes, with what stands around each; nothing, where it can't be cut. */
function cutCard(reply: Reply, fileUrl: FileUrl, budget: number) {
  const whole = reply.card ?? (reply.mention && cardOfText(reply.text));
  if (whole === undefined) return undefined;
  // A part that is drawn anew by itself would become the whole.
  const { refresh: _, ...card } = whole;
  const short = { ...reply, text: summaryOf(reply.text) };
  const sizeWith = (body: readonly Element[]) =>
    sizeOf(written({ ...short, card: { ...card, body } }, fileUrl));
  const empty = sizeWith([]);
  // Either sentence may come below.
  const room = budget - sizeWith([line(sentences.goesOn), line(sentences.tooLarge)]);
  const bodies = splitBody(whole.body, room, (element) => sizeWith([element]) - empty + SEPARATOR_BYTES);
  return bodies && { card, reply: short, bodies };
}

/** Between two elements. */
const SEPARATOR_BYTES = 2;

/** The first line is enough to be notified by. */
const MOST_SUMMARY = 200;
function summaryOf(text: string): string {
  const [first = ''] = text.split('\n');
  const cut = first.length <= MOST_SUMMARY ? undefined : cutAt(first, ({ length }) => length < MOST_SUMMARY);
  return cut === undefined ? first : `${cut.first} …`;
}

function cutText(reply: Reply, fileUrl: FileUrl, budget: number): readonly Reply[] {
  const { open, text } = worded(reply);
  const fits = (some: string) => sizeOf(written({ ...open, text: some }, fileUrl)) <= budget;
  const { files, ...fileless } = open;
  const parts: Reply[] = [];
  let rest = text;
  for (;;) {
    const cut = fits(rest) ? undefined : cutAt(rest, fits);
    if (cut === undefined) return [...parts, { ...open, text: rest }];
    parts.push({ ...fileless, text: cut.first });
    rest = cut.rest;
  }
}

function shortened(reply: Reply, fileUrl: FileUrl, budget: number): Partial<Activity> {
  const { open, text } = worded(reply);
  const message = (words: string) => written({ ...open, text: words }, fileUrl);
  if (sizeOf(message(text)) <= budget) return message(text);
  const cut = cutAt(text, (some) => sizeOf(message(some + sentences.cut)) <= budget);
  return message((cut?.first ?? '') + sentences.cut);
}

/** The reply without its card, where that can't be shown: its text, and that there was more. */
function worded({ card, mention: _, text, ...open }: Reply) {
  return { open, text: card === undefined ? text : `${text}\n${sentences.tooLarge}` };
}

/** The reply as it is, however large. */
function written(reply: Reply, fileUrl: FileUrl): Partial<Activity> {
  const { links, notes } = linksTo(reply.files ?? [], fileUrl);
  const card = reply.card ?? (reply.mention && cardOfText(reply.text));
  if (card === undefined) return withText(reply.text, { links, notes });
  const drawn = teamsCard(card, links, notes);
  return withCard(reply.mention ? mentioning(drawn, reply.mention) : drawn, reply.text);
}

const line = (text: string): Element => ({ type: 'TextBlock', text, wrap: true, isSubtle: true });

/** Teams shows a mention in a card, and would show it letter by letter in plain text. */
export const cardOfText = (text: string): Card => ({
  type: 'AdaptiveCard',
  $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
  version: '1.5',
  body: [{ type: 'TextBlock', text, wrap: true }],
});

/** A link to each file, or a sentence where there can be none. */
export function linksTo(files: readonly OutFile[], fileUrl: FileUrl): Linked {
  const found = files.map((file) => ({ file, url: fileUrl(file.id, file.name) }));
  return {
    links: found.flatMap(({ file, url }) => (url === undefined ? [] : [{ title: file.name, url }])),
    notes: found.flatMap(({ file, url }) => (url === undefined ? [sentences.noAddress(file)] : [])),
  };
}

/** The card of a message, where it carries one. */
export function cardOf(message: Partial<Activity>): unknown {
  return message.attachments?.find(({ contentType }) => contentType === CARD_TYPE)?.content;
}

/** A message of one sentence of the edge's own, perhaps with links to the files that it tells of. */
export const plain = (text: string, linked: Linked = { links: [], notes: [] }): Partial<Activity> =>
  withText(text, linked);

export const sizeOf = (message: Partial<Activity>): number => JSON.stringify(message).length * 2;

function withCard(card: TeamsElement, summary: string): Partial<Activity> {
  return { type: ActivityTypes.Message, summary, attachments: [{ contentType: CARD_TYPE, content: card }] };
}

const withText = (text: string, { links, notes }: Linked): Partial<Activity> => ({
  type: ActivityTypes.Message,
  textFormat: 'plain',
  text: [text, ...links.map(({ title, url }) => `${title}: ${url}`), ...notes].join('\n'),
});
