import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import { buttons, rows, shown } from '../../../chat/reading.ts';
import { onBothEngines } from '../../../support/database.ts';
import type { Speaker } from '../../../support/talk.ts';
import { type Bench, idOf, MANY, MESSAGING, numberIn, OFFICE, openBench, TEXTS, WEBEX } from './support.ts';

onBothEngines('the vendor has another quantity', (engine) => {
  let bench: Bench;
  let arjun: Speaker;
  before(async () => {
    bench = await openBench(engine);
    arjun = bench.as('arjun');
  });
  after(() => bench.close());

  const has = (ref: string, quantity: number) =>
    bench.write(sql`update ledger_subscriptions set quantity = ${quantity} where id = ${idOf(ref)}`);

  test('is adopted: our books take it, and agree from then on', async () => {
    await has(MESSAGING, 12);
    await bench.read();
    const finding = await bench.found('quantity');
    const card = await arjun.say(`finding ${finding}`);
    assert.deepEqual(buttons(card).slice(0, 4), ['Set to 12 here', 'Give 2 back', 'Leave it so', 'Snooze']);
    assert.deepEqual(rows(card), [
      ['Units', '10', '12'],
      ['With users', '3', '3'],
    ]);
    assert.match(shown(card), /Price: €1\.99 a unit and month; \+€3\.98 a month/);
    const confirm = await arjun.press(card, 'Set to 12 here');
    assert.match(shown(confirm), /Set 10023\/1 to 12 units here\?/);
    assert.match(shown(confirm), /What is billed stays as it is until the next reconciliation\./);
    assert.equal((await bench.ours(MESSAGING)).units, 10);

    const done = await arjun.press(confirm, 'Set it');
    assert.match(done.text, /Set UniversalMessaging .* from 10 to 12 units, as the vendor has/);
    // What nobody ordered is not billed before it is counted as used.
    const { units, quantity } = await bench.ours(MESSAGING);
    assert.deepEqual({ units, quantity }, { units: 12, quantity: 10 });
    assert.equal((await bench.theirs(MESSAGING)).quantity, 12);
    const { answer, by, note } = await bench.remembered(finding);
    assert.deepEqual([answer, by], ['accepted', 'Arjun Mehta']);
    assert.match(note ?? '', /^Set UniversalMessaging/);
    assert.match((await bench.history()).join('\n'), /from 10 to 12 units.*finding 1/);
    assert.match((await arjun.say('history 10023')).text, /from 10 to 12 units/);
    await bench.read();
    assert.deepEqual(await bench.open(), []);
    assert.match(shown(await arjun.say(`finding ${finding}`)), /did not find it any more/);
  });

  test('adopted where fewer are billed than bought: no unit more is billed, and no more than there are', async () => {
    const billed = (quantity: number) =>
      bench.write(
        sql`update subscriptions set quantity = ${quantity} where provider_subscription = ${idOf(MESSAGING)}`,
      );
    const adopt = async (units: number) => {
      await has(MESSAGING, units);
      await bench.read();
      const card = await arjun.say(`finding ${await bench.found('quantity')}`);
      const confirm = await arjun.press(card, `Set to ${units} here`);
      await arjun.press(confirm, 'Set it');
      const { units: bought, quantity } = await bench.ours(MESSAGING);
      return { said: shown(confirm), bought, billed: quantity };
    };
    await billed(3);
    const { said: _, ...more } = await adopt(16);
    assert.deepEqual(more, { bought: 16, billed: 3 });
    await billed(16);
    const { said, ...less } = await adopt(12);
    assert.deepEqual(less, { bought: 12, billed: 12 });
    assert.match(said, /No more than 12 are billed from now on\./);
  });

  test('fewer there: they are ordered once more', async () => {
    await has(OFFICE, 4);
    await bench.read();
    const finding = await bench.found('quantity');
    const confirm = await arjun.press(await arjun.say(`finding ${finding}`), 'Order 1 more');
    assert.match(shown(confirm), /10023\/2 is set to 4 units first, as the vendor has/);
    const order = await arjun.press(confirm, 'Begin the order');
    assert.match(shown(order), /Increase of 10023\/2 from 4 to 5/);
    assert.equal((await bench.ours(OFFICE)).units, 4);
    const { answer, order: begun } = await bench.remembered(finding);
    assert.deepEqual([answer, begun], ['ordered', Number(numberIn(order))]);

    await arjun.press(order, 'Place order', TEXTS);
    await bench.ended(numberIn(order));
    assert.equal((await bench.ours(OFFICE)).units, 5);
    assert.equal((await bench.theirs(OFFICE)).quantity, 5);
    await bench.read();
    assert.deepEqual(await bench.open(), []);
  });

  test('more there: they are given back, as long as the commitment allows it', async () => {
    await has(OFFICE, 7);
    await bench.read();
    const finding = await bench.found('quantity');
    const confirm = await arjun.press(await arjun.say(`finding ${finding}`), 'Give 2 back');
    const order = await arjun.press(confirm, 'Begin the order');
    assert.match(shown(order), /Decrease of 10023\/2 from 7 to 5/);
    await arjun.press(order, 'Place order', TEXTS);
    await bench.ended(numberIn(order));
    assert.equal((await bench.ours(OFFICE)).units, 5);
    assert.equal((await bench.theirs(OFFICE)).quantity, 5);
    await bench.read();
    assert.deepEqual(await bench.open(), []);
  });

  test('a week after they were seen first they are bound', async () => {
    await has(OFFICE, 8);
    await bench.read();
    const finding = await bench.found('quantity');
    const card = await arjun.say(`finding ${finding}`);
    const confirm = await arjun.press(card, 'Give 3 back');
    bench.pass(7 * 24 * 60);
    const late = await arjun.press(confirm, 'Begin the order');
    assert.match(late.text, /^That can’t be done about it now\. Nothing was changed\./);
    assert.ok(!buttons(late).includes('Give 3 back'));
    assert.match(shown(late), /none of the 3 can be given back before then, only when it renews, on/);
    assert.equal((await bench.ours(OFFICE)).units, 5);
    await has(OFFICE, 5);
  });

  test('fewer there than are in use here: not adopted, but it is said what to do first', async () => {
    await has(WEBEX, 1);
    await bench.read();
    const card = await arjun.say(`finding ${await bench.found('quantity')}`);
    assert.match(
      shown(card),
      /2 units are in use or reserved, more than the 1 that the vendor has\. Release 1 first/,
    );
    assert.deepEqual(buttons(card).slice(0, 3), ['Leave it so', 'Snooze', 'Release units']);
    const form = await arjun.press(card, 'Release units');
    assert.match(form.text, /Release units/);
    await has(WEBEX, 2);
  });

  test('where our books have changed since the vendor was read, it is read again first', async () => {
    await has(MANY, 2100);
    await bench.read();
    const finding = await bench.found('quantity');
    const card = await arjun.say(`finding ${finding}`);
    const confirm = await arjun.press(card, 'Set to 2,100 here');
    await arjun.say('associate 10024/1 zoe@contoso.example 2');
    const refused = await arjun.press(confirm, 'Set it');
    assert.match(refused.text, /^That can’t be done about it now/);
    assert.match(shown(refused), /Our books have changed since the vendor was read/);
    assert.ok(buttons(refused).includes('Read again'));
    assert.equal((await bench.ours(MANY)).units, 2000);

    await bench.told(MANY);
    await bench.read();
    assert.equal(await bench.found('quantity'), finding);
    const again = await arjun.press(await arjun.say(`finding ${finding}`), 'Set to 2,100 here');
    await arjun.press(again, 'Set it');
    assert.equal((await bench.ours(MANY)).units, 2100);
  });

  test('where it has another number since, the confirmation of the old one does nothing', async () => {
    await has(MANY, 2200);
    await bench.read();
    const finding = await bench.found('quantity');
    const confirm = await arjun.press(await arjun.say(`finding ${finding}`), 'Set to 2,200 here');
    await has(MANY, 2300);
    await bench.read();
    const refused = await arjun.press(confirm, 'Set it');
    assert.match(refused.text, /^The last reading did not find it any more\. Nothing was changed\./);
    assert.equal((await bench.ours(MANY)).units, 2100);
    // Whoever made up what it rests on is shown what would happen, and nothing happens.
    const now = await bench.found('quantity');
    const shownFirst = await arjun.submit('findings.answer', {
      finding: now,
      how: 'adopt',
      basis: 'made up',
    });
    assert.match(shownFirst.text, /^It is not what you saw before\. Nothing was changed yet\./);
    assert.equal((await bench.ours(MANY)).units, 2100);
  });

  const UNANSWERED = 'an order that failed without an answer may have changed it';
  const SAID: Readonly<Record<string, RegExp>> = {
    'an order changes it': /Order 10025 changes it already/,
    [UNANSWERED]:
      /Order 10025 failed without an answer, and this may be what it did at the vendor\. Retry it first/,
  };
  const service = sql`(select service_id from subscriptions where provider_subscription = ${idOf(MANY)})`;
  const subscription = sql`(select id from subscriptions where provider_subscription = ${idOf(MANY)})`;
  const order = (status: string, finished: string) => sql`
    with changed as (update orders set status = ${status} where number = 10025 returning id),
    line as (
      insert into requested_changes (order_id, kind, quantity, subscription_id)
      select id, 'increase', 2, ${subscription} from changed)
    insert into order_steps (order_id, position, kind, title, state, input, finished_at)
    select id, 1, 'quantity', 'Increase', 'done', '{}', ${finished}::timestamptz from changed`;
  const failed = sql`
    with changed as (update orders set status = 'Completed with errors' where number = 10025 returning id),
    line as (
      insert into requested_changes (order_id, kind, quantity, subscription_id)
      select id, 'increase', 2, ${subscription} from changed returning id, order_id)
    insert into order_steps (order_id, position, kind, title, state, input, finished_at)
    select order_id, 1, 'quantity', 'Increase', 'failed',
      jsonb_build_object('change', id, 'round', 0, 'try', 0, 'unanswered', true), '2020-01-01' from line`;
  /** What has changed in our books or is changing, and what the card says of it. */
  const CHANGES = {
    'units are reserved by a job': sql`update services set reserved = 1 where id = ${service}`,
    'the vendor is yet to be told who has units': sql`
      update services set revision = revision + 1 where id = ${service}`,
    'the vendor was told since': sql`
      update assignments_told set told_at = '2027-01-01' where service_id = ${service}`,
    'it began since': sql`update subscriptions set started_at = '2027-01-01' where id = ${subscription}`,
    'an order has changed it since': order('Completed', '2027-01-01'),
  };
  test('nothing but to leave it is offered where our books are not as they were read', async (t) => {
    await has(MANY, 2400);
    await bench.read();
    const finding = await bench.found('quantity');
    for (const [what, change] of Object.entries({
      ...CHANGES,
      'an order changes it': order('In progress', '2020-01-01'),
      [UNANSWERED]: failed,
    })) {
      await t.test(what, async () => {
        const before = await bench.db
          .selectFrom('orders')
          .select(['id', 'status'])
          .where('number', '=', 10025)
          .executeTakeFirstOrThrow();
        await bench.write(change);
        const card = await arjun.say(`finding ${finding}`);
        assert.deepEqual(buttons(card).slice(0, 2), ['Leave it so', 'Snooze']);
        assert.match(shown(card), SAID[what] ?? /Our books have changed since/);
        if (what === UNANSWERED) {
          assert.ok(buttons(card).includes('Retry 10025'));
          const refused = await arjun.submit('findings.answer', { finding, how: 'adopt' });
          assert.match(refused.text, /^That can’t be done about it now\. Nothing was changed\./);
        }
        await bench.write(sql`update services set reserved = 0 where id = ${service}`);
        await bench.write(sql`update assignments_told set told_at = null,
          revision = (select revision from services where id = ${service}) where service_id = ${service}`);
        await bench.write(sql`update subscriptions set started_at = '2026-01-01' where id = ${subscription}`);
        await bench.write(sql`delete from order_steps where order_id = ${before.id}`);
        await bench.write(
          sql`delete from requested_changes where order_id = ${before.id} and subscription_id is not null`,
        );
        await bench.write(sql`update orders set status = ${before.status} where id = ${before.id}`);
      });
    }
    const free = await arjun.say(`finding ${finding}`);
    assert.equal(buttons(free)[0], 'Set to 2,400 here');
  });
});
