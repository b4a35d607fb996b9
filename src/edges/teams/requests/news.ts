import { ActivityTypes, type TurnContext } from 'botbuilder';
import type { Answer } from '../answers/answer.ts';
import type { Desk } from './desk.ts';
import { isRenaming } from './places.ts';
import { idOf, placeIn, receive } from './receive.ts';
import { channelOf } from './roster.ts';

/** The bot was added somewhere, which it greets with its help; or a place has a new name. */
export async function takeNews(desk: Desk, context: TurnContext, answer: Answer): Promise<void> {
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
