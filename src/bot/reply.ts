import { randomUUID } from 'node:crypto';
import type { Card } from '../chat/card.ts';
import type { OutFile, Reply } from '../chat/reply.ts';

type Options = { files?: readonly OutFile[]; track?: string; wrong?: NonNullable<Reply['wrong']> };

/** For the one who asked, below what was asked. In a channel the others do not see it. */
export const tell = (text: string, card?: Card, options: Options = {}): Reply =>
  reply(text, card, 'asker', 'below', options);

/** For everybody in the place: nothing in it may be a secret from anybody there. */
export const announce = (text: string, card?: Card, options: Options = {}): Reply =>
  reply(text, card, 'everyone', 'below', options);

/** In place of the card whose button was pressed or whose form was sent. */
export const replaceWith = (text: string, card?: Card, options: Options = {}): Reply =>
  reply(text, card, 'asker', 'instead', options);

/** The same, of a card that everybody in the place sees. */
export const replaceForAll = (text: string, card?: Card, options: Options = {}): Reply =>
  reply(text, card, 'everyone', 'instead', options);

/** The mark of one form that was handed out: sent twice, it is carried out once. */
export const newOnce = (): string => randomUUID();

function reply(
  text: string,
  card: Card | undefined,
  audience: Reply['audience'],
  position: Reply['position'],
  options: Options,
): Reply {
  return { text, audience, position, ...(card && { card }), ...options };
}
