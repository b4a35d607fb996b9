/** Files that are made to hurt who reads them; each is small, or no larger than what may be sent. */
import { randomBytes } from 'node:crypto';
import { parts, relations, workbook, xlsx } from '../../test/sheets/workbook.ts';
import { checksumOf, entry, repeated } from '../../test/sheets/zip.ts';

const SHEET = 'xl/worksheets/sheet1.xml';
const STRINGS = 'xl/sharedStrings.xml';
const MB = 1024 * 1024;
const small = parts('<row><c t="s"><v>0</v></c></row>', ['<t>anna@example.com</t>']);

/** The block over and over; `times` is chosen so that the part stays just below the limit, or far above it. */
function bomb(part: string, [start, block, end]: [string, string, string], times: number): Uint8Array {
  const checksum = checksumOf([start, block, end], times);
  return xlsx(small, { ...repeated(part, [start, block, end], times), checksum });
}

const sheet = (block: string): [string, string, string] => [
  '<worksheet><sheetData>',
  block.repeat(Math.ceil(MB / block.length)),
  '</sheetData></worksheet>',
];
const strings = (block: string): [string, string, string] => [
  '<sst>',
  block.repeat(Math.ceil(MB / block.length)),
  '</sst>',
];

const BELOW_THE_LIMIT = 127;
const A_GIGABYTE = 1_024;

export function hostileFiles(): Readonly<Record<string, () => Uint8Array>> {
  return {
    'one text, 1 GB': () => bomb(STRINGS, ['<sst><si><t>', 'a'.repeat(MB), '</t></si></sst>'], A_GIGABYTE),
    'small texts, 1 GB': () => bomb(STRINGS, strings('<si><t>abcdef</t></si>'), A_GIGABYTE),
    'a lying header, 1 GB': () => {
      const lying = repeated(SHEET, sheet('<a/>'), A_GIGABYTE);
      return xlsx(small, { ...lying, declaredSize: 1_000 });
    },
    'one text, 127 MB': () =>
      bomb(STRINGS, ['<sst><si><t>', 'a'.repeat(MB), '</t></si></sst>'], BELOW_THE_LIMIT),
    'small texts, 127 MB': () => bomb(STRINGS, strings('<si><t>abcdef</t></si>'), BELOW_THE_LIMIT - 6),
    'empty texts, 127 MB': () => bomb(STRINGS, strings('<si/>'), BELOW_THE_LIMIT),
    'empty elements, 127 MB': () => bomb(SHEET, sheet('<a/>'), BELOW_THE_LIMIT - 1),
    'empty cells, 127 MB': () =>
      bomb(
        SHEET,
        ['<worksheet><sheetData><row>', '<c/>'.repeat(MB / 4), '</row></sheetData></worksheet>'],
        BELOW_THE_LIMIT - 1,
      ),
    'attributes, 127 MB': () => bomb(SHEET, sheet(`<a ${'b="c" '.repeat(1_000)}/>`), BELOW_THE_LIMIT - 1),
    'a million empty rows': () =>
      bomb(SHEET, ['<worksheet><sheetData>', '<row/>'.repeat(100_000), '</sheetData></worksheet>'], 10),
    'A1 and XFD1048576, false size': () =>
      xlsx(
        parts('<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row>'),
      ),
    'one text in every cell': () =>
      xlsx(
        parts(`<row>${'<c t="s"><v>0</v></c>'.repeat(50)}</row>`.repeat(2_000), [
          `<t>${'a'.repeat(32_767)}</t>`,
        ]),
      ),
    'elements in elements': () => bomb(SHEET, sheet('<a>'), 100),
    'a comment without end': () =>
      bomb(SHEET, ['<worksheet><!--', ' '.repeat(MB), '</worksheet>'], BELOW_THE_LIMIT),
    'entities that grow': () =>
      xlsx({
        ...small,
        [SHEET]: '<!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;">]><worksheet>&c;</worksheet>',
      }),
    '60,000 parts': () =>
      xlsx(small, ...Array.from({ length: 60_000 }, (_, at) => entry(`xl/media/${at}.png`, ''))),
    'one sheet 900 times': sharedSheet,
    'junk in a zip, 25 MB': () => Buffer.concat([Buffer.from('PK\x03\x04'), randomBytes(24 * MB)]),
    'junk in an .xls, 10 MB': () =>
      Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), randomBytes(9 * MB)]),
    'letters, 25 MB': () => Buffer.from('a'.repeat(24 * MB)),
    'separators, 25 MB': () => Buffer.from(`${','.repeat(MB)}\n`.repeat(24)),
    'line breaks, 25 MB': () => Buffer.from('\n'.repeat(24 * MB)),
    'quotation marks, 25 MB': () => Buffer.from('"'.repeat(24 * MB)),
    '100 MB': () => Buffer.alloc(100 * MB, 'a,b\n'),
  };
}

/** Every tab leads to the same part. */
function sharedSheet(): Uint8Array {
  const names = Array.from({ length: 900 }, (_, at) => `sheet${at}`);
  const leads = names.map((name) => [name, ['worksheet', 'worksheets/sheet1.xml']] as const);
  const contents = {
    ...small,
    'xl/workbook.xml': workbook(Object.fromEntries(names.map((name) => [name, name]))),
    'xl/_rels/workbook.xml.rels': relations(
      Object.fromEntries(leads.map(([name, [type, target]]) => [name, [type, target]])),
    ),
  };
  const empty = sheet('<a/>');
  return xlsx(contents, { ...repeated(SHEET, empty, 20), checksum: checksumOf(empty, 20) });
}
