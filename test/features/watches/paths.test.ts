/** Every way in which free units become fewer is one that a watch sees; no more than one post comes of it. */
import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { inTransaction } from '../../../src/db/index.ts';
import { type CalmTalk, openCalmTalk } from '../../chat/calm.ts';
import { onBothEngines } from '../../support/database.ts';
import { channel, type Speaker } from '../../support/talk.ts';
import { hold, isEndOf, jobOf, runButton, sheet, users } from '../bulk/support.ts';
import { addWingtip, at, CALLING, FULL, MEETINGS, SUITE } from '../packages/support.ts';

onBothEngines('a watch sees', (engine) => {
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

  test('whatever else changes a service, and not what is not done in the end', async () => {
    await watch('10023/1', 4);
    const set = (units: number, fails: boolean) =>
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
    assert.deepEqual(await toldBy(() => assert.rejects(set(6, true))), []);
    assert.deepEqual(await toldBy(() => set(6, false)), [['10023/1']]);
    assert.deepEqual(await toldBy(() => set(12, false)), []);
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
