import { type Activity, ActivityTypes } from 'botbuilder';
import type { Card } from '../../../chat/card.ts';
import type { OutFile, Reply } from '../../../chat/reply.ts';
import { sentences } from '../sentences.ts';
import { type Link, type TeamsElement, teamsCard } from './card.ts';
import { mentioning } from './mention.ts';

export const CARD_TYPE = 'application/vnd.microsoft.card.adaptive';

/**
 * Teams refuses a message of more than 100 KB counted in UTF-16; what its own services add is left room.
 * Source: https://learn.microsoft.com/microsoftteams/platform/bots/how-to/format-your-bot-messages
 */
export const BUDGET_BYTES = 80 * 1024;

export type FileUrl = (id: string, name: string) => string | undefined;
type Linked = { readonly links: readonly Link[]; readonly notes: readonly string[] };

/** A reply in the form Teams takes. What does not fit is said in words, never left out in silence. */
export function render(reply: Reply, fileUrl: FileUrl): Partial<Activity> {
  const linked = linksTo(reply.files ?? [], fileUrl);
  const card = reply.card ?? (reply.mention && cardOfText(reply.text));
  if (card === undefined) return withText(reply.text, linked);
  const drawn = teamsCard(card, linked.links, linked.notes);
  const message = withCard(reply.mention ? mentioning(drawn, reply.mention) : drawn, reply.text);
  return sizeOf(message) <= BUDGET_BYTES ? message : withText(`${reply.text}\n${sentences.tooLarge}`, linked);
}

/** Teams shows a mention in a card, and would show it letter by letter in plain text. */
const cardOfText = (text: string): Card => ({
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

function withText(text: string, { links, notes }: Linked): Partial<Activity> {
  const lines = [...links.map(({ title, url }) => `${title}: ${url}`), ...notes];
  const message = (words: string): Partial<Activity> => ({
    type: ActivityTypes.Message,
    textFormat: 'plain',
    text: [words, ...lines].join('\n'),
  });
  const whole = message(text);
  const excess = Math.ceil((sizeOf(whole) - BUDGET_BYTES) / 2);
  if (excess <= 0) return whole;
  // A character takes at most six in JSON, a sign of one at least one: cutting by the excess is enough.
  const kept = text.slice(0, Math.max(0, text.length - excess - sentences.cut.length));
  return message(`${kept}${sentences.cut}`);
}
