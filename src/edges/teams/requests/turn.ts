import { ActivityTypes, type TurnContext } from 'botbuilder';
import type { Answer } from '../answers/answer.ts';
import { forOne, isTargeted, senderOf } from '../answers/targeted.ts';
import { plain } from '../cards/render.ts';
import { sentences } from '../sentences.ts';
import type { Desk } from './desk.ts';
import { takeInvoke } from './invokes.ts';
import { takeMessage } from './messages.ts';
import { takeNews } from './news.ts';
import { placeOf } from './places.ts';
import { NotSaid } from './roster.ts';

/** One activity of Teams: what it is for the bot, and the answer to it. */
export async function takeTurn(desk: Desk, context: TurnContext, answer: Answer): Promise<void> {
  try {
    await take(desk, context, answer);
  } catch (error) {
    if (!(error instanceof NotSaid)) throw error;
    await askAgain(desk, context, answer);
  }
}

async function take(desk: Desk, context: TurnContext, answer: Answer): Promise<void> {
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

/** Nothing was done: who asked is told so, rather than that the bot does not know them. */
async function askAgain(
  { posting, options }: Desk,
  { activity }: TurnContext,
  answer: Answer,
): Promise<void> {
  if (activity.type === ActivityTypes.Invoke) {
    return activity.name === 'adaptiveCard/action' ? answer.note(sentences.nobodySaid) : answer.end(503);
  }
  if (activity.type === ActivityTypes.Message) {
    const place = placeOf(activity, '');
    await posting
      .post(isTargeted(activity) ? forOne(place, senderOf(activity)) : place, plain(sentences.nobodySaid))
      .catch((err: unknown) => options.log.error({ err }, 'nor could that be said'));
  }
  answer.end(200);
}
