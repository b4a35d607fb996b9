import type { Card } from '../../../chat/card.ts';
import type { TeamsElement } from './inputs.ts';

/** Tells the press of a button from what Teams asks for by itself; the bot's own names have no such sign. */
const MARK = '@refresh';

/**
 * Teams asks for the card as it is now when somebody opens the conversation or the message is edited, and on `Refresh` in the
 * menu of the message. Nobody is named in `userIds`: so it does for everybody where at most sixty people talk.
 * Source: https://learn.microsoft.com/microsoftteams/platform/task-modules-and-cards/cards/universal-actions-for-adaptive-cards/user-specific-views
 */
export const refreshing = ({
  verb,
  data,
}: NonNullable<Card['refresh']>): { readonly action: TeamsElement } => ({
  action: {
    type: 'Action.Execute',
    title: 'Refresh',
    verb,
    data: { ...data, [MARK]: true },
    associatedInputs: 'none',
  },
});

/** The data of an action that draws a card anew, without its mark; nothing, where it is another one. */
export function refreshed(
  data: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> | undefined {
  const { [MARK]: mark, ...rest } = data;
  return mark === true ? rest : undefined;
}
