/** Whatever stands in the cells and whoever wrote the file: it reads as the same plain cells. */
import assert from 'node:assert/strict';
import { Buffer } from 'node:buffer';
import { test } from 'node:test';
import { type BookType, utils, write } from '@e965/xlsx';
import ExcelJS from 'exceljs';
import fc from 'fast-check';
import { plainText } from '../../src/sheets/cells.ts';
import { type Row, readSheet, writeCsv } from '../../src/sheets/index.ts';
import { rowsHere } from './support.ts';

type Table = readonly (readonly (string | number)[])[];

/** Excel reads `_x0041_` as A; what our own writer does about it has its own test. */
const isPlain = (text: string) => !/_x[0-9a-f]{4}_/i.test(text);
// biome-ignore lint/suspicious/noControlCharactersInRegex: neither XML nor people write them
const CONTROLS = /[\0-\x08\x0b-\x1f\x7f-\x9f\ufeff\ufffe\uffff]/g;
const written = (text: string) => text.toWellFormed().replace(CONTROLS, '');

const telling = fc.constantFrom(
  ...['=1+1', '+1', '-1', '@SUM(A1)', ' anna@example.com\u00A0', 'a"b', '"', 'a,b;c\td', 'one\ntwo'],
  ...['1', '2.0', '007', '1e5', 'TRUE', '<b>&amp;</b>', ']]>', '日本 😀', 'Å\u0301', "'quoted", ''],
);
const text = fc.oneof(
  telling,
  fc.string({ unit: 'grapheme', maxLength: 20 }).map(written).filter(isPlain),
  fc.string({ unit: 'binary', maxLength: 10 }).map(written).filter(isPlain),
);
const number = fc.oneof(fc.integer(), fc.constantFrom(0.1, 2.5, -0.25, 1e21, 123456789012345));
const table = fc
  .array(fc.array(fc.oneof(text, number), { maxLength: 5 }), { minLength: 1, maxLength: 8 })
  .map((rows): Table => [['first@example.com', 'second'], ...rows]);

/** The rows that somebody sees in the table. */
function seen(rows: Table): Row[] {
  return rows.flatMap((row, at) => {
    const cells = row.map((cell) => plainText(String(cell)));
    const width = cells.findLastIndex((cell) => cell !== '') + 1;
    return width === 0 ? [] : [{ number: at + 1, cells: cells.slice(0, width) }];
  });
}

const settings = { seed: 7, endOnFailure: true };

test('.xlsx by exceljs, with texts in the cells and shared', async () => {
  await fc.assert(
    fc.asyncProperty(table, fc.boolean(), async (rows, shared) => {
      const book = new ExcelJS.Workbook();
      book.addWorksheet('List').addRows(rows.map((row) => [...row]));
      const bytes = await book.xlsx.writeBuffer({ useSharedStrings: shared, filename: '' });
      assert.deepEqual(await rowsHere(new Uint8Array(bytes)), seen(rows));
    }),
    { ...settings, numRuns: 40 },
  );
});

function bySheetJs(rows: Table, bookType: BookType, shared = false): Buffer {
  const book = utils.book_new();
  utils.book_append_sheet(book, utils.aoa_to_sheet(rows.map((row) => [...row])), 'List');
  return write(book, { type: 'buffer', bookType, bookSST: shared });
}

test('.xlsx by SheetJS, with texts in the cells and shared', async () => {
  await fc.assert(
    fc.asyncProperty(table, fc.boolean(), async (rows, shared) => {
      assert.deepEqual(await rowsHere(bySheetJs(rows, 'xlsx', shared)), seen(rows));
    }),
    { ...settings, numRuns: 100 },
  );
});

test('.xls of Excel 97 and later', async () => {
  await fc.assert(
    fc.asyncProperty(table, async (rows) => {
      assert.deepEqual(await rowsHere(bySheetJs(rows, 'biff8')), seen(rows));
    }),
    { ...settings, numRuns: 100 },
  );
});

test('.xls of Excel 95, which stores one byte for each letter', async () => {
  const ascii = table.map((rows) =>
    rows.filter((row) => row.every((cell) => /^[\n -~]*$/.test(String(cell)))),
  );
  await fc.assert(
    fc.asyncProperty(
      ascii.filter((rows) => rows.length > 0),
      async (rows) => {
        assert.deepEqual(await rowsHere(bySheetJs(rows, 'biff5')), seen(rows));
      },
    ),
    { ...settings, numRuns: 100 },
  );
});

const encodings: Readonly<Record<string, (content: string) => Uint8Array>> = {
  'UTF-8': (content) => Buffer.from(content, 'utf8'),
  'UTF-8 with a mark': (content) => Buffer.from(`\uFEFF${content}`, 'utf8'),
  'UTF-16 LE': (content) => Buffer.from(`\uFEFF${content}`, 'utf16le'),
  'UTF-16 BE': (content) => Buffer.from(`\uFEFF${content}`, 'utf16le').swap16(),
};

/** `first@example.com`, alone in its cell, tells the delimiter whatever the other cells hold. */
test('.csv in each encoding, with each separator and line break', async () => {
  await fc.assert(
    fc.asyncProperty(
      table,
      fc.constantFrom(...Object.values(encodings)),
      fc.constantFrom(',', ';', '\t'),
      fc.constantFrom('\n', '\r\n', '\r'),
      fc.boolean(),
      async (rows, encoded, separator, newline, always) => {
        const lines = rows.map((row) => row.map((cell) => quoted(String(cell), always)).join(separator));
        assert.deepEqual(await rowsHere(encoded(lines.join(newline))), seen(rows));
      },
    ),
    { ...settings, numRuns: 300 },
  );
});

function quoted(cell: string, always: boolean): string {
  return always || /[",;\t\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

test('.csv in the encoding of Windows', async () => {
  const letter = fc.constantFrom(...'abcÅåÄäÖöéüß€’–0123456789@.,;"=+- \n');
  const cell = fc.string({ unit: letter, maxLength: 12 });
  const rows = fc.array(fc.array(cell, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 6 });
  await fc.assert(
    fc.asyncProperty(rows, async (others) => {
      const all = [['first@example.com', 'é'], ...others];
      const lines = all.map((row) => row.map((each) => quoted(each, false)).join(';'));
      assert.deepEqual(await rowsHere(windows1252(lines.join('\r\n'))), seen(all));
    }),
    { ...settings, numRuns: 200 },
  );
});

function windows1252(content: string): Uint8Array {
  const special: Readonly<Record<string, number>> = { '€': 0x80, '’': 0x92, '–': 0x96 };
  return Uint8Array.from(content, (letter) => special[letter] ?? letter.charCodeAt(0));
}

test('our own .csv, but for the mark before what would be a formula', async () => {
  await fc.assert(
    fc.asyncProperty(table, async (rows) => {
      const read = await rowsHere(writeCsv(rows));
      const plain = read.map(({ number, cells }) => ({
        number,
        cells: cells.map((cell) => plainText(cell.replace(/^'(?=[\s\uFEFF]*[=+\-@＝＋－＠]|[\t\n])/, ''))),
      }));
      assert.deepEqual(plain, seen(rows));
    }),
    { ...settings, numRuns: 100 },
  );
});

test('cut or changed anywhere, a file comes to rows or to a sentence, in time', async () => {
  const rows: Table = Array.from({ length: 60 }, (_, at) => [`user${at}@example.com`, at, 'Åsa "ö"']);
  const book = new ExcelJS.Workbook();
  book.addWorksheet('List').addRows(rows.map((row) => [...row]));
  const files = [
    new Uint8Array(await book.xlsx.writeBuffer()),
    ...(['xlsx', 'biff8', 'biff5'] as const).map((bookType) => bySheetJs(rows, bookType)),
    ...Object.values(encodings).map((encoded) => encoded(rows.map((row) => row.join(';')).join('\r\n'))),
  ];
  const change = fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    by: fc.integer({ min: 1, max: 255 }),
  });
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...files),
      fc.array(change, { maxLength: 8 }),
      fc.oneof(fc.constant(1), fc.double({ min: 0, max: 1, noNaN: true })),
      async (whole, changes, kept) => {
        const bytes = Uint8Array.from(whole).subarray(0, Math.ceil(whole.length * kept));
        for (const { at, by } of changes) {
          const place = Math.min(Math.floor(at * bytes.length), bytes.length - 1);
          bytes[place] = (bytes[place] ?? 0) ^ by;
        }
        const read = await readSheet({ name: 'list', bytes }, { seconds: 5 });
        if (read.kind === 'sheet') assert.ok(read.rows.length > 0);
        else assert.match(read.sentence, /^[A-Z].+\.$/);
      },
    ),
    { ...settings, numRuns: 60 },
  );
});
