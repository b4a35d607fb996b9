import { sql } from 'kysely';
import type { Db } from '../../db/index.ts';

/** By row of `table`: the tables that refer to it, but for those that go with it. Whatever comes to be, it is found here. */
export async function referrers(
  db: Db,
  table: 'organizations' | 'orders' | 'services' | 'subscriptions',
  ids: readonly number[],
  except: readonly string[],
): Promise<Map<number, string[]>> {
  const found = new Map<number, string[]>();
  if (ids.length === 0) return found;
  const { rows } = await sql<{ referrer: string; column: string }>`
    select t.relname as referrer, a.attname as column
    from pg_constraint c
    join pg_class t on t.oid = c.conrelid
    join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1]
    where c.contype = 'f' and c.confrelid = to_regclass(${table}) and array_length(c.conkey, 1) = 1`.execute(
    db,
  );
  for (const { referrer, column } of rows) {
    if (except.includes(referrer)) continue;
    const some = await sql<{ id: number }>`
      select distinct ${sql.ref(column)} as id from ${sql.table(referrer)}
      where ${sql.ref(column)} = any(${ids}::integer[])`.execute(db);
    for (const { id } of some.rows) found.set(id, [...(found.get(id) ?? []), referrer.replaceAll('_', ' ')]);
  }
  return found;
}
