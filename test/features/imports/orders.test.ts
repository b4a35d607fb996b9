import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import { inTransaction } from '../../../src/db/index.ts';
import { saveOrders, takeBackOrders } from '../../../src/features/imports/orders/save.ts';
import { onBothEngines } from '../../support/database.ts';
import { openTalk, type Speaker, type Talk } from '../../support/talk.ts';
import { assertSums, type Cells, cardText, openBook, sheet } from '../bulk/support.ts';
import { counting, fill, takeBack, workbook } from './support.ts';

const HEADER = [
  'Number',
  'Customer',
  'Status',
  'Date',
  'Product or SKU',
  'Quantity',
  'Price',
  'Note',
  'Requested change',
  'Created by',
];
const MESSAGING = 'UniversalMessaging Small Business Edition (1GB)';
const line = (
  number: string | number,
  product: string,
  quantity: number | string,
  more: Partial<Record<string, string>> = {},
): Cells => [
  number,
  more.customer ?? 'Contoso',
  more.status ?? 'Completed',
  more.date ?? '2025-11-02',
  product,
  quantity,
  more.price ?? '',
  more.note ?? '',
  more.change ?? '',
  more.by ?? '',
];

onBothEngines('import of orders', (engine) => {
  let talk: Talk;
  let priya: Speaker;
  before(async () => {
    talk = await openTalk(engine);
    priya = talk.as('priya');
  });
  after(() => talk.close());

  const order = (number: number) =>
    talk.db.selectFrom('orders').selectAll().where('number', '=', number).executeTakeFirst();
  const servicesOf = async (number: number) =>
    (
      await talk.db
        .selectFrom('services as s')
        .innerJoin('orders as o', 'o.id', 's.order_id')
        .leftJoin('subscriptions as sub', 'sub.service_id', 's.id')
        .select(['s.position', 's.units', 'sub.quantity', 'sub.price_minor', 'sub.admin_email', 'sub.status'])
        .where('o.number', '=', number)
        .orderBy('s.position')
        .execute()
    ).map((row) => ({ ...row }));
  const nextNumber = async () =>
    Number(
      (await sql<{ next: number }>`select nextval('order_numbers') as next`.execute(talk.db)).rows[0]?.next,
    );

  test('says which customers have not the offering of what they bought, and the command for it', async () => {
    const rows = [
      HEADER,
      line(20400, 'Webex Suite', 2, { customer: 'Fabrikam', price: '9' }),
      line(20401, 'Office 365 E3', 2, { customer: 'Fabrikam', price: '9' }),
      line(20402, 'Office 365 E3', 2),
    ];
    const preview = await priya.say('bulk orders', [sheet(rows, 'elsewhere.csv')]);
    assert.match(
      cardText(preview),
      /Not enabled yet: Microsoft O365 for Fabrikam and Webex for Fabrikam\. Before more of it can be ordered, type: enable "Microsoft O365" "Fabrikam"/,
    );
    const known = await priya.say('bulk orders', [sheet([HEADER, line(20402, MESSAGING, 2)], 'known.csv')]);
    assert.doesNotMatch(cardText(known), /Not enabled/);
  });

  test('rows of one number are one order; a completed one brings services and subscriptions', async () => {
    const before = await nextNumber();
    const rows = [
      HEADER,
      line('HAMARACLOUD20500', MESSAGING, 10, { price: '2,05', note: 'From the old panel', by: 'Old Panel' }),
      line('20500', 'Office 365 E3', 4),
      line(20501, 'Office 365 E3', 3, { status: 'in progress', date: '14.09.2026' }),
      line(20502, '', '', { change: 'Markup change' }),
    ];
    const { end, preview } = await fill(talk, priya, 'bulk orders', await workbook({ Orders: rows }));
    assert.match(preview, /4 of 4 rows/);
    assert.match(end.reply.text, /4 done, 0 failed/);
    const made = await order(20500);
    assert.equal(made?.note, 'From the old panel');
    assert.equal(made?.created_by, 'Old Panel');
    assert.equal(made?.created_at.toISOString(), '2025-11-02T00:00:00.000Z');
    const services = await servicesOf(20500);
    assert.deepEqual(services[0], {
      position: 1,
      units: 10,
      quantity: 10,
      price_minor: 205,
      admin_email: 'carla@contoso.example',
      status: 'active',
    });
    assert.equal(services[1]?.units, 4);
    const { price_minor } = await talk.db
      .selectFrom('customer_prices as x')
      .innerJoin('products as p', 'p.id', 'x.product_id')
      .innerJoin('organizations as o', 'o.id', 'x.organization_id')
      .select('x.price_minor')
      .where('p.name', '=', 'Office 365 E3')
      .where('o.name', '=', 'Contoso')
      .executeTakeFirstOrThrow();
    assert.equal(services[1]?.price_minor, price_minor, 'the price of today, with the markups');
    const own = await order(20501);
    assert.deepEqual([own?.status, own?.created_by], ['In progress', 'Priya Raman']);
    const told = await talk.as('carla').say('order 20501');
    assert.match(cardText(told), /The order is of 14 Sep 2026, 00:00 UTC\. Imported by Priya Raman\./);
    assert.match(
      cardText(await talk.as('carla').say('order 20500')),
      /Created by Old Panel \(Contoso\) on 2 Nov 2025, 00:00 UTC\. Imported by Priya Raman\./,
    );
    const listed = cardText(await talk.as('carla').say('orders historical all 20501'));
    assert.match(listed, /Imported by Priya Raman/);
    assert.match(cardText(await talk.as('carla').say('history 20501')), /Priya Raman/);
    assert.deepEqual(await servicesOf(20501), []);
    assert.ok(before < 20500);
    assert.equal(await nextNumber(), 20503);
    assert.match((await talk.as('carla').say('free 20500/1')).text, /10/);
    await assertSums(talk.db);

    const carla = talk.as('carla');
    assert.match((await carla.say('order 20502')).text, /no order/i);
    for (const reply of [await carla.say('history'), await carla.say('history 20500')])
      assert.doesNotMatch(reply.text + cardText(reply), /markup|20502/i);

    const back = await takeBack(talk, priya, end);
    assert.match(back.reply.text, /0 failed/);
    for (const number of [20500, 20501, 20502]) assert.equal(await order(number), undefined);
    assert.deepEqual(await servicesOf(20500), []);
    assert.doesNotMatch(cardText(await carla.say('history')), /markup|20502/i);
  });

  test('sent again it changes nothing; what has changed is changed', async () => {
    const rows = [
      HEADER,
      line(20600, 'Webex Suite', 2, { status: 'In progress' }),
      line(20600, 'Office 365 E3', 1, { status: 'In progress' }),
    ];
    await fill(talk, priya, 'bulk orders', sheet(rows, 'first.csv'));
    const again = await priya.say('bulk orders', [sheet(rows, 'second.csv')]);
    assert.match(cardText(again), /0 are new, 0 change, 1 is the same as here/);
    assert.match(cardText(again), /There is nothing to run: what is valid is here already/);
    assert.doesNotMatch(JSON.stringify(again.card), /bulk\.run/);
    const now = [HEADER, line(20600, 'Webex Suite', 2, { note: 'done' }), line(20600, 'Office 365 E3', 1)];
    const { end } = await fill(talk, priya, 'bulk orders', sheet(now, 'third.csv'));
    assert.match(end.reply.text, /2 done/);
    assert.deepEqual(
      (await servicesOf(20600)).map(({ units }) => units),
      [2, 1],
    );
    const back = await takeBack(talk, priya, end);
    assert.match(back.reply.text, /0 failed/);
    assert.equal((await order(20600))?.status, 'In progress');
    assert.equal((await order(20600))?.note, null);
    assert.deepEqual(await servicesOf(20600), []);
  });

  test('what is wrong is named with its cell, and takes its whole order along', async () => {
    const rows = [
      HEADER,
      line('two', 'Webex Suite', 2),
      line(20700, 'Webex Suit', 2),
      line(20700, 'Webex Suite', 'many'),
      line(20701, 'Webex Suite', 1, { customer: 'Nobody' }),
      line(20702, 'Webex Suite', 1, { status: 'Finished', date: 'yesterday' }),
      line(10023, 'Webex Suite', 1),
      line(10024, MESSAGING, 2000, { note: 'another', date: '2026-10-02 09:30' }),
      line(20703, 'Webex Suite', 1),
      line(20703, 'Office 365 E3', 1, { customer: 'Fabrikam' }),
      line(20704, 'Webex Suite', 1),
      line('Example', 'Webex Suite', 5),
    ];
    const preview = await priya.say('bulk orders', [sheet(rows)]);
    assert.match(preview.text, /1 of 10 rows are valid/);
    const said = JSON.stringify(
      await openBook(talk, (await priya.press(preview, 'All problems')).files?.[0]),
    );
    for (const cell of [
      'A2: “two”',
      'E3: There is no product “Webex Suit”',
      'F4: “many”',
      'B5: There is no customer “Nobody”',
      'C6: “Finished” is none of: Started',
      'D6: “yesterday”',
      'E7: Order 10023 is here with other lines',
      'A8: Order 10024 was made here',
      'B10: “Fabrikam” is not what an earlier row',
      'Row 9: another row of order 20703',
    ])
      assert.ok(said.includes(cell), `${cell} is not in ${said}`);
    assert.doesNotMatch(said, /A12|example/, 'the example of the template is no row');
    await priya.press(preview, 'Cancel');
    assert.equal(await order(20704), undefined);
  });

  test('what was used since is not taken back', async () => {
    const rows = [HEADER, line(20800, MESSAGING, 5), line(20801, MESSAGING, 5), line(20802, MESSAGING, 5)];
    const { end } = await fill(talk, priya, 'bulk orders', sheet(rows, 'used.csv'));
    await talk.as('carla').say('associate 20800/1 alice@contoso.example 2');
    await talk.as('carla').say('note 20801 Ours now');
    const back = await takeBack(talk, priya, end);
    assert.match(back.reply.text, /1 done, 2 failed/);
    assert.match(cardText(back.reply), /Order 20800 is in use: there are associated units/);
    assert.notEqual(await order(20800), undefined);
    assert.notEqual(await order(20801), undefined);
    assert.equal(await order(20802), undefined);
    await assertSums(talk.db);
  });

  test('an order whose rows lie in two batches is one order', async () => {
    const rows = [
      HEADER,
      ...Array.from({ length: 1201 }, (_, index) =>
        line(30000 + Math.floor(index / 3), ['Webex Suite', 'Office 365 E3', MESSAGING][index % 3] ?? '', 1),
      ),
    ];
    const { end } = await fill(talk, priya, 'bulk orders', sheet(rows, 'many.csv'));
    assert.match(end.reply.text, /1,201 done, 0 failed/);
    assert.equal((await servicesOf(30333)).length, 3);
    assert.equal((await servicesOf(30400)).length, 1);
  });

  test('however a number is written, its rows are one order', async () => {
    const rows = [
      HEADER,
      line('20900', 'Webex Suite', 2),
      line('0020900', 'Office 365 E3', 1),
      line('hamaracloud20900', MESSAGING, 3),
    ];
    const { end } = await fill(talk, priya, 'bulk orders', sheet(rows, 'written.csv'));
    assert.match(end.reply.text, /3 done, 0 failed/);
    assert.deepEqual(
      (await servicesOf(20900)).map(({ units }) => units),
      [2, 1, 3],
    );
  });

  test('what nobody could name, and no date that there was, is refused with its cell', async () => {
    const rows = [
      [...HEADER, 'Position'],
      line(999_999_999, 'Webex Suite', 1),
      [...line(20910, 'Webex Suite', 1), '10000'],
      line(20911, 'Webex Suite', 1, { date: '0000-01-01' }),
    ];
    const preview = await priya.say('bulk orders', [sheet(rows, 'far.csv')]);
    assert.match(preview.text, /0 of 3 rows are valid/);
    const said = cardText(preview);
    for (const problem of [
      'A2: The number of an order is 99999999 at most',
      'K3: The position is 9999 at most',
      'D4: 0000-01-01 is too long ago, or too far ahead',
    ])
      assert.ok(said.includes(problem), `${problem} is not in ${said}`);
  });

  test('many orders take as many statements as a few, to save and to take back', async () => {
    const many = (from: number, count: number) =>
      Array.from({ length: count }, (_, index) => ({
        number: String(from + index),
        customer: 'Contoso',
        status: 'Completed',
        date: '2025-11-02',
        lines: [
          { product: 'Webex Suite', quantity: '2' },
          { product: MESSAGING, quantity: '1' },
        ],
      }));
    const statements = async (from: number, count: number) => {
      const counted = { statements: 0 };
      const db = talk.db.withPlugin(counting(counted));
      const results: (string | undefined)[] = [];
      await inTransaction({ ...talk.ctx(), db }, async (ctx) => {
        const outcomes = await saveOrders(ctx, many(from, count));
        const saved = outcomes.flatMap((one) => ('saved' in one ? [one.saved] : []));
        assert.equal(saved.length, count);
        assert.ok(saved.every(({ delivered }) => delivered));
        results.push(...(await takeBackOrders(ctx, saved)));
      });
      assert.deepEqual(
        results,
        Array.from({ length: count }, () => undefined),
      );
      assert.equal(await order(from), undefined);
      return counted.statements;
    };
    const few = await statements(21_000, 2);
    assert.ok(few > 5, 'statements are counted');
    assert.equal(await statements(21_100, 60), few);
  });
});
