/** What is asked of a letter with a password, and of the database after it was sent. */
import { sql } from 'kysely';
import type { Edge } from '../../../src/chat/edge.ts';
import type { Db } from '../../../src/db/index.ts';

/** The password that a letter gives out. */
export const passwordIn = (letter: string): string | undefined => /^Password: (\S+)/m.exec(letter)?.[1];

/** Every row of every table, the queues too, as text. */
export async function textsOfDatabase(db: Db): Promise<string[]> {
  const tables = await sql<{ schema: string; name: string }>`
    select table_schema as schema, table_name as name from information_schema.tables
    where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')`.execute(db);
  const texts: string[] = [];
  for (const { schema, name } of tables.rows) {
    const { rows } = await sql<{ row: string }>`
      select ${sql.lit(`${schema}.${name}: `)} || to_jsonb(t)::text as row from ${sql.table(`${schema}.${name}`)} as t`.execute(
      db,
    );
    texts.push(...rows.map(({ row }) => row));
  }
  return texts;
}

/** Everything that was to be posted or mailed is out. */
export async function allDelivered(db: Db): Promise<void> {
  for (;;) {
    const waiting = await db
      .selectFrom('deliveries')
      .select('id')
      .where('state', '=', 'waiting')
      .executeTakeFirst();
    if (waiting === undefined) return;
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** Letters are taken; what they say is among the posts. */
export const postbox = async (): Promise<Edge> => ({
  platform: 'mail',
  post: async (place, _reply, key) => ({ place, message: key }),
  update: async (sent) => sent,
});
