import type { Activity } from 'botbuilder';
import type { Place, Sent } from '../../../chat/place.ts';
import type { Reply } from '../../../chat/reply.ts';
import { BUDGET_BYTES, type FileUrl, render, SMALLER_BUDGETS, sizeOf, split } from '../cards/render.ts';
import { isTooLarge } from './failures.ts';

const BUDGETS: readonly number[] = [BUDGET_BYTES, ...SMALLER_BUDGETS];

/** What one message is to say, and how large that may be: less and less, where Teams finds it too large. */
type Piece = { readonly reply: Reply; readonly budgets: readonly number[] };
/** How far a reply is said: plain data, so that it can be gone on with later. */
export type Course = {
  /** The message that stands last; before there is one only its place is known. */
  readonly last: Sent;
  readonly messages: number;
  /** What is still to be said. */
  readonly pieces: readonly Piece[];
};

/** All of a reply, in as many messages as it takes. */
export const wholeOf = (place: Place, reply: Reply, fileUrl: FileUrl): Course => ({
  last: { place, message: '' },
  messages: 0,
  pieces: inPieces(reply, fileUrl, BUDGETS),
});

/**
 * Says what is left of a reply, in more messages where Teams finds one too large. Each goes where the one before it stands; the
 * last has the buttons. Rejects only where nothing stands yet; else gives how far it came, and `why` no farther.
 */
export async function sayAll(
  course: Course,
  fileUrl: FileUrl,
  say: (place: Place, message: Partial<Activity>, isFirst: boolean) => Promise<Sent>,
): Promise<Course & { readonly why?: unknown }> {
  let { last, messages, pieces } = course;
  for (;;) {
    const [piece, ...rest] = pieces;
    if (piece === undefined) return { last, messages, pieces };
    const message = render(piece.reply, fileUrl, piece.budgets[0]);
    try {
      last = await say(last.place, message, messages === 0);
      messages += 1;
      pieces = rest;
    } catch (why) {
      const smaller = smallerAfter(why, message, piece.budgets);
      if (smaller !== undefined) pieces = [...inPieces(piece.reply, fileUrl, smaller), ...rest];
      else if (messages === 0) throw why;
      else return { last, messages, pieces, why };
    }
  }
}

/** Says a reply in one message, with less of it where Teams finds it too large. */
export async function sayInOne(
  reply: Reply,
  fileUrl: FileUrl,
  say: (message: Partial<Activity>) => Promise<Sent>,
  budgets: readonly number[] = BUDGETS,
): Promise<Sent> {
  const message = render(reply, fileUrl, budgets[0]);
  try {
    return await say(message);
  } catch (error) {
    const smaller = smallerAfter(error, message, budgets);
    if (smaller === undefined) throw error;
    return sayInOne(reply, fileUrl, say, smaller);
  }
}

const inPieces = (reply: Reply, fileUrl: FileUrl, budgets: readonly number[]): readonly Piece[] =>
  split(reply, fileUrl, budgets[0]).map((part) => ({ reply: part, budgets }));

/** The budgets that would make less of a message that was too large; nothing where that was not what was wrong, or none does. */
function smallerAfter(
  error: unknown,
  message: Partial<Activity>,
  [, ...budgets]: readonly number[],
): readonly number[] | undefined {
  const left = budgets.filter((budget) => sizeOf(message) > budget);
  return isTooLarge(error) && left.length > 0 ? left : undefined;
}
