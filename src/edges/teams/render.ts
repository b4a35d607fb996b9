import { type Activity, ActivityTypes } from 'botbuilder';
import type { Reply } from '../../chat/reply.ts';
import { type Link, type TeamsElement, teamsCard } from './card.ts';
import { sentences } from './sentences.ts';

export const CARD_TYPE = 'application/vnd.microsoft.card.adaptive';

/**
 * Teams refuses a message of more than 100 KB counted in UTF-16; what its own services add is left room.
 * Source: https://learn.microsoft.com/microsoftteams/platform/bots/how-to/format-your-bot-messages
 */
export const BUDGET_BYTES = 80 * 1024;

export type FileUrl = (id: string, name: string) => string;

/** A reply in the form Teams takes. What does not fit is said in words, never left out in silence. */
export function render(reply: Reply, fileUrl: FileUrl): Partial<Activity> {
  const links = (reply.files ?? []).map(({ id, name }) => ({ title: name, url: fileUrl(id, name) }));
  if (reply.card === undefined) return withText(reply.text, links);
  const message = withCard(teamsCard(reply.card, links), reply.text);
  return sizeOf(message) <= BUDGET_BYTES ? message : withText(`${reply.text}\n${sentences.tooLarge}`, links);
}

/** The card of a message, where it carries one. */
export function cardOf(message: Partial<Activity>): unknown {
  return message.attachments?.find(({ contentType }) => contentType === CARD_TYPE)?.content;
}

/** A message of one sentence of the edge's own. */
export const plain = (text: string): Partial<Activity> => withText(text, []);

export const sizeOf = (message: Partial<Activity>): number => JSON.stringify(message).length * 2;

function withCard(card: TeamsElement, summary: string): Partial<Activity> {
  return { type: ActivityTypes.Message, summary, attachments: [{ contentType: CARD_TYPE, content: card }] };
}

function withText(text: string, links: readonly Link[]): Partial<Activity> {
  const lines = links.map(({ title, url }) => `${title}: ${url}`);
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
