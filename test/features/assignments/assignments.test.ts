import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Working } from '../../../src/bot/index.ts';
import { tellNow, tellVendors } from '../../../src/features/assignments/tell.ts';
import { openProviders, type Provider } from '../../../src/providers/index.ts';
import { shown } from '../../chat/reading.ts';
import { onPostgres } from '../../support/database.ts';
import { file, openTalk, type Speaker, type Talk, type Vendor } from '../../support/talk.ts';
import { isEndOf } from '../bulk/support.ts';

const ALICE = 'alice@contoso.example';
const BOB = 'bob@contoso.example';
const CAROL = 'carol@contoso.example';

onPostgres('the vendor is told who has units', (engine) => {
  const vendor: Vendor = { seconds: 0, fail: undefined };
  let talk: Talk;
  let carla: Speaker;
  let ledger: Provider;
  before(async () => {
    talk = await openTalk(engine, undefined, vendor);
    carla = talk.as('carla');
    ledger = openProviders(talk.db, { clock: () => new Date(), seconds: 0, fail: undefined })('ledger');
  });
  after(() => talk.close());

  async function atVendor(ref: string): Promise<Record<string, number>> {
    const there = await ledger.inspect(`sub-contoso-${ref.replace('/', '-')}`);
    return Object.fromEntries((there?.assignments ?? []).map(({ userName, units }) => [userName, units]));
  }
  /** Once the vendor was told all there is to tell of the service. */
  async function told(ref: string) {
    const [number, position] = ref.split('/').map(Number);
    for (;;) {
      const service = await talk.db
        .selectFrom('services as s')
        .innerJoin('orders as o', 'o.id', 's.order_id')
        .leftJoin('assignments_told as told', 'told.service_id', 's.id')
        .select([
          's.id',
          's.revision',
          'told.revision as toldRevision',
          'told.error',
          'told.asked',
          'told.due_at',
          'told.claimed_until',
        ])
        .where('o.number', '=', number ?? 0)
        .where('s.position', '=', position ?? 0)
        .executeTakeFirstOrThrow();
      const rests = service.claimed_until === null && (service.error !== null || service.due_at === null);
      if (rests && service.revision === (service.toldRevision ?? 0)) return service;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  test('of units associated, released, moved and taken back again', async () => {
    await carla.say(`associate 10023/1 ${CAROL} 2`);
    await told('10023/1');
    assert.deepEqual(await atVendor('10023/1'), { [ALICE]: 2, [BOB]: 1, [CAROL]: 2 });

    await carla.say(`release 10023/1 ${ALICE}`);
    await told('10023/1');
    assert.deepEqual(await atVendor('10023/1'), { [BOB]: 1, [CAROL]: 2 });

    await carla.say(`move ${CAROL} 10023/1 10024/1`);
    await Promise.all([told('10023/1'), told('10024/1')]);
    assert.deepEqual([await atVendor('10023/1'), await atVendor('10024/1')], [{ [BOB]: 1 }, { [CAROL]: 2 }]);

    await carla.say('undo');
    await Promise.all([told('10023/1'), told('10024/1')]);
    assert.deepEqual([await atVendor('10023/1'), await atVendor('10024/1')], [{ [BOB]: 1, [CAROL]: 2 }, {}]);
  });

  test('of a whole sheet, and of its undo', async () => {
    const users = Array.from({ length: 1500 }, (_, at) => `user${at}@contoso.example`);
    const sheet = file('users.csv', users.map((user) => `${user},1`).join('\n'));
    const preview = await carla.say('bulk 10024/1', [sheet]);
    await carla.press(preview, 'Run 1,500 valid rows');
    await talk.waitForPost(isEndOf(1));
    await told('10024/1');
    assert.deepEqual(Object.keys(await atVendor('10024/1')), users.toSorted());

    await carla.say('job 1 undo');
    await talk.waitForPost(isEndOf(2));
    await told('10024/1');
    assert.deepEqual(await atVendor('10024/1'), {});
  });

  test('what the vendor refuses stands in the history once, and is asked again', async () => {
    vendor.fail = 'assignment: no licence server answers';
    await carla.say(`associate 10024/1 ${BOB} 3`);
    const { error } = await told('10024/1');
    assert.equal(error, 'no licence server answers');
    const refusals = async () =>
      shown(await carla.say('history 10024')).match(/The vendor did not assign [^\n]*/g) ?? [];
    const sentence =
      'The vendor did not assign UniversalMessaging Small Business Edition (1GB) (10024/1): no licence server answers';
    assert.deepEqual(await refusals(), [sentence]);
    assert.match(
      shown(await carla.say('service 10024/1')),
      /Not assigned at the vendor: no licence server answers/,
    );

    const again = async () => {
      const { id, asked } = await told('10024/1');
      const due_at = new Date(0);
      await talk.db.updateTable('assignments_told').set({ due_at }).where('service_id', '=', id).execute();
      await talk.jobs.enqueue(talk.db, 'assignments.tell', {});
      while ((await told('10024/1')).asked === asked) await new Promise((resolve) => setTimeout(resolve, 20));
    };
    const changedAt = async () => {
      const { id } = await told('10024/1');
      const { told_at } = await talk.db
        .selectFrom('assignments_told')
        .select('told_at')
        .where('service_id', '=', id)
        .executeTakeFirstOrThrow();
      return told_at?.getTime();
    };
    const before = await changedAt();
    assert.ok(before);
    await again();
    assert.deepEqual(await refusals(), [sentence]);
    // A vendor that refuses the same once more is as it was.
    assert.equal(await changedAt(), before);
    vendor.fail = undefined;
    await again();
    assert.ok(Number(await changedAt()) > before);
    assert.doesNotMatch(shown(await carla.say('service 10024/1')), /Not assigned/);
    assert.deepEqual(await atVendor('10024/1'), { [BOB]: 3 });
  });

  test('a vendor that takes its time is asked until it has done it', async () => {
    vendor.seconds = 1;
    await carla.say(`associate 10024/1 ${CAROL} 4`);
    await told('10024/1');
    vendor.seconds = 0;
    assert.deepEqual(await atVendor('10024/1'), { [BOB]: 3, [CAROL]: 4 });
  });

  test('users whom the vendor will not have are named; the others have theirs', async () => {
    await talk.db
      .updateTable('ledger_subscriptions')
      .set({ quantity: 8 })
      .where('id', '=', 'sub-contoso-10024-1')
      .execute();
    await carla.say(`associate 10024/1 ${ALICE} 5`);
    const { error } = await told('10024/1');
    assert.equal(error, `${ALICE}: Only 1 of 8 units is left.`);
    assert.deepEqual(await atVendor('10024/1'), { [BOB]: 3, [CAROL]: 4 });
  });

  const working = (vendor: Partial<Provider> = {}): Working => ({
    ...talk.ctx(),
    clock: () => new Date(),
    quiet: async () => undefined,
    post: async (place) => ({ place, message: '' }),
    providers: () => ({ ...ledger, ...vendor }),
  });

  test('what changed at the vendor meanwhile is put right', async () => {
    const { id } = await told('10023/1');
    const [bob, carol] = [
      { userName: BOB, units: 9 },
      { userName: CAROL, units: 0 },
    ];
    await ledger.assign('somebody else', 'sub-contoso-10023-1', [bob, carol]);
    const due = { due_at: new Date(0) };
    await talk.db.updateTable('assignments_told').set(due).where('service_id', '=', id).execute();
    await tellVendors(working());
    assert.deepEqual(await atVendor('10023/1'), { [BOB]: 1, [CAROL]: 2 });
  });

  test('what was asked and not answered yet is not forgotten', async () => {
    vendor.seconds = 1;
    await carla.say(`associate 10024/1 dave@contoso.example 1`);
    const asked = async () => {
      const { id } = await told('10023/2');
      const row = await talk.db
        .selectFrom('assignments_told')
        .select('asking')
        .where('service_id', '<>', id)
        .where('asking', 'is not', null)
        .executeTakeFirst();
      return row !== undefined;
    };
    while (!(await asked())) await new Promise((resolve) => setTimeout(resolve, 20));
    await carla.say('undo');
    await told('10024/1');
    assert.equal((await atVendor('10024/1'))['dave@contoso.example'], undefined);
    vendor.seconds = 0;
  });

  test('one at a time tells of a service', async () => {
    const { id } = await told('10023/3');
    const row = talk.db.updateTable('assignments_told').where('service_id', '=', id);
    await row.set({ revision: -1, claimed_until: new Date('2100-01-01') }).execute();
    assert.equal(await tellNow(working(), id), 1000);
    await row.set({ claimed_until: null }).execute();
    assert.equal(await tellNow(working(), id), undefined);
    assert.equal((await told('10023/3')).toldRevision, (await told('10023/3')).revision);
    assert.deepEqual(await atVendor('10023/3'), { [ALICE]: 1, [BOB]: 1 });
  });

  test('a vendor that can’t be reached is asked later, and the others are told', async () => {
    const { id } = await told('10023/2');
    const others = await told('10023/3');
    const row = talk.db.updateTable('assignments_told').where('service_id', 'in', [id, others.id]);
    await row.set({ revision: -1, due_at: new Date(0) }).execute();
    const away = {
      inspect: async (name: string) => {
        if (name === 'sub-contoso-10023-2') throw new Error('away');
        return ledger.inspect(name);
      },
    };
    await assert.rejects(tellVendors(working(away)), /away/);
    assert.equal((await told('10023/3')).due_at, null);
    await talk.db
      .updateTable('assignments_told')
      .set({ due_at: new Date(0) })
      .where('service_id', '=', id)
      .execute();
    await tellVendors(working());
    assert.equal((await told('10023/2')).due_at, null);
  });

  test('of a subscription that was cancelled nobody is told any more', async () => {
    const { id } = await told('10024/1');
    await talk.db
      .updateTable('subscriptions')
      .set({ status: 'cancelled' })
      .where('service_id', '=', id)
      .execute();
    await talk.db
      .updateTable('assignments_told')
      .set({ due_at: new Date(0), error: 'no' })
      .where('service_id', '=', id)
      .execute();
    await tellVendors(working());
    const row = await talk.db
      .selectFrom('assignments_told')
      .selectAll()
      .where('service_id', '=', id)
      .execute();
    assert.deepEqual(row, []);
  });
});
