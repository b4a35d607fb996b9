import type { Db } from '../../db/index.ts';
import type { Assignment, SubscriptionAsItIs } from '../provider.ts';

/** How many subscriptions are a page. */
const PAGE = 1000;

const subscriptions = (db: Db) =>
  db.selectFrom('ledger_subscriptions').select(['id as subscription', 'sku', 'quantity', 'status', 'domain']);

export async function readOne(db: Db, id: string): Promise<SubscriptionAsItIs | undefined> {
  const row = await subscriptions(db).where('id', '=', id).executeTakeFirst();
  return row && { ...row, assignments: (await assignmentsOf(db, [id])).get(id) ?? [] };
}

export async function readPage(db: Db, after = ''): Promise<SubscriptionAsItIs[]> {
  const rows = await subscriptions(db)
    .where('id', '>', after)
    .where('status', '<>', 'deleted')
    .orderBy('id')
    .limit(PAGE)
    .execute();
  const assignments = await assignmentsOf(
    db,
    rows.map(({ subscription }) => subscription),
  );
  return rows.map((row) => ({ ...row, assignments: assignments.get(row.subscription) ?? [] }));
}

async function assignmentsOf(db: Db, ids: readonly string[]): Promise<Map<string, Assignment[]>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .selectFrom('ledger_assignments')
    .select(['subscription_id', 'user_name as userName', 'units'])
    .where('subscription_id', 'in', [...ids])
    .orderBy('subscription_id')
    .orderBy('user_name')
    .execute();
  const bySubscription = Map.groupBy(rows, ({ subscription_id }) => subscription_id);
  return new Map(
    [...bySubscription].map(([id, own]) => [id, own.map(({ userName, units }) => ({ userName, units }))]),
  );
}
