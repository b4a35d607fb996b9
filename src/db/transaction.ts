import type { Db } from './open.ts';

/** What a transaction needs: the database, and what is to be done in each before it ends. */
type Transacting = { readonly db: Db; readonly settle?: ((db: Db) => Promise<void>) | undefined };

/**
 * Runs `work` in one transaction. The context it gets shadows the outer one on purpose: on the embedded
 * database a query on the outer `db` inside would wait for ever. Inside a transaction it joins that one.
 */
export function inTransaction<C extends Transacting, T>(ctx: C, work: (ctx: C) => Promise<T>): Promise<T> {
  if (ctx.db.isTransaction) return work(ctx);
  return ctx.db.transaction().execute(async (trx) => {
    const result = await work({ ...ctx, db: trx });
    await ctx.settle?.(trx);
    return result;
  });
}

/** Of transactions that wait for each other, Postgres ends one (https://www.postgresql.org/docs/current/mvcc-serialization-failure-handling.html). */
const SERIALIZATION_FAILURES = ['40P01', '40001'];
/** What a row was about to refer to was removed by somebody else. */
const FOREIGN_KEY_VIOLATION = '23503';
const MAY_GO_BETTER_NEXT_TIME = new Set([...SERIALIZATION_FAILURES, FOREIGN_KEY_VIOLATION]);
const MOST_TRIES = 4;

/** The same, tried again where others got in the way: for work that leaves nothing behind but what it writes. */
export async function inTransactionOnceMore<C extends Transacting, T>(
  ctx: C,
  work: (ctx: C) => Promise<T>,
): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await inTransaction(ctx, work);
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? String(error.code) : '';
      if (!MAY_GO_BETTER_NEXT_TIME.has(code) || tries === MOST_TRIES) throw error;
    }
  }
}
