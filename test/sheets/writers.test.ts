/** Sheets as the programs write them that people use. */
import assert from 'node:assert/strict';
import { Buffer } from 'node:buffer';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { type BookType, utils, type WorkBook, write } from '@e965/xlsx';
import ExcelJS from 'exceljs';
import { cellsHere, rowsHere, sheetOf } from './support.ts';
import { parts, relations, workbook, worksheet, xlsx } from './workbook.ts';
import { entry } from './zip.ts';

const FIXTURES = join(import.meta.dirname, '../fixtures/sheets');

const users = (second: string) => [
  { number: 1, cells: ['User', 'Units', 'Note'] },
  { number: 2, cells: ['anna@example.com', '2', 'Åsa, “quoted”'] },
  { number: 3, cells: [second, '4', '0.5'] },
  { number: 4, cells: ['hidden@example.com', '1'] },
  { number: 6, cells: ['cy@example.com', '3', '2.5'] },
  { number: 7, cells: ['merged@example.com', '5', 'TRUE'] },
  { number: 8, cells: ['', '6'] },
];

for (const format of ['xlsx', 'xls'] as const) {
  test(`LibreOffice, .${format}`, async () => {
    const { rows, ...facts } = await sheetOf(await readFile(join(FIXTURES, `libreoffice.${format}`)));
    assert.deepEqual(rows, users('bo@example.com'));
    assert.deepEqual(facts, {
      kind: 'sheet',
      format,
      sheet: 'Users',
      otherSheets: ['Cover', 'Notes'],
      merged: 1,
      hiddenRows: 1,
      cutColumns: false,
    });
  });
}

test('LibreOffice, .csv', async () => {
  for (const kind of ['comma-utf8', 'semicolon-windows1252', 'tab-utf16']) {
    const bytes = await readFile(join(FIXTURES, `libreoffice-${kind}.csv`));
    assert.deepEqual(await rowsHere(bytes), users('Bo Ek'), kind);
  }
});

function sheetJs(bookType: BookType): Buffer {
  const users = utils.aoa_to_sheet([['anna', 1], ['bo', 2], [], ['cy']]);
  users.B1 = { t: 's', v: 'ab', f: '"a"&"b"' };
  users.B2 = { t: 'n', v: 5, f: '2+3' };
  users['!merges'] = [utils.decode_range('A1:A2')];
  users['!rows'] = [{}, { hidden: true }, { hidden: true }];
  users.A2.l = { Target: 'mailto:bo@example.com' };
  const lists = utils.aoa_to_sheet([['a list that nobody sees']]);
  const book: WorkBook = { SheetNames: ['Lists', 'Users'], Sheets: { Lists: lists, Users: users } };
  book.Workbook = { Sheets: [{ Hidden: 1 }, { Hidden: 0 }] };
  return write(book, { type: 'buffer', bookType });
}

test('SheetJS, every format: what it can tell of formulas, merged cells, links, hidden rows and sheets', async () => {
  // Its writers of .xls leave some of it out.
  const told = {
    xlsx: { second: 'bo@example.com', merged: 1, hiddenRows: 1 },
    xlsm: { second: 'bo@example.com', merged: 1, hiddenRows: 1 },
    biff8: { second: 'bo@example.com', merged: 1, hiddenRows: 0 },
    biff5: { second: 'bo', merged: 0, hiddenRows: 0 },
  } as const;
  for (const [bookType, { second, ...facts }] of Object.entries(told)) {
    const { rows, sheet, merged, hiddenRows, otherSheets } = await sheetOf(sheetJs(bookType as BookType));
    assert.deepEqual(
      rows,
      [
        { number: 1, cells: ['anna', 'ab'] },
        { number: 2, cells: [second, '5'] },
        { number: 4, cells: ['cy'] },
      ],
      bookType,
    );
    assert.deepEqual({ merged, hiddenRows }, facts, bookType);
    assert.deepEqual([sheet, otherSheets], ['Users', ['Lists']], bookType);
  }
});

test('exceljs: a hidden row without anything in it is not counted', async () => {
  const book = new ExcelJS.Workbook();
  const sheet = book.addWorksheet('Users');
  sheet.addRows([['anna'], [], ['bo']]);
  for (const row of [1, 2, 9]) sheet.getRow(row).hidden = true;
  const { rows, hiddenRows } = await sheetOf(new Uint8Array(await book.xlsx.writeBuffer()));
  assert.deepEqual([rows.length, hiddenRows], [2, 1]);
});

test('a link changes only a name, and only where it leads to an address', async () => {
  const links = [
    ['A1', 'mailto:anna@example.com'],
    ['A2', 'MAILTO:bo%40example.com?subject=Hi'],
    ['A3', 'https://example.com/@cy'],
    ['A4', 'mailto:'],
    ['A5:A6', 'mailto:both@example.com'],
    ['A7', 'mailto:nobody@example.com'],
  ] as const;
  const texts = ['other@example.com', 'Bo', 'Cy', 'Di', 'Ed', 'Flo', ''];
  const rows = texts.map((text) => `<row><c t="str"><v>${text}</v></c><c><v>1</v></c></row>`);
  const data = `${rows.join('')}</sheetData><hyperlinks>${links
    .map(([cell], at) => `<hyperlink ref="${cell}" r:id="rId${at}"/>`)
    .join('')}</hyperlinks><sheetData>`;
  const targets = links.map(([, target], at) => [`rId${at}`, ['hyperlink', target]] as const);
  const contents = {
    ...parts(data),
    'xl/worksheets/_rels/sheet1.xml.rels': relations(
      Object.fromEntries(targets.map(([id, [type, target]]) => [id, [type, target]])),
    ),
  };
  const read = await sheetOf(xlsx(contents));
  assert.deepEqual(
    read.rows.map(({ cells }) => cells[0]),
    ['other@example.com', 'bo@example.com', 'Cy', 'Di', 'Ed', 'Flo', ''],
  );
});

test('Google Sheets: its namespaces, and a link that stands in the cell as well', async () => {
  const sheet = worksheet(
    '<row r="1"><c r="A1" s="1" t="s"><v>0</v></c><c r="B1" s="2"><v>2.0</v></c></row>' +
      '<row r="2" hidden="1"><c r="A2" s="1" t="str"><f>LOWER(&quot;BO@EXAMPLE.COM&quot;)</f><v>bo@example.com</v></c><c r="B2" s="2"/></row>',
  ).replace('<sheetData>', '<sheetPr><outlinePr summaryBelow="0"/></sheetPr><sheetData>');
  const contents = {
    ...parts('', ['<t xml:space="preserve">anna@example.com </t>']),
    'xl/worksheets/sheet1.xml': sheet.replace(
      '<worksheet ',
      '<worksheet xmlns:mx="http://schemas.microsoft.com/office/mac/excel/2008/main" ',
    ),
    'xl/workbook.xml': workbook({ Sheet1: 'rId1' }),
  };
  const { rows, hiddenRows } = await sheetOf(xlsx(contents));
  assert.deepEqual(
    rows.map(({ cells }) => cells),
    [['anna@example.com', '2'], ['bo@example.com']],
  );
  assert.equal(hiddenRows, 1);
});

test('parts that are stored, not packed', async () => {
  const stored = Object.entries(parts('<row><c><v>7</v></c></row>')).map(([name, content]) => ({
    ...entry(name, content),
    packed: Buffer.from(content),
    method: 0,
  }));
  assert.deepEqual(await cellsHere(xlsx({}, ...stored)), [['7']]);
});
