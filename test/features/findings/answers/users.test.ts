import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import { buttons, rows, shown } from '../../../chat/reading.ts';
import { onBothEngines } from '../../../support/database.ts';
import type { Speaker } from '../../../support/talk.ts';
import { type Bench, idOf, MESSAGING, numberIn, OFFICE, openBench, TEXTS, WEBEX } from './support.ts';

const [ALICE, BOB, CAROL, ZOE] = ['alice', 'bob', 'carol', 'zoe'].map(
  (name) => `${name}@contoso.example`,
) as [string, string, string, string];

onBothEngines('the vendor has other users', (engine) => {
  let bench: Bench;
  let arjun: Speaker;
  before(async () => {
    bench = await openBench(engine);
    arjun = bench.as('arjun');
  });
  after(() => bench.close());

  const gives = (ref: string, user: string, units: number) =>
    bench.write(sql`
      insert into ledger_assignments (subscription_id, user_name, units) values (${idOf(ref)}, ${user}, ${units})
      on conflict (subscription_id, user_name) do update set units = excluded.units`);
  const takes = (ref: string, user: string) =>
    bench.write(
      sql`delete from ledger_assignments where subscription_id = ${idOf(ref)} and user_name = ${user}`,
    );
  const press = async (kind: string, title: string) =>
    arjun.press(await arjun.say(`finding ${await bench.found(kind)}`), title);

  test('taken over: who is only there is made here, who is only here loses it', async () => {
    await gives(MESSAGING, ZOE, 3);
    await gives(MESSAGING, ALICE, 1);
    await takes(MESSAGING, BOB);
    await bench.read();
    const card = await arjun.say(`finding ${await bench.found('assignments')}`);
    assert.deepEqual(rows(card).slice(1), [
      [ALICE, '2', '1'],
      [BOB, '1', '0'],
      [ZOE, '0', '3'],
    ]);
    const confirm = await arjun.press(card, 'Take it over');
    assert.match(shown(confirm), /here 1 user gets more units, 2 lose some/);
    await arjun.press(confirm, 'Take it over');
    const users = { [ALICE]: 1, [ZOE]: 3 };
    assert.deepEqual((await bench.ours(MESSAGING)).users, users);
    await bench.told(MESSAGING);
    assert.deepEqual((await bench.theirs(MESSAGING)).users, users);
    assert.match(
      (await bench.history()).at(-1) ?? '',
      /Took over from the vendor who has UniversalMessaging/,
    );
    await bench.read();
    assert.deepEqual(await bench.open(), []);
  });

  test('told: our books are right, and the vendor does as they say', async () => {
    await gives(MESSAGING, CAROL, 2);
    await takes(MESSAGING, ALICE);
    await bench.read();
    const ours = (await bench.ours(MESSAGING)).users;
    const confirm = await press('assignments', 'Tell the vendor');
    assert.match(shown(confirm), /at the vendor 1 user gets more units, 1 loses some\. Nothing changes here/);
    await arjun.press(confirm, 'Tell the vendor');
    await bench.told(MESSAGING);
    assert.deepEqual((await bench.theirs(MESSAGING)).users, ours);
    assert.deepEqual((await bench.ours(MESSAGING)).users, ours);
    await bench.read();
    assert.deepEqual(await bench.open(), []);
  });

  test('told in vain: it is asked again', async () => {
    await gives(MESSAGING, CAROL, 2);
    await bench.read();
    const finding = await bench.found('assignments');
    await arjun.press(await press('assignments', 'Tell the vendor'), 'Tell the vendor');
    await bench.told(MESSAGING);
    assert.equal((await bench.remembered(finding)).answer, 'ordered');
    // The vendor gives it once more.
    await gives(MESSAGING, CAROL, 2);
    await bench.read();
    assert.equal((await bench.remembered(finding)).answer, null);
    assert.deepEqual(await bench.open(), ['assignments']);
    await takes(MESSAGING, CAROL);
    await bench.read();
  });

  test('too few free units: not taken over; more can be ordered', async () => {
    await gives(WEBEX, ZOE, 1);
    await bench.read();
    const card = await arjun.say(`finding ${await bench.found('assignments')}`);
    assert.match(shown(card), /To take it over 1 unit would have to be free here; 0 are/);
    assert.deepEqual(buttons(card), [
      'Tell the vendor',
      'Leave it so',
      'Snooze',
      'Order 1 more',
      `Over-assigned (${await bench.found('over-assigned')})`,
      'Findings',
    ]);
    const refused = await arjun.submit('findings.answer', {
      finding: await bench.found('assignments'),
      how: 'takeover',
      basis: '',
    });
    assert.match(refused.text, /^That can’t be done about it now/);
  });

  test('over-assigned: what is missing is ordered', async () => {
    const finding = await bench.found('over-assigned');
    const order = await press('over-assigned', 'Order 1 more');
    assert.match(shown(order), /Increase of 10023\/3 from 2 to 3/);
    const number = numberIn(order);
    assert.equal((await bench.remembered(finding)).order, Number(number));
    // As long as the order is in the basket it is not asked again.
    await bench.read();
    assert.deepEqual(await bench.open(), ['assignments']);
    assert.match(
      shown(await arjun.say(`finding ${finding}`)),
      new RegExp(`Began order ${number} for Webex Suite`),
    );

    await arjun.press(order, 'Place order', TEXTS);
    await bench.ended(number);
    assert.equal((await bench.theirs(WEBEX)).quantity, 3);
    await bench.read();
    assert.deepEqual(await bench.open(), ['assignments']);
    // Now there is room for her.
    await arjun.press(await press('assignments', 'Take it over'), 'Take it over');
    assert.deepEqual((await bench.ours(WEBEX)).users, { [ALICE]: 1, [BOB]: 1, [ZOE]: 1 });
  });

  test('more units than a user may have: the way to what they have here', async () => {
    await bench.told(WEBEX);
    await gives(OFFICE, ALICE, 2);
    await bench.read();
    const card = await arjun.say(`finding ${await bench.found('units')}`);
    assert.match(shown(card), /1 user has more than 1 unit of Office 365 E3/);
    assert.match(shown(card), /alice@contoso\.example/);
    const released = await arjun.press(card, `Release from ${ALICE}`);
    assert.match(released.text, /Released 1 from alice/);
    // By hand that can't be taken over: nobody may have two.
    await bench.told(OFFICE);
    await gives(OFFICE, ALICE, 2);
    await bench.read();
    const users = await arjun.say(`finding ${await bench.found('assignments')}`);
    assert.match(shown(users), /one user can have 1 unit, and alice@contoso\.example would have more/);
  });
});
