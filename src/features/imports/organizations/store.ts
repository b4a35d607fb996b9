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

/** The largest list price of each currency. */
export async function loadDearest(db: Db): Promise<Map<string, number>> {
  const rows = await db
    .selectFrom('prices')
    .select(['currency', sql<number>`max(price_minor)`.as('most')])
    .groupBy('currency')
    .execute();
  return new Map(rows.map(({ currency, most }) => [currency, most]));
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
  return id;
}

export async function updateOrganization(db: Db, id: number, columns: Columns): Promise<void> {
  await db.updateTable('organizations').set(columnsOf(columns)).where('id', '=', id).execute();
}

/** From now on each has these domains. All go before any comes: one may have had what another gets. */
export async function setDomains(db: Db, of: ReadonlyMap<number, readonly string[]>): Promise<void> {
  if (of.size === 0) return;
  await db
    .deleteFrom('domains')
    .where('organization_id', 'in', [...of.keys()])
    .execute();
  const rows = [...of].flatMap(([id, domains]) => domains.map((domain) => ({ domain, id })));
  await sql`
    insert into domains (domain, organization_id)
    select domain, id from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as x(domain text, id integer)`.execute(
    db,
  );
}

export type Removed = {
  readonly id: number;
  /** Who keeps what its history tells of. */
  readonly heir: number;
};

/** Takes away organizations that nothing else refers to. */
export async function removeOrganizations(db: Db, of: readonly Removed[]): Promise<void> {
  if (of.length === 0) return;
  const ids = of.map(({ id }) => id);
  await db.deleteFrom('domains').where('organization_id', 'in', ids).execute();
  await db.deleteFrom('customer_views').where('organization_id', 'in', ids).execute();
  await sql`
    update history h set organization_id = x.heir
    from jsonb_to_recordset(${JSON.stringify(of)}::jsonb) as x(id integer, heir integer)
    where h.organization_id = x.id`.execute(db);
  await db.deleteFrom('organizations').where('id', 'in', ids).execute();
}

/** Those of which the history tells of anything but imports. */
export async function withOtherHistory(db: Db, ids: readonly number[]): Promise<ReadonlySet<number>> {
  const rows = await db
    .selectFrom('history')
    .select('organization_id')
    .distinct()
    .where('organization_id', 'in', ids.length > 0 ? [...ids] : [-1])
    .where('kind', '<>', 'import')
    .execute();
  return new Set(rows.map(({ organization_id }) => organization_id));
}
