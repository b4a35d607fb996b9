import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { type CalmTalk, openCalmTalk } from '../../chat/calm.ts';
import { buttons, errorAt, fields, shown, typed } from '../../chat/reading.ts';
import { onBothEngines } from '../../support/database.ts';
import { channel, file, type Speaker } from '../../support/talk.ts';
import {
  type Cells,
  canRun,
  cardText,
  csv,
  isEndOf,
  jobOf,
  openBook,
  runButton,
  sheet,
  xlsx,
} from '../bulk/support.ts';
import { organizationId } from '../orders/stock.ts';

const HEAD = ['SKU', 'Product', 'Category', 'Product group', 'Offering', 'Unit', 'Price', 'Currency'];
const NEW = ['WBX-CALL', 'Webex Calling', 'Collaboration', 'Webex Wholesale', 'Webex', 'user', '8.40', 'EUR'];
/** Decimal commas need another mark between the cells. */
const semicolons = (rows: readonly Cells[]) =>
  file('prices.csv', rows.map((row) => row.join(';')).join('\n'));

onBothEngines('prices', (engine) => {
  let talk: CalmTalk;
  let priya: Speaker;
  before(async () => {
    talk = await openCalmTalk(engine);
    priya = talk.as('priya');
  });
  after(() => talk.close());
  beforeEach(async () => {
    await priya.say('price O365-E3 18.22');
    await priya.say('price O365-E1 8.30');
  });

  const priceOf = async (sku: string, currency = 'EUR') =>
    (
      await talk.db
        .selectFrom('prices as x')
        .innerJoin('products as p', 'p.id', 'x.product_id')
        .select('x.price_minor')
        .where('p.sku', '=', sku)
        .where('x.currency', '=', currency)
        .executeTakeFirst()
    )?.price_minor;
  const everything = async () => ({
    prices: await talk.db
      .selectFrom('prices')
      .selectAll()
      .orderBy('product_id')
      .orderBy('currency')
      .execute(),
    products: await talk.db.selectFrom('products').selectAll().orderBy('id').execute(),
    groups: await talk.db.selectFrom('product_groups').selectAll().orderBy('id').execute(),
  });
  const preview = (rows: readonly Cells[]) => priya.say('bulk prices', [sheet(rows, 'prices.csv')]);
  const run = async (rows: readonly Cells[]) => {
    const plan = await preview(rows);
    await priya.press(plan, runButton(plan));
    return talk.waitForPost(isEndOf(jobOf(plan)));
  };

  test('one price is undone, as long as nobody has changed it since', async () => {
    await priya.say('price o365-e1 9');
    assert.match((await priya.say('undo')).text, /^Undone: Set the list price of Office 365 E1/);
    const before = await priceOf('O365-E1');
    assert.notEqual(before, 900);
    await priya.say('price o365-e1 100 SEK');
    await priya.say('undo');
    const sek = await talk.db
      .selectFrom('prices')
      .select('price_minor')
      .where('currency', '=', 'SEK')
      .execute();
    assert.deepEqual(sek, []);
    await priya.say('price o365-e1 9');
    const { id } = await talk.db
      .selectFrom('history')
      .select('id')
      .where('kind', '=', 'price')
      .orderBy('id', 'desc')
      .executeTakeFirstOrThrow();
    await priya.say('price o365-e1 10');
    assert.match((await priya.say(`undo ${id}`)).text, /O365-E1 has changed since, so it stays as it is/);
    assert.equal(await priceOf('O365-E1'), 1000);
    await priya.say('undo');
    await priya.say(`undo ${id}`);
    assert.equal(await priceOf('O365-E1'), before);
  });

  test('nobody takes a price back who may set none any more', async () => {
    const before = await priceOf('O365-E1');
    await priya.say('price o365-e1 9');
    const setRole = (role: 'provider admin' | 'account manager') =>
      talk.db.updateTable('members').set({ role }).where('name', '=', 'Priya Raman').execute();
    await setRole('account manager');
    const refused = await priya.say('undo');
    await setRole('provider admin');
    assert.match(refused.text, /^Not undone: .* Only an admin of the provider can take it back\.$/);
    assert.equal(await priceOf('O365-E1'), 900);
    assert.match((await priya.say('undo')).text, /^Undone/);
    assert.equal(await priceOf('O365-E1'), before);
  });

  test('one price: changed, said, in the history, and back again', async () => {
    const done = await priya.say('price o365-e3 19,50');
    assert.equal(done.text, 'Office 365 E3 costs €19.50 per user and month, before it was €18.22.');
    assert.equal(await priceOf('O365-E3'), 1950);
    const row = await talk.db
      .selectFrom('history')
      .select(['summary', 'organization_id'])
      .where('kind', '=', 'price')
      .orderBy('id', 'desc')
      .executeTakeFirstOrThrow();
    assert.equal(row.summary, 'Set the list price of Office 365 E3 (O365-E3) from €18.22 to €19.50');
    assert.equal(row.organization_id, await organizationId(talk.db, 'HamaraCloud'));
    // What customers pay follows: 19.50 and 5 % are 20.48, and 15 % more are 23.55.
    assert.match((await talk.as('carla').say('catalog e3')).text, /€23\.55/);

    assert.match((await priya.press(done, 'Back to 18.22')).text, /costs €18\.22/);
    assert.equal(await priceOf('O365-E3'), 1822);
    assert.match((await priya.say('price O365-E3 18.22')).text, /as before/);
  });

  test('the form: the present price, what was typed, and a sentence for each bad field', async () => {
    const form = await priya.say('price O365-E3');
    assert.deepEqual(fields(form), ['sku', 'price', 'currency']);
    assert.match(shown(form), /Product: Office 365 E3\nNow: €18\.22/);
    const back = await priya.press(form, 'Set the price', { sku: 'O365', price: 'ten', currency: 'euro' });
    assert.equal(back.position, 'instead');
    assert.deepEqual(
      ['sku', 'price', 'currency'].map((id) => typed(back, id)),
      ['O365', 'ten', 'euro'],
    );
    assert.match(errorAt(back, 'sku') ?? '', /no product with the SKU “O365”/);
    assert.match(errorAt(back, 'price') ?? '', /“ten” is not an amount/);
    assert.match(errorAt(back, 'currency') ?? '', /“euro” is not a currency/);
    const done = await priya.press(back, 'Set the price', {
      sku: 'O365-E3',
      price: '1 234,50',
      currency: 'sek',
    });
    assert.match(done.text, /^Office 365 E3 costs SEK\s1,234\.50/);
    assert.equal(await priceOf('O365-E3', 'SEK'), 123_450);
    await talk.db.deleteFrom('prices').where('currency', '=', 'SEK').execute();
    assert.match((await priya.say('price O365-E3 21000000')).text, /too large/);
    assert.equal(await priceOf('O365-E3'), 1822);
  });

  test('no one else sets prices, and nobody where others read along', async () => {
    for (const who of ['arjun', 'nora', 'carla', 'chris'] as const) {
      assert.doesNotMatch((await talk.as(who).say('price O365-E3 1')).text, /€/);
      await talk.as(who).submit('catalog.price', { sku: 'O365-E3', price: '1', currency: 'EUR' });
      const refused = await talk.as(who).say('bulk prices', [sheet([HEAD, NEW])]);
      assert.ok(!canRun(refused));
      assert.doesNotMatch(JSON.stringify(refused), /€|18\.22/);
    }
    const there = talk.as('priya', channel('all'));
    assert.match((await there.say('price O365-E3 1')).text, /personal chat/);
    await there.submit('catalog.price', { sku: 'O365-E3', price: '1', currency: 'EUR' });
    const refused = await there.say('bulk prices', [sheet([HEAD, ['O365-E3', '', '', '', '', '', '1', '']])]);
    assert.match(refused.text, /personal chat/);
    assert.ok(!canRun(refused));
    const [list] = (await there.say('bulk prices template')).files ?? [];
    const book = await openBook(talk, list);
    assert.equal(Object.values(book)[0]?.length, 1);
    assert.equal(await priceOf('O365-E3'), 1822);
  });

  test('a price list is previewed, changes nothing before it is run, and can be taken back', async () => {
    const before = await everything();
    const plan = await preview([
      HEAD,
      ['O365-E3', '', '', '', '', '', '20.00', ''],
      ['O365-E1', 'Office 365 E1', 'Corporate', 'Office 365', 'Microsoft O365', 'user', '8.00', 'eur'],
      ['WBX-SUITE', '', '', '', '', '', '10.35', 'EUR'],
      NEW,
    ]);
    const text = cardText(plan);
    assert.match(plan.text, /4 of 4 rows are valid/);
    assert.match(text, /1 price goes up, 1 price goes down, 1 price is new and 1 price stays\./);
    assert.match(
      text,
      /Largest changes: Office 365 E3 €18\.22 → €20\.00 \(\+9\.77 %\); Office 365 E1 €8\.30 → €8\.00 \(−3\.61 %\)\./,
    );
    assert.match(text, /New: Webex Calling €8\.40\./);
    assert.deepEqual(await everything(), before);

    await priya.press(plan, runButton(plan));
    const end = await talk.waitForPost(isEndOf(jobOf(plan)));
    assert.match(end.reply.text, /4 done/);
    assert.deepEqual(
      [await priceOf('O365-E3'), await priceOf('O365-E1'), await priceOf('WBX-CALL')],
      [2000, 800, 840],
    );
    const found = await priya.say('prices WBX-CALL');
    assert.match(found.text, /WBX-CALL Webex Calling: €8\.40 per user and month/);

    // Changed since: it stays as it is.
    await priya.say('price O365-E1 8.10');
    const undone = await priya.say(`job ${jobOf(plan)} undo`);
    await talk.waitForPost(isEndOf(jobOf(undone)));
    assert.deepEqual(
      [await priceOf('O365-E3'), await priceOf('O365-E1'), await priceOf('WBX-CALL')],
      [1822, 810, undefined],
    );
    assert.match((await priya.say('prices WBX-CALL')).text, /no products/);
    const groups = (await everything()).products.filter(({ sku }) => sku === 'O365-E3');
    assert.deepEqual(
      groups,
      before.products.filter(({ sku }) => sku === 'O365-E3'),
    );
    // And once more.
    await run([HEAD, NEW]);
    assert.equal(await priceOf('WBX-CALL'), 840);
    assert.match((await priya.say('prices WBX-CALL')).text, /1 product/);
  });

  test('an Excel workbook with its own names, order and numbers', async () => {
    const rows: Cells[] = [
      ['Currency code', 'LIST PRICE', 'Article number', 'Remark', 'Name'],
      ['EUR', 17.5, 'o365-e3', 'cheaper', 'Office 365 E3'],
      ['', '1 234,50', 'O365-E1', '', ''],
    ];
    const plan = await priya.say('bulk prices', [file('list.xlsx', await xlsx(rows))]);
    assert.match(cardText(plan), /Left out: Remark\./);
    await priya.press(plan, runButton(plan));
    await talk.waitForPost(isEndOf(jobOf(plan)));
    assert.deepEqual([await priceOf('O365-E3'), await priceOf('O365-E1')], [1750, 123_450]);
    assert.equal((await everything()).products.filter(({ sku }) => /^o365-e3$/i.test(sku ?? '')).length, 1);
  });

  test('decimal commas, and a product in two currencies', async () => {
    const rows = [
      HEAD,
      ['O365-E3', '', '', '', '', '', '19,90', 'EUR'],
      ['O365-E3', '', '', '', '', '', '199', 'SEK'],
    ];
    const plan = await priya.say('bulk prices', [semicolons(rows)]);
    await priya.press(plan, runButton(plan));
    await talk.waitForPost(isEndOf(jobOf(plan)));
    assert.deepEqual([await priceOf('O365-E3'), await priceOf('O365-E3', 'SEK')], [1990, 19_900]);
    const undone = await priya.say(`job ${jobOf(plan)} undo`);
    await talk.waitForPost(isEndOf(jobOf(undone)));
    assert.deepEqual([await priceOf('O365-E3'), await priceOf('O365-E3', 'SEK')], [1822, undefined]);
  });

  for (const [what, row, problem] of [
    ['no SKU', ['', 'X', 'C', 'G', 'Webex', 'user', '1', 'EUR'], /A3: the SKU is missing\./],
    ['no price', ['O365-E3', '', '', '', '', '', '', ''], /G3: the price is missing\./],
    ['a word for a price', ['O365-E1', '', '', '', '', '', 'ten', ''], /G3: “ten” is not an amount/],
    ['a price below zero', ['O365-E1', '', '', '', '', '', '-1', ''], /G3: “-1” is below zero\./],
    [
      'a price with three decimals',
      ['O365-E1', '', '', '', '', '', '1.234', ''],
      /G3: “1\.234” can be read in two ways/,
    ],
    [
      'a price that does not fit',
      ['O365-E1', '', '', '', '', '', '20000000', ''],
      /G3: “20000000” is too large\./,
    ],
    ['an unknown currency', ['O365-E1', '', '', '', '', '', '1', 'EURO'], /H3: “EURO” is not a currency/],
    [
      'an unknown offering',
      ['ZOOM', 'Zoom', 'C', 'G', 'Zoom', 'user', '1', 'EUR'],
      /E3: there is no offering “Zoom”\./,
    ],
    [
      'a new product without a name',
      ['ZOOM', '', 'C', 'G', 'Webex', 'user', '1', ''],
      /B3: ZOOM is new, so it needs the name/,
    ],
    [
      'a new product without a group',
      ['ZOOM', 'Zoom', 'C', '', 'Webex', 'user', '1', ''],
      /D3: ZOOM is new, so it needs a product group/,
    ],
    [
      'a name that another SKU has',
      ['ZOOM', 'Webex Suite', 'C', 'G', 'Webex', 'user', '1', ''],
      /B3: “Webex Suite” is the name of WBX-SUITE already\./,
    ],
    ['a SKU twice', ['O365-E5', '', '', '', '', '', '2', 'EUR'], /A3: O365-E5 is in row 2 already\./],
  ] as const) {
    test(`${what}: the cell is named and nothing is changed, not even the good rows`, async () => {
      const before = await everything();
      const plan = await preview([HEAD, ['O365-E5', '', '', '', '', '', '40', ''], row]);
      assert.match(cardText(plan), problem);
      assert.match(cardText(plan), /as long as a row is wrong, nothing is changed/);
      assert.ok(!canRun(plan), buttons(plan).join(', '));
      assert.deepEqual(await everything(), before);
    });
  }

  for (const [what, rows, problem] of [
    ['without a header', [['O365-E3', '1']], /no column “SKU” and “Price”/],
    [
      'without a price column',
      [
        ['SKU', 'Product'],
        ['O365-E3', 'X'],
      ],
      /no column “Price”/,
    ],
    [
      'with a column twice',
      [
        ['SKU', 'Price', 'Amount'],
        ['O365-E3', '1', '2'],
      ],
      /Two columns are “Amount”/,
    ],
  ] as const) {
    test(`a list ${what} is refused`, async () => {
      assert.match((await preview(rows)).text, problem);
    });
  }

  test('the plan is refused where a price has changed since the preview', async () => {
    const plan = await preview([HEAD, ['O365-E3', '', '', '', '', '', '25', '']]);
    await priya.say('price O365-E3 30');
    const again = await priya.press(plan, runButton(plan));
    assert.match(again.text, /nothing was run/);
    assert.match(cardText(again), /1 price goes down/);
    assert.equal(await priceOf('O365-E3'), 3000);
  });

  test('the template has the present prices, and sent back it changes nothing', async () => {
    const reply = await priya.say('bulk prices template');
    const [list] = reply.files ?? [];
    const rows = Object.values(await openBook(talk, list))[0] ?? [];
    assert.deepEqual(rows[0], [...HEAD.slice(0, 6), 'Commitment', ...HEAD.slice(6)]);
    assert.ok(
      rows.some(
        (row) =>
          row.join('|') === 'O365-E3|Office 365 E3|Corporate|Office 365|Microsoft O365|user|yearly|18.22|EUR',
      ),
    );
    const before = await everything();
    const plan = await priya.say('bulk prices', [file('back.csv', csv(rows.map((row) => [...row])))]);
    assert.match(cardText(plan), new RegExp(`${rows.length - 1} prices stay\\.`));
    await priya.press(plan, runButton(plan));
    await talk.waitForPost(isEndOf(jobOf(plan)));
    assert.deepEqual(await everything(), before);
  });
});
