import { randomUUID } from 'node:crypto';
import { type Activity, ActivityTypes, type TurnContext } from 'botbuilder';
import type { Inbound, Message, Submit } from '../../../chat/inbound.ts';
import type { Place } from '../../../chat/place.ts';
import type { Answer } from '../answers/answer.ts';
import { respondTo } from '../answers/respond.ts';
import { attachmentsOf } from '../files/attachments.ts';
import { sentences } from '../sentences.ts';
import type { Desk } from './desk.ts';
import { placeOf } from './places.ts';
import { digText, isRecord } from './request.ts';
import { wordsOf } from './words.ts';

/** Hands a request to the bot. Teams gets its answer in time, whether the bot's is ready or not. */
export async function receive(
  desk: Desk,
  context: TurnContext,
  inbound: Inbound,
  answer: Answer,
): Promise<void> {
  const { activity } = context;
  const isInvoke = activity.type === ActivityTypes.Invoke;
  const inTime = (note: string) => (isInvoke ? answer.note(note) : answer.end(200));
  const respond = respondTo(
    {
      place: inbound.place,
      from: { id: activity.from.id, name: activity.from.name ?? '' },
      ...(inbound.kind === 'submit' && inbound.message !== undefined && { card: inbound.message }),
      ...(isInvoke && { press: answer }),
    },
    desk.posting,
    desk.delivery,
  );
  let failed = false;
  const deadline = setTimeout(() => inTime(sentences.working), desk.timing.answerWithinMs);
  try {
    await desk.options.receive(inbound, async (reply) => {
      failed = true;
      const sent = await respond(reply);
      failed = false;
      return sent;
    });
  } finally {
    clearTimeout(deadline);
    inTime(failed ? sentences.notDelivered : '');
  }
}

export async function messageOf(desk: Desk, context: TurnContext): Promise<Message> {
  const { activity } = context;
  const emailOf = (id: string) => desk.roster.email(context, id);
  const [common, text] = await Promise.all([commonOf(desk, context), wordsOf(activity, emailOf)]);
  return { kind: 'message', ...common, text, attachments: attachmentsOf(activity, desk.local) };
}

export async function submitOf(
  desk: Desk,
  context: TurnContext,
  verb: unknown,
  data: unknown,
): Promise<Submit | undefined> {
  if (typeof verb !== 'string' || !isRecord(data)) return undefined;
  const { verb: _, ...values } = data;
  const message = digText(context.activity, 'replyToId');
  return {
    kind: 'submit',
    ...(await commonOf(desk, context)),
    verb,
    values,
    ...(message !== undefined && { message }),
  };
}

async function commonOf(desk: Desk, context: TurnContext) {
  const [person, place] = await Promise.all([desk.roster.person(context), placeIn(desk, context)]);
  return { id: idOf(context.activity), person, place };
}

export const placeIn = async ({ roster }: Desk, context: TurnContext): Promise<Place> =>
  placeOf(context.activity, await roster.placeName(context));

/** Teams names every activity that it may send again; one without a name is new. */
export const idOf = (activity: Activity): string => activity.id ?? randomUUID();
