import { ActivityTypes, type TurnContext } from 'botbuilder';
import type { Answer } from '../answers/answer.ts';
import type { Desk } from './desk.ts';
import { takeInvoke } from './invokes.ts';
import { takeMessage } from './messages.ts';
import { takeNews } from './news.ts';

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
