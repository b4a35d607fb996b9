import { sql } from 'kysely';
import { type Db, inScope, type Scope } from '../../../db/index.ts';
import type { Columns, Known } from './rules.ts';

/** One at a time makes organizations or changes them: names and domains are compared before they are saved. */
export async function lockOrganizations(db: Db): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('organizations'))`.execute(db);
}

/** All of them, resellers before their customers. */
export async function loadAll(db: Db, scope: Scope = { kind: 'all' }): Promise<Known[]> {
  return db
    .selectFrom('organizations as o')
    .where(inScope('o.id', scope))
    .select(['o.id', 'o.kind', 'o.name', 'o.parent_id as parentId', 'o.address_1 as address1'])
    .select(['o.address_2 as address2', 'o.city', 'o.state', 'o.country', 'o.postal_code as postalCode'])
    .select(['o.phone', 'o.mpn_id as mpnId', 'o.markup_bp as markupBp', 'o.currency'])
    .select(['o.contact_first_name as contactFirstName', 'o.contact_last_name as contactLastName'])
    .select(['o.contact_email as contactEmail', 'o.contact_phone as contactPhone'])
    .select('o.external_id as externalId')
    .select(
      sql<string[]>`array(select domain from domains where organization_id = o.id order by domain)`.as(
        'domains',
      ),
    )
    .orderBy(sql`array_position(array['provider', 'reseller', 'customer'], o.kind)`)
    .orderBy('o.name')
    .execute();
}

/** Another one when anything about an organization changes. */
export async function digestOf(db: Db): Promise<string> {
  const { rows } = await sql<{ digest: string }>`
    select md5(
      coalesce((select string_agg(o::text, ' ' order by id) from organizations o), '') ||
      coalesce((select string_agg(d::text, ' ' order by domain) from domains d), '')) as digest`.execute(db);
  return rows[0]?.digest ?? '';
}

const columnsOf = (of: Columns) => ({
  kind: of.kind,
  name: of.name,
  parent_id: of.parentId,
  address_1: of.address1,
  address_2: of.address2,
  postal_code: of.postalCode,
  city: of.city,
  state: of.state,
  country: of.country,
  phone: of.phone,
  contact_first_name: of.contactFirstName,
  contact_last_name: of.contactLastName,
  contact_email: of.contactEmail,
  contact_phone: of.contactPhone,
  mpn_id: of.mpnId,
  markup_bp: of.markupBp,
  currency: of.currency,
  external_id: of.externalId,
});

export async function insertOrganization(db: Db, columns: Columns): Promise<number> {
  const { id } = await db
    .insertInto('organizations')
    .values(columnsOf(columns))
    .returning('id')
    .executeTakeFirstOrThrow();
  await saveDomains(db, id, columns.domains);
  return id;
}

export async function updateOrganization(db: Db, id: number, columns: Columns): Promise<void> {
  await db.updateTable('organizations').set(columnsOf(columns)).where('id', '=', id).execute();
  await saveDomains(db, id, columns.domains);
}

async function saveDomains(db: Db, organization_id: number, domains: readonly string[]): Promise<void> {
  await db.deleteFrom('domains').where('organization_id', '=', organization_id).execute();
  if (domains.length === 0) return;
  await db
    .insertInto('domains')
    .values(domains.map((domain) => ({ domain, organization_id })))
    .execute();
}

/** Takes away an organization that nothing refers to. What its history tells of goes to its parent. */
export async function removeOrganization(db: Db, id: number): Promise<void> {
  await db.deleteFrom('domains').where('organization_id', '=', id).execute();
  await db.deleteFrom('customer_views').where('organization_id', '=', id).execute();
  await sql`
    update history h set organization_id = o.parent_id
    from organizations o where o.id = ${id} and h.organization_id = o.id`.execute(db);
  await db.deleteFrom('organizations').where('id', '=', id).execute();
}

/** Does the history tell of anything but imports? */
export async function hasOtherHistory(db: Db, id: number): Promise<boolean> {
  const row = await db
    .selectFrom('history')
    .select('id')
    .where('organization_id', '=', id)
    .where('kind', '<>', 'import')
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}
