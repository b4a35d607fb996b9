/** Who may be given how many units, as decisions on plain values. */
import { count, number } from '../../../cards/format.ts';
import { parseEmail } from '../../chat/email.ts';

export type Wanted = { readonly user: string; readonly units: number };

/** As much as one associates by hand; more goes by spreadsheet. */
export const MOST_BY_HAND = 25;
/** Larger than any order, small enough to add up. */
const MOST_UNITS = 1_000_000;

/** The user name as it is stored, or nothing where it is not an e-mail address. */
export const parseUser = parseEmail;

/** Tells a user where an address would be too long. It is no address, so nobody can be mistaken for it. */
export const keyOfUser = (id: number): string => `user:${id}`;

export function userOfKey(text: string): number | undefined {
  const digits = /^user:([1-9]\d{0,9})$/.exec(text.trim())?.[1];
  const id = Number(digits);
  return digits === undefined || id > 2_147_483_647 ? undefined : id;
}

/** Also takes what a spreadsheet makes of a number: `2.0`. */
export function parseUnits(text: string): number | undefined {
  const digits = /^\+?(\d{1,7})(?:[.,]0+)?$/.exec(text.trim())?.[1];
  const units = digits === undefined ? 0 : Number(digits);
  return units > 0 && units <= MOST_UNITS ? units : undefined;
}

const LONGEST_QUOTE = 60;

/** What somebody wrote, in quotation marks and not longer than one wants to read. */
export function quoted(text: string): string {
  const letters = [...text.trim()];
  return `“${letters.length > LONGEST_QUOTE ? `${letters.slice(0, LONGEST_QUOTE).join('')}…` : letters.join('')}”`;
}

export const notAnEmail = (text: string): string =>
  text.trim() === '' ? 'Enter an e-mail address.' : `${quoted(text)} is not an e-mail address.`;
export const notUnits = (text: string): string => `${quoted(text)} is not a whole number greater than zero.`;

/** Of a sheet: words where an address and a number belong. */
export function isHeaderRow([name = '', units = '']: readonly string[]): boolean {
  return name !== '' && !/[@.\d]/.test(name) && !/\d/.test(units);
}

export type ParsedUsers = { readonly wanted: readonly Wanted[]; readonly errors: readonly string[] };

/** One user a line, with units where they differ: `alice@contoso.example 2`. The same user twice is added up. */
export function parseUsers(text: string, units: number): ParsedUsers {
  const lines = text
    .split(/[\n;,]+/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const errors: string[] = [];
  const wanted: Wanted[] = [];
  for (const line of lines) {
    const [name = '', amount, ...more] = line.split(/\s+/);
    const user = parseUser(name);
    const each = amount === undefined ? units : parseUnits(amount);
    if (user === undefined) errors.push(notAnEmail(amount === undefined || /^\d/.test(amount) ? name : line));
    else if (each === undefined) errors.push(`${user}: ${notUnits(amount ?? '')}`);
    else if (more.length > 0) errors.push(`${user}: one user a line, then the units.`);
    else wanted.push({ user, units: each });
  }
  const summed = addUp(wanted);
  if (lines.length === 0) errors.push('Enter at least one e-mail address.');
  if (summed.length > MOST_BY_HAND) {
    errors.push(
      `${summed.length} users are too many to enter by hand: ${MOST_BY_HAND} at a time, or upload a file.`,
    );
  }
  return { wanted: summed, errors };
}

/** Two times one unit is two. */
export function addUp(wanted: readonly Wanted[]): Wanted[] {
  const sums = new Map<string, number>();
  for (const { user, units } of wanted) sums.set(user, (sums.get(user) ?? 0) + units);
  return [...sums].map(([user, units]) => ({ user, units }));
}

export const total = (wanted: readonly Wanted[]): number => wanted.reduce((sum, { units }) => sum + units, 0);

export type Decision =
  | { readonly kind: 'associate'; readonly wanted: readonly Wanted[] }
  | { readonly kind: 'suspended' }
  | { readonly kind: 'too many for a user'; readonly max: number; readonly users: readonly string[] }
  | { readonly kind: 'no free units'; readonly asked: number; readonly free: number };

/** `held` is what the users have of the service already. */
export function decideAssociate(
  service: {
    readonly suspended: boolean;
    readonly free: number;
    readonly max_units_per_user: number | null;
  },
  held: ReadonlyMap<string, number>,
  wanted: readonly Wanted[],
): Decision {
  if (service.suspended) return { kind: 'suspended' };
  const max = service.max_units_per_user;
  if (max !== null) {
    const users = wanted
      .filter(({ user, units }) => (held.get(user) ?? 0) + units > max)
      .map(({ user }) => user);
    if (users.length > 0) return { kind: 'too many for a user', max, users };
  }
  const asked = total(wanted);
  if (asked > service.free) return { kind: 'no free units', asked, free: service.free };
  return { kind: 'associate', wanted };
}

export const tooManyForUser = (product: string, max: number, users: readonly string[]): string =>
  `One user can hold ${count(max, 'unit')} of ${product}; ${users.slice(0, 3).join(', ')} would have more.`;

/** `Webex Suite (10023/3) is suspended: …` */
export const isSuspended = (product: string, ref: string): string =>
  `${product} (${ref}) is suspended: no units of it can be given away until it is resumed.`;

/** `Azure Pack virtual machines (10031/1): …` */
export const hasNoUnits = (product: string, ref: string): string =>
  `${product} (${ref}) are machines: they have no units for users.`;

export const notEnoughFree = (free: number, asked: number): string =>
  `${count(free, 'unit')} ${free === 1 ? 'is' : 'are'} free; this needs ${number(asked)}.`;

export type ReleaseDecision =
  | { readonly kind: 'release'; readonly units: number; readonly left: number }
  | { readonly kind: 'not associated' }
  | { readonly kind: 'more than held'; readonly held: number };

/** No units means all that the user has. */
export function decideRelease(held: number, units: number | undefined): ReleaseDecision {
  if (held === 0) return { kind: 'not associated' };
  if (units !== undefined && units > held) return { kind: 'more than held', held };
  return { kind: 'release', units: units ?? held, left: held - (units ?? held) };
}
