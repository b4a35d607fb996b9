import assert from 'node:assert/strict';
import { Buffer } from 'node:buffer';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { CFB } from '@e965/xlsx';
import fc from 'fast-check';
import { ascii, cellsHere, outcomeHere, rowsHere, sentenceOf, sheetOf } from './support.ts';
import { parts, relations, worksheet, xlsx } from './workbook.ts';
import { entry, zip } from './zip.ts';

const SHEET = 'xl/worksheets/sheet1.xml';
const MB = 1024 * 1024;
const small = parts('<row><c t="s"><v>0</v></c></row>', ['<t>anna@example.com</t>']);

/** Not to measure speed: so that a file which is never done fails its test instead of holding up the run. */
const patience = { timeout: 60_000 };

test('entities that grow, and entities that fetch', async () => {
  const laughs =
    '<!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]><worksheet><sheetData><row><c t="str"><v>&b;</v></c></row></sheetData></worksheet>';
  const fetch =
    '<!DOCTYPE x [<!ENTITY file SYSTEM "file:///etc/passwd">]><worksheet><sheetData><row><c t="str"><v>&file;</v></c></row></sheetData></worksheet>';
  const unclosed = `<!DOCTYPE x [${' '.repeat(3 * MB)}`;
  for (const [sheet, said] of [
    [laughs, /type definition/],
    [fetch, /type definition/],
    [unclosed, /type definition/],
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

test('macros and links to other workbooks are left alone', async () => {
  const contents = {
    ...small,
    'xl/vbaProject.bin': 'Sub Workbook_Open()',
    'xl/externalLinks/externalLink1.xml': '<!DOCTYPE x><broken',
    'xl/_rels/workbook.xml.rels': relations({
      rId1: ['worksheet', 'worksheets/sheet1.xml'],
      rId2: ['sharedStrings', 'sharedStrings.xml'],
      rId3: ['vbaProject', 'vbaProject.bin'],
      rId4: ['externalLink', 'externalLinks/externalLink1.xml'],
    }),
    [SHEET]: worksheet('<row><c t="str"><f>[1]Sheet1!A1</f><v>kept</v></c></row>'),
  };
  const { rows } = await sheetOf(xlsx(contents), {}, 'list.xlsm');
  assert.deepEqual(rows, [{ number: 1, cells: ['kept'] }]);
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
    ['setup.xlsx', ascii(`MZ\x90\0\x03\0\0\0${'\0'.repeat(100)}`), /can't tell what kind of file/],
    [
      'slides.xlsx',
      zip([entry('ppt/presentation.xml', '<x/>'), entry('[Content_Types].xml', '<x/>')]),
      /^This is a PowerPoint presentation/,
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

test('a file above the limit is refused without a look at it', async () => {
  const bytes = new Proxy(new Uint8Array(100 * MB), {
    get: (target, key) => {
      if (key !== 'length') assert.fail(`${String(key)} was read`);
      return target.length;
    },
  });
  const said = 'This file is 100 MB; I can read up to 25 MB. Split it and send the parts.';
  assert.equal(await sentenceOf(bytes), said);
});

test('the limit of size is the one that was set, for an .xls too', async () => {
  assert.match(await sentenceOf(new Uint8Array(6 * MB), { bytes: 5 * MB }), /is 6 MB; I can read up to 5 MB/);
  const xls = CFB.utils.cfb_new();
  CFB.utils.cfb_add(xls, '/Workbook', Buffer.alloc(3 * MB));
  const bytes = CFB.write(xls, { type: 'buffer' });
  assert.match(await sentenceOf(bytes, { bytes: 2 * MB }), /^This file is 3 MB; I can read up to 2 MB/);
  assert.match(await sentenceOf(bytes, { bytes: 20 * MB, xlsBytes: 2 * MB }), /\.xls up to 2 MB/);
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
