// Somebody looks up what a message names.
import type { TurnContext } from 'botbuilder';
import type { Answer } from '../answers/answer.ts';
import { openWith } from '../dialogs/open.ts';
import { says, titles } from '../dialogs/sentences.ts';
import { slipFor } from '../dialogs/slip.ts';
import type { Desk } from '../requests/desk.ts';
import { submitOf } from '../requests/receive.ts';
import { dig } from '../requests/request.ts';
import { AT_MESSAGE } from './commands.ts';
import { textsIn } from './texts.ts';

/** Source: https://learn.microsoft.com/microsoftteams/platform/messaging-extensions/how-to/action-commands/create-task-module */
export async function lookAtMessage(desk: Desk, context: TurnContext, answer: Answer): Promise<void> {
  const { value } = context.activity;
  const slip = slipFor(answer, desk.timing);
  try {
    const text = textsIn(dig(value, 'messagePayload'));
    const isKnown = dig(value, 'commandId') === AT_MESSAGE;
    const inbound = isKnown ? await submitOf(desk, context, 'home.named', { text }) : undefined;
    if (inbound === undefined) {
      slip.say(titles.unknown, says.unknown([]));
      return;
    }
    const { message: _, ...rest } = inbound;
    await openWith(desk, context, rest, slip, 'all');
  } catch (error) {
    slip.say(titles.trouble, says.trouble);
    throw error;
  } finally {
    slip.end();
  }
}
