import type { Db } from './open.ts';

/**
 * Runs `work` in one transaction. The context it gets shadows the outer one on purpose: on the embedded
 * database a query on the outer `db` inside would wait for ever. Inside a transaction it joins that one.
 */
export function inTransaction<C extends { readonly db: Db }, T>(
  ctx: C,
  work: (ctx: C) => Promise<T>,
): Promise<T> {
  if (ctx.db.isTransaction) return work(ctx);
  return ctx.db.transaction().execute((trx) => work({ ...ctx, db: trx }));
}
