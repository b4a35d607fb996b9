import type { Ctx } from '../../../bot/index.ts';
import type { Db } from '../../../db/index.ts';
import type { Applied, DoneRow, JobInHand, RowResult, ValidRow } from '../../bulk/kind.ts';
import { changedSince } from './replies.ts';
import { asJson, type Changed, isStill, type Kept, type Known, keptOf, type Wanted } from './rules.ts';
import {
  addProducts,
  changeProducts,
  ensureGroups,
  groupKey,
  loadKnown,
  lockPrices,
  removePrices,
  savePrices,
} from './store.ts';

/** Carries the whole list out in a few statements, and keeps of each row what was before. */
export async function applyPrices({ db }: Ctx, _job: JobInHand, rows: readonly ValidRow[]): Promise<Applied> {
  await lockPrices(db);
  const products = new Map((await loadKnown(db)).map((one) => [one.id, one]));
  const all = rows.map(({ number, data }) => ({ number, wanted: data as Wanted }));
  const groups = await ensureGroups(
    db,
    all.map(({ wanted }) => wanted),
  );
  const groupOf = (wanted: Wanted): number => groups.get(groupKey(wanted)) ?? 0;
  // A new product may have a row a currency.
  const fresh = new Map(
    all.flatMap(({ wanted }) => (wanted.product === null ? [[wanted.sku, wanted] as const] : [])),
  );
  const added = await addProducts(
    db,
    [...fresh.values()].map((wanted) => ({ ...wanted, groupId: groupOf(wanted) })),
  );
  const done = all.map(({ number, wanted }) => {
    const product = wanted.product ?? added.get(wanted.sku) ?? 0;
    return {
      number,
      sku: wanted.sku,
      changed: changeOf(products.get(product), product, wanted, groupOf(wanted)),
    };
  });
  await changeProducts(
    db,
    done.flatMap(({ changed: { product, before, after }, sku }) =>
      before === null ? [] : [{ ...after, product, sku }],
    ),
  );
  await savePrices(
    db,
    all.map(({ wanted: { currency, minor } }, index) => ({
      product: done[index]?.changed.product ?? 0,
      currency,
      minor,
    })),
  );
  const results = done.map(
    ({ number, changed }): RowResult => ({ number, status: 'done', data: asJson(changed) }),
  );
  return { results, used: new Map() };
}

function changeOf(now: Known | undefined, product: number, wanted: Wanted, groupId: number): Changed {
  const { name, unit, commitment, currency, minor: price } = wanted;
  const after: Kept = { name, unit, commitment, groupId, forSale: true, price };
  return { product, currency, before: now === undefined ? null : keptOf(now, currency), after };
}

/** Puts back what was before, where nobody has changed it since; what the list added is not sold any more. */
export async function takeBackPrices(
  { db }: Ctx,
  _of: JobInHand,
  rows: readonly DoneRow[],
): Promise<readonly RowResult[]> {
  const moved = await takeBack(
    db,
    rows.map(({ data }) => data as Changed),
    'each',
  );
  return rows.flatMap(({ number, subject, data }): RowResult[] =>
    moved.has(data as Changed) ? [{ number, status: 'failed', reason: changedSince(subject) }] : [],
  );
}

/** Puts a list back as a whole, as it was saved; or says why nothing of it is. */
export async function takeBackList(
  db: Db,
  prices: readonly { readonly sku: string; readonly changed: Changed }[],
): Promise<string | undefined> {
  const changes = prices.map(({ changed }) => changed);
  const moved = await takeBack(db, changes, 'all or none');
  const first = prices.find(({ changed }) => moved.has(changed));
  return first && changedSince(first.sku);
}

/** Resolves to those that have changed since and stay as they are. */
async function takeBack(
  db: Db,
  changes: readonly Changed[],
  how: 'each' | 'all or none',
): Promise<ReadonlySet<Changed>> {
  await lockPrices(db);
  const now = new Map((await loadKnown(db)).map((one) => [one.id, one]));
  const moved = new Set(
    changes.filter(({ product, currency, after }) => {
      const known = now.get(product);
      return known === undefined || !isStill(keptOf(known, currency), after);
    }),
  );
  if (how === 'all or none' && moved.size > 0) return moved;
  const back = changes.filter((one) => !moved.has(one));
  await changeProducts(
    db,
    back.map(({ product, before, after }) => ({ ...(before ?? { ...after, forSale: false }), product })),
  );
  const priceOf = ({ before }: Changed) => before?.price ?? null;
  await savePrices(
    db,
    back.flatMap((one) => {
      const minor = priceOf(one);
      return minor === null ? [] : [{ product: one.product, currency: one.currency, minor }];
    }),
  );
  await removePrices(
    db,
    back.filter((one) => priceOf(one) === null),
  );
  return moved;
}
