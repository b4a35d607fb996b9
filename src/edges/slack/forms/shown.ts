import { isForm } from '../../../chat/card.ts';
import type { Reply } from '../../../chat/reply.ts';
import type { Shows } from './kept.ts';
import { hasInputs } from './view.ts';

/** It is for one person, and nothing of it is to stay in the conversation: files, what goes on changing, what is shown once. */
export const fitsWindow = ({ card, audience, files = [], track, keptAs, fault }: Reply): boolean =>
  card !== undefined &&
  audience === 'asker' &&
  files.length === 0 &&
  track === undefined &&
  keptAs === undefined &&
  fault === undefined;

/** Is an answer to be shown in a window of its own? */
export function opensWindow(reply: Reply, shows: Shows): boolean {
  if (!fitsWindow(reply)) return false;
  return shows === 'all' || isFilledIn(reply);
}

/** Is it the next step of a form, be it only to confirm? */
export function isNextStep(reply: Reply, shows: Shows): boolean {
  if (!fitsWindow(reply)) return false;
  return opensWindow(reply, shows) || (reply.card !== undefined && isForm(reply.card));
}

/** There are fields in it and a button that hands them in, or a file is to come. */
export const isFilledIn = ({ card, wantsFile }: Reply): boolean =>
  wantsFile !== undefined || (card !== undefined && isForm(card) && hasInputs(card));
