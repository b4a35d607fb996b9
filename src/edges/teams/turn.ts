import { randomUUID } from 'node:crypto';
import { type Activity, ActivityTypes, type TurnContext } from 'botbuilder';
import type { Inbound, Message, Submit } from '../../chat/inbound.ts';
import type { Place } from '../../chat/place.ts';
import type { Answer } from './answer.ts';
import { attachmentsOf } from './attachments.ts';
import type { Delivery } from './delivery.ts';
import type { TeamsOptions, Timing } from './options.ts';
import { isRenaming, placeOf } from './places.ts';
import type { Posting } from './posting.ts';
import { dig, digText, isRecord } from './request.ts';
import { respondTo } from './respond.ts';
import { channelOf, type Roster } from './roster.ts';
import { FILE_CONSENT, type Saving } from './saving.ts';
import { sentences } from './sentences.ts';
import { wordsOf } from './words.ts';

export type Desk = {
  readonly options: TeamsOptions;
  readonly timing: Timing;
  readonly local: boolean;
  readonly roster: Roster;
  readonly posting: Posting;
  readonly delivery: Delivery;
  readonly saving: Saving | undefined;
};

/** One activity of Teams: what it is for the bot, and the answer to it. */
export async function takeTurn(desk: Desk, context: TurnContext, answer: Answer): Promise<void> {
  const { activity } = context;
  switch (activity.type) {
    case ActivityTypes.Message:
      return takeMessage(desk, context, answer);
    case ActivityTypes.Invoke:
      return takeInvoke(desk, context, answer);
    case ActivityTypes.ConversationUpdate:
    case ActivityTypes.InstallationUpdate:
      return takeNews(desk, context, answer);
    default:
      desk.options.log.debug({ type: activity.type }, 'nothing to do for this activity');
      answer.end(200);
  }
}

async function takeMessage(desk: Desk, context: TurnContext, answer: Answer): Promise<void> {
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

async function takeInvoke(desk: Desk, context: TurnContext, answer: Answer): Promise<void> {
  const { name, value } = context.activity;
  if (name === FILE_CONSENT && desk.saving !== undefined) {
    // An upload may take longer than Teams waits.
    answer.end(200);
    return desk.saving(context.activity);
  }
  if (name !== 'adaptiveCard/action') {
    desk.options.log.info({ name }, 'an invoke that the bot has no use for');
    return answer.end(501);
  }
  const action = dig(value, 'action');
  const inbound = await submitOf(desk, context, dig(action, 'verb'), dig(action, 'data') ?? {});
  if (inbound === undefined) return answer.refuse('The button has no verb.');
  await receive(desk, context, inbound, answer);
}

/** The bot was added somewhere, which it greets with its help; or a place has a new name. */
async function takeNews(desk: Desk, context: TurnContext, answer: Answer): Promise<void> {
  const { activity } = context;
  const isWelcome = (activity.membersAdded ?? []).some(({ id }) => id === activity.recipient.id);
  const isInstalled =
    activity.type === ActivityTypes.InstallationUpdate && String(activity.action).startsWith('add');
  if (isRenaming(activity)) desk.roster.forgetNames();
  else if (!isWelcome && !isInstalled) return answer.end(200);

  const place = await placeIn(desk, context);
  await desk.options
    .remember(isRenaming(activity) ? { ...place, conversation: channelOf(activity) } : place)
    .catch((error: unknown) => desk.options.log.error({ err: error }, 'a place was not remembered'));
  if (!isWelcome) return answer.end(200);
  const person = await desk.roster.person(context);
  const help = { kind: 'message', id: idOf(activity), person, place, text: 'help', attachments: [] } as const;
  await receive(desk, context, help, answer);
}

/** Hands a request to the bot. Teams gets its answer in time, whether the bot's is ready or not. */
async function receive(desk: Desk, context: TurnContext, inbound: Inbound, answer: Answer): Promise<void> {
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

async function messageOf(desk: Desk, context: TurnContext): Promise<Message> {
  const { activity } = context;
  const emailOf = (id: string) => desk.roster.email(context, id);
  const [common, text] = await Promise.all([commonOf(desk, context), wordsOf(activity, emailOf)]);
  return { kind: 'message', ...common, text, attachments: attachmentsOf(activity, desk.local) };
}

async function submitOf(
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

const placeIn = async ({ roster }: Desk, context: TurnContext): Promise<Place> =>
  placeOf(context.activity, await roster.placeName(context));

/** Teams names every activity that it may send again; one without a name is new. */
const idOf = (activity: Activity): string => activity.id ?? randomUUID();
