import assert from 'node:assert/strict';
import { Buffer } from 'node:buffer';
import { test } from 'node:test';
import { utils, write } from '@e965/xlsx';
import ExcelJS from 'exceljs';
import { cellsHere, rowsHere, sentenceOf, sheetOf } from './support.ts';
import { parts, relations, workbook, worksheet, xlsx } from './workbook.ts';

async function byExcelJs(fill: (sheet: ExcelJS.Worksheet) => void): Promise<Uint8Array> {
  const book = new ExcelJS.Workbook();
  fill(book.addWorksheet('List'));
  return new Uint8Array(await book.xlsx.writeBuffer());
}

test('every kind of cell reads as its plain text', async () => {
  const bytes = await byExcelJs((sheet) => {
    sheet.addRow(['anna@example.com', 3, 2.5, true, false]);
    sheet.addRow([
      { text: 'bo@example.com', hyperlink: 'mailto:bo@example.com' },
      { formula: 'C1*2', result: 5 },
    ]);
    sheet.addRow([{ richText: [{ font: { bold: true }, text: 'ca' }, { text: 'rl@example.com' }] }]);
    sheet.addRow([{ formula: 'A1&""', result: 'dag@example.com' }, { error: '#N/A' }]);
  });
  const { rows, sheet, otherSheets, format, cutColumns } = await sheetOf(bytes);
  assert.deepEqual(rows, [
    { number: 1, cells: ['anna@example.com', '3', '2.5', 'TRUE', 'FALSE'] },
    { number: 2, cells: ['bo@example.com', '5'] },
    { number: 3, cells: ['carl@example.com'] },
    { number: 4, cells: ['dag@example.com', '#N/A'] },
  ]);
  assert.deepEqual(
    { sheet, otherSheets, format, cutColumns },
    { sheet: 'List', otherSheets: [], format: 'xlsx', cutColumns: false },
  );
});

test('empty rows are left out and the others keep their number', async () => {
  const bytes = await byExcelJs((sheet) => {
    sheet.getCell('A2').value = 'anna@example.com';
    sheet.getCell('B4').value = ' \u00A0';
    sheet.getCell('C7').value = 7;
    sheet.getRow(7).hidden = true;
  });
  assert.deepEqual(await rowsHere(bytes), [
    { number: 2, cells: ['anna@example.com'] },
    { number: 7, cells: ['', '', '7'] },
  ]);
});

test('a workbook of another writer reads the same', async () => {
  const book = utils.book_new();
  utils.book_append_sheet(book, utils.aoa_to_sheet([]), 'Cover');
  utils.book_append_sheet(book, utils.aoa_to_sheet([['åsa@example.com', 4], [], ['x', true]]), 'Users');
  utils.book_append_sheet(book, utils.aoa_to_sheet([['not read']]), 'Notes');
  const { sheet, otherSheets, rows } = await sheetOf(write(book, { type: 'buffer', bookSST: true }));
  assert.deepEqual([sheet, otherSheets], ['Users', ['Cover', 'Notes']]);
  assert.deepEqual(rows, [
    { number: 1, cells: ['åsa@example.com', '4'] },
    { number: 3, cells: ['x', 'TRUE'] },
  ]);
});

test('rows and cells without a place follow the one before', async () => {
  const data =
    '<row><c><v>1</v></c><c><v>2</v></c></row><row r="4"><c r="B4"><v>3</v></c><c><v>4</v></c></row>' +
    '<row><c><v>5</v></c></row><row><c r="A9"><v>6</v></c></row>';
  assert.deepEqual(await rowsHere(xlsx(parts(data))), [
    { number: 1, cells: ['1', '2'] },
    { number: 4, cells: ['', '3', '4'] },
    { number: 5, cells: ['5'] },
    { number: 9, cells: ['6'] },
  ]);
});

test('texts: runs are joined, readings left out, escapes undone, white space and entities kept', async () => {
  const strings = [
    '<r><t>an</t></r><r><rPr><b/></rPr><t>na</t></r><rPh sb="0" eb="1"><t>reading</t></rPh>',
    '<t xml:space="preserve">a &amp; b &#8364; <![CDATA[<c>]]></t>',
    '<t>one_x000D_two_x005F_x0041_</t>',
  ];
  const cells = strings.map((_, at) => `<c t="s"><v>${at}</v></c>`).join('');
  const inline = '<c t="inlineStr"><is><r><t>in</t></r><r><t>line</t></r><rPh><t>reading</t></rPh></is></c>';
  assert.deepEqual(await cellsHere(xlsx(parts(`<row>${cells}${inline}</row>`, strings))), [
    ['anna', 'a & b € <c>', 'one\rtwo_x0041_', 'inline'],
  ]);
});

test('strict and prefixed files read as well', async () => {
  const strict = Object.fromEntries(
    Object.entries(parts('<row><c t="s"><v>0</v></c></row>', ['<t>anna</t>'])).map(([name, xml]) => [
      name,
      xml
        .replaceAll(
          'http://schemas.openxmlformats.org/spreadsheetml/2006/main',
          'http://purl.oclc.org/ooxml/spreadsheetml/main',
        )
        .replaceAll(
          'http://schemas.openxmlformats.org/officeDocument/2006/',
          'http://purl.oclc.org/ooxml/officeDocument/',
        ),
    ]),
  );
  assert.deepEqual(await cellsHere(xlsx(strict)), [['anna']]);

  const prefixed = Object.fromEntries(
    Object.entries(parts('<row><c t="s"><v>0</v></c></row>', ['<t>anna</t>'])).map(([name, xml]) => [
      name,
      name.endsWith('.rels')
        ? xml
        : xml
            .replace(/<(\/?)(\w)/g, '<$1x:$2')
            .replace('xmlns=', 'xmlns:x=')
            .replace('r:id', 'rel:id')
            .replace('xmlns:r=', 'xmlns:rel='),
    ]),
  );
  assert.deepEqual(await cellsHere(xlsx(prefixed)), [['anna']]);
});

test('parts are found where the file says they are', async () => {
  const moved = {
    '_rels/.rels': relations({ a: ['officeDocument', '/xl/Books/book.xml'] }),
    'xl/Books/book.xml': workbook({ Chart: 'b', List: 'c' }),
    'xl/books/_rels/book.xml.rels': relations({
      b: ['chartsheet', '../chart.xml'],
      c: ['worksheet', '../tabs/one.xml'],
      d: ['sharedStrings', '/xl/texts.xml'],
    }),
    'xl/tabs/one.xml': worksheet('<row><c t="s"><v>0</v></c></row>'),
    'xl/texts.xml': '<sst><si><t>anna</t></si></sst>',
  };
  const { rows, sheet, otherSheets } = await sheetOf(xlsx(moved));
  assert.deepEqual([rows[0]?.cells, sheet, otherSheets], [['anna'], 'List', []]);
});

test('UTF-16 inside is read', async () => {
  const contents: Record<string, string | Uint8Array> = parts('<row><c t="str"><v>åsa</v></c></row>');
  const sheet = String(contents['xl/worksheets/sheet1.xml']).replace('UTF-8', 'UTF-16');
  contents['xl/worksheets/sheet1.xml'] = Buffer.from(`\uFEFF${sheet}`, 'utf16le');
  assert.deepEqual(await cellsHere(xlsx(contents)), [['åsa']]);
});

test('the file is read, not the cache of its size, and columns to the right are left out with a word', async () => {
  const far = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row>';
  const one = await sheetOf(xlsx(parts(far)));
  assert.deepEqual([one.rows, one.cutColumns], [[{ number: 1, cells: ['1'] }], true]);

  const contents = parts('<row r="1"><c r="A1"><v>1</v></c></row>');
  const sheet = contents['xl/worksheets/sheet1.xml'] ?? '';
  contents['xl/worksheets/sheet1.xml'] = sheet.replace(
    '<sheetData>',
    '<dimension ref="A1:XFD1048576"/><sheetData>',
  );
  assert.deepEqual((await sheetOf(xlsx(contents))).rows, [{ number: 1, cells: ['1'] }]);
});

test('the last row that fits is read, and one more is refused with the number', async () => {
  const row = '<row><c><v>1</v></c></row>';
  const limits = { rows: 1_500 };
  assert.equal((await sheetOf(xlsx(parts(row.repeat(1_500))), limits)).rows.length, 1_500);
  assert.match(await sentenceOf(xlsx(parts(row.repeat(1_501))), limits), /more than 1,500 filled rows/);
});

test('only the first columns are kept', async () => {
  const bytes = xlsx(parts(`<row>${'<c><v>1</v></c>'.repeat(60)}</row><row><c><v>2</v></c></row>`));
  const { rows, cutColumns } = await sheetOf(bytes);
  assert.deepEqual([rows.map(({ cells }) => cells.length), cutColumns], [[50, 1], true]);
  assert.equal((await sheetOf(bytes, { columns: 60 })).cutColumns, false);
});

test('an honest sheet of 100,000 rows is read whole', async () => {
  const data = Array.from(
    { length: 100_000 },
    (_, at) =>
      `<row r="${at + 1}"><c r="A${at + 1}" t="s"><v>${at}</v></c><c r="B${at + 1}"><v>${at}</v></c></row>`,
  );
  const strings = data.map((_, at) => `<t>user${at}@subsidiary.example.com</t>`);
  const { rows } = await sheetOf(xlsx(parts(data.join(''), strings)));
  assert.equal(rows.length, 100_000);
  assert.deepEqual(rows.at(-1), { number: 100_000, cells: ['user99999@subsidiary.example.com', '99999'] });
});

test('a workbook without anything in it says so', async () => {
  assert.match(await sentenceOf(xlsx(parts(''))), /no filled cells in this \.xlsx file/);
});
