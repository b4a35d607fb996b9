import type { TurnContext } from 'botbuilder';
import type { Answer } from '../answers/answer.ts';
import { cardOf } from '../cards/render.ts';
import type { Desk } from './desk.ts';
import { submitOf } from './receive.ts';

/**
 * Teams asks what a card shows now to the one who looks at it. Nobody waits for it: where there is nothing to tell, or not in
 * time, the card stays as it is, without a word.
 */
export async function drawAnew(
  desk: Desk,
  context: TurnContext,
  verb: string,
  data: Readonly<Record<string, unknown>>,
  answer: Answer,
): Promise<void> {
  const stays = () => answer.note('');
  const deadline = setTimeout(stays, desk.timing.answerWithinMs);
  try {
    // Such cards stand where the bot is; for whoever looks without being there, they stay.
    const submit = await submitOf(desk, context, verb, data, desk.roster.person);
    if (submit === undefined) return;
    await desk.options.receive({ ...submit, refresh: true }, async (reply) => {
      const card = cardOf(desk.delivery.message(submit.place, reply));
      if (card !== undefined) answer.card(card);
      return undefined;
    });
  } finally {
    clearTimeout(deadline);
    stays();
  }
}
