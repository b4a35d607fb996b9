import { sql } from 'kysely';
import type { Place } from '../../../chat/place.ts';
import { type Db, inScope, type Scope } from '../../../db/index.ts';
import type { Hours } from './rules.ts';

type At = Pick<Place, 'platform' | 'conversation'>;

const quietHours = (db: Db, { platform, conversation }: At) =>
  db
    .selectFrom('quiet_hours as q')
    .select(['q.from_minute', 'q.to_minute', 'q.weekends', 'q.time_zone'])
    .where('q.platform', '=', platform)
    .where('q.conversation', '=', conversation);

type Row = Awaited<ReturnType<ReturnType<typeof quietHours>['execute']>>[number];

const hoursOf = ({ from_minute, to_minute, weekends, time_zone }: Row): Hours => ({
  daily: from_minute === null || to_minute === null ? undefined : { from: from_minute, to: to_minute },
  weekends,
  timeZone: time_zone,
});

export async function loadHours(db: Db, place: At): Promise<Hours | undefined> {
  const row = await quietHours(db, place).executeTakeFirst();
  return row && hoursOf(row);
}

/** Those of this place, whoever set them; those set for an organization of this scope are `ours`. */
export async function loadHoursAt(
  db: Db,
  place: At,
  scope: Scope,
): Promise<{ readonly hours: Hours; readonly ours: boolean } | undefined> {
  const row = await quietHours(db, place)
    .select(inScope('q.organization_id', scope).as('ours'))
    .executeTakeFirst();
  return row && { hours: hoursOf(row), ours: row.ours };
}

/** Has somebody outside this scope, above it that is, chosen that something is told here? */
export async function isChosenAbove(db: Db, { platform, conversation }: At, scope: Scope): Promise<boolean> {
  const { rows } = await sql<{ chosen: boolean }>`
    select exists (
      select from (
        select organization_id from notice_channels
        where platform = ${platform} and conversation = ${conversation}
        union all select organization_id from watches
        where platform = ${platform} and conversation = ${conversation}) as c
      where not ${inScope('c.organization_id', scope)}) as chosen`.execute(db);
  return rows[0]?.chosen === true;
}

export async function saveHours(
  db: Db,
  { platform, conversation }: At,
  organizationId: number,
  { daily, weekends, timeZone }: Hours,
): Promise<void> {
  const row = {
    from_minute: daily?.from ?? null,
    to_minute: daily?.to ?? null,
    weekends,
    time_zone: timeZone,
    organization_id: organizationId,
  };
  await db
    .insertInto('quiet_hours')
    .values({ platform, conversation, ...row })
    .onConflict((conflict) => conflict.columns(['platform', 'conversation']).doUpdateSet(row))
    .execute();
}

export async function deleteHours(db: Db, { platform, conversation }: At): Promise<void> {
  await db
    .deleteFrom('quiet_hours')
    .where('platform', '=', platform)
    .where('conversation', '=', conversation)
    .execute();
}

/** What is held back for a place is held until then instead; gives how much that is. */
export async function holdUntil(
  db: Db,
  { platform, conversation }: At,
  until: Date | undefined,
): Promise<number> {
  const { rows } = await sql<{ id: number }>`
    update deliveries set not_before = ${until ?? null}
    where platform = ${platform} and conversation = ${conversation} and state = 'waiting' and not_before is not null
    returning id`.execute(db);
  return rows.length;
}
