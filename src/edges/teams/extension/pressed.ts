import type { TurnContext } from 'botbuilder';
import type { Answer } from '../answers/answer.ts';
import type { Desk } from '../requests/desk.ts';
import { receive, submitOf } from '../requests/receive.ts';
import { isRecord } from '../requests/request.ts';

/**
 * A button on a card that somebody put into a message, as clients send it that know no Action.Execute.
 * Source: https://github.com/MicrosoftDocs/msteams-docs/issues/969
 */
export async function pressShown(desk: Desk, context: TurnContext, answer: Answer): Promise<void> {
  const { value } = context.activity;
  if (!isRecord(value) || typeof value.verb !== 'string') return answer.refuse('The button has no verb.');
  await receive(desk, context, submitOf(desk, context, value.verb, value), answer);
}
