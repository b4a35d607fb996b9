import type { Db } from '../../db/index.ts';
import type { Assignment, ProviderSubscription, RefusedAssignment } from '../provider.ts';
import { INVALID_EMAIL, isEmail } from './accounts.ts';
import { done, type Outcome } from './requests.ts';

export async function assignedUnits(db: Db, subscription: string): Promise<number> {
  const { units } = await db
    .selectFrom('ledger_assignments')
    .select(({ fn }) => fn.sum<number | null>('units').as('units'))
    .where('subscription_id', '=', subscription)
    .executeTakeFirstOrThrow();
  return Number(units ?? 0);
}

/** Writes down who has how many units of a subscription that is locked. */
export async function assign(
  db: Db,
  { subscription, quantity }: ProviderSubscription,
  wanted: readonly Assignment[],
): Promise<Outcome<{ readonly refused: readonly RefusedAssignment[] }>> {
  const asked = wanted.map(({ userName, units }) => ({ userName: userName.trim().toLowerCase(), units }));
  if (asked.length === 0) return done({ refused: [] });
  const held = await heldBy(
    db,
    subscription,
    asked.map(({ userName }) => userName),
  );
  const refused: RefusedAssignment[] = [];
  const given = new Map<string, number>();
  let assigned = await assignedUnits(db, subscription);
  for (const { userName, units } of asked) {
    const had = given.get(userName) ?? held.get(userName) ?? 0;
    const reason = refusalOf(userName, units, had, quantity - assigned, quantity);
    if (reason !== undefined) refused.push({ userName, reason });
    else {
      given.set(userName, units);
      assigned += units - had;
    }
  }
  await put(db, subscription, given);
  return done({ refused });
}

function refusalOf(
  userName: string,
  units: number,
  had: number,
  left: number,
  quantity: number,
): string | undefined {
  if (!isEmail(userName)) return INVALID_EMAIL;
  if (!Number.isSafeInteger(units) || units < 0) return 'The units are not a whole number.';
  if (units > had && units - had > left) {
    const free = Math.max(left, 0);
    return `Only ${free} of ${quantity} units ${free === 1 ? 'is' : 'are'} left.`;
  }
  return undefined;
}

async function heldBy(db: Db, subscription: string, users: readonly string[]): Promise<Map<string, number>> {
  const rows = await db
    .selectFrom('ledger_assignments')
    .select(['user_name', 'units'])
    .where('subscription_id', '=', subscription)
    .where('user_name', 'in', [...users])
    .execute();
  return new Map(rows.map(({ user_name, units }) => [user_name, units]));
}

async function put(db: Db, subscription_id: string, given: ReadonlyMap<string, number>): Promise<void> {
  const gone = [...given].filter(([, units]) => units === 0).map(([user]) => user);
  if (gone.length > 0)
    await db
      .deleteFrom('ledger_assignments')
      .where('subscription_id', '=', subscription_id)
      .where('user_name', 'in', gone)
      .execute();
  const kept = [...given].filter(([, units]) => units > 0);
  if (kept.length > 0)
    await db
      .insertInto('ledger_assignments')
      .values(kept.map(([user_name, units]) => ({ subscription_id, user_name, units })))
      .onConflict((conflict) =>
        conflict
          .columns(['subscription_id', 'user_name'])
          .doUpdateSet({ units: (eb) => eb.ref('excluded.units') }),
      )
      .execute();
}
