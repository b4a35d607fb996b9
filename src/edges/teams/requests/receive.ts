import { randomUUID } from 'node:crypto';
import { type Activity, ActivityTypes, type TurnContext } from 'botbuilder';
import type { Inbound, Message, Submit } from '../../../chat/inbound.ts';
import type { Person, Place } from '../../../chat/place.ts';
import type { Answer } from '../answers/answer.ts';
import type { Asked } from '../answers/asked.ts';
import { knownTargeted } from '../answers/known.ts';
import { respondTo } from '../answers/respond.ts';
import { isTargeted, senderOf } from '../answers/targeted.ts';
import type { Waiting } from '../answers/waiting.ts';
import { tellAlone } from '../answers/whisper.ts';
import { attachmentsOf } from '../files/attachments.ts';
import { keptBack } from '../files/kept-back.ts';
import { sentences } from '../sentences.ts';
import { personAnywhere, placeAnywhere, SHOWN } from './anywhere.ts';
import { isCompose } from './compose.ts';
import type { Desk } from './desk.ts';
import { withPeople } from './people.ts';
import { placeOf } from './places.ts';
import { digText, isRecord } from './request.ts';
import { NotSaid } from './roster.ts';
import { wordsOf } from './words.ts';

/**
 * Hands a request to the bot. Teams gets its answer in time, whether it is understood by then, and whether the bot's is ready
 * or not.
 */
export async function receive(
  desk: Desk,
  context: TurnContext,
  inbound: Inbound | Promise<Inbound | undefined>,
  answer: Answer,
  waiting?: Waiting,
): Promise<void> {
  const { activity } = context;
  const isInvoke = activity.type === ActivityTypes.Invoke;
  const inTime = (note: string) => (isInvoke ? answer.note(note) : answer.end(200));
  let trouble = '';
  let isPromised = false;
  const deadline = setTimeout(() => {
    isPromised = isInvoke && !answer.given;
    inTime(sentences.working);
  }, desk.timing.answerWithinMs);
  try {
    const heard = await inbound;
    if (heard !== undefined && (await handOver(heard))) trouble = sentences.notDelivered;
  } catch (error) {
    if (!isPromised || !(error instanceof NotSaid)) throw error;
    trouble = sentences.nobodySaid;
  } finally {
    clearTimeout(deadline);
    await waiting?.end();
  }
  inTime(trouble);
  // The request was told that the bot is at work: it can be told nothing more.
  if (isPromised && trouble !== '') await tellAlone(desk, placeOf(activity, ''), senderOf(activity), trouble);

  /** Gives whether the answer was not delivered. */
  async function handOver(heard: Inbound): Promise<boolean> {
    const asked = await askedIn(desk, context, heard, isInvoke ? answer : undefined, waiting);
    const respond = respondTo(asked, desk);
    let isOwed = false;
    await desk.options.receive(asked.known?.alone ? { ...heard, alone: true } : heard, async (reply) => {
      isOwed = true;
      const sent = await respond(reply);
      isOwed = false;
      return sent;
    });
    return isOwed;
  }
}

export async function askedIn(
  desk: Desk,
  { activity }: TurnContext,
  inbound: Inbound,
  press?: Answer,
  waiting?: Waiting,
): Promise<Asked> {
  const { place, person } = inbound;
  const from = { ...senderOf(activity), ...(person.email !== undefined && { email: person.email }) };
  const asked = { place, from, ...(press && { press }), ...(waiting && { waiting }) };
  if (inbound.kind === 'message') return { ...asked, ...(inbound.alone && { alone: true }) };
  const { message: card } = inbound;
  const known = card === undefined ? undefined : await knownTargeted(desk, place, card, from.id);
  const isForOne = known ?? (isTargeted(activity) ? { alone: false } : undefined);
  return {
    ...asked,
    ...(card !== undefined && { card }),
    ...(isForOne && { known: isForOne }),
  };
}

export async function messageOf(desk: Desk, context: TurnContext): Promise<Message> {
  const { activity } = context;
  const emailOf = (id: string) => desk.roster.email(context, id);
  const [common, text] = await Promise.all([commonOf(desk, context), wordsOf(activity, emailOf)]);
  const alone = common.place.kind !== 'personal' && isTargeted(activity);
  const attachments = attachmentsOf(activity, desk.local);
  const kept = attachments.length === 0 ? keptBack(desk, context, common.place) : {};
  return { kind: 'message', ...common, text, attachments, ...kept, ...(alone && { alone }) };
}

export async function submitOf(
  desk: Desk,
  context: TurnContext,
  verb: unknown,
  data: unknown,
  who?: (context: TurnContext) => Promise<Person>,
): Promise<Submit | undefined> {
  if (typeof verb !== 'string' || !isRecord(data)) return undefined;
  const { verb: _, [SHOWN]: shown, ...filledIn } = data;
  const anywhere = shown !== undefined || isCompose(context.activity.name);
  const message = digText(context.activity, 'replyToId');
  const emailOf = (id: string) => desk.roster.email(context, id);
  const [common, values] = await Promise.all([
    commonOf(desk, context, anywhere, who),
    withPeople(filledIn, emailOf),
  ]);
  return {
    kind: 'submit',
    ...common,
    verb,
    values,
    ...(message !== undefined && { message }),
  };
}

/** Nothing is said to the bot where it is not, but there may be cards of its to press. */
const personIn = (desk: Desk, context: TurnContext): Promise<Person> =>
  context.activity.type === ActivityTypes.Invoke
    ? personAnywhere(desk, context)
    : desk.roster.person(context);

async function commonOf(
  desk: Desk,
  context: TurnContext,
  anywhere = false,
  who: (context: TurnContext) => Promise<Person> = () => personIn(desk, context),
) {
  const [person, named] = await Promise.all([who(context), placeIn(desk, context)]);
  const place = anywhere ? await placeAnywhere(desk, context, named) : named;
  const takesNoFiles = place.kind !== 'personal' && desk.graph === undefined;
  return {
    id: idOf(context.activity),
    person,
    place,
    ...(takesNoFiles && { filesInPrivate: true as const }),
  };
}

export const placeIn = async ({ roster }: Desk, context: TurnContext): Promise<Place> =>
  placeOf(context.activity, await roster.placeName(context));

/** Teams names every activity that it may send again; one without a name is new. */
export const idOf = (activity: Activity): string => activity.id ?? randomUUID();
