import assert from 'node:assert/strict';
import { test } from 'node:test';
import ExcelJS from 'exceljs';
import fc from 'fast-check';
import { dateText, isDateFormat } from '../../src/sheets/dates.ts';
import { rowsHere } from './support.ts';
import { parts, relations, workbook, xlsx } from './workbook.ts';

test('formats that show a day are told from those that do not', () => {
  const dates = ['yyyy-mm-dd', 'm/d/yy', '[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy', 'd\\-mmm\\-yy;@', 'mmmm'];
  dates.push('[$-407]TT.MM.YYYY', 'dd.mm.yyyy hh:mm', 'yyyy-mm-dd"T"hh:mm:ss.000', '[Red]yyyy');
  for (const format of dates) assert.equal(isDateFormat(format), true, format);
  const others = [
    'General',
    'Standard',
    '0.00',
    '#,##0 "days"',
    '#,##0\\ \\d',
    '[$USD] 0',
    '0.00E+00',
    '@',
    '',
  ];
  others.push('h:mm', '[h]:mm:ss', 'mm:ss.0', '_-* #,##0.00_y', '0%', '"dmy"', '0;dd', '['.repeat(200_000));
  for (const format of others) assert.equal(isDateFormat(format), false, format);
});

test('a number of days is its date, in both calendars', () => {
  assert.equal(dateText('46279'), '2026-09-14');
  assert.equal(dateText('1'), '1900-01-01');
  assert.equal(dateText('59'), '1900-02-28');
  assert.equal(dateText('61'), '1900-03-01');
  assert.equal(dateText('2958465'), '9999-12-31');
  assert.equal(dateText('44817', true), '2026-09-14');
  assert.equal(dateText('46279.5'), '2026-09-14 12:00');
  assert.equal(dateText('46279.3958449074'), '2026-09-14 09:30:01');
  assert.equal(dateText('46279.9999999999'), '2026-09-15');
  for (const none of ['', '0', '-1', '0.5', '2958466', '1e99', 'x', 'Infinity'])
    assert.equal(dateText(none), undefined, none);
});

test('no number makes it throw', () => {
  fc.assert(
    fc.property(
      fc.oneof(fc.double(), fc.double({ min: 0, max: 2_958_466 })),
      fc.boolean(),
      (number, early) => {
        assert.match(dateText(number, early) ?? '1900-01-01', /^\d{4}-\d\d-\d\d( \d\d:\d\d(:\d\d)?)?$/);
      },
    ),
  );
});

test('date cells of a workbook read as dates, and numbers as numbers', async () => {
  const book = new ExcelJS.Workbook();
  const sheet = book.addWorksheet('List');
  const day = new Date('2026-09-14');
  sheet.addRow([day, day, 46279, 5, 0.5, new Date('2026-09-14T09:30:00Z')]);
  const formats = ['dd/mm/yyyy', 'm/d/yy', '0', 'General', 'h:mm', 'yyyy-mm-dd hh:mm'];
  formats.forEach((format, index) => {
    sheet.getCell(1, index + 1).numFmt = format;
  });
  const cells = ['2026-09-14', '2026-09-14', '46279', '5', '0.5', '2026-09-14 09:30'];
  assert.deepEqual(await rowsHere(new Uint8Array(await book.xlsx.writeBuffer())), [{ number: 1, cells }]);
});

const STYLES =
  '<styleSheet><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf/><xf numFmtId="14"/></cellXfs></styleSheet>';
function styled(styles: Record<string, string>, changed: Record<string, string> = {}): Uint8Array {
  const row =
    '<row><c s="1"><v>44817</v></c><c s="0"><v>44817</v></c><c><v>44817</v></c><c t="d"><v>2026-09-14T00:00:00</v></c></row>';
  const targets = {
    rId1: ['worksheet', 'worksheets/sheet1.xml'],
    rId2: ['sharedStrings', 'sharedStrings.xml'],
    rId3: ['styles', 'styles.xml'],
  } satisfies Record<string, [string, string]>;
  return xlsx({ ...parts(row), 'xl/_rels/workbook.xml.rels': relations(targets), ...styles, ...changed });
}

test('only the styles of cells count, and a workbook can be without them', async () => {
  const cellsOf = async (bytes: Uint8Array) => (await rowsHere(bytes))[0]?.cells;
  const ofStyles = { 'xl/styles.xml': STYLES };
  assert.deepEqual(await cellsOf(styled(ofStyles)), ['2022-09-13', '44817', '44817', '2026-09-14']);
  assert.deepEqual(await cellsOf(styled({})), ['44817', '44817', '44817', '2026-09-14']);
  const early = workbook({ List: 'rId1' }).replace('<sheets>', '<workbookPr date1904="1"/><sheets>');
  assert.deepEqual((await cellsOf(styled(ofStyles, { 'xl/workbook.xml': early })))?.[0], '2026-09-14');
});
