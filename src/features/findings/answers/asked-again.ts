import type { Kind } from '../rules.ts';

const ASKED_AGAIN: Readonly<Record<Kind, string>> = {
  quantity: 'until a number of it changes',
  'over-assigned': 'until a number of it changes',
  assignments: 'until it is about other users or units',
  units: 'until it is about other users',
  status: 'until a status changes, or the units at the vendor',
  product: 'until an article number changes',
  missing: 'until its units change',
  unknown: 'until its units or its article number change',
  idle: 'until more units are idle',
};
/** When what was left as it is, is asked again. */
export const untilAskedAgain = (kind: Kind): string => ASKED_AGAIN[kind];
