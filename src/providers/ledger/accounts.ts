import type { Db } from '../../db/index.ts';
import type { AccountRequest, TenantRequest } from '../provider.ts';
import type { New } from './passwords.ts';
import { done, type Outcome, refused } from './requests.ts';

const EMAIL = /^[^\s@<>()[\],;:"]+@(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]$/i;
const DOMAIN = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/;
export const INVALID_EMAIL = 'e-mail address invalid for the customer';

export const isEmail = (text: string): boolean => text.length <= 254 && EMAIL.test(text);
const sameCompany = (one: string, other: string) => one.trim().toLowerCase() === other.trim().toLowerCase();

/** An account of this user name that the company has is found. */
export async function createAccount(
  db: Db,
  id: string,
  { role, userName: given, company, parentAccount }: AccountRequest,
): Promise<Outcome<{ readonly account: string } & New>> {
  const userName = given.trim().toLowerCase();
  if (!isEmail(userName)) return refused(INVALID_EMAIL);
  if (company.trim() === '') return refused('The company has no name.');
  if (role === 'Reseller' && parentAccount !== undefined) return refused('A reseller has no parent account.');
  const parent = parentAccount === undefined ? undefined : await roleOf(db, parentAccount);
  if (parentAccount !== undefined && parent !== 'Reseller')
    return refused(`The parent account ${parentAccount} is no account of a reseller.`);
  const made = await db
    .insertInto('ledger_accounts')
    .values({ id, role, user_name: userName, company: company.trim(), parent_id: parentAccount ?? null })
    .onConflict((conflict) => conflict.column('user_name').doNothing())
    .returning('id')
    .executeTakeFirst();
  if (made !== undefined) return done({ account: id, isNew: true });
  const there = await db
    .selectFrom('ledger_accounts')
    .select(['id', 'company', 'role', 'parent_id'])
    .where('user_name', '=', userName)
    .executeTakeFirstOrThrow();
  if (!sameCompany(there.company, company))
    return refused(`The user name ${userName} belongs to another company.`);
  if (there.role !== role)
    return refused(`${userName} has the role ${there.role} already, and an account has one role.`);
  if (parentAccount !== undefined && there.parent_id !== null && there.parent_id !== parentAccount)
    return refused(`${userName} belongs to another reseller.`);
  return done({ account: there.id });
}

async function roleOf(db: Db, id: string): Promise<string | undefined> {
  const row = await db.selectFrom('ledger_accounts').select('role').where('id', '=', id).executeTakeFirst();
  return row?.role;
}

/** A tenant that the company has is found. Who moves one here, or starts with one, becomes its owner. */
export async function createTenant(
  db: Db,
  id: string,
  { domain: given, company, contactEmail }: TenantRequest,
): Promise<Outcome<{ readonly adminUserName: string }>> {
  const domain = given.trim().toLowerCase();
  if (!DOMAIN.test(domain)) return refused(`${given} is not a domain name.`);
  if (!isEmail(contactEmail)) return refused(INVALID_EMAIL);
  const admin_user_name = `admin@${domain}`;
  const owner = await db
    .insertInto('ledger_accounts')
    .values({ id, role: 'User', user_name: admin_user_name, company: company.trim(), parent_id: null })
    .onConflict((conflict) => conflict.column('user_name').doNothing())
    .returning('id')
    .executeTakeFirst();
  if (owner !== undefined) {
    await db
      .insertInto('ledger_tenants')
      .values({
        domain,
        account_id: id,
        admin_user_name,
        alternative_email: contactEmail.toLowerCase(),
        credentials_given_at: null,
      })
      .execute();
    return done({ adminUserName: admin_user_name });
  }
  const tenant = await db
    .selectFrom('ledger_tenants as t')
    .innerJoin('ledger_accounts as a', 'a.id', 't.account_id')
    .select(['a.company', 't.admin_user_name'])
    .where('t.domain', '=', domain)
    .executeTakeFirst();
  if (tenant === undefined || !sameCompany(tenant.company, company))
    return refused(`The domain ${domain} belongs to another account.`);
  return done({ adminUserName: tenant.admin_user_name });
}

/** The password goes to who asks first. */
export async function giveCredentials(
  db: Db,
  domain: string,
  now: Date,
): Promise<Outcome<{ readonly userName: string } & New>> {
  const tenant = await db
    .selectFrom('ledger_tenants')
    .select(['admin_user_name', 'credentials_given_at'])
    .where('domain', '=', domain.trim().toLowerCase())
    .forUpdate()
    .executeTakeFirst();
  if (tenant === undefined) return refused(`There is no tenant ${domain}.`);
  const userName = tenant.admin_user_name;
  if (tenant.credentials_given_at !== null) return done({ userName });
  await db
    .updateTable('ledger_tenants')
    .set({ credentials_given_at: now })
    .where('domain', '=', domain.trim().toLowerCase())
    .execute();
  return done({ userName, isNew: true });
}
