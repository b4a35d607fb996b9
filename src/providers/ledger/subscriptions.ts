import type { Db } from '../../db/index.ts';
import type { ProviderSubscription, SubscriptionRequest } from '../provider.ts';
import { INVALID_EMAIL, isEmail } from './accounts.ts';
import { assignedUnits } from './assignments.ts';
import { done, type Outcome, refused } from './requests.ts';

export async function createSubscription(
  db: Db,
  id: string,
  wish: SubscriptionRequest,
): Promise<Outcome<{ readonly subscription: string }>> {
  const { sku, quantity, account, domain, coAdministrator, configuration, contactEmail } = wish;
  if (sku.trim() === '') return refused('The product has no SKU.');
  if (!isQuantity(quantity)) return refused('The quantity is not a whole number greater than zero.');
  if (contactEmail !== undefined && !isEmail(contactEmail)) return refused(INVALID_EMAIL);
  for (const one of [account, coAdministrator])
    if (one !== undefined && !(await isAccount(db, one))) return refused(`There is no account ${one}.`);
  if (domain !== undefined && !(await isTenant(db, domain))) return refused(`There is no tenant ${domain}.`);
  await db
    .insertInto('ledger_subscriptions')
    .values({
      id,
      account_id: account ?? null,
      domain: domain?.toLowerCase() ?? null,
      sku,
      quantity,
      status: 'active',
      co_administrator_id: coAdministrator ?? null,
      configuration: configuration === undefined ? null : JSON.stringify(configuration),
    })
    .execute();
  return done({ subscription: id });
}

const MOST_UNITS = 1_000_000;
const isQuantity = (value: number) => Number.isSafeInteger(value) && value > 0 && value <= MOST_UNITS;

async function isAccount(db: Db, id: string): Promise<boolean> {
  const row = await db.selectFrom('ledger_accounts').select('id').where('id', '=', id).executeTakeFirst();
  return row !== undefined;
}

async function isTenant(db: Db, domain: string): Promise<boolean> {
  const row = await db
    .selectFrom('ledger_tenants')
    .select('domain')
    .where('domain', '=', domain.toLowerCase())
    .executeTakeFirst();
  return row !== undefined;
}

/** Changes a subscription that is there, while nobody else does. */
export async function withSubscription<T>(
  db: Db,
  id: string,
  change: (subscription: ProviderSubscription) => Promise<Outcome<T>>,
): Promise<Outcome<T>> {
  const row = await db
    .selectFrom('ledger_subscriptions')
    .select(['id as subscription', 'sku', 'quantity', 'status'])
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  return row === undefined || row.status === 'deleted'
    ? refused(`There is no subscription ${id}.`)
    : change(row);
}

export function changeQuantity(db: Db, id: string, quantity: number): Promise<Outcome<ProviderSubscription>> {
  return withSubscription(db, id, async (subscription) => {
    if (!Number.isSafeInteger(quantity) || quantity < 0 || quantity > MOST_UNITS)
      return refused('The quantity is not a whole number.');
    const assigned = await assignedUnits(db, id);
    if (quantity < assigned)
      return refused(`${assigned} units are assigned to users, so there can’t be ${quantity}.`);
    await db.updateTable('ledger_subscriptions').set({ quantity }).where('id', '=', id).execute();
    return done({ ...subscription, quantity });
  });
}

export function changeStatus(
  db: Db,
  id: string,
  status: 'active' | 'suspended',
): Promise<Outcome<ProviderSubscription>> {
  return withSubscription(db, id, async (subscription) => {
    await db.updateTable('ledger_subscriptions').set({ status }).where('id', '=', id).execute();
    return done({ ...subscription, status });
  });
}
