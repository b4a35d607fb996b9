import assert from 'node:assert/strict';
import { Buffer } from 'node:buffer';
import { test } from 'node:test';
import fc from 'fast-check';
import { ascii, cellsHere, rowsHere, sentenceOf, sheetOf } from './support.ts';

const text = (content: string) => Buffer.from(content, 'utf8');

function utf16be(content: string): Uint8Array {
  return Buffer.from(content, 'utf16le').swap16();
}

test('every encoding that Excel saves', async () => {
  const content = 'åsa@example.com;3\r\n"Müller; Jörg";€ 2’\r\n';
  const cells = [
    ['åsa@example.com', '3'],
    ['Müller; Jörg', '€ 2’'],
  ];
  const windows = ascii(content.replace('€', '\x80').replace('’', '\x92'));
  const files = {
    'UTF-8': text(content),
    'UTF-8 with a mark': text(`\uFEFF${content}`),
    'UTF-16 LE': Buffer.from(`\uFEFF${content}`, 'utf16le'),
    'UTF-16 LE without a mark': Buffer.from(content, 'utf16le'),
    'UTF-16 BE': utf16be(`\uFEFF${content}`),
    'UTF-16 BE without a mark': utf16be(content),
    'Windows-1252': windows,
  };
  for (const [encoding, bytes] of Object.entries(files))
    assert.deepEqual(await cellsHere(bytes), cells, encoding);
});

test('the delimiter is found', async () => {
  const files: [string, string[][]][] = [
    ['anna@example.com', [['anna@example.com']]],
    ['anna@example.com\nbo@example.com\n', [['anna@example.com'], ['bo@example.com']]],
    ['anna@example.com,3', [['anna@example.com', '3']]],
    ['anna@example.com;3', [['anna@example.com', '3']]],
    ['anna@example.com\t3', [['anna@example.com', '3']]],
    [
      'anna@example.com;1,5\nbo@example.com;2,5',
      [
        ['anna@example.com', '1,5'],
        ['bo@example.com', '2,5'],
      ],
    ],
    ['anna@example.com;1,000,000', [['anna@example.com', '1,000,000']]],
    ['anna@example.com,3;4', [['anna@example.com', '3;4']]],
    [
      'anna@example.com\nbo@example.com;2\ncy@example.com',
      [['anna@example.com'], ['bo@example.com', '2'], ['cy@example.com']],
    ],
    ['"Larsson; Anna",anna@example.com', [['Larsson; Anna', 'anna@example.com']]],
    [
      'Sku;Name;Price\nA1;Big, red;1,5\nA2;Small;2,5',
      [
        ['Sku', 'Name', 'Price'],
        ['A1', 'Big, red', '1,5'],
        ['A2', 'Small', '2,5'],
      ],
    ],
    [
      'Sku,Name\nA1,a;b\nA2,c',
      [
        ['Sku', 'Name'],
        ['A1', 'a;b'],
        ['A2', 'c'],
      ],
    ],
    [
      'Big;1,5\nSmall;2,5',
      [
        ['Big', '1,5'],
        ['Small', '2,5'],
      ],
    ],
    ['sep=,\r\na;b,c', [['a;b', 'c']]],
  ];
  for (const [content, cells] of files) assert.deepEqual(await cellsHere(text(content)), cells, content);
});

test('an address and a number are never split wrongly', async () => {
  const address = fc.stringMatching(/^[a-z0-9._'+-]{1,12}@[a-z0-9-]{1,10}\.(com|example|se)$/);
  const units = fc.stringMatching(/^[1-9]\d{0,2}([.,]\d{1,3}){0,2}$/);
  const end = fc.constantFrom('\n', '\r\n', '\r');
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(address, units), { minLength: 1, maxLength: 6 }),
      fc.constantFrom(',', ';', '\t'),
      end,
      async (rows, delimiter, newline) => {
        const quoted = (cell: string) => (cell.includes(delimiter) ? `"${cell}"` : cell);
        const lines = rows.map((row) => row.map(quoted).join(delimiter) + newline);
        assert.deepEqual(await cellsHere(text(lines.join(''))), rows);
      },
    ),
  );
});

test('quotes, line breaks in cells, and empty lines that count', async () => {
  const content = '\r\n"a ""b""","one\r\ntwo"\r\n\r\n , \r\n c ,d\r\n';
  assert.deepEqual(await rowsHere(text(content)), [
    { number: 2, cells: ['a "b"', 'one\ntwo'] },
    { number: 5, cells: ['c', 'd'] },
  ]);
});

test('a quote that is never closed is told with its row', async () => {
  assert.match(await sentenceOf(text('a,b\nc,"d\ne,f\n')), /row 2 is never closed/);
});

test('a quotation mark within a text is part of it', async () => {
  const content = 'a "b" c,d"e,"f" ,"g"h"\n"i""",j\n';
  assert.deepEqual(await cellsHere(text(content)), [
    ['a "b" c', 'd"e', 'f', 'g"h'],
    ['i"', 'j'],
  ]);
});

test('separators, line breaks and quotation marks without end', { timeout: 60_000 }, async () => {
  const MANY = 5_000_000;
  const wide = await sheetOf(text(`a${','.repeat(MANY)}\nb${','.repeat(MANY)}c`));
  assert.deepEqual([wide.rows.map(({ cells }) => cells), wide.cutColumns], [[['a'], ['b']], true]);
  assert.match(await sentenceOf(text(`a${'\n'.repeat(MANY)}b`)), /more than 1,048,576 lines/);
  assert.match(await sentenceOf(text('"'.repeat(MANY))), /Cell A1 holds more than 32,767 characters/);
  assert.equal((await sheetOf(text(`${'\n'.repeat(1_048_575)}a`))).rows[0]?.number, 1_048_576);
});

test('the name of the sheet is that of the file', async () => {
  const { sheet, format, rows } = await sheetOf(text('a,b'), {}, 'New users.v2.csv');
  assert.deepEqual([sheet, format, rows], ['New users.v2', 'csv', [{ number: 1, cells: ['a', 'b'] }]]);
});

test('rows and columns have the same limits as in a workbook', async () => {
  const row = `${'1;'.repeat(59)}1\n`;
  const { rows, cutColumns } = await sheetOf(text(row.repeat(1_000)), { rows: 1_000 });
  assert.deepEqual([rows.length, rows[0]?.cells.length, cutColumns], [1_000, 50, true]);
  assert.match(await sentenceOf(text(row.repeat(1_001)), { rows: 1_000 }), /more than 1,000 filled rows/);
});
