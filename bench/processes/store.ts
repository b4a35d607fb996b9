/** The database of the bot without the bot: with its tables, the demo data and a service large enough. */
import { sql } from 'kysely';
import { migrate, type Opened, openEmbedded, openPostgres } from '../../src/db/index.ts';
import { addDemoData } from '../../src/demo/index.ts';
import type { Home } from './bot.ts';

export async function openStore({ dataDir, databaseUrl }: Home): Promise<Opened> {
  const opened = databaseUrl ? await openPostgres(databaseUrl) : await openEmbedded(dataDir);
  await migrate(opened.db);
  await addDemoData(opened.db);
  await addUnits(opened);
  return opened;
}

/** Makes service 10024/1 large enough for every sheet. */
export async function addUnits({ db }: Opened): Promise<void> {
  await sql`
    update services s set units = 100000000 from orders o
    where o.id = s.order_id and o.number = 10024 and s.position = 1`.execute(db);
}

export type Place = { readonly organization: number; readonly service: number };

export async function serviceForRows({ db }: Opened): Promise<Place> {
  const { rows } = await sql<Place>`
    select o.organization_id as organization, s.id as service
    from services s join orders o on o.id = s.order_id where o.number = 10024 and s.position = 1`.execute(db);
  const [found] = rows;
  if (found === undefined) throw new Error('There is no service 10024/1.');
  return found;
}
