/** Every way in which free units become fewer is one that a watch sees; no more than one post comes of it. */
import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import type { Ctx } from '../../../src/bot/index.ts';
import { type Db, inTransaction } from '../../../src/db/index.ts';
import { UNDER_WAY } from '../../../src/features/execution/rules.ts';
import { workOnOrder } from '../../../src/features/execution/work.ts';
import { TELL, tellCrossings, tellLater } from '../../../src/features/watches/tell.ts';
import { type Answer, openProviders, type Provider } from '../../../src/providers/index.ts';
import { type CalmTalk, openCalmTalk } from '../../chat/calm.ts';
import { onPostgres } from '../../support/database.ts';
import { channel, type Speaker } from '../../support/talk.ts';
import { hold, isEndOf, jobOf, runButton, sheet, users } from '../bulk/support.ts';
import { orderOf, place, subscriptionOf } from '../execution/support.ts';
import { addWingtip, at, CALLING, FULL, MEETINGS, SUITE } from '../packages/support.ts';

onPostgres('a watch sees', (engine) => {
  let talk: CalmTalk;
  let nora: Speaker;
  let carla: Speaker;
  before(async () => {
    talk = await openCalmTalk(engine);
    await addWingtip(talk.db);
    nora = talk.as('nora');
    carla = talk.as('carla');
  });
  after(() => talk.close());
  afterEach(() => talk.db.deleteFrom('watches').execute());

  const watch = (ref: string, below: number) => nora.say(`watch ${ref} below ${below}`);
  async function told(): Promise<string[]> {
    const rows = await talk.db
      .selectFrom('deliveries')
      .select('reply')
      .where('kind', '=', 'low-units')
      .orderBy('id')
      .execute();
    return rows.map(({ reply }) => (reply as { text: string }).text);
  }
  /** The posts that come of something, and how many services each names. */
  async function toldBy(work: () => Promise<unknown>): Promise<string[][]> {
    const before = (await told()).length;
    await work();
    return (await told()).slice(before).map((text) => text.match(/\b\d{5}\/\d+(?= )/g) ?? []);
  }

  test('one user who gets units, and what is undone that gave them back', async () => {
    await watch('10023/1', 5);
    assert.deepEqual(await toldBy(() => carla.say('associate 10023/1 dora@contoso.example 3')), [
      ['10023/1'],
    ]);
    const released = await carla.say('release 10023/1 dora@contoso.example 3');
    assert.deepEqual(await toldBy(() => carla.press(released, 'Undo')), [['10023/1']]);
    assert.deepEqual(await toldBy(() => carla.say('release 10023/1 dora@contoso.example 3')), []);
  });

  test('a user who is moved to the service', async () => {
    await watch('10023/2', 3);
    assert.deepEqual(await toldBy(() => carla.say('move bob@contoso.example 10023/1 10023/2')), [
      ['10023/2'],
    ]);
    await carla.say('move bob@contoso.example 10023/2 10023/1');
  });

  test('a bulk job, once and when it has ended', async () => {
    await watch('10024/1', 1995);
    const held = await hold(talk.db);
    const preview = await carla.say('bulk 10024/1', [sheet(users(10))]);
    assert.deepEqual(await toldBy(() => carla.press(preview, runButton(preview))), []);
    assert.deepEqual(
      await toldBy(async () => {
        await held.release();
        await talk.waitForPost(isEndOf(jobOf(preview)));
      }),
      [['10024/1']],
    );
    const end = await talk.waitForPost(isEndOf(jobOf(preview)));
    const undo = await carla.press(end.reply, 'Undo');
    assert.deepEqual(await toldBy(() => talk.waitForPost(isEndOf(jobOf(undo)))), []);
  });

  test('no units that a job only held back', async () => {
    await watch('10024/1', 1995);
    const held = await hold(talk.db);
    const preview = await carla.say('bulk 10024/1', [sheet(users(10, 100))]);
    const heard = await toldBy(async () => {
      await carla.press(preview, runButton(preview));
      await carla.say(`job ${jobOf(preview)} cancel`);
      await held.release();
      await talk.waitForPost(isEndOf(jobOf(preview)));
    });
    assert.deepEqual(heard, []);
  });

  /** A job under way, which holds ten units of 10024/1. */
  async function holding(): Promise<{ readonly job: number; end(): Promise<unknown> }> {
    const held = await hold(talk.db);
    const preview = await carla.say('bulk 10024/1', [sheet(users(10))]);
    await carla.press(preview, runButton(preview));
    const job = jobOf(preview);
    return {
      job,
      async end() {
        await held.release();
        const { reply } = await talk.waitForPost(isEndOf(job));
        await talk.waitForPost(isEndOf(jobOf(await carla.press(reply, 'Undo'))));
      },
    };
  }
  /** Has the queue look for what no transaction has told of, and waits for the post. */
  async function look(): Promise<void> {
    const posts = talk.posts.length;
    await talk.jobs.enqueue(talk.db, TELL, {});
    await talk.waitForPost((post) => talk.posts.indexOf(post) >= posts && post.key.startsWith('low-units'));
  }

  test('what no job holds, while one runs for the same customer', async () => {
    await watch('10023/1', 5);
    const { end } = await holding();
    assert.deepEqual(await toldBy(() => carla.say('associate 10023/1 dora@contoso.example 3')), [
      ['10023/1'],
    ]);
    await carla.say('release 10023/1 dora@contoso.example 3');
    await end();
  });

  test('units that jobs hold for half an hour, and once', async () => {
    await watch('10024/1', 1995);
    const { end } = await holding();
    talk.pass(29);
    assert.deepEqual(await toldBy(() => tellLater(talk.ctx())), []);
    talk.pass(2);
    assert.deepEqual(await toldBy(look), [['10024/1']]);
    assert.deepEqual(await toldBy(end), []);
  });

  // Embedded there is one connection: nothing happens at once.
  if (engine === 'Postgres')
    test('what two transactions at once did not see of each other', async () => {
      await watch('10024/1', 1985);
      const { job, end } = await holding();
      const ended = (at: Date | null) =>
        inTransaction(talk.ctx(), ({ db }) =>
          db.updateTable('jobs').set({ finished_at: at }).where('id', '=', job).execute(),
        );
      const { id, units } = await talk.db
        .selectFrom('services as s')
        .innerJoin('orders as o', 'o.id', 's.order_id')
        .select(['s.id', 's.units'])
        .where('o.number', '=', 10024)
        .executeTakeFirstOrThrow();
      const set = (db: Db, to: number) =>
        db.updateTable('services').set({ units: to }).where('id', '=', id).execute();
      const both = () =>
        talk.db.transaction().execute(async (db) => {
          await set(db, units - 10);
          await tellCrossings({ ...talk.ctx(), db });
          await ended(new Date());
        });
      assert.deepEqual(await toldBy(both), []);
      assert.deepEqual(await toldBy(look), [['10024/1']]);
      await set(talk.db, units);
      await ended(null);
      await end();
    });

  test('several services of one job in one post', async () => {
    for (const ref of [SUITE, CALLING, MEETINGS]) await watch(ref, 3);
    await nora.say('use Wingtip');
    const rows = [
      FULL,
      [at('a'), 'TRUE', '', '', '', '', 'Ann', '46812345678', '', 'Oslo'],
      [at('b'), '', 'TRUE', '', '', '', 'Ben', '', '47', 'Oslo'],
      [at('c'), '', '', 'TRUE', '', '', '', '', '', '', 'w.webex.com'],
    ];
    const asked = await nora.say('bulk packages', [sheet(rows, 'packages.csv')]);
    const preview = await nora.press(asked, 'Add and remove services');
    const heard = await toldBy(async () => {
      await nora.press(preview, runButton(preview));
      await talk.waitForPost(isEndOf(jobOf(preview)));
    });
    assert.deepEqual(heard, [[SUITE, CALLING, MEETINGS]]);
  });

  test('an order for fewer units', async () => {
    await watch('10023/1', 7);
    const confirm = await nora.say('decrease 10023/1 1');
    const [heard, ...more] = await toldBy(async () => {
      const posts = talk.posts.length;
      await nora.press(confirm, 'Place order', { description: 'Fewer', payment: '' });
      await talk.waitForPost((post) => talk.posts.indexOf(post) >= posts && post.key.startsWith('low-units'));
    });
    assert.deepEqual([heard, more], [['10023/1'], []]);
  });

  test('units that an order gives back once it has, and none that the vendor does not take', async () => {
    await watch('10023/1', 5);
    const ctx = (): Ctx => ({ ...talk.ctx(), jobs: { ...talk.jobs, enqueue: async () => undefined } });
    const meanwhile: string[][] = [];
    /** The vendor takes its time; others give units and take them back until it answers. */
    const vendor = (answer: Answer<object>): Provider => ({
      ...openProviders(talk.db, { clock: () => new Date(), seconds: 0, fail: undefined })('ledger'),
      async setQuantity() {
        const heard = await toldBy(async () => {
          await carla.say('associate 10023/1 dora@contoso.example 1');
          await carla.say('release 10023/1 dora@contoso.example 1');
        });
        meanwhile.push(...heard);
        return answer as Awaited<ReturnType<Provider['setQuantity']>>;
      },
    });
    const fewer = async (answer: Answer<object>): Promise<void> => {
      const line = { kind: 'decrease', service: '10023/1', quantity: 5 } as const;
      const number = await place({ ctx }, { of: 'Contoso', offering: 'UniversalMessaging', lines: [line] });
      const working = {
        ...{ ...ctx(), clock: () => new Date(), quiet: async () => undefined },
        ...{ providers: () => vendor(answer), post: async () => assert.fail('Nothing is posted here.') },
      };
      // It waits for the vendor to hear of other changes first.
      const deadline = Date.now() + 20_000;
      for (;;) {
        const { id, status } = await orderOf(talk.db, number);
        if (!UNDER_WAY.some((one) => one === status)) break;
        assert.ok(Date.now() < deadline, status);
        await workOnOrder(working, id, true);
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    };
    assert.deepEqual(await toldBy(() => fewer({ kind: 'refused', reason: 'Not today.' })), []);
    assert.deepEqual(await toldBy(() => fewer({ kind: 'done', value: {} })), [['10023/1']]);
    assert.deepEqual(meanwhile, []);
    await setUnits((await subscriptionOf(talk.db, '10023/1')).units + 5);
  });

  test('whatever else changes a service, and not what is not done in the end', async () => {
    await watch('10023/1', 4);
    assert.deepEqual(await toldBy(() => assert.rejects(setUnits(6, 'fails'))), []);
    assert.deepEqual(await toldBy(() => setUnits(6)), [['10023/1']]);
    assert.deepEqual(await toldBy(() => setUnits(12)), []);
  });
  /** How many units 10023/1 has. */
  const setUnits = (units: number, fails?: 'fails') =>
    inTransaction(talk.ctx(), async ({ db }) => {
      const { id } = await db
        .selectFrom('orders')
        .select('id')
        .where('number', '=', 10023)
        .executeTakeFirstOrThrow();
      await db
        .updateTable('services')
        .set({ units })
        .where('order_id', '=', id)
        .where('position', '=', 1)
        .execute();
      if (fails) throw new Error('not done');
    });

  test('what somebody changed behind its back, with the next request', async () => {
    await watch('10024/1', 5);
    const { id } = await talk.db
      .selectFrom('orders')
      .select('id')
      .where('number', '=', 10024)
      .executeTakeFirstOrThrow();
    const service = talk.db.updateTable('services').where('order_id', '=', id);
    assert.deepEqual(await toldBy(() => service.set({ units: 4 }).execute()), []);
    assert.deepEqual(await toldBy(() => talk.as('chris', channel('anywhere')).say('help')), [['10024/1']]);
  });

  test('what hundred channels watch', async () => {
    await talk.db
      .insertInto('watches')
      .values(await many(100))
      .execute();
    const heard = await toldBy(() => carla.say('associate 10023/2 dora@contoso.example 1'));
    assert.equal(heard.length, 100);
  });

  async function many(length: number) {
    const { id, organization_id } = await talk.db
      .selectFrom('services as s')
      .innerJoin('orders as o', 'o.id', 's.order_id')
      .select(['s.id', 's.organization_id'])
      .where('o.number', '=', 10023)
      .where('s.position', '=', 2)
      .executeTakeFirstOrThrow();
    return Array.from({ length }, (_, n) => ({
      service_id: id,
      platform: 'test',
      conversation: `channel:${n}`,
      place: JSON.stringify(channel(String(n))),
      organization_id,
      asked_by: 'Nora',
      member_id: null,
      below: 3,
      low: false,
      told: false,
    }));
  }
});
