import { sql } from 'kysely';
import type { Db } from '../../../db/index.ts';
import type { What } from './rules.ts';

/** The offerings whose machines are configured. */
export function loadOfferings(db: Db) {
  return db
    .selectFrom('offerings')
    .select(['id', 'name'])
    .where('kind', '=', 'virtual machines')
    .orderBy('name')
    .execute();
}

/** What the provider asks for one unit of each resource, in its own currency. */
export function loadListPrices(db: Db, offeringId: number) {
  return db
    .selectFrom('products as p')
    .innerJoin('product_groups as g', 'g.id', 'p.product_group_id')
    .innerJoin('prices as price', 'price.product_id', 'p.id')
    .innerJoin('organizations as o', (join) =>
      join.onRef('o.currency', '=', 'price.currency').on('o.kind', '=', 'provider'),
    )
    .select(['p.name', 'p.unit', 'price.currency', 'price.price_minor as minor'])
    .select((eb) => eb.ref('p.resource').$notNull().as('resource'))
    .where('g.offering_id', '=', offeringId)
    .where('p.resource', 'is not', null)
    .orderBy('p.id')
    .execute();
}

/** One admin at a time changes what an offering has. */
export async function lockOffering(db: Db, offeringId: number): Promise<void> {
  await db.selectFrom('offerings').select('id').where('id', '=', offeringId).forUpdate().execute();
}

export async function addRegion(db: Db, offering_id: number, name: string): Promise<number> {
  const row = await db
    .insertInto('regions')
    .values({ offering_id, name })
    .returning('id')
    .executeTakeFirstOrThrow();
  return row.id;
}

export async function renameRegion(db: Db, id: number, name: string): Promise<void> {
  await db.updateTable('regions').set({ name }).where('id', '=', id).execute();
}

export type ProfileColumns = {
  readonly name: string;
  readonly cores: number;
  readonly memory_gb: number;
  readonly disk_gb: number;
};

export async function addProfile(db: Db, region_id: number, columns: ProfileColumns): Promise<void> {
  await db
    .insertInto('hardware_profiles')
    .values({ region_id, ...columns })
    .execute();
}

export async function changeProfile(db: Db, id: number, columns: ProfileColumns): Promise<void> {
  await db.updateTable('hardware_profiles').set(columns).where('id', '=', id).execute();
}

export async function addTemplate(db: Db, region_id: number, name: string): Promise<void> {
  await db.insertInto('machine_templates').values({ region_id, name }).execute();
}

export async function renameTemplate(db: Db, id: number, name: string): Promise<void> {
  await db.updateTable('machine_templates').set({ name }).where('id', '=', id).execute();
}

/** A region goes with all that it has. */
export async function remove(db: Db, what: What, id: number): Promise<void> {
  if (what === 'profile') await db.deleteFrom('hardware_profiles').where('id', '=', id).execute();
  if (what === 'template') await db.deleteFrom('machine_templates').where('id', '=', id).execute();
  if (what !== 'region') return;
  await db.deleteFrom('hardware_profiles').where('region_id', '=', id).execute();
  await db.deleteFrom('machine_templates').where('region_id', '=', id).execute();
  await db.deleteFrom('regions').where('id', '=', id).execute();
}

/** Orders that are not placed yet and use it. */
export async function countDraftsWith(db: Db, what: What, id: number): Promise<number> {
  const uses =
    what === 'region'
      ? sql<boolean>`draft->'region'->>'id' = ${String(id)}`
      : sql<boolean>`draft->'machines' @> ${JSON.stringify([{ [what]: { id } }])}::jsonb`;
  const row = await db
    .selectFrom('orders')
    .select(sql<number>`count(*)::int`.as('total'))
    .where('status', 'in', ['Started', 'Draft'])
    .where(sql<boolean>`draft->>'kind' = 'machines'`)
    .where(uses)
    .executeTakeFirstOrThrow();
  return row.total;
}
