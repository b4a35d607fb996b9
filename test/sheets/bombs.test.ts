/** Small files that grow without end when they are read. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { outcomeHere, sentenceOf, sheetOf } from './support.ts';
import { parts, relations, workbook, worksheet, xlsx } from './workbook.ts';
import { checksumOf, entry, repeated } from './zip.ts';

const SHEET = 'xl/worksheets/sheet1.xml';
const STRINGS = 'xl/sharedStrings.xml';
const MB = 1024 * 1024;
const small = parts('<row><c t="s"><v>0</v></c></row>', ['<t>anna@example.com</t>']);

/** Not to measure speed: so that a file which is never done fails its test instead of holding up the run. */
const patience = { timeout: 60_000 };

test('a gigabyte of one text', patience, async () => {
  const bomb = repeated(STRINGS, ['<sst><si><t>', 'a'.repeat(MB), '</t></si></sst>'], 1_024);
  assert.match(await sentenceOf(xlsx(small, bomb)), /unpacks to more than 128 MB/);
});

test('a gigabyte of small texts', patience, async () => {
  const bomb = repeated(STRINGS, ['<sst>', '<si><t>abcdef</t></si>'.repeat(MB / 16), '</sst>'], 800);
  assert.match(await sentenceOf(xlsx(small, bomb)), /unpacks to more than 128 MB/);
});

test('a gigabyte that claims to be a thousand bytes', patience, async () => {
  const bomb = repeated(SHEET, ['<worksheet>', '<a/>'.repeat(MB / 4), '</worksheet>'], 1_024);
  assert.match(await sentenceOf(xlsx(small, { ...bomb, declaredSize: 1_000 })), /damaged/);
});

test('parts that are fine each, but not together', async () => {
  const strings = repeated(STRINGS, ['<sst>', '<si><t>abcdef</t></si>'.repeat(100), '</sst>'], 300);
  const file = xlsx(small, { ...strings, checksum: 0 });
  assert.match(await sentenceOf(file, { unpackedBytes: 500_000 }), /unpacks to more than/);
});

test('one text without end, below the limit of the file', patience, async () => {
  const long = repeated(STRINGS, ['<sst><si><t>', 'a'.repeat(MB), '</t></si></sst>'], 100);
  assert.match(await sentenceOf(xlsx(small, long)), /One cell holds more than 32,767/);
  const runs = `<sst><si>${'<r><t>abcdefghij</t></r>'.repeat(4_000)}</si></sst>`;
  assert.match(
    await sentenceOf(xlsx({ ...small, [STRINGS]: runs })),
    /One cell holds more than 32,767 characters/,
  );
  const inline = `<row r="3"><c r="A3"><is>${'<r><t>abcdefghij</t></r>'.repeat(4_000)}`;
  assert.match(await sentenceOf(xlsx(parts(inline))), /Cell A3 holds more than 32,767/);
  const cell = `<c r="B17" t="str"><v>${'a'.repeat(32_768)}</v></c>`;
  assert.match(await sentenceOf(xlsx(parts(`<row r="17">${cell}</row>`))), /Cell B17 holds more than 32,767/);
});

test('one long text that every cell repeats', patience, async () => {
  const row = `<row>${'<c t="s"><v>0</v></c>'.repeat(50)}</row>`;
  const file = xlsx(parts(row.repeat(200), [`<t>${'a'.repeat(32_767)}</t>`]));
  assert.match(await sentenceOf(file), /more than 64,000,000 characters together/);
});

test('elements within elements without end', patience, async () => {
  const deep = repeated(SHEET, ['<worksheet>', '<a>'.repeat(MB), ''], 30);
  assert.match(await sentenceOf(xlsx(small, deep)), /damaged/);
});

test('too many parts', async () => {
  const many = Array.from({ length: 1_001 }, (_, at) => entry(`xl/media/${at}.png`, ''));
  assert.match(await sentenceOf(xlsx(small, ...many)), /more than 1,000 parts/);
});

test('parts that lie about their size, either way', async () => {
  const sheet = entry(SHEET, worksheet('<row><c><v>3</v></c></row>'));
  for (const declaredSize of [sheet.declaredSize - 1, sheet.declaredSize + 1]) {
    assert.match(await outcomeHere(xlsx(small, { ...sheet, declaredSize })), /Refusal: .*damaged/);
  }
  const huge = { ...sheet, declaredSize: 0xfffffffe };
  assert.match(await outcomeHere(xlsx(small, huge)), /unpacks to more than 128 MB/);
});

test('parts that share their bytes count each time they are read', patience, async () => {
  const spaces: [string, string, string] = ['<worksheet>', ' '.repeat(MB), '</worksheet>'];
  const names = Array.from({ length: 900 }, (_, at) => `sheet${at}`);
  const contents = {
    ...small,
    'xl/workbook.xml': workbook(Object.fromEntries(names.map((name) => [name, name]))),
    'xl/_rels/workbook.xml.rels': relations(
      Object.fromEntries(names.map((name) => [name, ['worksheet', 'worksheets/sheet1.xml']])),
    ),
  };
  const empty = { ...repeated(SHEET, spaces, 20), checksum: checksumOf(spaces, 20) };
  assert.match(await sentenceOf(xlsx(contents, empty)), /unpacks to more than 128 MB/);
});

test('more elements and attributes than any sheet needs, in all parts together', patience, async () => {
  const sheets = Object.fromEntries(['One', 'Two'].map((name) => [name, 'rId1']));
  const empty = (data: string) => xlsx({ ...parts(data), 'xl/workbook.xml': workbook(sheets) });
  const said = /more cells and formats than I can read/;
  assert.match(await sentenceOf(empty('<a/>'.repeat(600)), { markup: 1_000 }), said);
  assert.match(await sentenceOf(empty('<a b="" c=""/>'.repeat(200)), { markup: 1_000 }), said);
  assert.match(await sentenceOf(empty('<a/>'.repeat(400)), { markup: 1_000 }), /no filled cells/);
});

test('more shared texts than memory has room for', patience, async () => {
  const bomb = repeated(STRINGS, ['<sst>', '<si/>'.repeat(MB / 8), '</sst>'], 150);
  assert.match(await sentenceOf(xlsx(small, bomb)), /needs more memory than I may use/);
});

test('a million empty rows, and the one behind them', patience, async () => {
  const rows = ['<worksheet><sheetData>', '<row/>'.repeat(100_000), ''] as const;
  const end = '<row r="1048576"><c><v>7</v></c></row></sheetData></worksheet>';
  const million = repeated(SHEET, [rows[0], rows[1], end], 10);
  const checksum = checksumOf([rows[0], rows[1], end], 10);
  const read = await sheetOf(xlsx(small, { ...million, checksum }));
  assert.deepEqual(read.rows, [{ number: 1_048_576, cells: ['7'] }]);
});
