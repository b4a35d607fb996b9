import type { TurnContext } from 'botbuilder';
import type { Respond } from '../../../chat/edge.ts';
import type { Submit } from '../../../chat/inbound.ts';
import type { Answer } from '../answers/answer.ts';
import type { Desk } from '../requests/desk.ts';
import { say, type Waiter, waiterOf } from './late.ts';
import { says, titles } from './sentences.ts';
import { type Slip, slipFor } from './slip.ts';

/** Does something for a dialog that waits; what fails before the bot is asked has done nothing, and says so. */
export async function inDialog(
  desk: Desk,
  context: TurnContext,
  answer: Answer,
  act: (slip: Slip) => Promise<void>,
): Promise<void> {
  const slip = slipFor(answer, desk);
  try {
    await act(slip);
  } catch (err) {
    desk.options.log.error({ err }, 'a dialog failed');
    await say(desk, slip, waiterOf(context), titles.trouble, says.trouble);
  } finally {
    slip.end();
  }
}

/** Has the bot carry out what was asked for. Gives whether it answered: what it was asked for before it answers only once. */
export async function handIn(
  desk: Desk,
  slip: Slip,
  waiter: Waiter,
  inbound: Submit,
  respond: Respond,
): Promise<boolean> {
  const state = { isOwed: false, isAnswered: false };
  try {
    await desk.options.receive(inbound, async (reply) => {
      state.isOwed = true;
      const sent = await respond(reply);
      state.isOwed = false;
      state.isAnswered = true;
      return sent;
    });
  } catch (err) {
    desk.options.log.error({ err }, 'it is not known what became of a dialog');
    state.isOwed = true;
  }
  if (state.isOwed) await say(desk, slip, waiter, titles.trouble, says.notDelivered);
  else if (!state.isAnswered && slip.given) await say(desk, slip, waiter, titles.answer, says.handedIn);
  return state.isAnswered;
}
