import { type Card, type Element, type Input, isForm } from '../../../chat/card.ts';
import type { Reply } from '../../../chat/reply.ts';
import type { Shows } from './kept.ts';

/**
 * The card of a reply that a dialog can show: it is for one person, and nothing of it is to stay in the conversation: files,
 * what goes on changing, what is shown once. Dialogs take no files.
 */
export function cardForDialog(reply: Reply): Card | undefined {
  const { card, audience, files = [], track, keptAs, fault, wantsFile } = reply;
  if (audience !== 'asker' || files.length > 0 || fault) return undefined;
  return track === undefined && keptAs === undefined && wantsFile === undefined ? card : undefined;
}

/** There are fields in it and a button that hands them in. */
export const isFilledIn = (card: Card): boolean => isForm(card) && inputsOf(card.body).length > 0;

/** Is this the next step of what somebody has open, be it only to confirm? */
export function isNextStep(card: Card, shows: Shows): boolean {
  return shows === 'all' || isForm(card);
}

export const inputsOf = (body: readonly Element[]): Input[] =>
  body.flatMap((element) => {
    if (element.type === 'Container') return inputsOf(element.items);
    return isInput(element) ? [element] : [];
  });

const isInput = (element: Element): element is Input => element.type.startsWith('Input.');
