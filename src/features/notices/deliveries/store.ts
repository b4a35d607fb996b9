import { sql } from 'kysely';
import type { Place } from '../../../chat/place.ts';
import type { Db } from '../../../db/index.ts';

export type DeliveryState = 'waiting' | 'sent' | 'dead';
export type Show = 'all' | DeliveryState;

const deliveries = (db: Db, show: Show) =>
  db
    .selectFrom('deliveries')
    .$if(show !== 'all', (query) => query.where('state', '=', show as DeliveryState));

export async function countDeliveries(db: Db): Promise<Record<DeliveryState, number>> {
  const rows = await deliveries(db, 'all')
    .select(['state', sql<number>`count(*)::int`.as('count')])
    .groupBy('state')
    .execute();
  const of = (state: DeliveryState) => rows.find((row) => row.state === state)?.count ?? 0;
  return { waiting: of('waiting'), sent: of('sent'), dead: of('dead') };
}

/** The latest first. Of what is not to be kept not even the first line is read. */
export async function loadDeliveries(db: Db, show: Show, offset: number, limit: number) {
  const rows = await deliveries(db, show)
    .select(['kind', 'place', 'state', 'secret', 'attempts', 'error', 'created_at', 'sent_at'])
    .select(sql<string>`case when secret then '' else split_part(reply->>'text', e'\n', 1) end`.as('what'))
    .orderBy('id', 'desc')
    .offset(offset)
    .limit(limit)
    .execute();
  return rows.map((row) => ({ ...row, place: row.place as Place }));
}

/** The places to which the last post could not be delivered. */
export async function loadUnreachable(db: Db): Promise<Place[]> {
  const { rows } = await sql<{ place: Place }>`
    select place from (
      select distinct on (platform, conversation) place, state from deliveries
      where state <> 'waiting'
      order by platform, conversation, id desc) as latest
    where state = 'dead'
    order by place->>'name'`.execute(db);
  return rows.map(({ place }) => place);
}
