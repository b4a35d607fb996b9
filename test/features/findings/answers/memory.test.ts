import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import { buttons, shown, written } from '../../../chat/reading.ts';
import { onBothEngines } from '../../../support/database.ts';
import { channel, type Speaker } from '../../../support/talk.ts';
import { type Bench, idOf, openBench } from './support.ts';

const MESSAGING = '10023/1';
const WEBEX = '10023/3';
const MANY = '10024/1';

onBothEngines('what is remembered, and of whom', (engine) => {
  let bench: Bench;
  let arjun: Speaker;
  let nora: Speaker;
  before(async () => {
    bench = await openBench(engine);
    arjun = bench.as('arjun');
    nora = bench.as('nora');
  });
  after(() => bench.close());

  const has = async (ref: string, quantity: number) => {
    await bench.write(sql`update ledger_subscriptions set quantity = ${quantity} where id = ${idOf(ref)}`);
    await bench.read();
    return bench.found('quantity');
  };

  test('left as it is: the same difference is not asked again, another number is', async () => {
    const finding = await has(MESSAGING, 12);
    const done = await arjun.press(await arjun.say(`finding ${finding}`), 'Leave it so');
    assert.match(done.text, /^Left it as it is\. It is not asked again until a number of it changes\.$/);
    await bench.read();
    assert.deepEqual(await bench.open(), []);
    const card = await arjun.say(`finding ${finding}`);
    assert.match(shown(card), /Left it as it is: Arjun Mehta, 21 Nov 2026/);
    assert.ok(!buttons(card).some((title) => /Set|Give|Leave|Snooze/.test(title)));

    const another = await has(MESSAGING, 13);
    assert.notEqual(another, finding);
    assert.deepEqual(await bench.open(), ['quantity']);
    await arjun.press(await arjun.say(`finding ${another}`), 'Leave it so');
  });

  test('opened again: it can be answered once more', async () => {
    const finding = await bench.found('quantity');
    const reopened = await arjun.press(await arjun.say(`finding ${finding}`), 'Open again');
    assert.match(reopened.text, /waits for an answer again/);
    assert.deepEqual(await bench.open(), ['quantity']);
  });

  test('snoozed: it is asked again when its time has come', async () => {
    const finding = await bench.found('quantity');
    const card = await arjun.say(`finding ${finding}`);
    const snoozed = await arjun.press(card, 'Snooze', { until: 'week' });
    assert.match(snoozed.text, /is asked again on 28 Nov 2026/);
    await bench.read();
    assert.deepEqual(await bench.open(), []);
    const later = await arjun.say(`finding ${finding}`);
    assert.match(shown(later), /Put off until 28 Nov 2026.*: Arjun Mehta.*It is asked again on 28 Nov 2026/);
    // Who has changed their mind need not wait.
    assert.ok(buttons(later).includes('Set to 13 here'));
    bench.pass(7 * 24 * 60 + 5);
    assert.deepEqual(await bench.open(), ['quantity']);
    bench.pass(-7 * 24 * 60 - 5);

    await arjun.press(await arjun.say(`finding ${finding}`), 'Snooze', { until: 'run' });
    const { until } = await bench.remembered(finding);
    assert.equal(until?.toISOString(), '2026-11-25T06:00:00.000Z');
    await arjun.press(await arjun.say(`finding ${finding}`), 'Open again');
  });

  test('pressed twice it is done once; of two people the second hears of the first', async () => {
    const finding = await bench.found('quantity');
    const confirm = await arjun.press(await arjun.say(`finding ${finding}`), 'Set to 13 here');
    const other = await nora.press(await nora.say(`finding ${finding}`), 'Set to 13 here');
    const done = await arjun.press(confirm, 'Set it');
    assert.deepEqual(await arjun.press(confirm, 'Set it'), done);
    const late = await nora.press(other, 'Set it');
    assert.match(late.text, /^Arjun Mehta has answered this already\. Nothing was changed\./);
    assert.equal((await bench.ours(MESSAGING)).units, 13);
    assert.equal((await bench.history()).filter((line) => line.includes('to 13 units')).length, 1);
  });

  test('at the same moment: one of them does it', async () => {
    const finding = await has(MESSAGING, 14);
    const [one, other] = [
      await arjun.press(await arjun.say(`finding ${finding}`), 'Set to 14 here'),
      await nora.press(await nora.say(`finding ${finding}`), 'Set to 14 here'),
    ];
    const replies = await Promise.all([arjun.press(one, 'Set it'), nora.press(other, 'Set it')]);
    assert.equal(replies.filter(({ text }) => text.startsWith('Set Universal')).length, 1);
    assert.equal(replies.filter(({ text }) => text.includes('has answered this already')).length, 1);
    assert.equal((await bench.ours(MESSAGING)).units, 14);
  });

  test('a reseller answers for its own customers only', async () => {
    await bench.write(sql`insert into ledger_tenants (domain, account_id, admin_user_name, alternative_email)
      values ('fabrikam.onmicrosoft.com', null, 'admin', 'frank@fabrikam.example')`);
    await bench.write(sql`insert into ledger_subscriptions (id, account_id, domain, sku, quantity, status)
      values ('sub-fabrikam', null, 'fabrikam.onmicrosoft.com', 'O365-E5', 6, 'active')`);
    await bench.write(sql`insert into domains (domain, organization_id)
      select 'fabrikam.onmicrosoft.com', id from organizations where name = 'Fabrikam' on conflict do nothing`);
    await bench.read();
    const finding = await bench.found('unknown');
    assert.match(shown(await arjun.say(`finding ${finding}`)), /^Fabrikam/);
    const none = `There is no finding “${finding}” that you can see. The list shows every finding with its number.`;
    assert.equal((await nora.say(`finding ${finding}`)).text, none);
    assert.equal((await nora.submit('findings.answer', { finding, how: 'leave' })).text, none);
    assert.equal((await nora.submit('findings.snooze', { finding, until: 'day' })).text, none);
    assert.equal((await bench.remembered(finding)).answer, null);
  });

  test('a customer has no findings', async () => {
    const finding = await bench.found('quantity');
    for (const who of ['carla', 'chris'] as const) {
      assert.doesNotMatch((await bench.as(who).say(`finding ${finding}`)).text, /vendor/);
      const reply = await bench.as(who).submit('findings.answer', { finding, how: 'leave' });
      assert.doesNotMatch(reply.text, /vendor/);
    }
  });

  test('nor what was done about them, in the history', async () => {
    const { id } = await bench.db
      .selectFrom('history')
      .select('id')
      .where('kind', '=', 'finding')
      .orderBy('id', 'desc')
      .limit(1)
      .executeTakeFirstOrThrow();
    const done = /finding|vendor/i;
    const seller = bench.as('nora');
    for (const text of ['history 10023', 'history']) assert.match((await seller.say(text)).text, done);
    for (const reader of [bench.as('carla'), bench.as('chris'), bench.as('nora', channel('one'))])
      for (const text of ['history 10023', 'history', `undo ${id}`])
        assert.doesNotMatch(written(await reader.say(text)), done, text);
  });

  test('what was done last is not passed over, so that nothing earlier is undone', async () => {
    const here = bench.as('arjun', channel('licences'));
    const finding = await has(MESSAGING, 15);
    await here.say('note 10023 Seen');
    await here.say(`finding ${finding} leave`);
    assert.match(
      (await here.say('undo')).text,
      /^Your last change here can’t be undone: Left it as it is \(finding \d+/,
    );
  });

  test('what it is bought for is told to who sells, where nobody reads along', async () => {
    const finding = await has(MANY, 2100);
    assert.match(shown(await nora.say(`finding ${finding}`)), /Purchase price/);
    const there = bench.as('arjun', channel('licences'));
    const inChannel = await there.say(`finding ${finding}`);
    assert.doesNotMatch(written(inChannel), /purchase/i);
    assert.equal(inChannel.audience, 'asker');
  });

  test('accepted: what the vendor says is taken, after a look', async () => {
    const finding = await bench.found('quantity');
    const confirm = await arjun.submit('findings.answer', { finding, how: 'accept' });
    assert.match(shown(confirm), /Set 10024\/1 to 2,100 units here\?/);
    await arjun.press(confirm, 'Set it');
    assert.equal((await bench.ours(MANY)).units, 2100);
  });

  test('what the buttons do can be typed as well', async () => {
    const finding = await has(MANY, 2200);
    const confirm = await arjun.say(`finding ${finding} accept`);
    assert.match(shown(confirm), /Set 10024\/1 to 2,200 units here\?/);
    assert.match((await arjun.say(`finding ${finding} snooze week`)).text, /is asked again on 28 Nov 2026/);
    assert.match((await arjun.say(`finding ${finding} leave`)).text, /^Left it as it is/);
    const unclear = await arjun.say(`finding ${finding} whatever`);
    assert.match(
      unclear.text,
      /^“whatever” is not an answer\. Say accept, leave, or snooze with day, week, run or renewal\.\n/,
    );
  });

  test('put off until what is no time, or no time of it: nothing is done', async () => {
    const finding = await has(MANY, 2300);
    const words = 'Say snooze with day, week, run or renewal\\. Nothing was changed\\.';
    const month = await arjun.say(`finding ${finding} snooze month`);
    assert.match(month.text, new RegExp(`^“month” is not a time\\. ${words}`));
    const pressed = await arjun.submit('findings.snooze', { finding, until: 'month' });
    assert.match(pressed.text, new RegExp(`^“month” is not a time\\. ${words}`));
    assert.match(
      (await arjun.submit('findings.snooze', { finding })).text,
      new RegExp(`^Until when\\? ${words}`),
    );
    const renewal = await arjun.say(`finding ${finding} snooze renewal`);
    assert.match(renewal.text, /^It waits for no renewal\. Nothing was changed\./);
    assert.equal((await bench.remembered(finding)).answer, null);
    assert.match((await arjun.say(`finding ${finding} snooze`)).text, /is asked again on 22 Nov 2026/);
  });

  test('which deed it was is kept; what was done and is found again is asked again, what was left is not', async () => {
    const deedOf = async (finding: string) => {
      const { deed } = await bench.db
        .selectFrom('findings')
        .select('deed')
        .where('id', '=', Number(finding))
        .executeTakeFirstOrThrow();
      return deed;
    };
    const finding = await has(WEBEX, 4);
    await arjun.press(await arjun.submit('findings.answer', { finding, how: 'adopt' }), 'Set it');
    assert.equal(await deedOf(finding), 'adopt');
    const back = await has(WEBEX, 2);
    await arjun.press(await arjun.submit('findings.answer', { finding: back, how: 'adopt' }), 'Set it');

    assert.equal(await has(WEBEX, 4), finding);
    assert.equal((await bench.remembered(finding)).answer, null);
    await arjun.say(`finding ${finding} leave`);
    assert.equal(await deedOf(finding), 'leave');
    await has(WEBEX, 2);
    await has(WEBEX, 4);
    assert.equal((await bench.remembered(finding)).answer, 'accepted');
    await arjun.press(await arjun.say(`finding ${finding}`), 'Open again');
    await arjun.say(`finding ${finding} snooze`);
    assert.equal(await deedOf(finding), null);
  });

  test('what is no finding', async () => {
    for (const typed of ['finding', 'finding x', 'finding 999999', 'finding 99999999999'])
      assert.match((await arjun.say(typed)).text, /There is no finding|Which finding\?/);
  });
});
