// Somebody looks up what a message names.
import type { TurnContext } from 'botbuilder';
import type { Answer } from '../answers/answer.ts';
import { inDialog } from '../dialogs/hand-in.ts';
import { say, waiterOf } from '../dialogs/late.ts';
import { openWith } from '../dialogs/open.ts';
import { says, titles } from '../dialogs/sentences.ts';
import type { Desk } from '../requests/desk.ts';
import { submitOf } from '../requests/receive.ts';
import { dig } from '../requests/request.ts';
import { AT_MESSAGE } from './commands.ts';
import { textsIn } from './texts.ts';

/** Source: https://learn.microsoft.com/microsoftteams/platform/messaging-extensions/how-to/action-commands/create-task-module */
export const lookAtMessage = (desk: Desk, context: TurnContext, answer: Answer): Promise<void> =>
  inDialog(desk, context, answer, async (slip) => {
    const { value } = context.activity;
    const text = textsIn(dig(value, 'messagePayload'));
    const isKnown = dig(value, 'commandId') === AT_MESSAGE;
    const inbound = isKnown ? await submitOf(desk, context, 'home.named', { text }) : undefined;
    if (inbound === undefined) {
      return say(desk, slip, waiterOf(context), titles.unknown, says.unknown([]));
    }
    const { message: _, ...rest } = inbound;
    await openWith(desk, context, rest, slip, 'all');
  });
