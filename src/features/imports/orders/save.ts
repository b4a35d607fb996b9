import { type Ctx, record } from '../../../bot/index.ts';
import type { Db } from '../../../db/index.ts';
import { parseOrderNumber } from '../../orders/rules.ts';
import { worldOf } from '../organizations/rules.ts';
import { loadAll } from '../organizations/store.ts';
import { withPositions } from './lines.ts';
import { changedFields, decide } from './rules.ts';
import {
  deliver,
  insertOrder,
  loadOrders,
  loadPrices,
  loadProducts,
  lockImports,
  pushNumbers,
  removeOrder,
  removeServices,
  updateOrder,
  usesOf,
  usesOfOrder,
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

/** Makes or changes orders as they were elsewhere: nothing is carried out, nobody is told. */
export async function saveOrders(ctx: Ctx, entries: readonly OrderEntry[]): Promise<Outcome[]> {
  await lockImports(ctx.db);
  const world = await loadWorld(ctx, entries);
  const outcomes: Outcome[] = [];
  for (const entry of entries) {
    const decision = decide(entry, world);
    if (decision.kind === 'refused' || decision.kind === 'same') outcomes.push(decision);
    else outcomes.push({ kind: decision.kind, saved: await saveOne(ctx, decision) });
  }
  await pushNumbers(ctx.db);
  return outcomes;
}

type ToSave = Extract<Decision, { kind: 'new' | 'changed' }>;

async function saveOne(ctx: Ctx, decision: ToSave): Promise<Saved> {
  const { columns } = decision;
  const before = decision.kind === 'changed' ? decision.before : undefined;
  const number = decision.kind === 'new' ? decision.number : decision.before.number;
  const lines = decision.kind === 'new' ? decision.lines : decision.before.lines;
  const externalId = `${ctx.settings.orderPrefix}${number}`;
  const id = before?.id ?? (await insertOrder(ctx.db, { number, externalId }, columns, lines));
  if (before !== undefined) await updateOrder(ctx.db, id, columns);
  const completed = columns.status === 'Completed' && before?.status !== 'Completed';
  const delivered = completed && (await deliverLines(ctx, id, columns, lines));
  await tell(ctx, id, before, columns, lines);
  return { id, number, before: before === undefined ? null : columnsOf(before), after: columns, delivered };
}

const columnsOf = ({ id: _, number: __, imported: ___, lines: ____, ...columns }: KnownOrder): Columns =>
  columns;

async function deliverLines(
  ctx: Ctx,
  id: number,
  columns: Columns,
  lines: readonly DecidedLine[],
): Promise<boolean> {
  const bought = withPositions(lines.filter(({ kind }) => kind === 'new subscription')).flatMap(
    ({ productId, quantity, priceMinor, at: position }) =>
      productId === null || quantity === null
        ? []
        : [{ productId, quantity, position, priceMinor: priceMinor ?? 0 }],
  );
  if (bought.length > 0) await deliver(ctx.db, id, columns, bought, ctx.now);
  return bought.length > 0;
}

/** Of a change of nothing but the markup only those hear who may see it. */
const isSecret = (lines: readonly DecidedLine[]): boolean =>
  lines.length > 0 && lines.every(({ kind }) => kind === 'markup change');

async function tell(
  ctx: Ctx,
  orderId: number,
  before: KnownOrder | undefined,
  columns: Columns,
  lines: readonly DecidedLine[],
): Promise<void> {
  const changed = before === undefined ? [] : changedFields(before, columns);
  const summary =
    before === undefined
      ? `Imported the order (${columns.status})`
      : `Changed the order by import: ${changed.join(', ')}`;
  const { markupBp: _, ...shown } = columns;
  const secret = isSecret(lines);
  await record(ctx, {
    organizationId: columns.customerId,
    orderId,
    kind: secret ? 'markup change' : 'import',
    summary: secret ? 'Imported a change of the markup' : summary,
    ...(before && { before: { status: before.status, note: before.note } }),
    after: shown,
  });
}

/** Takes back what an import did, where nothing has changed since; else says why not. */
export async function takeBackOrder(ctx: Ctx, saved: Saved): Promise<string | undefined> {
  await lockImports(ctx.db);
  const [now] = await loadOrders(ctx.db, [saved.number]);
  if (now?.id !== saved.id) return `Order ${saved.number} is not here any more.`;
  if (changedFields(now, saved.after).length > 0) return `Order ${saved.number} has changed since.`;
  const used = saved.delivered ? await usesOf(ctx.db, saved.id) : [];
  const uses = saved.before === null ? [...used, ...(await usesOfOrder(ctx.db, saved.id))] : used;
  if (uses.length > 0) return `Order ${saved.number} is in use: there are ${[...new Set(uses)].join(', ')}.`;
  if (saved.delivered) await removeServices(ctx.db, saved.id);
  if (saved.before === null) await removeOrder(ctx.db, saved.id);
  else await updateOrder(ctx.db, saved.id, saved.before);
  await record(ctx, {
    organizationId: now.customerId,
    orderId: saved.before === null ? null : saved.id,
    kind: isSecret(now.lines) ? 'markup change' : 'import',
    summary: `Took back the import of order ${saved.number}`,
  });
  return undefined;
}
