/** What a row of a package sheet asks for, as a decision on plain values. */
import { parseUser } from '../associations/rules.ts';
import type { RowRemark, SheetRow } from '../bulk/kind.ts';
import { cellName, isExtension, LONGEST_CELL, parsePhone, parseTruth, plain } from './cells.ts';
import { type Columns, licenceTitle } from './header.ts';
import {
  leavesWith,
  notAnAddress,
  notAnExtension,
  notAPhone,
  phoneMended,
  sameUser,
  tooLong,
  twoPackages,
  unclear,
  userMissing,
} from './replies.ts';
import { DETAILS, type Detail, type Details, LICENCES, type Mode, type Wish } from './types.ts';

export type ParsedRow = {
  readonly number: number;
  /** Nothing where the cell holds no e-mail address. */
  readonly email: string | undefined;
  readonly wish: Wish;
  readonly problems: readonly RowRemark[];
  readonly warnings: readonly RowRemark[];
};

/** The rows below the header. Of rows with the same user only the first one counts. */
export function parseRows(rows: readonly SheetRow[], columns: Columns, mode: Mode): ParsedRow[] {
  const first = new Map<string, number>();
  return rows.map((row) => {
    const parsed = parseRow(row, columns, mode);
    const { email, number } = parsed;
    if (email === undefined) return parsed;
    const earlier = first.get(email);
    if (earlier === undefined) {
      first.set(email, number);
      return parsed;
    }
    const sentence = `${cellName(columns.email, number)}: ${sameUser(email, earlier)}`;
    return { ...parsed, problems: [...parsed.problems, { number, title: 'The same user again', sentence }] };
  });
}

export function parseRow(row: SheetRow, columns: Columns, mode: Mode): ParsedRow {
  const { number } = row;
  const problems: RowRemark[] = [];
  const warnings: RowRemark[] = [];
  const remark = (to: RowRemark[]) => (column: number, title: string, sentence: string) =>
    void to.push({ number, title, sentence: `${cellName(column, number)}: ${sentence}` });
  const reading = {
    cell: (column: number) => plain(row.cells[column]),
    problem: remark(problems),
    warn: remark(warnings),
  };
  const email = readUser(reading, columns.email);
  const wish: Wish = {
    ...readPackages(reading, columns, mode),
    ...readLicences(reading, columns, mode),
    ...readDetails(reading, columns),
  };
  // Who has to leave can't be given anything: one of the two is a mistake, and leaving is not undone by a second sheet.
  const kept = wish.leave && LICENCES.find((name) => wish.licences?.[name]);
  if (kept)
    reading.problem(
      columns.licences[kept] ?? 0,
      'A licence without a package',
      leavesWith(licenceTitle(kept)),
    );
  return { number, email, wish, problems, warnings };
}

type Remark = (column: number, title: string, sentence: string) => void;
type Reading = {
  cell(column: number): string;
  readonly problem: Remark;
  readonly warn: Remark;
};

function readUser({ cell, problem }: Reading, column: number): string | undefined {
  const text = cell(column);
  const email = parseUser(text);
  if (text === '') problem(column, 'The e-mail address is missing', userMissing);
  else if (email === undefined) problem(column, 'Not an e-mail address', notAnAddress(text));
  return email;
}

function readTruth({ cell, problem }: Reading, column: number): boolean | undefined {
  const truth = parseTruth(cell(column));
  if (truth !== 'unclear') return truth;
  problem(column, 'Neither TRUE nor FALSE', unclear(cell(column)));
  return undefined;
}

function readPackages(reading: Reading, { packages }: Columns, mode: Mode): Wish {
  const said = packages.map(({ product, column }) => ({ product, column, on: readTruth(reading, column) }));
  const [given, second] = said.filter(({ on }) => on === true);
  const off = mode === 'add-only' ? [] : said.filter(({ on }) => on === false);
  if (given !== undefined && second !== undefined) {
    reading.problem(second.column, 'Two packages for one user', twoPackages(given.product.name));
  }
  return {
    ...(given !== undefined && { give: given.product.id }),
    ...(off.length > 0 && { off: off.map(({ product }) => product.id) }),
    ...(off.length > 0 && off.length === said.length && { leave: true as const }),
  };
}

function readLicences(reading: Reading, { licences }: Columns, mode: Mode): Wish {
  const said: { [name in (typeof LICENCES)[number]]?: boolean } = {};
  for (const name of LICENCES) {
    const column = licences[name];
    const on = column === undefined ? undefined : readTruth(reading, column);
    if (on === true || (on === false && mode === 'add-and-remove')) said[name] = on;
  }
  return Object.keys(said).length > 0 ? { licences: said } : {};
}

function readDetails(reading: Reading, columns: Columns): Wish {
  const details: { -readonly [name in keyof Details]: Details[name] } = {};
  for (const name of DETAILS) {
    const column = columns.details[name];
    const text = column === undefined ? '' : reading.cell(column);
    if (column === undefined || text === '') continue;
    const value = readDetail(reading, name, column, text);
    if (value !== undefined) details[name] = value;
  }
  return Object.keys(details).length > 0 ? { details } : {};
}

function readDetail({ problem, warn }: Reading, name: Detail, column: number, text: string) {
  if (text.length > LONGEST_CELL) {
    problem(column, 'Too long', tooLong(text));
    return undefined;
  }
  if (name === 'extension') {
    if (isExtension(text)) return text;
    problem(column, 'Not an extension', notAnExtension(text));
    return undefined;
  }
  if (name !== 'phone_number') return text;
  const phone = parsePhone(text);
  if (phone === undefined) problem(column, 'Not a phone number', notAPhone(text));
  else if (phone.mended) warn(column, 'Phone numbers that were mended', phoneMended(text, phone.number));
  return phone?.number;
}
