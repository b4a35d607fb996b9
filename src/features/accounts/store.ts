import { sql } from 'kysely';
import { type Db, inScope, type Scope } from '../../db/index.ts';

const accounts = (db: Db) =>
  db
    .selectFrom('accounts')
    .select(['organization_id as organizationId', 'offering_id as offeringId', 'role'])
    .select(['user_name as userName', 'state', 'account', 'error'])
    .select(['requested_at as requestedAt', 'synchronized_at as synchronizedAt']);

/** What an organization is to the provider of an offering. */
export type Account = Awaited<ReturnType<ReturnType<typeof accounts>['execute']>>[number];

export function loadAccount(
  db: Db,
  organizationId: number,
  offeringId: number,
): Promise<Account | undefined> {
  return accounts(db)
    .where('organization_id', '=', organizationId)
    .where('offering_id', '=', offeringId)
    .executeTakeFirst();
}

export type AccountValues = Pick<
  Account,
  'organizationId' | 'offeringId' | 'role' | 'userName' | 'state' | 'requestedAt'
> &
  Partial<Pick<Account, 'account' | 'error' | 'synchronizedAt'>>;

/** Writes down how the account stands; what is left out is nothing. */
export async function saveAccount(db: Db, values: AccountValues): Promise<void> {
  const row = {
    role: values.role,
    user_name: values.userName,
    state: values.state,
    account: values.account ?? null,
    error: values.error ?? null,
    requested_at: values.requestedAt,
    synchronized_at: values.synchronizedAt ?? null,
  };
  await db
    .insertInto('accounts')
    .values({ organization_id: values.organizationId, offering_id: values.offeringId, ...row })
    .onConflict((conflict) => conflict.columns(['organization_id', 'offering_id']).doUpdateSet(row))
    .execute();
}

/** An organization with an offering whose provider has accounts, and how its account stands. */
const accountables = (db: Db, scope: Scope) =>
  db
    .selectFrom('organizations as o')
    .innerJoin('enabled_offerings as e', 'e.organization_id', 'o.id')
    .innerJoin('offerings as f', 'f.id', 'e.offering_id')
    .leftJoin('organizations as parent', 'parent.id', 'o.parent_id')
    .leftJoin('accounts as a', (join) =>
      join.onRef('a.organization_id', '=', 'o.id').onRef('a.offering_id', '=', 'f.id'),
    )
    .select(['o.id', 'o.kind', 'o.name', 'f.id as offeringId', 'f.name as offering', 'f.provider'])
    .select(['f.portal_url as portalUrl', 'parent.id as parentId', 'parent.name as parent'])
    .select(['parent.kind as parentKind', 'o.contact_first_name as firstName'])
    .select(['o.contact_last_name as lastName', 'o.contact_email as contactEmail'])
    .select(['a.state', 'a.user_name as userName', 'a.account', 'a.error'])
    .select(['a.requested_at as requestedAt', 'a.synchronized_at as synchronizedAt'])
    .where('f.kind', '=', 'virtual machines')
    .where('o.kind', '<>', 'provider')
    .where(inScope('o.id', scope))
    .orderBy(sql`case o.kind when 'reseller' then 0 else 1 end`)
    .orderBy('o.name')
    .orderBy('f.name');
export type Accountable = Awaited<ReturnType<ReturnType<typeof accountables>['execute']>>[number];

export function loadAccountables(db: Db, scope: Scope): Promise<Accountable[]> {
  return accountables(db, scope).execute();
}

export function loadAccountable(
  db: Db,
  scope: Scope,
  organizationId: number,
  offeringId: number,
): Promise<Accountable | undefined> {
  return accountables(db, scope)
    .where('o.id', '=', organizationId)
    .where('f.id', '=', offeringId)
    .executeTakeFirst();
}

/** Of two who synchronize at the same moment, the second sees what the first began. */
export async function lockEnabled(db: Db, organizationId: number, offeringId: number): Promise<void> {
  await db
    .selectFrom('enabled_offerings')
    .select('organization_id')
    .where('organization_id', '=', organizationId)
    .where('offering_id', '=', offeringId)
    .forUpdate()
    .execute();
}

/** The e-mail addresses that belong to an organization: its contact first, then its members and users. */
export async function loadAddresses(db: Db, organizationId: number, like?: string): Promise<string[]> {
  const { rows } = await sql<{ email: string }>`
    select email from (
      select contact_email as email, 0 as rank from organizations where id = ${organizationId}
      union all select lower(contact_email), 1 from enabled_offerings where organization_id = ${organizationId}
      union all select lower(email), 2 from members where organization_id = ${organizationId}
      union all select * from (
        select lower(email), 3 from users
        where organization_id = ${organizationId} and (${like ?? null}::text is null or lower(email) = ${like ?? null})
        order by email limit 20) as others
    ) as known
    where email is not null
    group by email order by min(rank), email`.execute(db);
  return rows.map(({ email }) => email);
}

const tenants = (db: Db, scope: Scope) =>
  db
    .selectFrom('enabled_offerings as e')
    .innerJoin('organizations as o', 'o.id', 'e.organization_id')
    .innerJoin('offerings as f', 'f.id', 'e.offering_id')
    .leftJoin('admin_credentials as c', (join) =>
      join.onRef('c.organization_id', '=', 'o.id').onRef('c.offering_id', '=', 'f.id'),
    )
    .select(['o.id', 'o.name', 'f.id as offeringId', 'f.name as offering', 'f.provider'])
    .select(['f.portal_url as portalUrl', 'e.contact_email as contactEmail'])
    .select(['o.contact_first_name as firstName', 'o.contact_last_name as lastName'])
    .select((eb) => eb.ref('e.domain').$notNull().as('domain'))
    .select(['c.user_name as userName', 'c.sent_to as sentTo', 'c.requested_by as requestedBy'])
    .select('c.requested_at as requestedAt')
    .where('o.kind', '=', 'customer')
    .where('e.domain', 'is not', null)
    .where(inScope('o.id', scope))
    .orderBy('f.name');

/** A tenant of a customer, and what is known of its first administrator. */
export type Tenant = Awaited<ReturnType<ReturnType<typeof tenants>['execute']>>[number];

export function loadTenants(db: Db, scope: Scope, organizationId: number): Promise<Tenant[]> {
  return tenants(db, scope).where('o.id', '=', organizationId).execute();
}

export function loadTenant(
  db: Db,
  scope: Scope,
  organizationId: number,
  offeringId: number,
): Promise<Tenant | undefined> {
  return tenants(db, scope)
    .where('o.id', '=', organizationId)
    .where('f.id', '=', offeringId)
    .executeTakeFirst();
}

type Wish = {
  readonly organizationId: number;
  readonly offeringId: number;
  readonly sentTo: string;
  readonly requestedBy: string;
  readonly requestedAt: Date;
};

/** False where the credentials were asked for already. */
export async function saveWish(db: Db, wish: Wish): Promise<boolean> {
  const row = await db
    .insertInto('admin_credentials')
    .values({
      organization_id: wish.organizationId,
      offering_id: wish.offeringId,
      user_name: null,
      sent_to: wish.sentTo,
      requested_by: wish.requestedBy,
      requested_at: wish.requestedAt,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('organization_id')
    .executeTakeFirst();
  return row !== undefined;
}

type Of = { readonly organizationId: number; readonly offeringId: number };

/** The administrator is known now; `sentTo` is empty where the password had been given out before. */
export async function saveAdministrator(
  db: Db,
  { organizationId, offeringId }: Of,
  known: { readonly userName: string; readonly sentTo: string },
): Promise<void> {
  await db
    .updateTable('admin_credentials')
    .set({ user_name: known.userName, sent_to: known.sentTo })
    .where('organization_id', '=', organizationId)
    .where('offering_id', '=', offeringId)
    .execute();
}

/** The provider refused: it can be asked once more. */
export async function removeWish(db: Db, { organizationId, offeringId }: Of): Promise<void> {
  await db
    .deleteFrom('admin_credentials')
    .where('organization_id', '=', organizationId)
    .where('offering_id', '=', offeringId)
    .where('user_name', 'is', null)
    .execute();
}
