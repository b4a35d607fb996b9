import { sql } from 'kysely';
import type { Db } from '../../db/index.ts';

/** The tables that refer to a row of `table`, but for those that go with it. Whatever comes to be, it is found here. */
export async function referrers(
  db: Db,
  table: 'organizations' | 'orders' | 'services' | 'subscriptions',
  id: number,
  except: readonly string[],
): Promise<string[]> {
  const { rows } = await sql<{ referrer: string; column: string }>`
    select t.relname as referrer, a.attname as column
    from pg_constraint c
    join pg_class t on t.oid = c.conrelid
    join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1]
    where c.contype = 'f' and c.confrelid = to_regclass(${table}) and array_length(c.conkey, 1) = 1`.execute(
    db,
  );
  const found: string[] = [];
  for (const { referrer, column } of rows) {
    if (except.includes(referrer)) continue;
    const some = await sql<object>`
      select from ${sql.table(referrer)} where ${sql.ref(column)} = ${id} limit 1`.execute(db);
    if (some.rows.length > 0) found.push(referrer.replaceAll('_', ' '));
  }
  return found;
}
