import type { Card } from '../../../chat/card.ts';
import type { TeamsElement } from './inputs.ts';

/** Tells the press of a button from what Teams asks for by itself; the bot's own names have no such sign. */
const MARK = '@refresh';

/**
 * Teams asks for the card as it is now on `Refresh` in the menu of the message; and by itself, when somebody opens the
 * conversation or the message is edited, for those whom `userIds` names: without it for everybody where at most sixty people talk.
 * Source: https://learn.microsoft.com/microsoftteams/platform/task-modules-and-cards/cards/universal-actions-for-adaptive-cards/work-with-universal-actions-for-adaptive-cards#user-ids-in-refresh
 */
export const refreshing = ({
  verb,
  data,
  automatic,
}: NonNullable<Card['refresh']>): {
  readonly action: TeamsElement;
  readonly userIds?: readonly string[];
} => ({
  action: {
    type: 'Action.Execute',
    title: 'Refresh',
    verb,
    data: { ...data, [MARK]: true },
    associatedInputs: 'none',
  },
  ...(automatic !== true && { userIds: [] }),
});

/** The data of an action that draws a card anew, without its mark; nothing, where it is another one. */
export function refreshed(
  data: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> | undefined {
  const { [MARK]: mark, ...rest } = data;
  return mark === true ? rest : undefined;
}
