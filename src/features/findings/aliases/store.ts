import { sql } from 'kysely';
import type { Db } from '../../../db/index.ts';

export type Product = {
  readonly id: number;
  readonly name: string;
  readonly sku: string | null;
  readonly provider: string;
};

/** One after the other: of two that name the same article number, the second finds the first. */
export async function lockAliases(db: Db): Promise<void> {
  await sql`lock table product_aliases in share row exclusive mode`.execute(db);
}

export function loadProducts(db: Db): Promise<Product[]> {
  return db.selectFrom('products').select(['id', 'name', 'sku', 'provider']).orderBy('name').execute();
}

const aliases = (db: Db) =>
  db
    .selectFrom('product_aliases as alias')
    .innerJoin('products as p', 'p.id', 'alias.product_id')
    .select(['alias.provider', 'alias.sku', 'alias.added_by as by', 'alias.added_at as at'])
    .select(['p.id as productId', 'p.name as product', 'p.sku as own']);
export type Alias = Awaited<ReturnType<ReturnType<typeof aliases>['execute']>>[number];

export async function countAliases(db: Db): Promise<number> {
  const { count } = await db
    .selectFrom('product_aliases')
    .select(sql<number>`count(*)::int`.as('count'))
    .executeTakeFirstOrThrow();
  return count;
}

export function loadAliases(db: Db, offset: number, limit: number): Promise<Alias[]> {
  return aliases(db).orderBy('p.name').orderBy('alias.sku').offset(offset).limit(limit).execute();
}

/** What is an alias by this article number, of each vendor that uses it. */
export function findAliases(db: Db, sku: string): Promise<Alias[]> {
  return aliases(db)
    .where(sql<string>`lower(alias.sku)`, '=', sku.toLowerCase())
    .orderBy('alias.provider')
    .execute();
}

export function loadAllSkus(db: Db): Promise<string[]> {
  return db
    .selectFrom('product_aliases')
    .select('sku')
    .orderBy('sku')
    .execute()
    .then((rows) => rows.map(({ sku }) => sku));
}

type Kept = {
  readonly provider: string;
  readonly sku: string;
  readonly product: number;
  readonly by: string;
  readonly at: Date;
};

/** False where it is one already. What vendors were found to differ in only by this article number is settled. */
export async function saveAlias(db: Db, { provider, sku, product, by, at }: Kept): Promise<boolean> {
  const row = await db
    .insertInto('product_aliases')
    .values({ provider, sku, product_id: product, added_by: by, added_at: at })
    .onConflict((conflict) => conflict.doNothing())
    .returning('sku')
    .executeTakeFirst();
  if (row === undefined) return false;
  await sql`
    delete from findings f using services s
    where s.id = f.service_id and s.product_id = ${product} and f.kind = 'product' and f.provider = ${provider}
      and lower(f.numbers ->> 'there') = lower(${sku})`.execute(db);
  return true;
}

/** False where it was none. */
export async function deleteAlias(
  db: Db,
  { provider, sku, product }: Pick<Kept, 'provider' | 'sku' | 'product'>,
): Promise<boolean> {
  const row = await db
    .deleteFrom('product_aliases')
    .where('provider', '=', provider)
    .where(sql<string>`lower(sku)`, '=', sku.toLowerCase())
    .where('product_id', '=', product)
    .returning('sku')
    .executeTakeFirst();
  return row !== undefined;
}

/** Article numbers that vendors were found to use for our products, the one that is found most first. */
export async function loadSeenSkus(
  db: Db,
  most: number,
): Promise<readonly { readonly sku: string; readonly product: string }[]> {
  const { rows } = await sql<{ sku: string; product: string }>`
    select f.numbers ->> 'there' as sku, coalesce(p.sku, p.name) as product
    from findings f
    join services s on s.id = f.service_id
    join products p on p.id = s.product_id
    where f.kind = 'product' and f.answer is null and not exists (
      select from products own where lower(own.sku) = lower(f.numbers ->> 'there'))
    group by 1, 2 order by count(*) desc, 1 limit ${most}`.execute(db);
  return rows;
}

export type Sold = { readonly sku: string | undefined; readonly product: string | undefined };

/**
 * What a subscription of this name is at its vendor: its article number where it was seen when the vendor was read last,
 * and the product of that number. Nothing where there is no such subscription.
 */
export async function findSubscription(db: Db, name: string): Promise<Sold | undefined> {
  const { rows } = await sql<{ sku: string | null; product: string | null }>`
    select named.sku, (
      select p.name from products p
      left join product_aliases alias on alias.product_id = p.id
      where lower(named.sku) in (lower(p.sku), lower(alias.sku)) order by p.id limit 1) as product
    from (
      select seen.sku, seen.reading_id as latest from seen_subscriptions seen
      where lower(seen.subscription) = ${name.toLowerCase()}
      union all
      select null, 0 from subscriptions sub where lower(sub.provider_subscription) = ${name.toLowerCase()}) as named
    order by named.latest desc limit 1`.execute(db);
  const [row] = rows;
  return row && { sku: row.sku ?? undefined, product: row.product ?? undefined };
}
