import { type Role, UNDO_MINUTES } from '../../bot/index.ts';

type Entry = {
  readonly at: Date;
  readonly member_id: number | null;
  /** It left what its undo needs. */
  readonly undoable: boolean;
  readonly undone_by: number | null;
};

export type UndoDecision = { readonly kind: 'undo' } | { readonly kind: 'refused'; readonly reason: string };

/** When a change can be undone from its reply: for ten minutes, by the same person or an admin, once. */
export function decideUndo(
  entry: Entry,
  by: { readonly id: number | null; readonly role: Role },
  now: Date,
): UndoDecision {
  if (entry.undone_by !== null) return refused('It was undone before.');
  // Asked first: what the undo needs is not kept for longer.
  if (now.getTime() >= undoableUntil(entry).getTime())
    return refused(`That was more than ${UNDO_MINUTES} minutes ago.`);
  if (!entry.undoable) return refused('It can’t be undone.');
  if (entry.member_id !== by.id && !isAdmin(by.role))
    return refused('Only who did it, or an admin, can undo it.');
  return { kind: 'undo' };
}

export const undoableUntil = ({ at }: Pick<Entry, 'at'>): Date =>
  new Date(at.getTime() + UNDO_MINUTES * 60_000);

const isAdmin = (role: Role): boolean =>
  role === 'provider admin' || role === 'reseller admin' || role === 'customer admin';

const refused = (reason: string): UndoDecision => ({ kind: 'refused', reason });
