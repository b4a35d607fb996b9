import assert from 'node:assert/strict';
import { Buffer } from 'node:buffer';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { CFB } from '@e965/xlsx';
import fc from 'fast-check';
import { ascii, cellsHere, outcomeHere, rowsHere, sentenceOf, sheetOf } from './support.ts';
import { parts, relations, worksheet, xlsx } from './workbook.ts';
import { entry, repeated, zip } from './zip.ts';

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
  assert.match(await sentenceOf(xlsx(small, long)), /damaged/);
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

test('entities that grow, and entities that fetch', async () => {
  const laughs =
    '<!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]><worksheet><sheetData><row><c t="str"><v>&b;</v></c></row></sheetData></worksheet>';
  const fetch =
    '<!DOCTYPE x [<!ENTITY file SYSTEM "file:///etc/passwd">]><worksheet><sheetData><row><c t="str"><v>&file;</v></c></row></sheetData></worksheet>';
  const unclosed = `<!DOCTYPE x [${' '.repeat(3 * MB)}`;
  for (const [sheet, said] of [
    [laughs, /type definition/],
    [fetch, /type definition/],
    [unclosed, /damaged/],
  ] as const) {
    assert.match(await sentenceOf(xlsx({ ...small, [SHEET]: sheet })), said);
  }
});

test('a file that was cut off, wherever it was', async () => {
  const whole = xlsx(small);
  assert.match(
    await sentenceOf(whole.subarray(0, whole.length - 30)),
    /\.xlsx file is damaged or incomplete/,
  );
  for (let length = 4; length < whole.length; length += 7) {
    assert.match(await outcomeHere(whole.subarray(0, length)), /^Refusal: /);
  }
});

test('a flipped bit is noticed', async () => {
  const lying = { ...entry(SHEET, worksheet('<row><c><v>3</v></c></row>')), checksum: 1 };
  assert.match(await sentenceOf(xlsx(small, lying)), /damaged/);
});

test('rows that go backwards, cells and texts that do not exist', async () => {
  const broken = [
    '<row r="2"><c><v>1</v></c></row><row r="2"><c><v>2</v></c></row>',
    '<row r="1048577"><c><v>1</v></c></row>',
    '<row r="-1"><c><v>1</v></c></row>',
    '<row><c r="XFE1"><v>1</v></c></row>',
    '<row><c r="17"><v>1</v></c></row>',
    '<row><c t="s"><v>9</v></c></row>',
    '<row><c><v>1</c></row>',
  ];
  for (const data of broken) assert.match(await outcomeHere(xlsx(parts(data))), /Refusal: .*damaged/);
});

test('a password', async () => {
  const encrypted = CFB.utils.cfb_new();
  CFB.utils.cfb_add(encrypted, '/EncryptionInfo', Buffer.alloc(200, 4));
  CFB.utils.cfb_add(encrypted, '/EncryptedPackage', Buffer.alloc(6_000, 5));
  const said = 'This .xlsx file is password-protected. Save it without a password and send it again.';
  assert.equal(await sentenceOf(CFB.write(encrypted, { type: 'buffer' })), said);
  const locked = Object.entries(small).map(([name, content]) => ({ ...entry(name, content), flags: 1 }));
  assert.equal(await sentenceOf(zip(locked)), said);
});

test('other files, whatever they are called', async () => {
  const ole = (stream: string) => {
    const file = CFB.utils.cfb_new();
    CFB.utils.cfb_add(file, `/${stream}`, Buffer.alloc(5_000, 1));
    return CFB.write(file, { type: 'buffer' });
  };
  const word = relations({ rId1: ['officeDocument', 'word/document.xml'] });
  const files: [string, Uint8Array, RegExp][] = [
    ['report.xlsx', ascii('%PDF-1.7\n%\xe2\xe3\n'), /^This is a PDF, not a spreadsheet\. Send/],
    ['scan.csv', Buffer.from('89504e470d0a1a0a0000000d', 'hex'), /^This is a picture/],
    [
      'list.xlsx',
      zip([entry('_rels/.rels', word), entry('word/document.xml', '<x/>')]),
      /^This is a Word document/,
    ],
    ['list.xls', ole('WordDocument'), /^This is a Word document/],
    ['list.xls', ole('Anything'), /^This is an Office file/],
    ['list.ods', zip([entry('META-INF/manifest.xml', '<x/>')]), /OpenDocument/],
    [
      'list.xlsb',
      xlsx({ ...small, '_rels/.rels': (small['_rels/.rels'] ?? '').replace('.xml', '.bin') }),
      /\.xlsb/,
    ],
    ['list.zip', zip([entry('list.csv', 'a,b')]), /^This is an archive/],
    ['list.csv.gz', gzipSync('a,b'), /^This is an archive/],
    ['list.xls', ascii('\n<html><table><tr><td>a</td></tr></table>'), /^This is a web page/],
    ['list.xlsx', new Uint8Array(0), /^This file is empty/],
    ['list.csv', ascii(' \r\n;;\r\n'), /no filled cells in this \.csv file/],
  ];
  for (const [name, bytes, said] of files) assert.match(await sentenceOf(bytes, {}, name), said);
});

test('a spreadsheet under a wrong name is read', async () => {
  assert.deepEqual((await sheetOf(xlsx(small), {}, 'list.csv')).format, 'xlsx');
  assert.deepEqual((await sheetOf(ascii('anna@example.com,3'), {}, 'list.xlsx')).format, 'csv');
});

test('junk', patience, async () => {
  assert.match(await sentenceOf(randomBytes(10 * MB)), /can't tell what kind of file/);
  assert.match(await sentenceOf(Buffer.concat([ascii('PK\x03\x04'), randomBytes(10 * MB)])), /damaged/);
  const ole = Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), randomBytes(MB)]);
  assert.match(await sentenceOf(ole), /not a spreadsheet/);
  assert.match(await sentenceOf(Buffer.alloc(MB)), /can't tell what kind of file/);
  const withoutZeros = randomBytes(MB).map((byte) => Math.max(byte, 1));
  assert.match(await sentenceOf(withoutZeros), /can't tell what kind of file/);
  const oneZero = ascii(`${'anna@example.com,3\n'.repeat(100)}\0`);
  assert.match(await sentenceOf(oneZero), /can't tell what kind of file/);
  assert.match(await sentenceOf(ascii('a'.repeat(10 * MB))), /Cell A1 holds more than 32,767/);
});

test('any bytes come to rows or to a sentence', async () => {
  const starts = ['', 'PK\x03\x04', '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1', '\xff\xfe', '\xef\xbb\xbf'].map(
    ascii,
  );
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...starts), fc.uint8Array({ maxLength: 3_000 }), async (start, rest) => {
      assert.match(await outcomeHere(Buffer.concat([start, rest])), /^(\[\{.*\}\]|Refusal: .*)$/);
    }),
    { numRuns: 200 },
  );
});

test('a changed byte in a workbook never invents a row', async () => {
  const whole = xlsx(parts('<row><c><v>1</v></c></row><row><c t="s"><v>0</v></c></row>', ['<t>anna</t>']));
  const rows = JSON.stringify(await rowsHere(whole));
  await fc.assert(
    fc.asyncProperty(fc.nat(whole.length - 1), fc.integer({ min: 1, max: 255 }), async (at, change) => {
      const mutated = Uint8Array.from(whole);
      mutated[at] = (mutated[at] ?? 0) ^ change;
      const outcome = await outcomeHere(mutated).catch(String);
      assert.ok(outcome === rows || outcome.startsWith('Refusal: '), outcome);
    }),
    { numRuns: 500 },
  );
});

test('a limit of size, of time and of memory', patience, async () => {
  assert.match(await sentenceOf(new Uint8Array(25 * MB + 1)), /a little over 25 MB; I can read up to 25 MB/);
  assert.match(await sentenceOf(new Uint8Array(40 * MB)), /is 40 MB; I can read up to 25 MB/);
  assert.match(await sentenceOf(xlsx(small), { seconds: 0.001 }), /I stopped reading this file after/);
});

test('the bytes stay with the caller', async () => {
  const bytes = xlsx(small);
  const before = Buffer.from(bytes);
  await sheetOf(bytes.subarray());
  assert.deepEqual(Buffer.from(bytes), before);
  assert.deepEqual(await cellsHere(bytes), [['anna@example.com']]);
});
