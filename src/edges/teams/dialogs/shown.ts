import { type Card, isForm } from '../../../chat/card.ts';
import type { Reply } from '../../../chat/reply.ts';
import { isFilledIn } from '../cards/split.ts';
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
export const hasFields = (card: Card): boolean => isForm(card) && card.body.some(isFilledIn);

/** Is this the next step of what somebody has open, be it only to confirm? */
export function isNextStep(card: Card, shows: Shows): boolean {
  return shows === 'all' || isForm(card);
}
