import type { TurnContext } from 'botbuilder';
import type { Answer } from '../answers/answer.ts';
import { openWaiting } from '../answers/waiting.ts';
import type { Desk } from './desk.ts';
import { messageOf, receive, submitOf } from './receive.ts';
import { isRecord } from './request.ts';

export async function takeMessage(desk: Desk, context: TurnContext, answer: Answer): Promise<void> {
  const { activity } = context;
  const { id, value, text } = activity;
  const isSubmit = isRecord(value) && !text;
  if (isSubmit && typeof value.verb !== 'string') {
    desk.options.log.warn({ id }, 'a button without a verb was pressed');
    return answer.end(200);
  }
  const waiting = openWaiting(desk, activity);
  const inbound = isSubmit ? submitOf(desk, context, value.verb, value) : messageOf(desk, context);
  await receive(desk, context, inbound, answer, waiting);
}
