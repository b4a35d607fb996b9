import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import { buttons, shown } from '../../../chat/reading.ts';
import { onBothEngines } from '../../../support/database.ts';
import type { Speaker } from '../../../support/talk.ts';
import { type Bench, idOf, MESSAGING, OFFICE, openBench, WEBEX } from './support.ts';

onBothEngines('a difference that comes back', (engine) => {
  let bench: Bench;
  let arjun: Speaker;
  before(async () => {
    bench = await openBench(engine);
    arjun = bench.as('arjun');
  });
  after(() => bench.close());

  const there = async (ref: string, change: { quantity?: number; status?: string; sku?: string }) => {
    for (const [column, value] of Object.entries(change))
      await bench.write(
        sql`update ledger_subscriptions set ${sql.ref(column)} = ${value} where id = ${idOf(ref)}`,
      );
    await bench.read();
  };
  /** Presses what is on the card of the finding that was found last, and confirms it. */
  const answer = async (kind: string, button: string, yes: string) => {
    const finding = await bench.found(kind);
    const card = await arjun.say(`finding ${finding}`);
    const reply = await arjun.press(card, button);
    if (buttons(reply).includes(yes)) await arjun.press(reply, yes);
    assert.notEqual((await bench.remembered(finding)).answer, null, shown(reply));
    return finding;
  };

  test('is asked again after it was adopted, however often', async () => {
    await there(OFFICE, { status: 'suspended' });
    const first = await answer('status', 'Set to suspended here', 'Set it');
    await there(OFFICE, { status: 'active' });
    await answer('status', 'Set to active here', 'Set it');
    await bench.read();
    assert.deepEqual(await bench.open(), []);
    await there(OFFICE, { status: 'suspended' });
    assert.equal(await bench.found('status'), first);
    assert.deepEqual(await bench.open(), ['status']);
    assert.deepEqual(await bench.remembered(first), {
      answer: null,
      by: null,
      until: null,
      note: null,
      order: null,
    });
    assert.match((await arjun.say('findings')).text, /^1 finding: 1 status/);
    await there(OFFICE, { status: 'active' });
  });

  test('in units too, as in what was changed back here', async () => {
    await there(MESSAGING, { quantity: 12 });
    await answer('quantity', 'Set to 12 here', 'Set it');
    await there(MESSAGING, { quantity: 10 });
    await answer('quantity', 'Set to 10 here', 'Set it');
    await there(MESSAGING, { quantity: 12 });
    assert.deepEqual(await bench.open(), ['quantity']);
    await there(MESSAGING, { quantity: 10 });
    assert.deepEqual(await bench.open(), []);
  });

  test('of users whom we have taken over', async () => {
    const alice = sql`subscription_id = ${idOf(WEBEX)} and user_name = 'alice@contoso.example'`;
    const had = (await bench.theirs(WEBEX)).users['alice@contoso.example'] ?? 0;
    assert.ok(had > 0);
    await bench.write(sql`delete from ledger_assignments where ${alice}`);
    await bench.read();
    await answer('assignments', 'Take it over', 'Take it over');
    await bench.told(WEBEX);
    await bench.read();
    assert.deepEqual(await bench.open(), []);
    await arjun.say(`associate ${WEBEX} alice@contoso.example ${had}`);
    await bench.told(WEBEX);
    await bench.write(sql`delete from ledger_assignments where ${alice}`);
    await bench.read();
    assert.deepEqual(await bench.open(), ['assignments']);
    await bench.write(sql`insert into ledger_assignments (subscription_id, user_name, units)
      values (${idOf(WEBEX)}, 'alice@contoso.example', ${had})`);
    await bench.read();
  });

  test('is not asked again where it was left so', async () => {
    await there(MESSAGING, { quantity: 11 });
    await answer('quantity', 'Leave it so', 'Leave it so');
    await there(MESSAGING, { quantity: 10 });
    await there(MESSAGING, { quantity: 11 });
    assert.deepEqual(await bench.open(), []);
    await there(MESSAGING, { quantity: 10 });
  });

  test('what is left so is asked again when it grows, as it is said then', async () => {
    const untold = async (kind: string, sentence: RegExp) => {
      const finding = await bench.found(kind);
      assert.match(
        shown(await arjun.say(`finding ${finding}`)),
        new RegExp(`is not asked ${sentence.source}`),
      );
      const left = await arjun.say(`finding ${finding} leave`);
      assert.match(left.text, new RegExp(`It is not asked ${sentence.source}`));
      await bench.read();
      assert.deepEqual(await bench.open(), []);
    };
    await bench.write(sql`insert into ledger_subscriptions (id, account_id, domain, sku, quantity, status)
      values ('sub-stray', null, 'contoso.onmicrosoft.com', 'NO-SUCH', 14, 'active')`);
    await bench.read();
    await untold('unknown', /again until its units or its article number change\./);
    await bench.write(sql`update ledger_subscriptions set quantity = 500 where id = 'sub-stray'`);
    await bench.read();
    assert.deepEqual(await bench.open(), ['unknown']);
    await bench.write(sql`delete from ledger_subscriptions where id = 'sub-stray'`);

    await there(OFFICE, { status: 'suspended' });
    await untold('status', /again until a status changes, or the units at the vendor\./);
    await bench.write(
      sql`update subscriptions set quantity = 6 where provider_subscription = ${idOf(OFFICE)}`,
    );
    await bench.write(sql`update services set units = 6
      where id = (select service_id from subscriptions where provider_subscription = ${idOf(OFFICE)})`);
    await there(OFFICE, { quantity: 6 });
    assert.deepEqual(await bench.open(), ['status']);
    await there(OFFICE, { status: 'active' });

    await there(OFFICE, { sku: 'E3-NEW' });
    await untold('product', /again until an article number changes\./);
    await there(OFFICE, { sku: 'O365-E3' });

    await bench.write(sql`delete from ledger_assignments where subscription_id = ${idOf(OFFICE)}`);
    await bench.write(sql`delete from ledger_subscriptions where id = ${idOf(OFFICE)}`);
    await bench.read();
    await untold('missing', /again until its units change\./);
    await bench.write(sql`update services set units = 500
      where id = (select service_id from subscriptions where provider_subscription = ${idOf(OFFICE)})`);
    await bench.read();
    assert.deepEqual(await bench.open(), ['missing']);
  });
});
