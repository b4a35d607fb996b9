import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Reply } from '../../../src/chat/reply.ts';
import { type CalmTalk, openCalmTalk } from '../../chat/calm.ts';
import { buttons, rows, shown } from '../../chat/reading.ts';
import { onBothEngines } from '../../support/database.ts';
import { channel, type Speaker } from '../../support/talk.ts';
import { addOrder } from './stock.ts';

onBothEngines('the parts of an order', (engine) => {
  let talk: CalmTalk;
  let carla: Speaker;
  let nora: Speaker;
  before(async () => {
    talk = await openCalmTalk(engine);
    carla = talk.as('carla');
    nora = talk.as('nora');
  });
  after(() => talk.close());

  const orderId = async (number: number) => {
    const row = await talk.db
      .selectFrom('orders')
      .select(['id', 'organization_id'])
      .where('number', '=', number)
      .executeTakeFirstOrThrow();
    return row;
  };
  const lines = (text: string) => text.split('\n');

  test('a draft shows its lines, what they would cost today, and how to go on', async () => {
    const reply = await carla.say('order 10027');

    assert.deepEqual(rows(reply), [['Office 365 E3\nIncrease', '3', '€22.00']]);
    assert.ok(lines(shown(reply)).includes('Would cost per month: €66.00'), shown(reply));
    assert.deepEqual(buttons(reply), ['Resume', 'Change the note', 'History', 'All orders']);
    assert.match(reply.text, /Increase: 3 × Office 365 E3/);
  });

  test('what failed can be tried again by who may', async () => {
    for (const order of ['10025', '10028'])
      assert.ok(buttons(await talk.as('arjun').say(`order ${order}`)).includes('Retry'), order);
    assert.ok(!buttons(await carla.say('order 10023')).includes('Retry'));
  });

  test('a completed order leads on to where its services are set up', async () => {
    const linksOn = (reply: Reply) =>
      reply.card?.actions?.flatMap((action) =>
        action.type === 'Action.OpenUrl' ? [[action.title, action.url]] : [],
      );
    const one = ['Open UniversalMessaging', 'https://hamaracloud.example/portal'];
    assert.deepEqual(linksOn(await carla.say('order 10024')), [one]);
    // Of several there is a card.
    const order = await carla.say('order 10023');
    assert.deepEqual(linksOn(order), []);
    assert.deepEqual(linksOn(await carla.press(order, 'Set up the services')), [
      ['Set up Microsoft O365', 'https://learn.microsoft.com/microsoft-365/admin/setup/plan-your-setup'],
      one,
      ['Set up Webex', 'https://help.webex.com/'],
    ]);
  });

  for (const [state, decision, said] of [
    ['waiting', {}, /^Waits for approval until 24 Nov 2026, 12:00 UTC, asked for by Carla Diaz\.$/m],
    ['approved', { decided_by: 'Nora Lindgren' }, /^Approved by Nora Lindgren on 22 Nov 2026, 08:00 UTC\.$/m],
    [
      'refused',
      { decided_by: 'Nora Lindgren', reason: 'Too dear' },
      /^Refused by Nora Lindgren on 22 Nov 2026, 08:00 UTC: Too dear$/m,
    ],
    ['expired', {}, /^Nobody approved it until 24 Nov 2026, 12:00 UTC\.$/m],
  ] as const) {
    test(`an approval that is ${state} is told with who and until when`, async () => {
      const { id } = await orderId(10027);
      await talk.db.deleteFrom('approvals').where('order_id', '=', id).execute();
      await talk.db
        .insertInto('approvals')
        .values({
          order_id: id,
          requested_by: 'Carla Diaz',
          requested_at: new Date('2026-11-21T12:00:00Z'),
          expires_at: new Date('2026-11-24T12:00:00Z'),
          state,
          ...('decided_by' in decision && { ...decision, decided_at: new Date('2026-11-22T08:00:00Z') }),
        })
        .execute();

      const reply = await carla.say('order 10027');

      assert.match(shown(reply), said);
      assert.match(reply.text, said);
    });
  }

  test('its steps are told with the vendor’s reason, its invoices with amount and date', async () => {
    const { id, organization_id } = await orderId(10028);
    const step = { order_id: id, kind: 'subscription', input: null, result: null };
    const at = new Date('2026-11-05T10:00:00Z');
    await talk.db
      .insertInto('order_steps')
      .values([
        { ...step, position: 1, title: 'Invoice', state: 'done', error: null, finished_at: at },
        {
          ...step,
          position: 2,
          title: 'Subscription',
          state: 'failed',
          error: 'No such domain',
          started_at: at,
        },
        { ...step, position: 3, title: 'Activation e-mail', state: 'waiting', error: null },
      ])
      .execute();
    await talk.db
      .insertInto('invoices')
      .values({
        number: 'INV-7',
        order_id: id,
        organization_id,
        amount_minor: 2_640_000_000_00,
        currency: 'EUR',
        lines: '[]',
        issued_at: at,
        due_at: new Date('2026-12-05T10:00:00Z'),
      })
      .execute();

    const reply = await talk.as('arjun').say('invoice 10028');

    assert.match(shown(reply), /Carried out: 1 of 3 steps/);
    assert.deepEqual(rows(reply).slice(1), [
      ['Invoice', 'Done\n5 Nov 2026, 10:00 UTC'],
      ['Subscription\nNo such domain', 'Failed\n5 Nov 2026, 10:00 UTC'],
      ['Activation e-mail', 'Waiting'],
      ['INV-7\n5 Nov 2026', '5 Dec 2026', '€2,640,000,000.00'],
    ]);
    assert.match(reply.text, /^Subscription: failed \(No such domain\)$/m);
  });

  test('a configuration of machines is told line by line, whatever is missing of it', async () => {
    const { id } = await orderId(10027);
    const of = (configuration: unknown) => ({
      order_id: id,
      kind: 'new subscription' as const,
      product_id: null,
      quantity: 1,
      configuration: JSON.stringify(configuration),
    });
    await talk.db
      .insertInto('requested_changes')
      .values([
        of({
          region: 'Frankfurt',
          profiles: [
            { name: 'Medium', template: 'Debian 13', quantity: 2, cores: 2, memoryGb: 8, diskGb: 80 },
          ],
          extraStorageGb: 500,
          vpn: 1,
          ipv4: 3,
        }),
        of({ profiles: 'none', vpn: null }),
      ])
      .execute();
    await talk.db
      .updateTable('orders')
      .set({
        purpose: 'resale',
        end_customer: JSON.stringify({
          company: 'Tailspin Toys',
          firstName: 'Tina',
          lastName: 'Tail',
          email: 'tina@t.example',
        }),
      })
      .where('id', '=', id)
      .execute();

    const card = shown(await carla.say('order 10027'));

    assert.doesNotMatch(card, /Would cost/);
    for (const line of [
      'Region: Frankfurt',
      'Machines: 2 × Medium, Debian 13 (2 cores, 8 GB RAM, 80 GB disk)',
      'Extra storage: 500 GB',
      'VPN: 1 × 10 S2S channels',
      'Static IPv4: 3',
      'Purpose: Resale',
      'End customer: Tailspin Toys, Tina Tail, tina@t.example',
    ])
      assert.ok(lines(card).includes(line), `${line}\n\nis not in\n\n${card}`);
  });

  test('a changed subscription is named by its number, and the markup only to who may know it', async () => {
    const subscription = await talk.db
      .selectFrom('subscriptions as sub')
      .innerJoin('services as s', 's.id', 'sub.service_id')
      .innerJoin('orders as o', 'o.id', 's.order_id')
      .select('sub.id')
      .where('o.number', '=', 10023)
      .where('s.position', '=', 2)
      .executeTakeFirstOrThrow();
    await addOrder(talk.db, { number: 10301, of: 'Contoso', status: 'Started' });
    const { id: order } = await orderId(10301);
    await talk.db.deleteFrom('requested_changes').where('order_id', '=', order).execute();
    const line = { order_id: order, product_id: null, subscription_id: subscription.id };
    await talk.db
      .insertInto('requested_changes')
      .values([
        { ...line, kind: 'increase', quantity: 4, purchase_minor: 1717 },
        { ...line, kind: 'suspend', quantity: null },
        { ...line, kind: 'markup change', quantity: null, markup_bp: 3700 },
      ])
      .execute();

    const customer = await carla.say('order 10301');
    assert.deepEqual(rows(customer), [
      ['Office 365 E3\nIncrease · 10023/2', '4', '€22.00'],
      ['Office 365 E3\nSuspend · 10023/2', '–', '€22.00'],
    ]);
    assert.match(shown(customer), /Requested: Increase: 4 × Office 365 E3 and Suspend: Office 365 E3$/m);
    assert.match(shown(customer), /Would cost per month: €88\.00/);
    for (const reply of [customer, await talk.as('nora', channel('sales')).say('order 10301')])
      assert.doesNotMatch(JSON.stringify(reply), /markup|37 %|17\.17/i);
    assert.deepEqual(rows(await nora.say('order 10301'))[2], [
      '37 %\nMarkup change · 10023/2',
      '–',
      '€22.00',
    ]);
  });

  test('what shows a service with its users is paged and searched', async () => {
    for (let n = 1; n <= 12; n++) await carla.say(`associate 10024/1 user${n}@contoso.example ${n}`);

    const first = await carla.say('service 10024/1');
    assert.match(shown(first), /78 units associated with 12 users\./);
    assert.match(shown(first), /Service 10024\/1: 1,922 of 2,000 free/);
    assert.deepEqual(rows(first)[0], ['user10@contoso.example', '10']);
    assert.deepEqual(buttons(first), [
      'Next page',
      'Associate users',
      'Bulk',
      'Free units',
      'Subscription',
      'Order',
    ]);
    const second = await carla.press(first, 'Next page');
    assert.equal(second.position, 'instead');
    assert.equal(rows(second).length, 2);

    assert.equal(rows(await carla.say('service 10024/1 user11')).length, 1);
    assert.match(shown(await carla.say('service 10024/1 zoe')), /No users with “zoe”\./);
    assert.match(
      (await carla.say('services webex')).text,
      /^Webex Suite \(10023\/3\) of Contoso: 0 of 2 free/,
    );
  });

  test('who only reads is offered nothing that changes', async () => {
    const chris = talk.as('chris');
    assert.deepEqual(buttons(await chris.say('service 10024/1')), [
      'Next page',
      'Free units',
      'Subscription',
      'Order',
    ]);
    assert.match((await chris.say('service 10025/1')).text, /There is no order 10025/);
  });

  test('after an association one goes on to the domain', async () => {
    const reply = await carla.say('associate 10023/2 dora@contoso.example');
    const link = reply.card?.actions?.find((action) => action.type === 'Action.OpenUrl');
    assert.deepEqual(link && [link.title, link.url], [
      'Set up the domain',
      'https://admin.microsoft.com/Adminportal/Home#/Domains',
    ]);
  });
});
