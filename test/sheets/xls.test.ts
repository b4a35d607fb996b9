import assert from 'node:assert/strict';
import { Buffer } from 'node:buffer';
import { test } from 'node:test';
import { type BookType, CFB, utils, write } from '@e965/xlsx';
import fc from 'fast-check';
import { readSheet } from '../../src/sheets/index.ts';
import { ascii, rowsHere, sentenceOf, sheetOf } from './support.ts';

function xls(rows: unknown[][], bookType: BookType = 'biff8'): Buffer {
  const book = utils.book_new();
  utils.book_append_sheet(book, utils.aoa_to_sheet([]), 'Cover');
  utils.book_append_sheet(book, utils.aoa_to_sheet(rows), 'Users');
  return write(book, { type: 'buffer', bookType });
}

const list = Array.from({ length: 100 }, (_, at) => [`user${at}@example.com`, at]);

/** The file with the records of its workbook changed. */
function changed(file: Buffer, change: (records: Buffer) => Buffer): Buffer {
  const container = CFB.read(file, { type: 'buffer' });
  const stream: { content: Uint8Array; size: number } = CFB.find(container, '/Workbook');
  stream.content = change(Buffer.from(stream.content));
  stream.size = stream.content.length;
  return CFB.write(container, { type: 'buffer' });
}

test('both kinds of .xls read as plain cells', async () => {
  for (const bookType of ['biff8', 'biff5'] as const) {
    const bytes = xls(
      [['anna@example.com ', 3, 2.5, true], [], [null, 0.1 + 0.2, ' x', { t: 'e', v: 42 }]],
      bookType,
    );
    const { format, sheet, otherSheets, rows } = await sheetOf(bytes);
    assert.deepEqual([format, sheet, otherSheets], ['xls', 'Users', ['Cover']], bookType);
    assert.deepEqual(
      rows,
      [
        { number: 1, cells: ['anna@example.com', '3', '2.5', 'TRUE'] },
        { number: 3, cells: ['', '0.3', 'x', '#N/A'] },
      ],
      bookType,
    );
  }
});

test('letters beyond ASCII are read from both', async () => {
  assert.deepEqual(await rowsHere(xls([['\u00A0åsa €']])), [{ number: 1, cells: ['åsa €'] }]);
  // The writer has no code pages, the format stores one byte for each letter.
  const biff5 = xls([['?sa']], 'biff5');
  biff5[biff5.indexOf('?sa')] = 0x80;
  assert.deepEqual(await rowsHere(biff5), [{ number: 1, cells: ['€sa'] }]);
});

test('the limits of rows, columns and size hold', async () => {
  const limits = { rows: 100, columns: 1 };
  assert.equal((await sheetOf(xls(list), limits)).cutColumns, true);
  assert.match(await sentenceOf(xls([...list, ['one more']]), limits), /more than 100 filled rows/);
  assert.match(await sentenceOf(xls(list), { xlsBytes: 1_024 }), /^This \.xls file is/);
});

test('a password is told', async () => {
  const filePass = Buffer.from('2f000600000001000200', 'hex');
  const locked = changed(xls(list), (records) => {
    const first = 4 + records.readUInt16LE(2);
    return Buffer.concat([records.subarray(0, first), filePass, records.subarray(first)]);
  });
  assert.match(await sentenceOf(locked), /^This \.xls file is password-protected\./);
});

test('a file without rows is never told as read', async () => {
  assert.match(await sentenceOf(xls([])), /no filled cells in this \.xls file/);
  const container = CFB.utils.cfb_new();
  CFB.utils.cfb_add(container, '/Workbook', ascii('garbage '.repeat(1_000)));
  assert.match(await sentenceOf(CFB.write(container, { type: 'buffer' })), /\.xls file is damaged/);
});

test('a file that breaks off is refused, not read in part', async () => {
  const whole = xls(list);
  assert.match(await sentenceOf(whole.subarray(0, whole.length / 2)), /\.xls file is damaged/);
  const half = changed(whole, (records) => records.subarray(0, records.length / 2));
  assert.match(await sentenceOf(half), /\.xls file is damaged/);
});

test('a file that SheetJS never gets done with is stopped', { timeout: 60_000 }, async () => {
  const NUMBER = Buffer.from('03020e00', 'hex');
  const FORMULA = Buffer.from('06020e00', 'hex');
  // A formula has at least 22 bytes; its reader looks for the end of one with 14 for ever.
  const endless = changed(xls(list), (records) => {
    FORMULA.copy(records, records.indexOf(NUMBER));
    return records;
  });
  assert.match(await sentenceOf(endless, { seconds: 1 }), /^I stopped reading this file after 1 second/);
});

test('a changed byte comes to rows or to a sentence', async () => {
  const whole = xls(list);
  await fc.assert(
    fc.asyncProperty(fc.nat(whole.length - 1), fc.nat(255), async (at, value) => {
      const mutated = Buffer.from(whole);
      mutated[at] = value;
      const read = await readSheet({ name: 'list.xls', bytes: mutated }, { seconds: 2 });
      assert.ok(read.kind === 'sheet' ? read.rows.length > 0 : read.sentence.endsWith('.'));
    }),
    { numRuns: 25 },
  );
});

test('of several sheets the one that is wanted is read, where it is there: no other, also if it is empty', async () => {
  const book = utils.book_new();
  utils.book_append_sheet(book, utils.aoa_to_sheet([['first']]), 'Cover');
  utils.book_append_sheet(book, utils.aoa_to_sheet([['second']]), 'Price list');
  utils.book_append_sheet(book, utils.aoa_to_sheet([]), 'Orders');
  const bytes: Buffer = write(book, { type: 'buffer', bookType: 'biff8' });
  for (const [wanted, found] of [
    ['price LIST', 'second'],
    ['Nothing', 'first'],
  ] as const) {
    const read = await readSheet({ name: 'fill.xls', bytes, sheet: wanted });
    assert.ok(read.kind === 'sheet');
    assert.deepEqual(
      read.rows.map(({ cells }) => cells),
      [[found]],
      wanted,
    );
  }
  const empty = await readSheet({ name: 'fill.xls', bytes, sheet: 'Orders' });
  assert.equal(empty.kind, 'unreadable');
});

test('dates are read as dates', async () => {
  for (const bookType of ['biff8', 'biff5'] as const) {
    const day = (z: string, v = 46279) => ({ t: 'n', v, z });
    const rows = [[day('m/d/yy'), day('dd/mm/yyyy'), day('yyyy-mm-dd hh:mm', 46279.5), day('0.00'), 46279]];
    assert.deepEqual(
      await rowsHere(xls(rows, bookType)),
      [{ number: 1, cells: ['2026-09-14', '2026-09-14', '2026-09-14 12:00', '46279', '46279'] }],
      bookType,
    );
  }
});
