import { sql } from 'kysely';
import type { Person, Place } from '../../chat/place.ts';
import { type Db, inScope, likeText, type Scope } from '../../db/index.ts';
import type { Kept } from './values.ts';

export type Customer = { readonly id: number; readonly name: string };

/** All of them, or the one with this id. */
export function loadCustomers(db: Db, scope: Scope, id?: number): Promise<Customer[]> {
  return db
    .selectFrom('organizations')
    .select(['id', 'name'])
    .where('kind', '=', 'customer')
    .where(inScope('organizations.id', scope))
    .$if(id !== undefined, (query) => query.where('id', '=', id ?? null))
    .orderBy('name')
    .execute();
}

/** Those with `text` in their names: whose begins with it first. */
export function loadCustomersWith(db: Db, scope: Scope, text: string, most: number): Promise<Customer[]> {
  const begins = likeText(text).slice(1);
  return db
    .selectFrom('organizations')
    .select(['id', 'name'])
    .where('kind', '=', 'customer')
    .where(inScope('organizations.id', scope))
    .where('name', 'ilike', likeText(text))
    .orderBy(sql`name ilike ${begins}`, 'desc')
    .orderBy('name')
    .limit(most)
    .execute();
}

/** Those of them that belong to this reseller, or to the provider itself. */
export function loadCustomersOf(db: Db, scope: Scope, parentId: number): Promise<Customer[]> {
  return db
    .selectFrom('organizations')
    .select(['id', 'name'])
    .where('kind', '=', 'customer')
    .where('parent_id', '=', parentId)
    .where(inScope('organizations.id', scope))
    .orderBy('name')
    .execute();
}

/** The customer this person chose in this conversation, if they may still see it. */
export function loadChosenCustomer(
  db: Db,
  scope: Scope,
  place: Place,
  person: Person,
): Promise<Customer | undefined> {
  return db
    .selectFrom('customer_views as v')
    .innerJoin('organizations as o', 'o.id', 'v.organization_id')
    .select(['o.id', 'o.name'])
    .where('v.platform', '=', place.platform)
    .where('v.conversation', '=', place.conversation)
    .where('v.person', '=', person.id)
    .where(inScope('o.id', scope))
    .executeTakeFirst();
}

export async function saveChosenCustomer(
  db: Db,
  place: Place,
  person: Person,
  organization_id: number,
): Promise<void> {
  const { platform, conversation } = place;
  await db
    .insertInto('customer_views')
    .values({ platform, conversation, person: person.id, organization_id })
    .onConflict((conflict) =>
      conflict.columns(['platform', 'conversation', 'person']).doUpdateSet({ organization_id }),
    )
    .execute();
}

/** The bound customer of a channel is `boundCustomer` of the bot. */
export async function bindChannel(
  db: Db,
  { platform, conversation }: Place,
  organization_id: number,
  bound_by: string,
): Promise<void> {
  await db
    .insertInto('bound_channels')
    .values({ platform, conversation, organization_id, bound_by })
    .onConflict((conflict) =>
      conflict.columns(['platform', 'conversation']).doUpdateSet({ organization_id, bound_by }),
    )
    .execute();
}

/** What waits to be posted to a channel and is not of this customer alone is not; gives how much that was. */
export async function dropOthers(
  db: Db,
  { platform, conversation }: Place,
  organizationId: number,
): Promise<number> {
  const { rows } = await sql`
    delete from deliveries
    where platform = ${platform} and conversation = ${conversation} and state = 'waiting'
      and (organization_id <> ${organizationId} or (organization_id is null and chosen))
    returning id`.execute(db);
  return rows.length;
}

export async function unbindChannel(db: Db, { platform, conversation }: Place): Promise<void> {
  await db
    .deleteFrom('bound_channels')
    .where('platform', '=', platform)
    .where('conversation', '=', conversation)
    .execute();
}

const organizations = (db: Db, scope: Scope) =>
  db
    .selectFrom('organizations as o')
    .leftJoin('organizations as parent', 'parent.id', 'o.parent_id')
    .where(inScope('o.id', scope));

const details = (db: Db, scope: Scope) =>
  organizations(db, scope)
    .select(['o.id', 'o.kind', 'o.name', 'o.parent_id as parentId', 'parent.name as parent'])
    .select(['o.address_1 as address1', 'o.address_2 as address2', 'o.city', 'o.state', 'o.country'])
    .select(['o.postal_code as postalCode', 'o.phone', 'o.mpn_id as mpnId', 'o.markup_bp as markupBp'])
    .select(['o.contact_first_name as contactFirstName', 'o.contact_last_name as contactLastName'])
    .select(['o.contact_email as contactEmail', 'o.contact_phone as contactPhone'])
    .select(['o.currency', 'o.external_id as externalId'])
    .select(
      sql<string[]>`array(
        select domain from domains where organization_id = o.id order by domain)`.as('domains'),
    );

export type OrganizationDetails = Awaited<ReturnType<ReturnType<typeof details>['execute']>>[number];

export function loadDetails(db: Db, scope: Scope, id: number): Promise<OrganizationDetails | undefined> {
  return details(db, scope).where('o.id', '=', id).executeTakeFirst();
}

/** Part of the name, a domain, the contact, the city, or whose customer it is. */
function searched(db: Db, scope: Scope, text: string) {
  const query = organizations(db, scope);
  if (text === '') return query;
  const like = `%${text.replace(/[\\%_]/g, '\\$&')}%`;
  // Of the parent only where the viewer may see it.
  return query.where(
    sql<boolean>`(
      o.name ilike ${like} or o.city ilike ${like} or o.contact_email ilike ${like}
      or concat_ws(' ', o.contact_first_name, o.contact_last_name) ilike ${like}
      or o.mpn_id ilike ${like}
      or exists (select from domains where organization_id = o.id and domain ilike ${like})
      or (parent.name ilike ${like} and ${inScope('parent.id', scope)}))`,
  );
}

export async function countOrganizations(db: Db, scope: Scope, text: string) {
  return searched(db, scope, text)
    .select([
      sql<number>`count(*)::int`.as('total'),
      sql<number>`(count(*) filter (where o.kind = 'reseller'))::int`.as('resellers'),
      sql<number>`(count(*) filter (where o.kind = 'customer'))::int`.as('customers'),
    ])
    .executeTakeFirstOrThrow();
}

export function loadOrganizations(db: Db, scope: Scope, text: string, offset: number, limit: number) {
  return searched(db, scope, text)
    .select(['o.id', 'o.kind', 'o.name', 'parent.name as parent', 'o.city', 'o.country', 'o.mpn_id as mpnId'])
    .select(['o.contact_first_name as contactFirstName', 'o.contact_last_name as contactLastName'])
    .select(['o.contact_email as contactEmail'])
    .orderBy(sql`array_position(array['provider', 'reseller', 'customer'], o.kind)`)
    .orderBy('o.name')
    .offset(offset)
    .limit(limit)
    .execute();
}
export type OrganizationRecord = Awaited<ReturnType<typeof loadOrganizations>>[number];

/** Those whose name is, or else holds, what was typed. */
export function loadNamed(db: Db, scope: Scope, name: string) {
  const like = `%${name.replace(/[\\%_]/g, '\\$&')}%`;
  return organizations(db, scope)
    .select(['o.id', 'o.kind', 'o.name'])
    .where('o.name', 'ilike', like)
    .orderBy('o.name')
    .execute();
}

/** Those whose name holds one of these texts. */
export function loadNamedLike(db: Db, scope: Scope, texts: readonly string[]) {
  return organizations(db, scope)
    .select(['o.id', 'o.kind', 'o.name'])
    .where('o.name', 'ilike', sql<string>`any(${texts.map(likeText)})`)
    .execute();
}

/** Whose customers there can be: the provider, where it is in the scope, and resellers. */
export function loadParents(db: Db, scope: Scope) {
  return organizations(db, scope)
    .select(['o.id', 'o.kind', 'o.name', 'o.currency'])
    .where('o.kind', '<>', 'customer')
    .orderBy(sql`array_position(array['provider', 'reseller'], o.kind)`)
    .orderBy('o.name')
    .execute();
}
export type ParentRecord = Awaited<ReturnType<typeof loadParents>>[number];

/** One at a time makes an organization or changes one: names and domains are compared before they are saved. */
export async function lockOrganizations(db: Db): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('organizations'))`.execute(db);
}

/** Who has this name already, without regard to case. */
export async function nameIsTaken(db: Db, name: string, except: number): Promise<boolean> {
  const row = await db
    .selectFrom('organizations')
    .select('id')
    .where(sql`lower(name)`, '=', name.toLowerCase())
    .where('id', '<>', except)
    .executeTakeFirst();
  return row !== undefined;
}

/** Those of the domains that belong to others; by name where the scope holds the owner. */
export function loadTakenDomains(db: Db, scope: Scope, domains: readonly string[], except: number) {
  return db
    .selectFrom('domains as d')
    .leftJoin('organizations as o', (join) =>
      join.onRef('o.id', '=', 'd.organization_id').on(inScope('o.id', scope)),
    )
    .select(['d.domain', 'o.name as owner'])
    .where('d.domain', 'in', domains.length > 0 ? [...domains] : [''])
    .where('d.organization_id', '<>', except)
    .orderBy('d.domain')
    .execute();
}

const columns = (kept: Kept) => ({
  name: kept.name,
  address_1: kept.address1,
  address_2: kept.address2,
  postal_code: kept.postalCode,
  city: kept.city,
  state: kept.state,
  country: kept.country,
  phone: kept.phone,
  contact_first_name: kept.contactFirstName,
  contact_last_name: kept.contactLastName,
  contact_email: kept.contactEmail,
  contact_phone: kept.contactPhone,
  mpn_id: kept.mpnId,
  currency: kept.currency,
});

export async function insertOrganization(
  db: Db,
  kind: 'reseller' | 'customer',
  parent_id: number,
  kept: Kept,
): Promise<number> {
  const row = await db
    .insertInto('organizations')
    .values({ kind, parent_id, ...columns(kept) })
    .returning('id')
    .executeTakeFirstOrThrow();
  return row.id;
}

export async function updateOrganization(
  db: Db,
  id: number,
  parent_id: number | null,
  kept: Kept,
): Promise<void> {
  await db
    .updateTable('organizations')
    .set({ parent_id, ...columns(kept) })
    .where('id', '=', id)
    .execute();
}

/** The domains an organization has from now on. */
export async function saveDomains(
  db: Db,
  organization_id: number,
  domains: readonly string[],
): Promise<void> {
  await db.deleteFrom('domains').where('organization_id', '=', organization_id).execute();
  if (domains.length === 0) return;
  await db
    .insertInto('domains')
    .values(domains.map((domain) => ({ domain, organization_id })))
    .execute();
}
