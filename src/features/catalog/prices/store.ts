import { sql } from 'kysely';
import type { Db } from '../../../db/index.ts';
import type { Kept, Known, Wanted } from './rules.ts';

/** Every product with its prices by currency. */
export async function loadKnown(db: Db): Promise<Known[]> {
  return db
    .selectFrom('products as p')
    .leftJoin('product_groups as g', 'g.id', 'p.product_group_id')
    .select(['p.id', 'p.sku', 'p.name', 'p.unit', 'p.commitment', 'p.for_sale as forSale'])
    .select(['p.product_group_id as groupId', 'g.name as group', 'g.category', 'g.offering_id as offeringId'])
    .select(
      sql<Record<string, number>>`coalesce(
        (select jsonb_object_agg(x.currency, x.price_minor) from prices x where x.product_id = p.id),
        '{}'::jsonb)`.as('prices'),
    )
    .orderBy('p.id')
    .execute();
}

export function loadOfferingNames(db: Db) {
  return db.selectFrom('offerings').select(['id', 'name', 'provider']).orderBy('name').execute();
}

export async function loadCurrency(db: Db): Promise<string> {
  const row = await db
    .selectFrom('organizations')
    .select('currency')
    .where('kind', '=', 'provider')
    .executeTakeFirstOrThrow();
  return row.currency;
}

/** By how much the markups of a reseller and its customer multiply a price at most, by currency. */
export async function loadFactors(db: Db): Promise<Record<string, number>> {
  const rows = await db
    .selectFrom('organizations as o')
    .innerJoin('organizations as parent', 'parent.id', 'o.parent_id')
    .select('o.currency')
    .select(
      sql<number>`max((10000 + o.markup_bp)::float8 *
        case when parent.kind = 'reseller' then 10000 + parent.markup_bp else 10000 end / 100000000)`.as(
        'factor',
      ),
    )
    .groupBy('o.currency')
    .execute();
  return Object.fromEntries(rows.map(({ currency, factor }) => [currency, factor]));
}

/** Changes when what is sold, or its price, changes. */
export async function loadDigest(db: Db): Promise<string> {
  const row = await db
    .selectNoFrom([
      sql<string>`md5(coalesce((
        select string_agg(concat_ws('|', p.id, p.sku, p.name, p.unit, p.commitment, p.for_sale, p.product_group_id,
          x.currency, x.price_minor), ';' order by p.id, x.currency)
        from products p left join prices x on x.product_id = p.id), ''))`.as('products'),
      sql<string>`md5(coalesce((
        select string_agg(concat_ws('|', o.id, o.markup_bp, o.currency), ';' order by o.id)
        from organizations o), ''))`.as('markups'),
    ])
    .executeTakeFirstOrThrow();
  return `${row.products}/${row.markups}`;
}

/** One price list, or one price, at a time. */
export async function lockPrices(db: Db): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('prices'))`.execute(db);
}

type Group = { readonly offeringId: number; readonly category: string; readonly group: string };
export const groupKey = ({ offeringId, category, group }: Group): string =>
  JSON.stringify([offeringId, category, group]);

/** The numbers of these groups; those that are not there yet are made. */
export async function ensureGroups(db: Db, groups: readonly Group[]): Promise<Map<string, number>> {
  await sql`
    insert into product_groups (offering_id, category, name)
    select distinct "offeringId", category, "group"
    from jsonb_to_recordset(${JSON.stringify(groups)}::jsonb)
      as x("offeringId" integer, category text, "group" text)
    on conflict do nothing`.execute(db);
  const rows = await db
    .selectFrom('product_groups')
    .select(['id', 'offering_id as offeringId', 'category', 'name as group'])
    .execute();
  return new Map(rows.map((row) => [groupKey(row), row.id]));
}

export type NewProduct = Wanted & { readonly groupId: number };

/** The numbers of the new products, by SKU. */
export async function addProducts(db: Db, rows: readonly NewProduct[]): Promise<Map<string, number>> {
  const { rows: added } = await sql<{ id: number; sku: string }>`
    insert into products (name, provider, max_units_per_user, product_group_id, sku, unit, commitment)
    select x.name, f.provider, null, x."groupId", x.sku, x.unit, x.commitment
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as x(name text, sku text, unit text, commitment text, "groupId" integer, "offeringId" integer)
    join offerings f on f.id = x."offeringId"
    returning id, sku`.execute(db);
  return new Map(added.map(({ id, sku }) => [sku, id]));
}

export type ProductChange = Omit<Kept, 'price'> & { readonly product: number; readonly sku?: string };

export async function changeProducts(db: Db, rows: readonly ProductChange[]): Promise<void> {
  if (rows.length === 0) return;
  await sql`
    update products p set name = x.name, unit = x.unit, commitment = x.commitment,
      product_group_id = x."groupId", for_sale = x."forSale", sku = coalesce(p.sku, x.sku)
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as x(
      product integer, sku text, name text, unit text, commitment text, "groupId" integer, "forSale" boolean)
    where p.id = x.product`.execute(db);
}

export type NewPrice = { readonly product: number; readonly currency: string; readonly minor: number };

export async function savePrices(db: Db, rows: readonly NewPrice[]): Promise<void> {
  if (rows.length === 0) return;
  await sql`
    insert into prices (product_id, currency, price_minor)
    select product, currency, minor
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as x(product integer, currency text, minor integer)
    on conflict (product_id, currency) do update set price_minor = excluded.price_minor`.execute(db);
}

export async function removePrices(db: Db, rows: readonly Omit<NewPrice, 'minor'>[]): Promise<void> {
  if (rows.length === 0) return;
  await sql`
    delete from prices p
    using jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as x(product integer, currency text)
    where p.product_id = x.product and p.currency = x.currency`.execute(db);
}

/** The price list as a sheet shows it. */
export function loadPriceList(db: Db) {
  return db
    .selectFrom('products as p')
    .innerJoin('product_groups as g', 'g.id', 'p.product_group_id')
    .innerJoin('offerings as f', 'f.id', 'g.offering_id')
    .innerJoin('prices as x', 'x.product_id', 'p.id')
    .select(['p.sku', 'p.name', 'g.category', 'g.name as group', 'f.name as offering', 'p.unit'])
    .select(['p.commitment', 'x.price_minor as minor', 'x.currency'])
    .where('p.for_sale', '=', true)
    .where('p.sku', 'is not', null)
    .orderBy('f.name')
    .orderBy('g.category')
    .orderBy('g.name')
    .orderBy('p.id')
    .orderBy('x.currency')
    .execute();
}
