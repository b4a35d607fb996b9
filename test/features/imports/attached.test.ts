import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { onBothEngines } from '../../support/database.ts';
import { openTalk, type Speaker, type Talk } from '../../support/talk.ts';
import { type Cells, cardText, isEndOf, jobOf, runButton, sheet } from '../bulk/support.ts';
import { workbook } from './support.ts';

const ORGANIZATIONS: readonly Cells[] = [
  ['Company', 'City'],
  ['Woodgrove', 'Oslo'],
];
const PRICES: readonly Cells[] = [
  ['Name', 'Code', 'Price'],
  ['Office 365 E3', 'O365-E3', '19'],
];
const ORDERS: readonly Cells[] = [
  ['Order number', 'Organization', 'Status', 'Date', 'SKU', 'Quantity', 'Name'],
  ['20600', 'Contoso', 'Draft', '2026-09-14', 'O365-E3', '5', 'A draft'],
];

onBothEngines('import with a workbook', (engine) => {
  let talk: Talk;
  let priya: Speaker;
  before(async () => {
    talk = await openTalk(engine);
    priya = talk.as('priya');
  });
  after(() => talk.close());

  for (const [what, rows, title] of [
    ['organizations', ORGANIZATIONS, /Import of organizations of HamaraCloud/],
    ['a price list', PRICES, /Price list/],
    ['orders', ORDERS, /Import of orders of HamaraCloud/],
  ] as const) {
    test(`sees by the header that a sheet holds ${what}`, async () => {
      for (const reply of [
        await priya.say('import', [sheet(rows, 'some.csv')]),
        await priya.say('import', [await workbook({ Sheet1: rows })]),
      ]) {
        assert.match(cardText(reply), title);
        assert.ok(runButton(reply) !== undefined);
      }
    });
  }

  test('of a workbook with several takes them in their order, and says how to go on', async () => {
    const book = () =>
      workbook({ Notes: [['Nothing']], Orders: ORDERS, 'price list': PRICES, Organizations: ORGANIZATIONS });
    const preview = await priya.say('import', [await book()]);
    assert.match(cardText(preview), /Import of organizations/);
    assert.match(
      cardText(preview),
      /When this has run, send the file again with “bulk prices” and “bulk orders”\./,
    );
    await priya.press(preview, runButton(preview));
    const { reply } = await talk.waitForPost(isEndOf(jobOf(preview)));
    assert.match(reply.text, /1 done, 0 failed/);
    assert.match(cardText(await priya.say('bulk prices', [await book()])), /Price list/);
  });

  test('a file that follows the guide without a word is for it', async () => {
    await priya.say('import');
    assert.match(cardText(await priya.say('', [sheet(ORDERS, 'orders.csv')])), /Import of orders/);
  });

  test('says so where the first row is not known, or there are two files', async () => {
    const strange = await priya.say('import', [sheet([['Colour'], ['red']], 'strange.csv')]);
    assert.match(strange.text, /^strange\.csv has no sheet that I know by its first row\./);
    const bad = await priya.say('import', [
      { name: 'picture.png', read: async () => new Uint8Array([1, 2, 3]) },
    ]);
    assert.doesNotMatch(bad.text, /Get the workbook/);
    const file = sheet(ORDERS, 'orders.csv');
    assert.match((await priya.say('import', [file, file])).text, /2 files; one at a time/);
    assert.match((await talk.as('nora').say('import', [file])).text, /may not do that/);
  });
});
