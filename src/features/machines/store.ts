import { sql } from 'kysely';
import type { Db } from '../../db/index.ts';
import type { Region, Resource } from './rules.ts';

/** What is offered: the regions of an offering with their hardware profiles and templates. */
export async function loadRegions(db: Db, offeringId: number): Promise<Region[]> {
  const regions = await db
    .selectFrom('regions')
    .select(['id', 'name'])
    .where('offering_id', '=', offeringId)
    .orderBy('name')
    .execute();
  const ids = regions.length > 0 ? regions.map(({ id }) => id) : [-1];
  const profiles = await db
    .selectFrom('hardware_profiles')
    .select(['id', 'region_id', 'name', 'cores', 'memory_gb as memoryGb', 'disk_gb as diskGb'])
    .where('region_id', 'in', ids)
    .orderBy('cores')
    .orderBy('memory_gb')
    .orderBy('name')
    .execute();
  const templates = await db
    .selectFrom('machine_templates')
    .select(['id', 'region_id', 'name'])
    .where('region_id', 'in', ids)
    .orderBy('name')
    .execute();
  return regions.map((region) => ({
    ...region,
    profiles: profiles.filter(({ region_id }) => region_id === region.id).map(without),
    templates: templates.filter(({ region_id }) => region_id === region.id).map(without),
  }));
}

function without<T extends { region_id: number }>({ region_id: _, ...rest }: T): Omit<T, 'region_id'> {
  return rest;
}

/** What one unit of each resource costs an organization, and whoever sells it to it. */
export async function loadResourcePrices(db: Db, organizationId: number, offeringId: number) {
  const rows = await db
    .selectFrom('products as p')
    .innerJoin('product_groups as g', 'g.id', 'p.product_group_id')
    .innerJoin('customer_prices as price', 'price.product_id', 'p.id')
    .select(['p.resource', 'p.name', 'p.unit', 'price.purchase_minor as purchaseMinor'])
    .select(['price.price_minor as priceMinor', 'price.currency'])
    .where('g.offering_id', '=', offeringId)
    .where('price.organization_id', '=', organizationId)
    .where('p.resource', 'is not', null)
    .where('p.for_sale', '=', true)
    .execute();
  return rows.flatMap(({ resource, ...row }) =>
    resource === null ? [] : [{ ...row, resource: resource as Resource }],
  );
}

/** The product that a configuration is sold as, with its own price. */
export async function loadConfigurable(db: Db, offeringId: number) {
  return db
    .selectFrom('products as p')
    .innerJoin('product_groups as g', 'g.id', 'p.product_group_id')
    .select(['p.id', 'p.name'])
    .where('g.offering_id', '=', offeringId)
    .where('p.resource', 'is', null)
    .where('p.unit', '=', 'configuration')
    .where('p.for_sale', '=', true)
    .orderBy('p.id')
    .executeTakeFirst();
}

export async function loadBasePrice(db: Db, organizationId: number, productId: number) {
  return db
    .selectFrom('customer_prices')
    .select(['purchase_minor as purchaseMinor', 'price_minor as priceMinor', 'currency'])
    .where('organization_id', '=', organizationId)
    .where('product_id', '=', productId)
    .executeTakeFirst();
}

export async function loadOfferingOf(db: Db, productId: number): Promise<number | undefined> {
  const row = await db
    .selectFrom('products as p')
    .innerJoin('product_groups as g', 'g.id', 'p.product_group_id')
    .select('g.offering_id')
    .where('p.id', '=', productId)
    .executeTakeFirst();
  return row?.offering_id;
}

export type Placing = { readonly organizationId: number; readonly currency: string };

export async function loadCurrency(db: Db, organizationId: number): Promise<string> {
  const row = await db
    .selectFrom('organizations')
    .select('currency')
    .where('id', '=', organizationId)
    .executeTakeFirstOrThrow();
  return row.currency;
}

/** The order becomes one of another customer, in that customer's currency. */
export async function moveOrder(db: Db, orderId: number, to: Placing): Promise<void> {
  await db
    .updateTable('orders')
    .set({ organization_id: to.organizationId, currency: to.currency })
    .where('id', '=', orderId)
    .execute();
}

/** The order is in the basket: it has lines. */
export async function hasLines(db: Db, orderId: number): Promise<boolean> {
  const row = await db
    .selectFrom('requested_changes')
    .select('id')
    .where('order_id', '=', orderId)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

export async function saveAddOns(db: Db, orderId: number, addOns: string | null): Promise<void> {
  await db.updateTable('orders').set({ add_ons: addOns }).where('id', '=', orderId).execute();
}

/** The number of the newest order of this customer in which machines are being chosen. */
export async function loadUnfinished(db: Db, organizationId: number): Promise<number | undefined> {
  const row = await db
    .selectFrom('orders')
    .select('number')
    .where('organization_id', '=', organizationId)
    .where('status', '=', 'Started')
    .where(sql<boolean>`draft->>'kind' = 'machines'`)
    .orderBy('id', 'desc')
    .executeTakeFirst();
  return row?.number;
}

/** Whose customer an organization is. */
export function loadParent(db: Db, organizationId: number) {
  return db
    .selectFrom('organizations as o')
    .innerJoin('organizations as parent', 'parent.id', 'o.parent_id')
    .select(['parent.id', 'parent.kind', 'parent.name'])
    .where('o.id', '=', organizationId)
    .executeTakeFirst();
}

type Enabling = {
  readonly organizationId: number;
  readonly offeringId: number;
  readonly contactName: string;
  readonly contactEmail: string;
  readonly confirmedBy: string;
  readonly at: Date;
};

/** The customer that is sold to has the offering from now on; one that has it keeps it as it is. */
export async function enableFor(db: Db, enabling: Enabling): Promise<void> {
  await db
    .insertInto('enabled_offerings')
    .values({
      organization_id: enabling.organizationId,
      offering_id: enabling.offeringId,
      contact_name: enabling.contactName,
      contact_email: enabling.contactEmail,
      mpn_id: null,
      domain: null,
      confirmed_by: enabling.confirmedBy,
      confirmed_at: enabling.at,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}
