import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import { type Asked, findMember } from '../../../../src/bot/index.ts';
import type { Place } from '../../../../src/chat/place.ts';
import { loadCase } from '../../../../src/features/findings/answers/case.ts';
import { carryOut } from '../../../../src/features/findings/answers/effects.ts';
import { buttons, choices, rows, shown } from '../../../chat/reading.ts';
import { onBothEngines } from '../../../support/database.ts';
import { PEOPLE, type Speaker } from '../../../support/talk.ts';
import { addOrder } from '../../orders/stock.ts';
import { type Bench, idOf, MANY, MESSAGING, numberIn, OFFICE, openBench, TEXTS, WEBEX } from './support.ts';

onBothEngines('other answers', (engine) => {
  let bench: Bench;
  let arjun: Speaker;
  before(async () => {
    bench = await openBench(engine);
    arjun = bench.as('arjun');
  });
  after(() => bench.close());

  const card = async (kind: string) => arjun.say(`finding ${await bench.found(kind)}`);
  const press = async (kind: string, title: string) => arjun.press(await card(kind), title);
  const readIdle = async () => bench.read(3);
  /** Of these the idle units are accepted, so that others are looked at. */
  const findingOf = async (kind: string, ref: string) => {
    const { id } = await bench.db
      .selectFrom('findings')
      .select('id')
      .where('kind', '=', kind)
      .where('provider_subscription', '=', idOf(ref))
      .orderBy('id', 'desc')
      .limit(1)
      .executeTakeFirstOrThrow();
    return id;
  };

  test('idle units of a monthly commitment: all of them are given back', async () => {
    await readIdle();
    const finding = await findingOf('idle', MESSAGING);
    const one = await arjun.say(`finding ${finding}`);
    assert.match(shown(one), /7 of 10 units of UniversalMessaging .* are idle/);
    const order = await arjun.press(one, 'Release 7 idle units');
    assert.match(shown(order), /Decrease of 10023\/1 from 10 to 3/);
    const { answer, order: begun } = await bench.remembered(String(finding));
    assert.deepEqual([answer, begun], ['released', Number(numberIn(order))]);
    await arjun.press(order, 'Place order', TEXTS);
    await bench.ended(numberIn(order));
    assert.equal((await bench.ours(MESSAGING)).units, 3);
    assert.equal((await bench.theirs(MESSAGING)).quantity, 3);
  });

  test('an order that was discarded has not helped: it is asked again', async () => {
    const finding = String(await findingOf('idle', MANY));
    const order = await arjun.press(await arjun.say(`finding ${finding}`), 'Release 1,999 idle units');
    await readIdle();
    assert.equal((await bench.remembered(finding)).answer, 'released');
    await arjun.say(`discard ${numberIn(order)}`);
    await readIdle();
    assert.equal((await bench.remembered(finding)).answer, null);
  });

  test('idle units also where less than all was billed', async () => {
    const finding = String(await findingOf('idle', MANY));
    await arjun.say('reconcile now');
    await readIdle();
    const order = await arjun.press(await arjun.say(`finding ${finding}`), 'Release 1,999 idle units');
    assert.match(shown(order), /Decrease of 10024\/1 from 2,000 to 1/);
    await arjun.say(`discard ${numberIn(order)}`);
  });

  test('idle units of a yearly commitment: as many as its window allows, and when the others', async () => {
    const subscription = sql`(select id from subscriptions where provider_subscription = ${idOf(OFFICE)})`;
    await bench.write(sql`update seat_lots set quantity = 3 where subscription_id = ${subscription}`);
    await bench.write(sql`insert into seat_lots (subscription_id, quantity, added_at)
      values (${subscription}, 2, '2026-11-20T09:00:00Z')`);
    await bench.write(
      sql`update subscriptions set renews_at = '2027-09-14T09:30:00Z' where id = ${subscription}`,
    );
    await readIdle();
    const finding = String(await findingOf('idle', OFFICE));
    const one = await arjun.say(`finding ${finding}`);
    assert.match(
      shown(one),
      /2 of the 3 can be given back now, until 27 Nov 2026; the others when it renews, on 14 Sep 2027/,
    );
    assert.ok(buttons(one).includes('Release 2 idle units'));

    bench.pass(7 * 24 * 60);
    const late = await arjun.press(one, 'Release 2 idle units');
    assert.match(late.text, /^That can’t be done about it now/);
    assert.ok(!buttons(late).some((title) => title.startsWith('Release')));
    assert.deepEqual(choices(late, 'until')[0], { title: 'When it renews', value: 'renewal' });
    const snoozed = await arjun.press(late, 'Snooze', { until: 'renewal' });
    assert.match(snoozed.text, /is asked again on 14 Sep 2027, 00:00 UTC/);
    bench.pass(-7 * 24 * 60);
  });

  test('missing at the vendor: it is closed here, and nothing of it can be given away', async () => {
    await bench.write(sql`update ledger_subscriptions set status = 'deleted' where id = ${idOf(WEBEX)}`);
    await readIdle();
    const finding = String(await findingOf('missing', WEBEX));
    const confirm = await arjun.press(await arjun.say(`finding ${finding}`), 'Close it here');
    assert.match(shown(confirm), /2 users lose it here/);
    await arjun.press(confirm, 'Close it');
    assert.deepEqual(await bench.ours(WEBEX), { units: 0, quantity: 0, status: 'cancelled', users: {} });
    assert.match((await arjun.say('associate 10023/3 zoe@contoso.example')).text, /0 units are free/);
    await readIdle();
    assert.match(shown(await arjun.say(`finding ${finding}`)), /No longer found/);
  });

  test('there again after it was closed: it is taken up again, with what the vendor has', async () => {
    await bench.write(sql`update ledger_subscriptions set status = 'active' where id = ${idOf(WEBEX)}`);
    await readIdle();
    const confirm = await press('status', 'Set to active here');
    assert.match(shown(confirm), /Set 10023\/3 to active here with 2 units\?/);
    await arjun.press(confirm, 'Set it');
    const { units, quantity, status } = await bench.ours(WEBEX);
    assert.deepEqual({ units, quantity, status }, { units: 2, quantity: 0, status: 'active' });
  });

  test('unknown to us: a service of the customer stands for it', async () => {
    await addOrder(bench.db, { number: 10301, of: 'Contoso', services: [['Office 365 E3', 4]] });
    await bench.write(sql`
      insert into subscriptions (organization_id, service_id, quantity, status, admin_email, first_name, last_name,
        price_minor, currency)
      select organization_id, id, 4, 'active', 'carla@contoso.example', 'Carla', 'Diaz', 2200, 'EUR'
      from services where order_id = (select id from orders where number = 10301)`);
    await bench.write(sql`insert into ledger_subscriptions (id, account_id, domain, sku, quantity, status)
      values ('sub-found', null, 'contoso.onmicrosoft.com', 'O365-E3', 6, 'active')`);
    await readIdle();
    const finding = await bench.found('unknown');
    const confirm = await arjun.press(await card('unknown'), 'It is 10301/1');
    assert.match(shown(confirm), /Does 10301\/1 stand for it\?/);
    await arjun.press(confirm, 'Yes, it does');
    assert.equal((await bench.remembered(finding)).answer, 'accepted');
    assert.match((await arjun.say('history 10301')).text, /stands for it/);
    await readIdle();
    // Now it is compared with the vendor.
    const drift = await arjun.say(`finding ${await bench.found('quantity')}`);
    assert.deepEqual(rows(drift)[0], ['Units', '4', '6']);
    assert.match(shown(await arjun.say(`finding ${finding}`)), /No longer found/);
  });

  test('unknown to us, and not ours', async () => {
    await bench.write(sql`insert into ledger_subscriptions (id, account_id, domain, sku, quantity, status)
      values ('sub-of-nobody', null, null, 'O365-E5', 6, 'active')`);
    await readIdle();
    const finding = await bench.found('unknown');
    const one = await arjun.say(`finding ${finding}`);
    assert.match(shown(one), /^Nobody’s/);
    assert.match(shown(one), /no service here that could stand for it/);
    const done = await arjun.press(one, 'Not ours');
    assert.match(done.text, /not asked again/);
    await readIdle();
    assert.equal((await bench.remembered(finding)).answer, 'accepted');
    assert.match(shown(await arjun.say(`finding ${finding}`)), /Answered/);
  });

  test('another status: it is taken over, or the vendor is asked for ours', async () => {
    await bench.write(
      sql`update ledger_subscriptions set status = 'suspended' where id = ${idOf(MESSAGING)}`,
    );
    await readIdle();
    await arjun.press(await press('status', 'Set to suspended here'), 'Set it');
    assert.equal((await bench.ours(MESSAGING)).status, 'suspended');

    await bench.write(sql`update ledger_subscriptions set status = 'active' where id = ${idOf(MESSAGING)}`);
    await readIdle();
    const confirm = await press('status', 'Suspend it there');
    assert.match(shown(confirm), /10023\/1 is set to active first, as it is at the vendor/);
    const order = await arjun.press(confirm, 'Begin the order');
    assert.match(shown(order), /Suspend 10023\/1/);
    await arjun.press(order, 'Place order', TEXTS);
    await bench.ended(numberIn(order));
    assert.equal((await bench.ours(MESSAGING)).status, 'suspended');
    assert.equal((await bench.theirs(MESSAGING)).status, 'suspended');
  });

  test('another article number: the same product, which the provider alone can say', async () => {
    await bench.write(sql`update ledger_subscriptions set sku = 'E3-NEW' where id = ${idOf(OFFICE)}`);
    await readIdle();
    const finding = await bench.found('product');
    const nora = await bench.as('nora').say(`finding ${finding}`);
    assert.ok(!buttons(nora).includes('The same product'));
    assert.match(shown(nora), /only the provider can say/);
    const refused = await bench.as('nora').submit('findings.answer', { finding, how: 'same' });
    assert.match(refused.text, /^That can’t be done about it now/);

    const done = await press('product', 'The same product');
    assert.match(done.text, /“E3-NEW” is another name of Office 365 E3/);
    await readIdle();
    const left = await bench.db.selectFrom('findings').select('id').where('kind', '=', 'product').execute();
    assert.deepEqual(left, []);
    const aliases = await bench.db.selectFrom('product_aliases').select(['sku', 'added_by']).execute();
    assert.deepEqual(aliases, [{ sku: 'E3-NEW', added_by: 'Arjun Mehta' }]);
  });

  test('of two who say at once which product it is, the second is shown what it is now', async () => {
    await bench.write(sql`update ledger_subscriptions set sku = 'E3-NEWER' where id = ${idOf(OFFICE)}`);
    await readIdle();
    const finding = Number(await bench.found('product'));
    const { db } = bench;
    const person = { platform: 'test', id: 'arjun', name: 'arjun', email: PEOPLE.arjun };
    const member = await findMember(db, person);
    assert.ok(member);
    const place: Place = {
      platform: 'test',
      conversation: 'personal:arjun',
      kind: 'personal',
      name: 'arjun',
    };
    const asked: Asked = {
      ...bench.ctx(),
      actor: { kind: 'person', name: member.name, memberId: member.id, role: member.role },
      person,
      place,
      member,
      text: '',
      again: () => assert.fail('Nothing else is asked.'),
    };
    const kase = await loadCase(asked, finding, 'look');
    const proposal = kase?.advice.proposals.find(({ how }) => how === 'same');
    assert.ok(kase && proposal);
    const product = sql`(select id from products where name = 'Office 365 E5')`;
    await bench.write(sql`insert into product_aliases (provider, sku, product_id, added_by, added_at)
      values ('ledger', 'E3-NEWER', ${product}, 'Priya', now())`);
    const effect = await db
      .transaction()
      .execute((inside) =>
        carryOut({ ...asked, db: inside }, kase, proposal, { ref: OFFICE, product: 'Office 365 E3' }),
      );
    assert.equal(effect.answer, undefined);
    assert.match(effect.reply?.text ?? '', /^That can’t be done about it now\. Nothing was changed\./);
    assert.match(
      shown(effect.reply),
      /The vendor’s article is Office 365 E5 in our catalog: another product, not another name/,
    );
    assert.doesNotMatch((await bench.history()).join('\n'), /E3-NEWER/);
    await bench.write(sql`delete from product_aliases where sku = 'E3-NEWER'`);
  });

  test('the article number of another product is no other name', async () => {
    await bench.write(sql`update ledger_subscriptions set sku = 'O365-E5' where id = ${idOf(OFFICE)}`);
    await readIdle();
    const one = await card('product');
    assert.match(
      shown(one),
      /The vendor’s article is .*E5 in our catalog: another product, not another name/,
    );
    assert.ok(!buttons(one).includes('The same product'));
  });
});
