import { sql } from 'kysely';
import { type Db, inScope, type Scope } from '../../../db/index.ts';
import type { Checked } from './rules.ts';

const offerings = (db: Db) =>
  db
    .selectFrom('offerings as f')
    .select(['f.id', 'f.name', 'f.kind', 'f.vendor', 'f.provider'])
    .select(['f.needs_mpn_id as needsMpnId', 'f.needs_domain as needsDomain'])
    .select(['f.domain_suffix as domainSuffix', 'f.enrolment_url as enrolmentUrl'])
    .select(['f.setup_url as setupUrl', 'f.portal_url as portalUrl', 'f.domain_url as domainUrl'])
    .orderBy('f.name');
export type Offering = Awaited<ReturnType<ReturnType<typeof offerings>['execute']>>[number];

export function loadOfferings(db: Db): Promise<Offering[]> {
  return offerings(db).execute();
}

export function loadOffering(db: Db, id: number): Promise<Offering | undefined> {
  return offerings(db).where('f.id', '=', id).executeTakeFirst();
}

export async function hasOffering(db: Db, organizationId: number, offeringId: number): Promise<boolean> {
  const row = await db
    .selectFrom('enabled_offerings')
    .select('offering_id')
    .where('organization_id', '=', organizationId)
    .where('offering_id', '=', offeringId)
    .executeTakeFirst();
  return row !== undefined;
}

/** One at a time enables and disables an offering: a store can't lose what somebody is just given out of it. */
export async function lockOffering(db: Db, offeringId: number): Promise<void> {
  await db.selectFrom('offerings').select('id').where('id', '=', offeringId).forUpdate().execute();
}

type Confirmed = { readonly by: string; readonly at: Date };

/** False where the organization has it already. */
export async function saveEnabled(
  db: Db,
  organization_id: number,
  offering_id: number,
  kept: Checked,
  { by, at }: Confirmed,
): Promise<boolean> {
  const row = await db
    .insertInto('enabled_offerings')
    .values({
      organization_id,
      offering_id,
      contact_name: kept.contactName,
      contact_email: kept.contactEmail,
      mpn_id: kept.mpnId,
      domain: kept.domain,
      is_migration: kept.isMigration,
      confirmed_by: by,
      confirmed_at: at,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('offering_id')
    .executeTakeFirst();
  return row !== undefined;
}

export async function removeEnabled(db: Db, organizationId: number, offeringId: number): Promise<boolean> {
  const rows = await db
    .deleteFrom('enabled_offerings')
    .where('organization_id', '=', organizationId)
    .where('offering_id', '=', offeringId)
    .returning('offering_id')
    .execute();
  return rows.length > 0;
}

/** Makes the domain the organization's; false where it belongs to another one. */
export async function claimDomain(db: Db, organization_id: number, domain: string): Promise<boolean> {
  const other = await db
    .selectFrom('enabled_offerings')
    .select('organization_id')
    .where('domain', '=', domain)
    .where('organization_id', '<>', organization_id)
    .executeTakeFirst();
  if (other !== undefined) return false;
  await db
    .insertInto('domains')
    .values({ domain, organization_id })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const owner = await db
    .selectFrom('domains')
    .select('organization_id')
    .where('domain', '=', domain)
    .executeTakeFirst();
  return owner?.organization_id === organization_id;
}

/** A domain of the organization with this ending. */
export async function loadDomainEnding(
  db: Db,
  organizationId: number,
  suffix: string,
): Promise<string | undefined> {
  const row = await db
    .selectFrom('domains')
    .select('domain')
    .where('organization_id', '=', organizationId)
    .where('domain', 'like', `%.${suffix.replace(/[\\%_]/g, '\\$&')}`)
    .orderBy('domain')
    .executeTakeFirst();
  return row?.domain;
}

/** The organization that this one buys from: whose store has to have the offering. */
export function loadParent(db: Db, organizationId: number) {
  return db
    .selectFrom('organizations as o')
    .innerJoin('organizations as parent', 'parent.id', 'o.parent_id')
    .select(['parent.id', 'parent.kind', 'parent.name'])
    .where('o.id', '=', organizationId)
    .executeTakeFirst();
}

/** Customers and resellers right below an organization that have the offering, or have it not. */
export function loadBelow(db: Db, scope: Scope, of: number, offeringId: number, having: boolean) {
  const has = sql<boolean>`exists (
    select from enabled_offerings e where e.organization_id = o.id and e.offering_id = ${offeringId})`;
  return db
    .selectFrom('organizations as o')
    .select(['o.id', 'o.kind', 'o.name'])
    .where('o.parent_id', '=', of)
    .where(inScope('o.id', scope))
    .where(having ? has : sql<boolean>`not ${has}`)
    .orderBy('o.kind')
    .orderBy('o.name')
    .execute();
}

/** Subscriptions of the offering that are not cancelled. */
export async function countRunning(db: Db, organizationId: number, offeringId: number): Promise<number> {
  const row = await db
    .selectFrom('subscriptions as sub')
    .innerJoin('services as s', 's.id', 'sub.service_id')
    .innerJoin('products as p', 'p.id', 's.product_id')
    .innerJoin('product_groups as g', 'g.id', 'p.product_group_id')
    .select(sql<number>`count(*)::int`.as('total'))
    .where('sub.organization_id', '=', organizationId)
    .where('g.offering_id', '=', offeringId)
    .where('sub.status', '<>', 'cancelled')
    .executeTakeFirstOrThrow();
  return row.total;
}

const UNDER_WAY = [
  'Started',
  'In progress',
  'Provisioning started',
  'Provisioning finished',
  'Provisioning failed',
];

/** The orders of the offering that are not carried out yet. */
export async function loadOrdersUnderWay(
  db: Db,
  organizationId: number,
  offeringId: number,
): Promise<number[]> {
  const rows = await db
    .selectFrom('orders')
    .select('number')
    .where('organization_id', '=', organizationId)
    .where('offering_id', '=', offeringId)
    .where('status', 'in', UNDER_WAY)
    .orderBy('number')
    .limit(5)
    .execute();
  return rows.map(({ number }) => number);
}
