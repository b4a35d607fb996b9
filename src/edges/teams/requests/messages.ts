import { ActivityTypes, type TurnContext } from 'botbuilder';
import type { Place } from '../../../chat/place.ts';
import type { Answer } from '../answers/answer.ts';
import type { Desk } from './desk.ts';
import { messageOf, receive, submitOf } from './receive.ts';
import { isRecord } from './request.ts';

export async function takeMessage(desk: Desk, context: TurnContext, answer: Answer): Promise<void> {
  const { activity } = context;
  const isSubmit = isRecord(activity.value) && !activity.text;
  const inbound = isSubmit
    ? await submitOf(desk, context, activity.value.verb, activity.value)
    : await messageOf(desk, context);
  if (inbound === undefined) {
    desk.options.log.warn({ id: activity.id }, 'a button without a verb was pressed');
    return answer.end(200);
  }
  const typing = setTimeout(() => showTyping(desk, inbound.place), desk.timing.typingAfterMs);
  try {
    await receive(desk, context, inbound, answer);
  } finally {
    clearTimeout(typing);
  }
}

function showTyping({ posting, options }: Desk, place: Place): void {
  posting
    .post(place, { type: ActivityTypes.Typing })
    .catch((error: unknown) => options.log.debug({ err: error }, 'typing was not shown'));
}
