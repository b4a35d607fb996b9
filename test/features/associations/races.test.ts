import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import { giveToAll } from '../../../src/features/associations/store.ts';
import { ensureUsers, giveUnits } from '../../../src/features/associations/units.ts';
import { openTalk, type Talk } from '../../support/talk.ts';

let talk: Talk;
let service: { id: number; organizationId: number };

before(async () => {
  talk = await openTalk('Postgres');
  service = await talk.db
    .selectFrom('services as s')
    .innerJoin('orders as o', 'o.id', 's.order_id')
    .select(['s.id', 'o.organization_id as organizationId'])
    .where('o.number', '=', 10024)
    .executeTakeFirstOrThrow();
});
after(() => talk.close());

/** What the service says is associated, and what its users have. */
async function balance(): Promise<[associated: number, sum: number]> {
  const { rows } = await sql<{ associated: number; sum: number }>`
    select s.associated, (select coalesce(sum(units), 0)::int from associations where service_id = s.id) as sum
    from services s where s.id = ${service.id}`.execute(talk.db);
  return [rows[0]?.associated ?? -1, rows[0]?.sum ?? -2];
}

const taking = () => ({
  serviceId: service.id,
  organizationId: service.organizationId,
  maxPerUser: null,
  from: 'free' as const,
});

test('an undo removes no user whom somebody is about to give units', async () => {
  const carla = talk.as('carla');
  const done = await carla.say('associate 10023/1 wanda@contoso.example');
  const user = 'wanda@contoso.example';

  let undone: Promise<unknown> = Promise.resolve();
  await talk.db.transaction().execute(async (trx) => {
    await ensureUsers(trx, service.organizationId, [user]);
    undone = carla.press(done, 'Undo');
    await waitingForALock();
    await giveUnits(trx, taking(), [{ user, units: 5 }]);
  });
  await undone;

  const [associated, sum] = await balance();
  assert.equal(associated, sum);
  assert.match((await carla.say(`user ${user}`)).text, /10024\/1 .*: 5/);
});

/** Resolves when some transaction waits for another. */
async function waitingForALock(): Promise<void> {
  const waits = () =>
    sql`select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`.execute(
      talk.db,
    );
  while ((await waits()).rows.length === 0) await new Promise((resolve) => setImmediate(resolve));
}

test('a batch also gives to a user whom somebody makes at the same moment', async () => {
  const carla = talk.as('carla');
  const wanted = ['xena@contoso.example', 'yves@contoso.example'].map((user) => ({ user, units: 2 }));
  await sql`update services set reserved = reserved + 4 where id = ${service.id}`.execute(talk.db);

  let batch: ReturnType<typeof giveToAll> | undefined;
  await talk.db.transaction().execute(async (trx) => {
    await ensureUsers(trx, service.organizationId, ['xena@contoso.example']);
    batch = talk.db.transaction().execute((other) => giveToAll(other, { ...taking(), job: 1 }, wanted));
    await waitingForALock();
  });

  assert.deepEqual(await batch, { given: [], refused: [] });
  const [associated, sum] = await balance();
  assert.equal(associated, sum);
  for (const { user } of wanted) assert.match((await carla.say(`user ${user}`)).text, /10024\/1 .*: 2/);
});

test('batches and releases on one service wait for each other, and never for ever', async () => {
  const users = Array.from({ length: 50 }, (_, index) => `race${index}@contoso.example`);
  const batch = (order: readonly string[]) =>
    talk.db.transaction().execute(async (trx) => {
      await sql`select from services where id = ${service.id} for update`.execute(trx);
      await ensureUsers(trx, service.organizationId, order);
      return giveUnits(
        trx,
        taking(),
        order.map((user) => ({ user, units: 1 })),
      );
    });
  await batch(users);
  const carla = talk.as('carla');

  await Promise.all([
    ...[users, users.toReversed(), users, users.toReversed()].map(batch),
    ...users.slice(0, 20).map((user) => carla.say(`release 10024/1 ${user} 1`)),
  ]);

  const [associated, sum] = await balance();
  assert.equal(associated, sum);
});
