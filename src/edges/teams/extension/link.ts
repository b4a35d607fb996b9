// Somebody writes a link to the bot's own pages into a message.
import type { TurnContext } from 'botbuilder';
import type { Answer } from '../answers/answer.ts';
import { inTime } from '../in-time.ts';
import { personAnywhere, placeAnywhere } from '../requests/anywhere.ts';
import type { Desk } from '../requests/desk.ts';
import { placeIn } from '../requests/receive.ts';
import { digText } from '../requests/request.ts';
import { nothing, unfurled } from './results.ts';

/** What it leads to is shown by itself, so only where all who read there may see it anyway. */
export async function unfurl(desk: Desk, context: TurnContext, answer: Answer): Promise<void> {
  const found = await inTime(desk.timing.searchWithinMs, () => find(desk, context)).catch((err: unknown) => {
    desk.options.log.warn({ err }, 'what a link leads to was not found');
    return undefined;
  });
  answer.body(found === undefined || found === 'late' ? nothing : unfurled(found));
}

async function find(desk: Desk, context: TurnContext) {
  const url = digText(context.activity.value, 'url');
  if (url === undefined) return undefined;
  const [person, named] = await Promise.all([personAnywhere(desk, context), placeIn(desk, context)]);
  const place = await placeAnywhere(desk, context, named);
  return desk.options.lookups?.ofLink({ person, place, url });
}
