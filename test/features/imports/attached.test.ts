import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { parts, relations, workbook as tabs, worksheet, xlsx } from '../../sheets/workbook.ts';
import { onBothEngines } from '../../support/database.ts';
import { file, openTalk, type Speaker, type Talk } from '../../support/talk.ts';
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

/** A workbook whose sheets share no texts, so that what is wrong with one is wrong with no other. */
function byHand(sheets: readonly (readonly Cells[])[]) {
  const names = ['Organizations', 'Price list', 'Orders'];
  const cell = (text: Cells[number]) => `<c t="inlineStr"><is><t>${text}</t></is></c>`;
  const rows = (of: readonly Cells[]) => of.map((cells) => `<row>${cells.map(cell).join('')}</row>`).join('');
  const of = <T>(made: (at: number) => T) => sheets.map((_, at) => made(at));
  const bytes = xlsx({
    ...parts(''),
    'xl/workbook.xml': tabs(Object.fromEntries(of((at) => [names[at], `rId1${at}`]))),
    'xl/_rels/workbook.xml.rels': relations(
      Object.fromEntries(of((at) => [`rId1${at}`, ['worksheet', `worksheets/${at}.xml`]])),
    ),
    ...Object.fromEntries(of((at) => [`xl/worksheets/${at}.xml`, worksheet(rows(sheets[at] ?? []))])),
  });
  return file('fill.xlsx', bytes);
}

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

  test('a sheet that can’t be read keeps nobody from the others', async () => {
    const long: Cells[] = [...PRICES, ['x'.repeat(33_000), 'LONG-1', '1']];
    const preview = await priya.say('import', [byHand([ORGANIZATIONS, long, []])]);
    assert.match(cardText(preview), /Import of organizations/);
    assert.match(cardText(preview), /send the file again with “bulk prices”\./);
    const alone = await priya.say('import', [byHand([[['Nothing']], long, []])]);
    assert.match(alone.text, /^One cell holds more than 32,767 characters\./);
    const empty = await priya.say('import', [await workbook({ Sheet1: [], Orders: [] })]);
    assert.match(empty.text, /^I found no filled cells in this \.xlsx file\./);
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
