import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { features } from '../../../src/features.ts';
import { type CalmTalk, openCalmTalk } from '../../chat/calm.ts';
import { buttons, fields, rows, shown, written } from '../../chat/reading.ts';
import { onBothEngines } from '../../support/database.ts';
import { channel, type Post } from '../../support/talk.ts';
import { addStarted, addWaiting, askFor, historyOf, type Pending, stateOf, statusOf } from './support.ts';

const SWEEP = 'approvals.sweep';

onBothEngines('an order that waits for approval', (engine) => {
  let talk: CalmTalk;
  before(async () => {
    talk = await openCalmTalk(engine);
  });
  after(() => talk.close());
  afterEach(async () => {
    await talk.db.deleteFrom('notice_channels').execute();
    await talk.db.deleteFrom('approvals').where('state', '=', 'waiting').execute();
  });

  const aboutIn =
    ({ id }: Pending, conversation: string, end = '') =>
    ({ key, place }: Post) =>
      key.startsWith(`approval ${id} `) && place.conversation === conversation && key.includes(`${end} test`);
  const heard = (order: Pending, conversation: string, end: string) =>
    talk.waitForPost(aboutIn(order, conversation, end));

  test('is told of in the channels of who sells to the customer, and its card shows how it ended', async () => {
    await talk.as('nora', channel('northwind')).say('notify here orders');
    await talk.as('nora').say('notify here orders');
    await talk.as('priya', channel('ops')).say('notify here orders');
    await talk.as('carla', channel('contoso')).say('notify here orders');

    const order = await addWaiting(talk);
    assert.deepEqual([order.told, order.by], [2, 'Northwind Partners']);
    const inChannel = await heard(order, 'channel:northwind', '');
    const alone = await heard(order, 'personal:nora', '');

    assert.match(
      inChannel.reply.text,
      /10029 of Contoso \(€142\.50 a month\) waits for approval: Carla Diaz/,
    );
    assert.match(shown(inChannel.reply), /5 × Office 365 E3\n2 × Webex Suite/);
    assert.doesNotMatch(written(inChannel.reply), /purchase|margin|120/i);
    assert.match(shown(alone.reply), /Purchase price: €120\.00 per month\nMargin: €22\.50 \(15\.79 %\)/);
    const told = talk.posts
      .filter(({ reply }) => buttons(reply).includes('Approve'))
      .map(({ place }) => place.name);
    assert.deepEqual(told.toSorted(), ['#northwind', 'nora']);

    const nora = talk.as('nora', channel('northwind'));
    const done = await nora.press(inChannel.reply, 'Approve');
    assert.equal(done.position, 'instead');
    assert.match(done.text, /Order 10029 of Contoso was approved by Nora Lindgren/);
    assert.doesNotMatch(written(done), /margin|120/i);
    assert.deepEqual(buttons(done), ['Order']);
    await drawn(talk, /was approved by Nora/, 2);
    assert.equal(await stateOf(talk, order), 'approved');
    assert.notEqual(await statusOf(talk, order), 'Started');

    const told2 = await heard(order, 'personal:carla', 'approved');
    assert.match(told2.reply.text, /Order 10029 of Contoso is approved\. Nora Lindgren approved it/);
    assert.deepEqual(await historyOf(talk, order), [
      'Carla Diaz: Asked Northwind Partners to approve the order (€142.50 a month)',
      'Nora Lindgren: Approved the order of Carla Diaz',
    ]);
    assert.match(shown(await talk.as('carla').say(`order ${order.word}`)), /Nora Lindgren/);
  });

  test('is refused with a reason, and is a draft again', async () => {
    await talk.as('nora').say('notify here orders');
    const order = await addWaiting(talk);
    const { reply } = await heard(order, 'personal:nora', '');
    assert.deepEqual(fields(reply), ['reason']);

    const answer = await talk.as('nora').press(reply, 'Refuse', { reason: 'The budget is used up' });

    assert.match(
      answer.text,
      /was refused by Nora Lindgren on .* UTC: The budget is used up\. It is a draft again: Carla Diaz can change it/,
    );
    assert.deepEqual([await stateOf(talk, order), await statusOf(talk, order)], ['refused', 'Draft']);
    const told = await heard(order, 'personal:carla', 'refused');
    assert.match(told.reply.text, /Nora Lindgren refused it: The budget is used up\. It is a draft/);
    assert.deepEqual((await historyOf(talk, order)).slice(1), [
      'Nora Lindgren: Refused the order: The budget is used up',
    ]);
  });

  test('is approved by nobody who may not, and never by who asked for it', async () => {
    const order = await addWaiting(talk);
    for (const who of ['carla', 'chris'] as const) {
      assert.match((await talk.as(who).say(`approve ${order.word}`)).text, /may not do that/);
      assert.match(
        (await talk.as(who).submit('approvals.approve', { order: order.word, asked: 'x' })).text,
        /may not do that/,
      );
    }
    const ofFabrikam = await addWaiting(talk, { of: 'Fabrikam' });
    assert.equal(ofFabrikam.by, 'HamaraCloud');
    assert.match((await talk.as('nora').say(`approve ${ofFabrikam.word}`)).text, /No order .* waits/);
    assert.match((await talk.as('nora').say(`refuse ${ofFabrikam.word} no`)).text, /No order .* waits/);
    assert.doesNotMatch((await talk.as('nora').say('approvals')).text, /Fabrikam/);

    const own = await addWaiting(talk, { by: 'arjun' });
    assert.match((await talk.as('arjun').say(`approve ${own.word}`)).text, /You asked for order .* yourself/);
    assert.match(
      (await talk.as('arjun').say(`refuse ${own.word} no`)).text,
      /You asked for order .* yourself/,
    );
    assert.ok(!buttons(await talk.as('arjun').say(`approvals ${own.word}`)).includes('Approve'));
    for (const one of [order, own, ofFabrikam]) {
      assert.deepEqual([await stateOf(talk, one), await statusOf(talk, one)], ['waiting', 'Started']);
    }
    assert.match((await talk.as('arjun').say(`approve ${order.word}`)).text, /approved by Arjun Mehta/);
    assert.match((await talk.as('priya').say(`approve ${own.word}`)).text, /approved by Priya Raman/);
  });

  test('is not approved by who asked for it with another role since, also where the member is another', async () => {
    const order = await addWaiting(talk);
    const carla = talk.db.updateTable('members').where('email', '=', 'carla@contoso.example');
    const northwind = talk.db
      .selectFrom('organizations')
      .select('id')
      .where('name', '=', 'Northwind Partners');
    const contoso = talk.db.selectFrom('organizations').select('id').where('name', '=', 'Contoso');
    await carla.set({ role: 'reseller admin', organization_id: northwind }).execute();
    await talk.db
      .updateTable('approvals')
      .set({ requested_by_member: null })
      .where('order_id', '=', order.id)
      .execute();
    assert.match((await talk.as('carla').say(`approve ${order.word}`)).text, /You asked for order/);
    await carla.set({ role: 'customer admin', organization_id: contoso }).execute();
    assert.equal(await stateOf(talk, order), 'waiting');
  });

  test('expires: nobody can approve it then, and it is a draft again', async () => {
    const order = await addWaiting(talk);
    talk.pass(72 * 60 + 1);
    assert.match((await talk.as('nora').say('approvals')).text, /no order waits/);
    const late = await talk.as('nora').say(`approve ${order.word}`);
    assert.match(late.text, /was to be approved until .* It is a draft again/);
    assert.deepEqual([await stateOf(talk, order), await statusOf(talk, order)], ['expired', 'Draft']);
    assert.match((await heard(order, 'personal:carla', 'expired')).reply.text, /was not approved in time/);
    assert.deepEqual((await historyOf(talk, order)).slice(1), [
      'Nora Lindgren: Nobody approved the order in time',
    ]);
  });

  test('expires by itself, and not before its time', async () => {
    await talk.as('nora', channel('northwind')).say('notify here orders');
    const order = await addWaiting(talk);
    const entry = () => talk.jobs.enqueue(talk.db, 'approvals.expire', { order: order.id });
    talk.pass(71 * 60);
    await entry();
    await addWaiting(talk);
    assert.equal(await stateOf(talk, order), 'waiting');
    talk.pass(61);
    await entry();
    await heard(order, 'personal:carla', 'expired');
    assert.deepEqual([await stateOf(talk, order), await statusOf(talk, order)], ['expired', 'Draft']);
    await drawn(talk, /was not approved in time/, 1);
  });

  test('expires within the hour also where its entry is lost', async () => {
    const order = await addWaiting(talk);
    talk.pass(72 * 60 + 1);
    const later = await addWaiting(talk);
    const hourly = features.flatMap(({ schedules = [] }) => schedules).find((one) => one.queue === SWEEP);
    assert.match(hourly?.cron(talk.ctx().settings) ?? '', /^\d+ \* \* \* \*$/);
    await talk.jobs.enqueue(talk.db, SWEEP, {});
    await heard(order, 'personal:carla', 'expired');
    assert.deepEqual([await stateOf(talk, order), await statusOf(talk, order)], ['expired', 'Draft']);
    assert.deepEqual([await stateOf(talk, later), await statusOf(talk, later)], ['waiting', 'Started']);
  });

  test('that was changed since is not approved', async () => {
    const order = await addWaiting(talk);
    await talk.db
      .updateTable('requested_changes')
      .set({ quantity: 500 })
      .where('order_id', '=', order.id)
      .execute();
    const answer = await talk.as('nora').say(`approve ${order.word}`);
    assert.match(answer.text, /is not what it was when Carla Diaz asked/);
    assert.deepEqual([await stateOf(talk, order), await statusOf(talk, order)], ['changed', 'Draft']);
  });

  test('and asked for anew is not approved by the card of before', async () => {
    await talk.as('nora').say('notify here orders');
    const order = await addWaiting(talk);
    const old = await heard(order, 'personal:nora', '');
    await talk.as('nora').say(`refuse ${order.word} too much`);
    await talk.db.updateTable('orders').set({ status: 'Started' }).where('id', '=', order.id).execute();
    talk.pass(1);
    await askFor(talk, order);
    const answer = await talk.as('nora').press(old.reply, 'Approve');
    assert.match(answer.text, /waits for approval/);
    assert.equal(await stateOf(talk, order), 'waiting');
    assert.match((await talk.as('nora').press(answer, 'Approve')).text, /was approved by Nora/);
  });

  test('is withdrawn by who asked for it, or another admin of the customer, and by nobody else', async () => {
    const order = await addWaiting(talk);
    assert.match((await talk.as('nora').say(`withdraw ${order.word}`)).text, /Only Carla Diaz, or an admin/);
    assert.match((await talk.as('chris').say(`withdraw ${order.word}`)).text, /may not do that/);
    const card = await talk.as('carla').say(`approvals ${order.word}`);
    assert.deepEqual(buttons(card), ['Withdraw', 'Order', 'All that waits']);
    assert.match((await talk.as('carla').press(card, 'Withdraw')).text, /is withdrawn\. It is a draft again/);
    assert.deepEqual([await stateOf(talk, order), await statusOf(talk, order)], ['withdrawn', 'Draft']);
    assert.match((await talk.as('nora').say(`approve ${order.word}`)).text, /was withdrawn by Carla Diaz/);
  });

  test('is listed for those who may decide, the newest first, in pages', async () => {
    const first = await addWaiting(talk);
    const orders = [];
    for (let index = 0; index < 11; index++) {
      talk.pass(1);
      orders.push(await addWaiting(talk));
    }
    const page = await talk.as('nora').say('approvals');
    assert.match(page.text, /^Northwind Partners: 12 orders waiting for approval/);
    assert.match(rows(page)[0]?.[0] ?? '', new RegExp(String(orders.at(-1)?.number)));
    assert.equal(rows(page).length, 10);
    const next = await talk.as('nora').press(page, 'Next page');
    assert.match(rows(next).at(-1)?.[0] ?? '', new RegExp(first.word));
    assert.match((await talk.as('carla').say('approvals')).text, /^Contoso: 12 orders/);
    assert.match((await talk.as('nora').say('approve')).text, /12 orders waiting/);
  });

  test('where nobody could be reached is found under approvals', async () => {
    await talk.db.deleteFrom('personal_chats').execute();
    const order = await addWaiting(talk);
    assert.equal(order.told, 0);
    const list = await talk.as('nora').say('approvals');
    const card = await talk.as('nora').press(list, `Open ${order.word}`);
    assert.match(shown(card), /Margin/);
    assert.match((await talk.as('nora').press(card, 'Approve')).text, /was approved by Nora/);
  });

  test('asked for in a channel is answered there, without amounts', async () => {
    const place = channel('contoso');
    await talk.as('carla', place).say('help');
    const order = await addWaiting(talk, { place });
    await talk.as('nora').say(`refuse ${order.word} Not now`);
    const told = await heard(order, 'channel:contoso', 'refused');
    assert.doesNotMatch(written(told.reply), /€|142/);
  });

  test('asked for in a channel that hears of orders is announced there: the answer was seen by one alone', async () => {
    const place = channel('operations');
    await talk.as('carla', place).say('notify here orders');
    await talk.as('carla').say('notify here orders');
    const order = await addWaiting(talk, { place });
    const announced = await heard(order, 'channel:operations', 'waits');
    assert.match(announced.reply.text, new RegExp(`^Order ${order.word} of Contoso waits for approval\\.`));
    assert.doesNotMatch(written(announced.reply), /€|142/);
    await heard(order, 'personal:carla', 'waits');

    const own = await addWaiting(talk);
    await heard(own, 'channel:operations', 'waits');
    const rows = await talk.db
      .selectFrom('deliveries')
      .select('key')
      .where('key', 'like', `approval ${own.id} %`)
      .execute();
    assert.deepEqual(
      rows.filter(({ key }) => key.endsWith('personal:carla')),
      [],
    );
    await talk.db.deleteFrom('notice_channels').execute();
  });

  test('that was not approved says who refused it, when and why, and what one can do', async () => {
    const nora = talk.as('nora');
    const order = await addWaiting(talk);
    await nora.say(`refuse ${order.word} Too much.`);
    const draft = 'It is a draft again: Carla Diaz can change it and place it once more.';
    for (const words of ['approve', 'refuse', 'withdraw'])
      assert.match(
        (await talk.as('arjun').say(`${words} ${order.word} no`)).text,
        new RegExp(`refused by Nora Lindgren on \\d+ Nov 2026, .* UTC: Too much\\. ${draft}$`),
      );
    await talk.db.updateTable('orders').set({ status: 'In progress' }).where('id', '=', order.id).execute();
    const placed = await nora.say(`approve ${order.word}`);
    assert.match(placed.text, /: Too much\. Its status is In progress now\.$/);
    assert.doesNotMatch(shown(placed), /draft/);
  });

  test('that does not wait is neither approved nor withdrawn', async () => {
    const order = await addStarted(talk);
    for (const words of ['approve', 'refuse', 'withdraw', 'approvals']) {
      assert.equal(
        (await talk.as('priya').say(`${words} ${order.word}`)).text,
        `Nobody asked for approval of order ${order.word} of Contoso. It is in the basket, and not placed yet.`,
      );
      assert.match((await talk.as('priya', channel('ops')).say(`${words} 10026`)).text, /No order 10026/);
    }
    assert.match((await talk.as('priya').say('approve nonsense')).text, /No order nonsense/);
  });
});

/** Resolves once so many messages look like this. */
async function drawn(talk: CalmTalk, text: RegExp, count: number): Promise<void> {
  const fits = () => [...talk.messages.values()].filter((reply) => text.test(reply.text)).length;
  const deadline = Date.now() + 20_000;
  while (fits() < count) {
    if (Date.now() > deadline) throw new Error(`${fits()} messages look like ${text}.`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
