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

/** Ids that nobody else gets. */
export async function reserveIds(db: Db, many: number): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    select nextval(pg_get_serial_sequence('organizations', 'id'))::integer as id
    from generate_series(1, ${many}::integer)`.execute(db);
  return rows.map(({ id }) => id);
}

type Written = { readonly id: number; readonly after: Columns };

/** One of them may be the parent of another. */
export async function insertOrganizations(db: Db, all: readonly Written[]): Promise<void> {
  if (all.length === 0) return;
  await sql`
    insert into organizations (id, ${COLUMNS}) overriding system value
    select id, ${COLUMNS} from ${recordsOf(all)}`.execute(db);
}

/** None of them takes a name that another gives up. */
export async function updateOrganizations(db: Db, all: readonly Written[]): Promise<void> {
  if (all.length === 0) return;
  await sql`
    update organizations o set (${COLUMNS}) = (select ${COLUMNS} from (select x.*) as now)
    from ${recordsOf(all)} where o.id = x.id`.execute(db);
}

const TYPES: Readonly<Record<keyof ReturnType<typeof columnsOf>, 'text' | 'integer'>> = {
  kind: 'text',
  name: 'text',
  parent_id: 'integer',
  address_1: 'text',
  address_2: 'text',
  postal_code: 'text',
  city: 'text',
  state: 'text',
  country: 'text',
  phone: 'text',
  contact_first_name: 'text',
  contact_last_name: 'text',
  contact_email: 'text',
  contact_phone: 'text',
  mpn_id: 'text',
  markup_bp: 'integer',
  currency: 'text',
  external_id: 'text',
};
const COLUMNS = sql.join(Object.keys(TYPES).map((name) => sql.ref(name)));
const TYPED = sql.join(Object.entries(TYPES).map(([name, type]) => sql`${sql.ref(name)} ${sql.raw(type)}`));

const recordsOf = (all: readonly Written[]) => {
  const rows = all.map(({ id, after }) => ({ id, ...columnsOf(after) }));
  return sql`jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as x(id integer, ${TYPED})`;
};

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
