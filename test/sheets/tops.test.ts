import assert from 'node:assert/strict';
import type { Buffer } from 'node:buffer';
import { test } from 'node:test';
import { utils, write } from '@e965/xlsx';
import { readTops } from '../../src/sheets/index.ts';
import { ascii } from './support.ts';
import { parts, relations, workbook, worksheet, xlsx } from './workbook.ts';

const topsOf = async (bytes: Uint8Array, limits = {}) => {
  const read = await readTops({ name: 'some list.csv', bytes }, limits);
  return read.kind === 'tops'
    ? read.tops.map(({ sheet, first, sentence }) => [sheet, first?.cells, sentence])
    : read.sentence;
};
const cell = (row: number, text: string) =>
  `<row r="${row}"><c r="A${row}" t="inlineStr"><is><t>${text}</t></is></c></row>`;

test('the first filled row of every sheet is read, and nothing behind it', async () => {
  const rows = Array.from({ length: 40_000 }, (_, at) => cell(at + 6, `row ${at}`)).join('');
  const bytes = xlsx({
    ...parts(''),
    'xl/workbook.xml': workbook({ Cover: 'rId3', Long: 'rId1', Broken: 'rId4' }),
    'xl/_rels/workbook.xml.rels': relations({
      rId1: ['worksheet', 'worksheets/sheet1.xml'],
      rId2: ['sharedStrings', 'sharedStrings.xml'],
      rId3: ['worksheet', 'worksheets/cover.xml'],
      rId4: ['worksheet', 'worksheets/broken.xml'],
    }),
    'xl/worksheets/cover.xml': worksheet(''),
    'xl/worksheets/sheet1.xml': worksheet(`${cell(3, '')}${cell(5, 'Title')}${rows}${cell(4, 'no order')}`),
    'xl/worksheets/broken.xml': '<worksheet><sheetData><row>',
  });
  assert.deepEqual(await topsOf(bytes, { rows: 10 }), [
    ['Cover', undefined, undefined],
    ['Long', ['Title'], undefined],
    [
      'Broken',
      undefined,
      'This .xlsx file is damaged or incomplete. Open it in Excel, save it again and send the new file.',
    ],
  ]);
});

test('of an .xls and a .csv file too', async () => {
  const book = utils.book_new();
  utils.book_append_sheet(book, utils.aoa_to_sheet([]), 'Cover');
  utils.book_append_sheet(book, utils.aoa_to_sheet([[], ['SKU', 'Price'], ['A-1', 3]]), 'Price list');
  const xls: Buffer = write(book, { type: 'buffer', bookType: 'biff8' });
  assert.deepEqual(await topsOf(xls), [
    ['Cover', undefined, undefined],
    ['Price list', ['SKU', 'Price'], undefined],
  ]);
  assert.deepEqual(await topsOf(ascii('\nSKU;Price\nA-1;"3')), [['some list', ['SKU', 'Price'], undefined]]);
});

test('a file without any says so, and so does one that can’t be read', async () => {
  assert.match(String(await topsOf(xlsx(parts('')))), /^I found no filled cells in this \.xlsx file/);
  assert.match(String(await topsOf(new Uint8Array())), /^This file is empty/);
  assert.match(String(await topsOf(ascii('%PDF-1.4'))), /^This is a PDF/);
  assert.match(String(await topsOf(ascii('a,b'), { bytes: 2 })), /I can read up to/);
});
