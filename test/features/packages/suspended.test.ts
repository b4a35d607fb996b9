/** Package sheets where the subscription of a package is suspended. */
import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import type { Target } from '../../../src/features/bulk/kind.ts';
import { buttons, shown } from '../../chat/reading.ts';
import { onBothEngines } from '../../support/database.ts';
import { openTalk, type Speaker, type Talk } from '../../support/talk.ts';
import { assertSums, type Cells, hold, isEndOf, jobOf, runButton, sheet, unitsOf } from '../bulk/support.ts';
import { addWingtip, at, FULL, MEETINGS, MORE_SUITE, reset, SUITE } from './support.ts';

/** Webex Suite has calling. */
const SUITE_FOR = (name: string): Cells => [at(name), 'TRUE', '', '', '', '', '', '+46812345678', '', 'Oslo'];
const MEETINGS_FOR = (name: string): Cells => [at(name), '', '', 'TRUE'];

onBothEngines('a package whose subscription is suspended', (engine) => {
  let talk: Talk;
  let priya: Speaker;
  let wingtip: Target;
  before(async () => {
    talk = await openTalk(engine);
    wingtip = await addWingtip(talk.db);
    priya = talk.as('priya');
    await priya.say('use Wingtip');
    for (const ref of [SUITE, MEETINGS]) await subscribe(ref);
  });
  beforeEach(async () => {
    await reset(talk.db, wingtip);
    for (const ref of [SUITE, MEETINGS]) await suspend(ref, 'active');
  });
  after(() => talk.close());

  async function serviceOf(ref: string): Promise<number> {
    const [order, position] = ref.split('/').map(Number);
    const row = await talk.db
      .selectFrom('services as s')
      .innerJoin('orders as o', 'o.id', 's.order_id')
      .select('s.id')
      .where('o.number', '=', order ?? 0)
      .where('s.position', '=', position ?? 0)
      .executeTakeFirstOrThrow();
    return row.id;
  }
  async function subscribe(ref: string): Promise<void> {
    const service_id = await serviceOf(ref);
    await talk.db
      .insertInto('subscriptions')
      .values({
        service_id,
        organization_id: wingtip.organizationId,
        quantity: 3,
        status: 'active',
        admin_email: 'wanda@wingtip.example',
        first_name: 'Wanda',
        last_name: 'Wing',
        tenant_name: null,
        price_minor: 1250,
        currency: 'EUR',
      })
      .execute();
  }
  async function suspend(ref: string, status: 'suspended' | 'active' = 'suspended'): Promise<void> {
    await talk.db
      .updateTable('subscriptions')
      .set({ status })
      .where('service_id', '=', await serviceOf(ref))
      .execute();
  }
  const preview = (rows: readonly Cells[]) =>
    priya.say('bulk packages add-and-remove', [sheet(rows, 'packages.csv')]);
  const has = (ref: string, name: string) => unitsOf(talk.db, ref, at(name));

  test('has no unit to be given away: the sheet is short of them', async () => {
    await suspend(MEETINGS);
    const reply = await preview([FULL, MEETINGS_FOR('ann'), SUITE_FOR('bea')]);
    assert.match(
      shown(reply),
      /1 unit of Webex Meetings \(20001\/3\) short: the sheet needs 1 and 0 are free/,
    );
    assert.ok(!buttons(reply).some((title) => title.startsWith('Run 2')));
  });

  test('is passed over where another service of it runs', async () => {
    await suspend(SUITE);
    const reply = await preview([FULL, SUITE_FOR('cleo'), SUITE_FOR('dan')]);
    await priya.press(reply, runButton(reply));
    const end = await talk.waitForPost(isEndOf(jobOf(reply)));
    assert.match(end.reply.text, /: 2 done/);
    assert.deepEqual([await has(MORE_SUITE, 'cleo'), await has(MORE_SUITE, 'dan')], [1, 1]);
    assert.equal(await has(SUITE, 'cleo'), 0);
  });

  test('between the preview and the run is noticed, and shown anew', async () => {
    const reply = await preview([FULL, MEETINGS_FOR('eva')]);
    await suspend(MEETINGS);
    const again = await priya.press(reply, runButton(reply));
    assert.match(again.text, /^It needs 1 unit of 20001\/3, and 0 are free, so nothing was run\./);
    assert.equal(await has(MEETINGS, 'eva'), 0);
  });

  test('while the job runs gives nothing more, also not what was held for it, and nothing stays held', async () => {
    const reply = await preview([FULL, MEETINGS_FOR('fay'), SUITE_FOR('gil')]);
    const { release } = await hold(talk.db);
    await priya.press(reply, runButton(reply));
    await suspend(MEETINGS);
    await release();
    const end = await talk.waitForPost(isEndOf(jobOf(reply)));
    assert.match(end.reply.text, /: 1 done, 1 failed/);
    assert.deepEqual([await has(MEETINGS, 'fay'), await has(SUITE, 'gil')], [0, 1]);
    await assertSums(talk.db);
    const held = await talk.db.selectFrom('services').select('reserved').where('reserved', '>', 0).execute();
    assert.deepEqual(held, []);
  });
});
