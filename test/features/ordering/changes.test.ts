import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type CalmTalk, openCalmTalk } from '../../chat/calm.ts';
import { buttons, choices, errorAt, rows, shown } from '../../chat/reading.ts';
import { onBothEngines } from '../../support/database.ts';
import type { Speaker } from '../../support/talk.ts';
import { addOrder } from '../orders/stock.ts';
import { linesOf, numberIn, orderOf, subscriptionOf } from './support.ts';

const TEXTS = { description: 'Change', payment: '' };

onBothEngines('changing a subscription', (engine) => {
  let talk: CalmTalk;
  let nora: Speaker;
  let carla: Speaker;
  before(async () => {
    talk = await openCalmTalk(engine);
    nora = talk.as('nora');
    carla = talk.as('carla');
  });
  after(() => talk.close());

  test('more units: shows before, after and the difference, and places it', async () => {
    const form = await nora.say('increase 10023/1');
    assert.deepEqual(
      choices(form, 'service').map(({ value }) => value),
      ['10023/1', '10023/2', '10023/3', '10024/1'],
    );
    const wrong = await nora.press(form, 'Next', { service: '10023/1', quantity: 'many' });
    assert.match(errorAt(wrong, 'quantity') ?? '', /“many” is not a whole number/);
    const confirm = await nora.press(wrong, 'Next', { service: '10023/1', quantity: '4' });
    assert.match(shown(confirm), /Increase of 10023\/1 from 10 to 14/);
    assert.match(shown(confirm), /€19\.90 per month before, €27\.86 after/);
    assert.match(shown(confirm), /Change per month: \+€7\.96/);
    const number = numberIn(confirm);
    const { id } = await subscriptionOf(talk.db, 10023, 1);
    assert.deepEqual(
      (await linesOf(talk.db, number)).map(({ kind, quantity, subscription_id }) => [
        kind,
        quantity,
        subscription_id,
      ]),
      [['increase', 4, id]],
    );
    // Asked once more it is the same order of the basket.
    assert.equal(numberIn(await nora.say('increase 10023/1 5')), number);
    const placed = await nora.press(await nora.say(`checkout ${number}`), 'Place order', TEXTS);
    assert.match(placed.text, /of Contoso: /);
    assert.equal((await orderOf(talk.db, number)).cost_minor, 995);
  });

  test('after a reconciliation says what is bought and what is billed, and that bought units have no user', async () => {
    const { id } = await subscriptionOf(talk.db, 10023, 2);
    const bill = (quantity: number) =>
      talk.db.updateTable('subscriptions').set({ quantity }).where('id', '=', id).execute();
    await bill(2);

    const confirm = await nora.say('increase 10023/2 4');

    const text = shown(confirm);
    assert.match(text, /Increase of 10023\/2 from 5 to 9 bought/);
    assert.match(text, /Billed: 2, then 6/);
    assert.match(text, /€44\.00 per month before, €132\.00 after/);
    assert.match(
      text,
      /3 of the 5 units of Office 365 E3 \(10023\/2\) that are bought are free: nobody has them\./,
    );
    const typed = { description: 'For the new office', payment: 'PO 4711' };
    const form = await nora.press(confirm, 'Associate 10023/2', typed);
    assert.equal(form.text, 'Associate users with a service');
    const again = JSON.stringify((await nora.say(`checkout ${numberIn(confirm)}`)).card);
    for (const text of Object.values(typed)) assert.match(again, new RegExp(text));
    await bill(5);
    assert.match(shown(await nora.say('increase 10023/2 4')), /Increase of 10023\/2 from 5 to 9\n(?!Billed)/);
    const none = await nora.say('increase 10023/3 1');
    assert.doesNotMatch(shown(none), /nobody has them/);
    for (const made of [confirm, none]) await nora.say(`discard ${numberIn(made)}`);
  });

  test('of machines says nothing of units that nobody has, nor how to give them out', async () => {
    await addOrder(talk.db, { number: 10401, of: 'Contoso', services: [['Azure Pack virtual machines', 2]] });
    const { id, organization_id } = await talk.db
      .selectFrom('services as s')
      .innerJoin('orders as o', 'o.id', 's.order_id')
      .select(['s.id', 'o.organization_id'])
      .where('o.number', '=', 10401)
      .executeTakeFirstOrThrow();
    await talk.db
      .insertInto('subscriptions')
      .values({
        organization_id,
        service_id: id,
        quantity: 2,
        status: 'active',
        admin_email: 'carla@contoso.example',
        first_name: 'Carla',
        last_name: 'Diaz',
        price_minor: 25_000,
        currency: 'EUR',
        configuration: null,
      })
      .execute();

    const confirm = await nora.say('increase 10401/1 1');

    assert.match(shown(confirm), /Increase of 10401\/1 from 2 to 3/);
    assert.doesNotMatch(shown(confirm), /nobody has them/);
    assert.ok(!buttons(confirm).includes('Associate 10401/1'));
    await nora.say(`discard ${numberIn(confirm)}`);
  });

  test('of a customer admin: more needs an approval, fewer do not', async () => {
    const more = await carla.say('increase 10024/1 1');
    assert.match(shown(more), /Approval: Needed, by Northwind Partners/);
    assert.doesNotMatch(JSON.stringify(more), /Purchase|Margin/);
    const asked = await carla.press(more, 'Ask for approval', TEXTS);
    assert.match(asked.text, /waits for approval/);
    const second = await carla.say('decrease 10024/1 10');
    assert.match(second.text, /changes 10024\/1 already and waits for approval\. One change at a time\./);
    assert.ok(buttons(second).includes(`Order ${numberIn(asked)}`));

    await talk.db.updateTable('approvals').set({ state: 'refused' }).execute();
    await talk.db
      .updateTable('orders')
      .set({ status: 'Draft' })
      .where('number', '=', Number(numberIn(asked)))
      .execute();
    const fewer = await carla.say('decrease 10024/1 10');
    assert.doesNotMatch(shown(fewer), /Approval/);
    assert.match((await carla.press(fewer, 'Place order', TEXTS)).text, /of Contoso: /);
  });

  test('one at a time: another is refused while one runs', async () => {
    await addOrder(talk.db, { number: 10301, of: 'Contoso', status: 'In progress', changes: ['increase'] });
    const { id } = await orderOf(talk.db, 10301);
    const { id: subscription_id } = await subscriptionOf(talk.db, 10023, 3);
    await talk.db
      .updateTable('requested_changes')
      .set({ subscription_id })
      .where('order_id', '=', id)
      .execute();
    const refused = await nora.say('increase 10023/3 1');
    assert.match(refused.text, /Order 10301 changes 10023\/3 already and runs/);
    await talk.db.updateTable('orders').set({ status: 'Completed' }).where('id', '=', id).execute();
    assert.match((await nora.say('increase 10023/3 1')).text, /Place order/);
  });

  test('fewer units: never those that users have', async () => {
    const refused = await nora.say('decrease 10023/2 4');
    assert.match(refused.text, /has 3 free units; 2 are with users\. Release 1 first\./);
    assert.ok(buttons(refused).includes('Users of 10023/2'));
    const all = await nora.say('decrease 10023/2 5');
    assert.match(errorAt(all, 'quantity') ?? '', /at least one stays/);
  });

  test('fewer units of a yearly commitment: only those of the last seven days, or at renewal', async () => {
    const { id: subscription_id } = await subscriptionOf(talk.db, 10023, 2);
    await talk.db.deleteFrom('seat_lots').where('subscription_id', '=', subscription_id).execute();
    const renews_at = new Date('2027-09-14T09:30:00Z');
    await talk.db.updateTable('subscriptions').set({ renews_at }).where('id', '=', subscription_id).execute();
    const none = await nora.say('decrease 10023/2 1');
    assert.match(
      errorAt(none, 'quantity') ?? '',
      /No unit can be given back now, only at renewal on 14 Sep 2027/,
    );

    const added_at = new Date('2026-11-20T09:00:00Z');
    await talk.db.insertInto('seat_lots').values({ subscription_id, quantity: 2, added_at }).execute();
    const some = await nora.say('decrease 10023/2 3');
    assert.match(
      errorAt(some, 'quantity') ?? '',
      /2 units can be given back now \(until 27 Nov 2026\); the others at renewal on 14 Sep 2027/,
    );
    const confirm = await nora.say('decrease 10023/2 2');
    assert.match(shown(confirm), /Decrease of 10023\/2 from 5 to 3/);
    assert.match(shown(confirm), /Change per month: −€44\.00/);

    // A week later the confirmation is still there; the window is not.
    talk.pass(7 * 24 * 60);
    const late = await nora.press(confirm, 'Place order', TEXTS);
    assert.match(late.text, /No unit can be given back now/);
    assert.equal((await orderOf(talk.db, numberIn(confirm))).status, 'Started');
    await nora.say(`discard ${numberIn(confirm)}`);
  });

  test('suspended and resumed', async () => {
    const confirm = await nora.say('suspend 10023/3');
    assert.match(shown(confirm), /While Webex Suite is suspended its users can’t use it/);
    assert.match(shown(confirm), /€25\.00 per month before, €0\.00 after/);
    assert.match((await nora.press(confirm, 'Place order', TEXTS)).text, /of Contoso: /);

    const { id } = await subscriptionOf(talk.db, 10023, 3);
    await talk.db
      .updateTable('orders')
      .set({ status: 'Completed' })
      .where('status', '=', 'In progress')
      .execute();
    await talk.db.updateTable('subscriptions').set({ status: 'suspended' }).where('id', '=', id).execute();
    assert.match((await nora.say('suspend 10023/3')).text, /is suspended already/);
    assert.match((await nora.say('increase 10023/3 1')).text, /is suspended\. Resume it first/);
    const what = await nora.say('resume');
    assert.ok(buttons(what).includes('10023/3 · Webex Suite'));
    assert.match(shown(await nora.press(what, '10023/3 · Webex Suite')), /Change per month: \+€25\.00/);
  });

  test('as the draft 10027 says: the subscription is the one of that product', async () => {
    const resumed = await carla.say('resume 10027');
    assert.match(rows(resumed)[0]?.[0] ?? '', /Increase of 10023\/2 from 5 to 8/);
    const { id } = await subscriptionOf(talk.db, 10023, 2);
    assert.equal((await linesOf(talk.db, 10027))[0]?.subscription_id, id);
    const asked = await carla.press(await carla.press(resumed, 'Check out'), 'Ask for approval', TEXTS);
    assert.match(asked.text, /Order 10027 of Contoso waits for approval/);
  });

  test('as a draft says that fits several: one is chosen', async () => {
    await addOrder(talk.db, { number: 10302, of: 'Contoso', status: 'Draft', changes: ['increase'] });
    const { id } = await orderOf(talk.db, 10302);
    const messaging = (
      await talk.db.selectFrom('products').select('id').where('sku', '=', 'UM-SB-1').executeTakeFirstOrThrow()
    ).id;
    await talk.db
      .updateTable('requested_changes')
      .set({ product_id: messaging, quantity: 7 })
      .where('order_id', '=', id)
      .execute();
    const which = await nora.say('resume 10302');
    assert.match(which.text, /Which subscription of UniversalMessaging/);
    const choice = buttons(which).find((title) => title.startsWith('10024/1')) ?? '';
    assert.match(rows(await nora.press(which, choice))[0]?.[0] ?? '', /Increase of 10024\/1/);
  });

  for (const [command, answer] of [
    ['increase 10099/1 3', /There is no subscription “10099\/1”/],
    ['decrease webex', /There is no subscription “webex”/],
    ['increase 10023/1 100000', /100,000 are the most/],
    ['resume 10099', /There is no order 10099/],
    ['discard', /Which order\?/],
  ] as const) {
    test(`${command} says what is wrong`, async () => {
      assert.match((await nora.say(command)).text, answer);
    });
  }

  test('is not for another customer’s subscription', async () => {
    const other = await talk.db
      .selectFrom('organizations')
      .select('id')
      .where('name', '=', 'Fabrikam')
      .executeTakeFirstOrThrow();
    const { id } = await subscriptionOf(talk.db, 10023, 1);
    await talk.db
      .updateTable('subscriptions')
      .set({ organization_id: other.id })
      .where('id', '=', id)
      .execute();
    assert.match((await carla.say('increase 10023/1 1')).text, /There is no subscription/);
    const sent = await carla.submit('ordering.change', {
      kind: 'increase',
      service: '10023/1',
      quantity: '1',
    });
    assert.match(sent.text, /There is no subscription/);
  });
});
