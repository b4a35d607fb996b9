import { type Expression, type SqlBool, sql } from 'kysely';
import type { Db } from '../../db/index.ts';

const enabled = (db: Db) =>
  db
    .selectFrom('enabled_offerings as e')
    .innerJoin('offerings as f', 'f.id', 'e.offering_id')
    .select(['f.id', 'f.name', 'f.kind', 'f.vendor', 'f.provider'])
    .select(['f.needs_mpn_id as needsMpnId', 'f.needs_domain as needsDomain'])
    .select(['f.domain_suffix as domainSuffix', 'f.enrolment_url as enrolmentUrl'])
    .select(['f.setup_url as setupUrl', 'f.portal_url as portalUrl', 'f.domain_url as domainUrl'])
    .select(['e.contact_name as contactName', 'e.contact_email as contactEmail', 'e.mpn_id as mpnId'])
    .select(['e.domain', 'e.is_migration as isMigration'])
    .select(['e.confirmed_by as confirmedBy', 'e.confirmed_at as confirmedAt'])
    .orderBy('f.name');

/** An offering that an organization has, with what was said when it was enabled. */
export type EnabledOffering = Awaited<ReturnType<ReturnType<typeof enabled>['execute']>>[number];

/** The offerings that an organization has in its store, or, a customer, can order from. */
export function loadEnabled(db: Db, organizationId: number): Promise<EnabledOffering[]> {
  return enabled(db).where('e.organization_id', '=', organizationId).execute();
}

/** Within a group: what stands by itself, then add-ons, then what is configured. */
const IN_GROUP = sql`p.resource is not null, p.add_on_of is not null, p.name collate "C", p.id`;

/** What can be sold of an offering, at the prices of one customer: only what is for sale and has a price. */
const productsOf = (db: Db) =>
  db
    .selectFrom('products as p')
    .innerJoin('product_groups as g', 'g.id', 'p.product_group_id')
    .innerJoin('customer_prices as price', 'price.product_id', 'p.id')
    .select(['p.id', 'g.offering_id as offeringId', 'g.category', 'g.name as group', 'p.name', 'p.unit'])
    .select(sql<string>`coalesce(p.sku, '')`.as('sku'))
    .select(['p.description', 'p.commitment', 'p.add_on_of as addOnOf', 'p.resource'])
    .select(['p.max_units_per_user as maxUnitsPerUser'])
    .select(['price.list_minor as listMinor', 'price.purchase_minor as purchaseMinor'])
    .select(['price.price_minor as priceMinor', 'price.currency'])
    .where('p.for_sale', '=', true)
    .orderBy('g.category')
    .orderBy('g.name')
    .orderBy(IN_GROUP);

/** A product as a customer can order it. */
export type Product = Awaited<ReturnType<ReturnType<typeof productsOf>['execute']>>[number];

export function loadProductsFor(db: Db, organizationId: number, offeringId: number): Promise<Product[]> {
  return productsOf(db)
    .where('price.organization_id', '=', organizationId)
    .where('g.offering_id', '=', offeringId)
    .execute();
}

/** Through whose eyes the catalog is seen: what is not theirs to see is not in the answer of the query. */
export type Eyes =
  | {
      readonly kind: 'customer';
      readonly organizationId: number;
      readonly sees: 'price' | 'purchase' | 'list';
    }
  | { readonly kind: 'reseller'; readonly organizationId: number }
  | { readonly kind: 'provider'; readonly organizationId: number };

const NOTHING = sql<number | null>`null::integer`;

/** Prices by product and currency. What is asked of whom: the list, what a reseller pays, what its customer pays. */
function pricesFor(db: Db, eyes: Eyes) {
  switch (eyes.kind) {
    case 'customer':
      return db
        .selectFrom('customer_prices as c')
        .where('c.organization_id', '=', eyes.organizationId)
        .select(['c.product_id', 'c.currency', sql<number>`c.price_minor`.as('price_minor')])
        .select((eyes.sees === 'list' ? sql<number | null>`c.list_minor` : NOTHING).as('list_minor'))
        .select(
          (eyes.sees === 'price' ? NOTHING : sql<number | null>`c.purchase_minor`).as('purchase_minor'),
        );
    case 'reseller':
      return db
        .selectFrom('prices as c')
        .innerJoin('organizations as r', (join) =>
          join.on('r.id', '=', eyes.organizationId).onRef('r.currency', '=', 'c.currency'),
        )
        .select(['c.product_id', 'c.currency'])
        .select(
          sql<number>`least(round(c.price_minor::bigint * (10000 + r.markup_bp) / 10000.0), 2147483647)::integer`.as(
            'price_minor',
          ),
        )
        .select([NOTHING.as('list_minor'), NOTHING.as('purchase_minor')]);
    case 'provider':
      return db
        .selectFrom('prices as c')
        .select(['c.product_id', 'c.currency', sql<number>`c.price_minor`.as('price_minor')])
        .select([NOTHING.as('list_minor'), NOTHING.as('purchase_minor')]);
  }
}

export type Search = { readonly words: readonly string[]; readonly group: number | undefined };

/** What is in the store of these eyes and has to do with every word. */
function found(db: Db, eyes: Eyes, { words, group }: Search) {
  return db
    .selectFrom('products as p')
    .innerJoin('product_groups as g', 'g.id', 'p.product_group_id')
    .innerJoin('offerings as f', 'f.id', 'g.offering_id')
    .innerJoin(pricesFor(db, eyes).as('price'), 'price.product_id', 'p.id')
    .where('p.for_sale', '=', true)
    .where(inStore(eyes))
    .$if(group !== undefined, (query) => query.where('g.id', '=', group ?? 0))
    .where((eb) => eb.and(words.map(holds)));
}

function holds(word: string): Expression<SqlBool> {
  const like = `%${word.replace(/[\\%_]/g, '\\$&')}%`;
  return sql<boolean>`concat_ws(' ', p.name, p.sku, g.name, g.category, f.name) ilike ${like}`;
}

/** A customer can have what is in the store it buys from, or what it has already. The provider has it all. */
function inStore(eyes: Eyes): Expression<SqlBool> {
  if (eyes.kind === 'provider') return sql<boolean>`true`;
  if (eyes.kind === 'reseller') return has(eyes.organizationId);
  return sql<boolean>`exists (
    select from enabled_offerings e join organizations c on c.id = ${eyes.organizationId}
    where e.offering_id = f.id and e.organization_id in (c.id, c.parent_id))`;
}

const has = (organizationId: number) => sql<boolean>`exists (
  select from enabled_offerings e where e.offering_id = f.id and e.organization_id = ${organizationId})`;

export async function countProducts(db: Db, eyes: Eyes, search: Search): Promise<number> {
  const row = await found(db, eyes, search)
    .select(sql<number>`count(*)::int`.as('total'))
    .executeTakeFirstOrThrow();
  return row.total;
}

/** The currency of an organization, where nothing that is for sale has a price in it. */
export async function loadUnpricedCurrency(db: Db, organizationId: number): Promise<string | undefined> {
  const row = await db
    .selectFrom('organizations as o')
    .select('o.currency')
    .where('o.id', '=', organizationId)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('prices as x')
            .innerJoin('products as p', 'p.id', 'x.product_id')
            .select('x.product_id')
            .where('p.for_sale', '=', true)
            .whereRef('x.currency', '=', 'o.currency'),
        ),
      ),
    )
    .executeTakeFirst();
  return row?.currency;
}

export function loadProducts(db: Db, eyes: Eyes, search: Search, offset: number, limit: number) {
  return found(db, eyes, search)
    .select(['p.id', 'p.name', 'p.sku', 'p.unit', 'p.commitment', 'p.description', 'p.resource'])
    .select(['f.name as offering', 'g.category', 'g.name as group', 'price.currency'])
    .select(['price.list_minor', 'price.purchase_minor', 'price.price_minor'])
    .select(has(eyes.organizationId).as('enabled'))
    .orderBy('f.name')
    .orderBy('g.category')
    .orderBy('g.name')
    .orderBy(IN_GROUP)
    .orderBy('price.currency')
    .offset(offset)
    .limit(limit)
    .execute();
}
export type Found = Awaited<ReturnType<typeof loadProducts>>[number];

/** The product groups that have something to show. */
export function loadGroups(db: Db, eyes: Eyes) {
  return found(db, eyes, { words: [], group: undefined })
    .select(['g.id', 'f.name as offering', 'g.category', 'g.name'])
    .distinct()
    .orderBy('f.name')
    .orderBy('g.category')
    .orderBy('g.name')
    .execute();
}

/** The markup of a customer; who asks is known to be one who may see it. */
export async function loadMarkup(db: Db, organizationId: number): Promise<number> {
  const row = await db
    .selectFrom('organizations')
    .select('markup_bp')
    .where('id', '=', organizationId)
    .executeTakeFirstOrThrow();
  return row.markup_bp;
}
