/** What the sheets of an import have in common. */
import type { Json } from '../../chat/place.ts';
import type { BulkKind, RowResult } from '../bulk/kind.ts';
import type { Column } from './header.ts';

/** The title under which cells are counted that hold what can't be used. */
export const WRONG_VALUE = 'Value can’t be used';

/** Of the provider, whatever is imported. */
export const IMPORT = {
  works: 'on the provider',
  takesUnits: false,
  did: 'imported',
} as const satisfies Partial<BulkKind>;

export const columnsOf = (columns: readonly Column<string>[]): BulkKind['columns'] =>
  columns.map(({ title, holds }) => ({ column: 'any', name: title, holds }));

type Refused = { readonly kind: 'refused' };
type Outcome =
  | { readonly kind: 'new' | 'changed'; readonly saved: object }
  | { readonly kind: 'same' }
  | Refused;

/** What became of a row; `why` says it of one that was refused. */
export function resultOf<O extends Outcome>(
  number: number,
  outcome: O | undefined,
  why: (refused: Extract<O, Refused>) => readonly string[],
): RowResult {
  if (outcome !== undefined && 'saved' in outcome)
    return { number, status: 'done', data: outcome.saved as Json };
  if (outcome?.kind === 'same') return { number, status: 'skipped', reason: 'It is the same as here.' };
  const reasons = outcome === undefined ? [] : why(outcome as Extract<O, Refused>);
  return { number, status: 'failed', reason: reasons.join(' ') };
}

/** Of rows that are taken back: those that can't be, with their reasons. */
export function keptOf(
  rows: readonly { readonly number: number }[],
  reasons: readonly (string | undefined)[],
): RowResult[] {
  return rows.flatMap(({ number }, index) => {
    const reason = reasons[index];
    return reason === undefined ? [] : [{ number, status: 'failed', reason }];
  });
}
