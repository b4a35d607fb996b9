import type { Db, Scope } from '../../../db/index.ts';

/** Periods of which the channels have heard, or in which the run was made already. */
export async function loadOver(db: Db, periods: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await db
    .selectFrom('reconciliation_previews')
    .select('period')
    .where('period', 'in', [...periods])
    .union(
      db
        .selectFrom('reconciliation_runs')
        .select('period')
        .where('scheduled', '=', true)
        .where('period', 'in', [...periods]),
    )
    .execute();
  return new Set(rows.map(({ period }) => period));
}

/** False where another copy of the bot has told of this period. */
export async function insertPreview(
  db: Db,
  { period, due, at }: { readonly period: string; readonly due: Date; readonly at: Date },
): Promise<boolean> {
  const row = await db
    .insertInto('reconciliation_previews')
    .values({ period, due, announced_at: at })
    .onConflict((conflict) => conflict.column('period').doNothing())
    .returning('period')
    .executeTakeFirst();
  return row !== undefined;
}

/** Whose customers a scope is about: the provider's, or a reseller's. */
export async function loadName(db: Db, scope: Scope): Promise<string | undefined> {
  const row = await db
    .selectFrom('organizations')
    .select('name')
    .where((is) => (scope.kind === 'all' ? is('kind', '=', 'provider') : is('id', '=', scope.organizationId)))
    .executeTakeFirst();
  return row?.name;
}
