/** Which column of a package sheet holds what, as a decision on plain values. */
import type { SheetRow } from '../bulk/kind.ts';
import { cellName, columnLetters, fold, plain } from './cells.ts';
import { emailMissing, nothingToGive, suspended, twice } from './replies.ts';
import { DETAILS, type Detail, LICENCES, type Licence, type Package } from './types.ts';

/** Columns count from 0. */
export type Columns = {
  readonly email: number;
  readonly details: { readonly [name in Detail]?: number };
  readonly licences: { readonly [name in Licence]?: number };
  readonly packages: readonly { readonly product: Package; readonly column: number }[];
  /** What is not read, as a sentence names it. */
  readonly leftOut: readonly string[];
};
export type HeaderRead =
  | ({ readonly kind: 'columns' } & Columns)
  | { readonly kind: 'refused'; readonly sentence: string };

/** The columns as Control Hub names them, and by the names that people give them. The first is the one we write. */
export const EMAIL_TITLES = [
  'User ID/Email (Required)',
  'User ID/Email',
  'Email',
  'E-mail',
  'User name',
  'Username',
  'User',
] as const;
export const DETAIL_TITLES: { readonly [name in Detail]: readonly [string, ...string[]] } = {
  first_name: ['First Name'],
  last_name: ['Last Name'],
  display_name: ['Display Name'],
  phone_number: ['Phone Number'],
  extension: ['Extension'],
  location: ['Location'],
  preferred_site: ['Preferred Webex Site', 'Preferred Site', 'Webex Site', 'Föredragen Webex-webbplats'],
};

/** `messaging` -> `Messaging` */
export const licenceTitle = (name: Licence): string => name.charAt(0).toUpperCase() + name.slice(1);

/** Names that say more than the package: `Webex Suite (Suspended)`. */
const SUSPENDED = /\(\s*suspended\s*\)/i;

type Meaning =
  | { readonly of: 'email' }
  | { readonly of: 'detail'; readonly name: Detail }
  | { readonly of: 'licence'; readonly name: Licence }
  | { readonly of: 'package'; readonly product: Package };

/** What a title means, by the title. A package is stronger than a licence of the same name. */
function meanings(packages: readonly Package[]): ReadonlyMap<string, Meaning> {
  const found = new Map<string, Meaning>();
  const add = (title: string, meaning: Meaning) => {
    if (!found.has(fold(title))) found.set(fold(title), meaning);
  };
  for (const product of packages) add(product.name, { of: 'package', product });
  for (const title of EMAIL_TITLES) add(title, { of: 'email' });
  for (const name of DETAILS) for (const title of DETAIL_TITLES[name]) add(title, { of: 'detail', name });
  for (const name of LICENCES) {
    for (const before of ['', 'Basic ', 'Base ']) add(before + name, { of: 'licence', name });
  }
  return found;
}

export function readHeader({ number, cells }: SheetRow, packages: readonly Package[]): HeaderRead {
  const known = meanings(packages);
  const seen = new Map<Meaning, number>();
  const leftOut: string[] = [];
  for (const [column, cell] of cells.entries()) {
    const title = plain(cell);
    if (SUSPENDED.test(title)) return refused(suspended(cellName(column, number), title));
    const meaning = known.get(fold(title));
    if (meaning === undefined) {
      if (title !== '') leftOut.push(title);
      continue;
    }
    const same = [...seen].find(([other]) => isSame(other, meaning));
    if (same !== undefined) {
      return refused(twice(cellName(same[1], number), cellName(column, number), title));
    }
    seen.set(meaning, column);
  }
  return columnsOf(seen, leftOut, number, packages);
}

/** Columns with something in them, but no title. */
export function untitled({ cells }: SheetRow, rows: readonly SheetRow[]): string[] {
  const found = new Set<number>();
  for (const row of rows) {
    for (const [column, cell] of row.cells.entries()) {
      if (plain(cells[column]) === '' && plain(cell) !== '') found.add(column);
    }
  }
  return [...found].sort((a, b) => a - b).map((column) => `column ${columnLetters(column)} (no title)`);
}

function isSame(one: Meaning, other: Meaning): boolean {
  if (one.of === 'package') return other.of === 'package' && one.product === other.product;
  if (one.of === 'email') return other.of === 'email';
  return one.of === other.of && one.name === other.name;
}

function columnsOf(
  seen: ReadonlyMap<Meaning, number>,
  leftOut: readonly string[],
  number: number,
  packages: readonly Package[],
): HeaderRead {
  let email: number | undefined;
  const details: { [name in Detail]?: number } = {};
  const licences: { [name in Licence]?: number } = {};
  const given: { product: Package; column: number }[] = [];
  for (const [meaning, column] of seen) {
    if (meaning.of === 'email') email = column;
    else if (meaning.of === 'detail') details[meaning.name] = column;
    else if (meaning.of === 'licence') licences[meaning.name] = column;
    else given.push({ product: meaning.product, column });
  }
  if (email === undefined) return refused(emailMissing(number));
  if (given.length === 0 && Object.keys(licences).length === 0) {
    return refused(
      nothingToGive(number, [...packages.map(({ name }) => name), ...LICENCES.map(licenceTitle)]),
    );
  }
  return { kind: 'columns', email, details, licences, packages: given, leftOut };
}

const refused = (sentence: string): HeaderRead => ({ kind: 'refused', sentence });
