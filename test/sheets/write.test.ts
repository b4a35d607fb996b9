import assert from 'node:assert/strict';
import { Buffer } from 'node:buffer';
import { test } from 'node:test';
import { read } from '@e965/xlsx';
import ExcelJS from 'exceljs';
import fc from 'fast-check';
import Papa from 'papaparse';
import { plainText } from '../../src/sheets/cells.ts';
import { type CellOut, type RowOut, type SheetOut, writeCsv, writeWorkbook } from '../../src/sheets/index.ts';
import { chunks } from '../../src/sheets/write/chunks.ts';
import { sheetNames } from '../../src/sheets/write/sheet-names.ts';
import { cellsHere, sheetOf } from './support.ts';

const payloads = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠', ' =', '\u00A0@'].flatMap(
  (start) => [
    `${start}1+1`,
    `${start}cmd|' /C calc'!A0`,
    `${start}HYPERLINK("http://example.com?"&A1,"Click")`,
  ],
);

const sheet = (rows: SheetOut['rows'], columns: SheetOut['columns'] = [], name = 'Rows'): SheetOut => ({
  name,
  columns,
  rows,
});

async function opened(...sheets: SheetOut[]): Promise<ExcelJS.Workbook> {
  const book = new ExcelJS.Workbook();
  await book.xlsx.load(new Uint8Array(await writeWorkbook(sheets)).buffer);
  return book;
}

function cellsOf(book: ExcelJS.Workbook): ExcelJS.Cell[] {
  const cells: ExcelJS.Cell[] = [];
  for (const each of book.worksheets) each.eachRow((row) => row.eachCell((cell) => cells.push(cell)));
  return cells;
}

test('nothing that comes from outside becomes a formula in a workbook', async () => {
  const tones = payloads.map((text): CellOut => ({ text, tone: 'bad' }));
  const book = await opened(
    sheet(
      [payloads, tones],
      payloads.map((header) => ({ header })),
    ),
  );
  const cells = cellsOf(book);
  assert.equal(cells.length, payloads.length * 3);
  assert.deepEqual([...new Set(cells.map(({ type }) => type))], [ExcelJS.ValueType.String]);
  assert.deepEqual([...new Set(cells.map(({ numFmt }) => numFmt))], ['@']);
  assert.equal(cells[0]?.value, '=1+1');
});

test('another program finds no formula either', async () => {
  const bytes = await writeWorkbook([sheet([payloads, payloads.map((text) => ({ text, tone: 'good' }))])]);
  const { Sheets: sheets } = read(bytes, { type: 'array', cellFormula: true });
  const cells = Object.entries(sheets.Rows ?? {}).filter(([name]) => !name.startsWith('!'));
  assert.equal(cells.length, payloads.length * 2);
  for (const [name, { t, f }] of cells) assert.deepEqual([t, f], ['s', undefined], name);
});

test('each tone looks different without its colour', async () => {
  const tones = ['good', 'bad', 'neutral'] as const;
  const book = await opened(sheet([tones.map((tone) => ({ text: tone, tone }))]));
  const looks = cellsOf(book).map(({ font }) => `bold ${font.bold === true}, italic ${font.italic === true}`);
  assert.equal(new Set(looks).size, tones.length);
});

test('a result workbook: headers that stay in view, tones, numbers, a summary', async () => {
  const rows: RowOut[] = [
    ['anna@example.com', 3, { text: 'Done', tone: 'good' }, ''],
    ['bo', 'two', { text: 'Failed', tone: 'bad' }, { text: 'B2 is not a number', tone: 'neutral' }],
  ];
  const columns = ['User', 'Units', 'Status', 'Reason'].map((header) => ({ header }));
  const book = await opened(sheet(rows, columns), sheet([['Done', 1]], [{ width: 30 }, {}], 'Summary'));
  const [result, summary] = book.worksheets;
  assert.deepEqual(valuesOf(result), [
    ['User', 'Units', 'Status', 'Reason'],
    ['anna@example.com', 3, 'Done'],
    ['bo', 'two', 'Failed', 'B2 is not a number'],
  ]);
  assert.deepEqual([result?.views[0]?.state, summary?.views?.[0]?.state], ['frozen', undefined]);
  assert.deepEqual([result?.getColumn(1).width, result?.getColumn(2).width], [18, 8]);
  assert.deepEqual([result?.getCell('A1').font.bold, result?.getCell('C3').font.bold], [true, true]);
  assert.equal(result?.getCell('D3').font.italic, true);
  assert.notDeepEqual(result?.getCell('C2').fill, result?.getCell('C3').fill);
  assert.deepEqual([summary?.name, summary?.getColumn(1).width], ['Summary', 30]);
});

function valuesOf(sheet: ExcelJS.Worksheet | undefined): ExcelJS.CellValue[][] {
  const rows: ExcelJS.CellValue[][] = [];
  sheet?.eachRow(({ values }) => rows.push(Array.isArray(values) ? values.slice(1) : []));
  return rows;
}

test('what was written is read back', async () => {
  const cell = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 30 }),
    fc.string(),
    fc.constantFrom(...payloads, '_x0041_', 'a_x000D_b', '\uFFFEa\uFFFF', '\uD800b'),
  );
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(cell, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 20 }),
      async (rows) => {
        const bytes = await writeWorkbook([sheet([['first'], ...rows])]);
        assert.deepEqual(await cellsHere(bytes), [
          ['first'],
          ...rows.map(expectedCells).filter((cells) => cells.length > 0),
        ]);
      },
    ),
    { numRuns: 12 },
  );
});

test('what exceljs wrote is read back', async () => {
  const text = fc.string({ unit: 'grapheme', maxLength: 30 }).filter((each) => !/_x[0-9a-f]{4}_/i.test(each));
  const cell = fc.oneof(text, fc.integer(), fc.boolean());
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(cell, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 20 }),
      fc.boolean(),
      async (rows, shared) => {
        const book = new ExcelJS.Workbook();
        book.addWorksheet('List').addRows([['first'], ...rows]);
        const bytes = new Uint8Array(await book.xlsx.writeBuffer({ useSharedStrings: shared, filename: '' }));
        const shown = rows.map((row) =>
          row.map((value) => (typeof value === 'boolean' ? String(value).toUpperCase() : String(value))),
        );
        assert.deepEqual(await cellsHere(bytes), [
          ['first'],
          ...shown.map(expectedCells).filter((cells) => cells.length > 0),
        ]);
      },
    ),
  );
});

// biome-ignore lint/suspicious/noControlCharactersInRegex: XML can't hold them
const NOT_IN_XML = /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]/g;

/** What is left of texts after XML and the cleaning of cells. */
function expectedCells(texts: readonly string[]): string[] {
  const cells = texts.map((text) =>
    plainText(text.toWellFormed().replace(/\r\n?/g, '\n').replace(NOT_IN_XML, '')),
  );
  return cells.slice(0, cells.findLastIndex((cell) => cell !== '') + 1);
}

test('a hundred thousand rows, asked for as they are needed', async () => {
  let asked = 0;
  async function* rows(): AsyncGenerator<RowOut> {
    for (let at = 1; at <= 100_000; at += 1) {
      asked += 1;
      yield [`user${at}@example.com`, at, { text: 'Done', tone: 'good' }, 'as it came in'];
    }
  }
  const read = await sheetOf(await writeWorkbook([sheet(rows())]));
  assert.deepEqual([asked, read.rows.length], [100_000, 100_000]);
  assert.deepEqual(read.rows.at(-1)?.cells, ['user100000@example.com', '100000', 'Done', 'as it came in']);
});

test('rows that fail to come reject the workbook, and the next one is written', async () => {
  async function* broken(): AsyncGenerator<RowOut> {
    yield ['one'];
    throw new Error('the database went away');
  }
  await assert.rejects(writeWorkbook([sheet(broken())]), /the database went away/);
  assert.equal((await opened(sheet([['one']]))).worksheets[0]?.getCell('A1').value, 'one');
});

test('odd cells: too long, not a number, no rows, a line break', async () => {
  const book = await opened(
    sheet([['a'.repeat(40_000), Number.NaN, 'one\r\ntwo']]),
    sheet([], [{ header: 'User' }], 'Empty'),
  );
  const [odd, empty] = book.worksheets;
  assert.equal(String(odd?.getCell('A1').value).length, 32_767);
  assert.deepEqual([odd?.getCell('B1').value, odd?.getCell('C1').value], ['NaN', 'one\ntwo']);
  assert.equal(empty?.getCell('A1').value, 'User');
});

test('sheets get names that Excel takes', () => {
  const nameOf = sheetNames();
  const wanted = [
    "'New' [users]: 2/3?",
    '',
    'History',
    'x'.repeat(40),
    'X'.repeat(40),
    `${'y'.repeat(30)}😀`,
  ];
  assert.deepEqual(wanted.map(nameOf), [
    "New'  users   2 3",
    'Sheet',
    'History (2)',
    'x'.repeat(31),
    `${'X'.repeat(27)} (2)`,
    'y'.repeat(30),
  ]);
});

test('the sheets of one workbook never share a name', async () => {
  const book = await opened(sheet([['a']], [], 'A/B'), sheet([['b']], [], 'A/B'));
  assert.deepEqual(
    book.worksheets.map(({ name }) => name),
    ['A B', 'A B (2)'],
  );
});

test('chunks hold every item once, in order', async () => {
  assert.deepEqual(await all(chunks([1, 2, 3, 4, 5], 2)), [[1, 2], [3, 4], [5]]);
  assert.deepEqual(await all(chunks([], 2)), []);
});

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
}

test('a CSV holds every cell, and no formula', () => {
  const table = Buffer.from(writeCsv([['User', 'Units'], ['a "b", c\nd', -3], payloads])).toString('utf8');
  assert.ok(table.startsWith('\uFEFF"User","Units"\r\n"a ""b"", c\nd","-3"\r\n'));
  const [, , written] = Papa.parse<string[]>(table.slice(1), { newline: '\r\n' }).data;
  assert.deepEqual(
    written,
    payloads.map((payload) => `'${payload}`),
  );
});
