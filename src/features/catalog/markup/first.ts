// The markup that a customer has from the beginning, said while it is made.
import { percent } from '../../../../cards/format.ts';
import { type Asked, record } from '../../../bot/index.ts';
import { maySetMarkup } from '../../organizations/rules.ts';
import { viewerHere } from '../../organizations/view.ts';
import { isAffordable } from '../prices/rules.ts';
import { parsePercent, type Read } from '../rules.ts';
import { tooLargePrice } from './replies.ts';
import { loadDearestOf, saveMarkup } from './store.ts';

/** Whether this person sets the markup of the customers of `parentId`, and may speak of it here. */
export const maySayMarkup = (asked: Asked, parentId: number): boolean =>
  viewerHere(asked).seesMarkup && maySetMarkup(asked.member, { kind: 'customer', parentId });

/** Hundredths of a percent; none where nothing was typed. */
export async function checkFirstMarkup(
  { db }: Asked,
  typed: string,
  of: { readonly parentId: number; readonly currency: string },
): Promise<Read<number>> {
  const read = typed.trim() === '' ? { value: 0 } : parsePercent(typed);
  if ('error' in read || read.value === 0) return read;
  const dearest = await loadDearestOf(db, of.parentId, of.currency);
  return isAffordable(dearest, 1 + read.value / 10_000) ? read : { error: tooLargePrice() };
}

export async function setFirstMarkup(
  asked: Asked,
  { id, name }: { readonly id: number; readonly name: string },
  markupBp: number,
): Promise<void> {
  if (markupBp === 0) return;
  await saveMarkup(asked.db, id, markupBp);
  await record(asked, {
    organizationId: id,
    orderId: null,
    kind: 'markup change',
    summary: `Set the markup of ${name} to ${percent(markupBp)}`,
    before: { markupBp: 0 },
    after: { markupBp },
  });
}
