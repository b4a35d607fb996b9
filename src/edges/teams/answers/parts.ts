import type { Activity } from 'botbuilder';
import type { Place, Sent } from '../../../chat/place.ts';
import type { Reply } from '../../../chat/reply.ts';
import { BUDGET_BYTES, type FileUrl, render, SMALLER_BUDGETS, sizeOf, split } from '../cards/render.ts';
import { isTooLarge } from './failures.ts';

const BUDGETS: readonly number[] = [BUDGET_BYTES, ...SMALLER_BUDGETS];

type Said = { readonly last: Sent; readonly messages: number };
type Say = (place: Place, message: Partial<Activity>) => Promise<Sent>;

/**
 * Says all of a reply, in as many messages as it takes, and in more where Teams finds one too large. Each goes where the one
 * before it stands; the last has the buttons.
 */
export async function sayAll(
  place: Place,
  reply: Reply,
  fileUrl: FileUrl,
  say: Say,
  [budget = 0, ...smaller]: readonly number[] = BUDGETS,
): Promise<Said> {
  const [first, ...rest] = split(reply, fileUrl, budget);
  let said = await sayPart(place, first ?? reply);
  for (const part of rest) {
    const { last, messages } = await sayPart(said.last.place, part);
    said = { last, messages: said.messages + messages };
  }
  return said;

  async function sayPart(where: Place, part: Reply): Promise<Said> {
    const message = render(part, fileUrl, budget);
    try {
      return { last: await say(where, message), messages: 1 };
    } catch (error) {
      return sayAll(where, part, fileUrl, say, smallerAfter(error, message, smaller));
    }
  }
}

/** Says a reply in one message, with less of it where Teams finds it too large. */
export async function sayInOne(
  reply: Reply,
  fileUrl: FileUrl,
  say: (message: Partial<Activity>) => Promise<Sent>,
  [budget = 0, ...smaller]: readonly number[] = BUDGETS,
): Promise<Sent> {
  const message = render(reply, fileUrl, budget);
  try {
    return await say(message);
  } catch (error) {
    return sayInOne(reply, fileUrl, say, smallerAfter(error, message, smaller));
  }
}

/** The budgets that would make less of a message that was too large; throws where that was not what was wrong, or nothing does. */
function smallerAfter(
  error: unknown,
  message: Partial<Activity>,
  budgets: readonly number[],
): readonly number[] {
  const left = budgets.filter((budget) => sizeOf(message) > budget);
  if (!isTooLarge(error) || left.length === 0) throw error;
  return left;
}
