import { type Ctx, type Organization, record } from '../../../bot/index.ts';
import type { RowRemark, SheetRow } from '../../bulk/kind.ts';
import { applyPrices } from './apply.ts';
import { listSummary } from './replies.ts';
import { type Changed, isStill, type Wanted } from './rules.ts';
import { priceList } from './sheet.ts';
import { lockPrices } from './store.ts';

type Saved =
  | { readonly kind: 'saved'; readonly rows: number }
  | { readonly kind: 'refused'; readonly sentence: string; readonly problems: readonly RowRemark[] };

/** Carries a list out as the sheet of prices would, at once: all of it, or nothing. */
export async function savePriceList(
  ctx: Ctx,
  { id: organizationId, name: customer }: Pick<Organization, 'id' | 'name'>,
  rows: readonly SheetRow[],
): Promise<Saved> {
  // Before it is checked: of two that come at once, the second sees what the first one did.
  await lockPrices(ctx.db);
  const target = { organizationId, customer, service: undefined };
  const made = await priceList.plan(ctx, target, rows);
  if (made.kind === 'refused') return { kind: 'refused', sentence: made.sentence, problems: [] };
  const { valid, problems } = made;
  if (problems.length > 0)
    return { kind: 'refused', sentence: 'No price was saved: the list is taken as a whole.', problems };
  const { results } = await applyPrices(ctx, { id: 0, target, option: undefined, held: new Map() }, valid);
  const skus = new Map(valid.map(({ number, data }) => [number, (data as Wanted).sku]));
  const done = results.map(({ number, data }) => ({
    sku: skus.get(number) ?? '',
    changed: data as unknown as Changed,
  }));
  const moved = done.flatMap(({ sku, changed: { currency, before, after } }) => {
    const [was, is] = [before?.price ?? null, after.price];
    return was === is ? [] : [{ sku, currency, was, is }];
  });
  const prices = done.filter(({ changed: { before, after } }) => before === null || !isStill(before, after));
  await record(ctx, {
    organizationId,
    orderId: null,
    kind: 'price',
    summary: listSummary(valid.length, moved),
    before: { prices: moved.map(({ sku, currency, was: price }) => ({ sku, currency, price })) },
    after: { prices: moved.map(({ sku, currency, is: price }) => ({ sku, currency, price })) },
    ...(prices.length > 0 && { undo: { prices } }),
  });
  return { kind: 'saved', rows: valid.length };
}
