import { Buffer } from 'node:buffer';
import Papa from 'papaparse';

/** Beginnings that make a spreadsheet program calculate: https://owasp.org/www-community/attacks/CSV_Injection */
const FORMULA = /^[\s\uFEFF]*[=+\-@＝＋－＠]|^[\t\r\n]/;

/** A CSV that Excel opens as it is meant: every text quoted, and none of them a formula. */
export function writeCsv(rows: Iterable<readonly (string | number)[]>): Uint8Array {
  const table = Papa.unparse(
    [...rows].map((row) => [...row]),
    {
      quotes: true,
      newline: '\r\n',
      escapeFormulae: FORMULA,
    },
  );
  // Without the mark Excel takes UTF-8 for the local code page.
  return Buffer.from(`\uFEFF${table}\r\n`, 'utf8');
}
