/** The rows of a sheet of users, the same in every run, and the sheet as Excel would save it. */
import { parts, xlsx } from '../../test/sheets/workbook.ts';

export type SheetRow = { readonly email: string; readonly units: number };

export const rowOf = (at: number): SheetRow => ({
  email: `user.${at}@department-${at % 97}.contoso.example`,
  units: 1 + (at % 3),
});

export const allRows = (rows: number): SheetRow[] => Array.from({ length: rows }, (_, at) => rowOf(at));

/** Texts are shared strings, which stand behind the sheet in the file. */
export function sheetOf(rows: number, from = 0): Uint8Array {
  const all = allRows(from + rows).slice(from);
  const data = all.map(
    ({ units }, at) =>
      `<row r="${at + 1}" spans="1:2"><c r="A${at + 1}" t="s"><v>${at}</v></c><c r="B${at + 1}"><v>${units}</v></c></row>`,
  );
  return xlsx(
    parts(
      data.join(''),
      all.map(({ email }) => `<t>${email}</t>`),
    ),
  );
}
