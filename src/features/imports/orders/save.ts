import { type Change, type Ctx, recordAll } from '../../../bot/index.ts';
import type { Db } from '../../../db/index.ts';
import { parseOrderNumber } from '../../orders/rules.ts';
import { worldOf } from '../organizations/rules.ts';
import { loadAll } from '../organizations/store.ts';
import { removeOrders, removeServices, usesOfOrders, usesOfServices } from '../removal/store.ts';
import { withPositions } from './lines.ts';
import { changedFields, decide } from './rules.ts';
import {
  type Delivered,
  deliver,
  insertOrders,
  loadOrders,
  loadPrices,
  loadProducts,
  lockImports,
  pushNumbers,
  updateOrders,
} from './store.ts';
import type { Columns, DecidedLine, Decision, KnownOrder, OrderEntry, World } from './types.ts';

/** What was done for one order, as its undo needs to know it. */
export type Saved = {
  readonly id: number;
  readonly number: number;
  readonly before: Columns | null;
  readonly after: Columns;
  /** It brought services. */
  readonly delivered: boolean;
};
export type Outcome =
  | Exclude<Decision, { kind: 'new' | 'changed' }>
  | { readonly kind: 'new' | 'changed'; readonly saved: Saved };

/** All that orders are held against. */
export async function loadWorld(ctx: Ctx, entries: readonly OrderEntry[]): Promise<World> {
  const { db, settings, actor } = ctx;
  const organizations = worldOf(await loadAll(db));
  const all = await loadProducts(db);
  const products = new Map(
    all.flatMap((one) =>
      [one.sku, one.name].flatMap((word) => (word === null ? [] : [[word.toLowerCase(), one] as const])),
    ),
  );
  const numbers = entries.flatMap(
    ({ number = '' }) => parseOrderNumber(settings.orderPrefix, number.trim()) ?? [],
  );
  const orders = new Map((await loadOrders(db, [...new Set(numbers)])).map((order) => [order.number, order]));
  const customers = new Set(
    entries.flatMap(({ customer = '' }) => {
      const word = customer.trim();
      return (
        organizations.byExternalId.get(word)?.id ?? organizations.byName.get(word.toLowerCase())?.id ?? []
      );
    }),
  );
  for (const { customerId } of orders.values()) customers.add(customerId);
  const priceOf = await priceBook(db, [...customers], entries, products);
  return { organizations, products, orders, priceOf, prefix: settings.orderPrefix, by: actor.name };
}

export async function isThere({ db, settings }: Ctx, word: string): Promise<boolean> {
  const number = parseOrderNumber(settings.orderPrefix, word);
  return number !== undefined && (await loadOrders(db, [number])).length > 0;
}

async function priceBook(
  db: Db,
  customers: readonly number[],
  entries: readonly OrderEntry[],
  products: World['products'],
): Promise<World['priceOf']> {
  const named = entries.flatMap(({ lines }) =>
    lines.map(({ product = '' }) => products.get(product.trim().toLowerCase())?.id),
  );
  const wanted = [...new Set(named.filter((id) => id !== undefined))];
  const rows = await loadPrices(db, customers, wanted);
  const book = new Map(
    rows.map((row) => [`${row.organization_id} ${row.product_id} ${row.currency}`, row.price_minor]),
  );
  return (customerId, productId, currency) => book.get(`${customerId} ${productId} ${currency}`);
}

/** Makes or changes orders as they were elsewhere: nothing is carried out, nobody is told. Each is named once. */
export async function saveOrders(ctx: Ctx, entries: readonly OrderEntry[]): Promise<Outcome[]> {
  await lockImports(ctx.db);
  const world = await loadWorld(ctx, entries);
  const decisions = entries.map((entry) => decide(entry, world));
  const saved = await saveAll(ctx, decisions.filter(isToSave));
  return decisions.map((decision) =>
    isToSave(decision) ? { kind: decision.kind, saved: known(saved.get(numberOf(decision))) } : decision,
  );
}

type ToSave = Extract<Decision, { kind: 'new' | 'changed' }>;

const isToSave = (decision: Decision): decision is ToSave =>
  decision.kind === 'new' || decision.kind === 'changed';
const numberOf = (decision: ToSave): number =>
  decision.kind === 'new' ? decision.number : decision.before.number;
const linesOf = (decision: ToSave): readonly DecidedLine[] =>
  decision.kind === 'new' ? decision.lines : decision.before.lines;

function known<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('An order was not saved.');
  return value;
}

/** All of them in a few statements. Resolves to what was done, by the number of the order. */
async function saveAll(ctx: Ctx, decisions: readonly ToSave[]): Promise<Map<number, Saved>> {
  const { db, now, settings } = ctx;
  const fresh = decisions.flatMap((one) => (one.kind === 'new' ? [one] : []));
  const changed = decisions.flatMap((one) => (one.kind === 'changed' ? [one] : []));
  const ids = await insertOrders(
    db,
    fresh.map((one) => ({ ...one, externalId: `${settings.orderPrefix}${one.number}` })),
  );
  await updateOrders(
    db,
    changed.map(({ before, columns }) => ({ id: before.id, columns })),
  );
  const done = decisions.map((decision) => {
    const id = decision.kind === 'changed' ? decision.before.id : known(ids.get(decision.number));
    return { decision, id, brought: broughtBy(decision, id) };
  });
  await deliver(
    db,
    done.flatMap(({ brought }) => brought),
    now,
  );
  await recordAll(
    ctx,
    done.map(({ decision, id }) => told(decision, id)),
  );
  await pushNumbers(db);
  return new Map(
    done.map(({ decision, id, brought }) => {
      const number = numberOf(decision);
      const before = decision.kind === 'changed' ? columnsOf(decision.before) : null;
      return [number, { id, number, before, after: decision.columns, delivered: brought.length > 0 }];
    }),
  );
}

const columnsOf = ({ id: _, number: __, imported: ___, lines: ____, ...columns }: KnownOrder): Columns =>
  columns;

/** The services that come with an order: those of one that was not completed before, and is now. */
function broughtBy(decision: ToSave, orderId: number): Delivered[] {
  const { customerId, currency, createdAt, status } = decision.columns;
  const whose = { orderId, customerId, currency, createdAt };
  if (status !== 'Completed') return [];
  if (decision.kind === 'changed' && decision.before.status === 'Completed') return [];
  const bought = linesOf(decision).filter(({ kind }) => kind === 'new subscription');
  return withPositions(bought).flatMap(({ productId, quantity, priceMinor, at: position }) =>
    productId === null || quantity === null
      ? []
      : [{ ...whose, productId, quantity, position, priceMinor: priceMinor ?? 0 }],
  );
}

/** Of a change of nothing but the markup only those hear who may see it. */
const isSecret = (lines: readonly DecidedLine[]): boolean =>
  lines.length > 0 && lines.every(({ kind }) => kind === 'markup change');

function told(decision: ToSave, orderId: number): Change {
  const before = decision.kind === 'changed' ? decision.before : undefined;
  const { markupBp: _, ...shown } = decision.columns;
  const secret = isSecret(linesOf(decision));
  const summary =
    before === undefined
      ? `Imported the order (${shown.status})`
      : `Changed the order by import: ${changedFields(before, decision.columns).join(', ')}`;
  return {
    organizationId: shown.customerId,
    orderId,
    kind: secret ? 'markup change' : 'import',
    summary: secret ? 'Imported a change of the markup' : summary,
    ...(before && { before: { status: before.status, note: before.note } }),
    after: shown,
  };
}

/** Takes back what an import did to these orders, where nothing has changed since; else says why not, in this order. */
export async function takeBackOrders(
  ctx: Ctx,
  all: readonly Saved[],
): Promise<readonly (string | undefined)[]> {
  const { db } = ctx;
  await lockImports(db);
  const here = await loadOrders(
    db,
    all.map(({ number }) => number),
  );
  const now = new Map(here.map((order) => [order.number, order]));
  const idsOf = (some: readonly Saved[]) => some.map(({ id }) => id);
  const uses = [
    await usesOfServices(db, idsOf(all.filter(({ delivered }) => delivered))),
    await usesOfOrders(db, idsOf(all.filter(({ before }) => before === null))),
  ];
  const reasons = all.map((saved) => {
    const { id, number, after } = saved;
    const order = now.get(number);
    if (order?.id !== id) return `Order ${number} is not here any more.`;
    if (changedFields(order, after).length > 0) return `Order ${number} has changed since.`;
    const used = new Set(uses.flatMap((of) => of.get(id) ?? []));
    return used.size === 0 ? undefined : `Order ${number} is in use: there are ${[...used].join(', ')}.`;
  });
  const back = all.filter((_, index) => reasons[index] === undefined);
  await removeServices(db, idsOf(back.filter(({ delivered }) => delivered)));
  await removeOrders(db, idsOf(back.filter(({ before }) => before === null)));
  await updateOrders(
    db,
    back.flatMap(({ id, before }) => (before === null ? [] : [{ id, columns: before }])),
  );
  await recordAll(
    ctx,
    back.map(({ id, number, before, after }) => ({
      organizationId: after.customerId,
      orderId: before === null ? null : id,
      kind: isSecret(now.get(number)?.lines ?? []) ? 'markup change' : 'import',
      summary: `Took back the import of order ${number}`,
    })),
  );
  return reasons;
}
