/** Every sentence about packages. Those about a row go without the cell, which stands before them in a preview. */
import { count, number as figure, list } from '../../../cards/format.ts';
import { quoted } from '../associations/rules.ts';
import { LONGEST_CELL } from './cells.ts';

export const MODE_TITLES = {
  'add-and-remove': 'Add and remove services',
  'add-only': 'Add services only, with Messaging, Meetings and Calling',
} as const;

export const WHICH_MODE = 'What may this sheet do?';
export const ADD_ONLY_GIVES =
  'Where services are only added, whoever gets a package also gets the basic licences Messaging, Meetings and Calling.';

export type Effects = {
  readonly gets: number;
  readonly changes: number;
  readonly loses: number;
  readonly leaves: number;
  readonly licences: number;
  readonly nothing: number;
};

/** What the rows would do, in one line. */
export function whatHappens({ gets, changes, loses, leaves, licences, nothing }: Effects): string {
  const said: [number, string][] = [
    [gets, 'get a package'],
    [changes, 'change to another one'],
    [loses, 'lose their package'],
    [leaves, 'are removed'],
    [licences, 'change in licences or details only'],
    [nothing, 'stay as they are'],
  ];
  const parts = said.flatMap(([users, what]) => (users > 0 ? [`${what}: ${figure(users)}`] : []));
  return parts.length === 0 ? 'No user would change.' : `Users who ${parts.join(', ')}.`;
}

/** As many names as one reads at a time. */
const MOST_NAMES = 10;

function names(all: readonly string[]): string {
  const rest = all.length - MOST_NAMES;
  return rest > 0 ? `${all.slice(0, MOST_NAMES).join(', ')} and ${figure(rest)} more` : list(all);
}

// The sheet as a whole.
export const emptySheet = 'This sheet is empty.';
export const noRows = 'This sheet has a header, but no row with a user.';
export const tooManyRows = (rows: number, most: number): string =>
  `This sheet has ${figure(rows)} rows; ${figure(most)} users can go into one sheet. Send it in parts.`;
export const suspended = (cell: string, title: string): string =>
  `${cell}: ${quoted(title)} is suspended. Take this column out of the sheet and send it again.`;
export const twice = (first: string, second: string, title: string): string =>
  `${first} and ${second} are the same column (${quoted(title)}). Take one of them out and send the sheet again.`;
export const emailMissing = (row: number): string =>
  `Row ${row} should be the header, and it has no column for the users’ e-mail addresses, such as “User ID/Email (Required)” or “Email”.`;
export const nothingToGive = (row: number, titles: readonly string[]): string =>
  `Row ${row} should be the header, and it has no column for a package or licence, such as ${names(titles)}.`;
export const leftOutColumns = (titles: readonly string[]): string =>
  `${count(titles.length, 'column is', 'columns are')} left out: ${names(titles)}.`;

// A row of the sheet.
export const userMissing = 'the e-mail address is missing.';
export const notAnAddress = (text: string): string => `${quoted(text)} is not an e-mail address.`;
export const leavesWith = (licence: string): string =>
  `all packages are FALSE, which removes the user, so ${licence} can’t be TRUE.`;
export const sameUser = (user: string, row: number): string => `${user} is in row ${row} already.`;
export const unclear = (text: string): string => `${quoted(text)} is neither TRUE nor FALSE.`;
export const twoPackages = (other: string): string =>
  `a user has one package at a time, and ${other} is TRUE as well.`;
export const notAPhone = (text: string): string =>
  `${quoted(text)} is not a phone number with its country code, such as +46812345678.`;
export const notAnExtension = (text: string): string =>
  `${quoted(text)} is not an extension of 2 to 10 digits.`;
export const tooLong = (text: string): string => `${quoted(text)} is longer than ${LONGEST_CELL} characters.`;
export const phoneMended = (text: string, number: string): string =>
  `${quoted(text)} is taken for ${number}.`;

// What a user has, and what a package needs.
export const noService = (customer: string, wants: string): string =>
  `${customer} has no service of ${wants}.`;
export const setToFalse = (user: string, has: string): string =>
  `${user} has ${has}. Set ${has} to FALSE to change the package.`;
export const addColumn = (user: string, has: string): string =>
  `${user} has ${has}. Add a column ${has} with FALSE in it to change the package.`;
export const changeNeedsRemove = (user: string, has: string): string =>
  `${user} has ${has}. A package can only be changed with “${MODE_TITLES['add-and-remove']}”.`;
export const needsNumber = (wants: string): string => `${wants} needs a phone number or an extension.`;
export const needsLocation = (wants: string): string => `${wants} needs a location.`;
export const nobodyYet = (user: string, customer: string): string =>
  `${customer} has no user ${user}, and the row gives no package or licence.`;
export const noSite = (wants: string): string =>
  `${wants} has meetings; without a preferred Webex site their place may not work later.`;
export const keeps = (user: string, has: string): string =>
  `${user} keeps ${has}, which the sheet has no column for.`;
export const noColumn = (titles: readonly string[]): string => `There is no column ${titles.join(' or ')}.`;

// What became of a row.
export const NOTHING_TO_CHANGE = 'Nothing to change.';
export const wasNotThere = (user: string): string => `${user} was not there.`;
export const staysWith = (user: string, others: readonly string[]): string =>
  `${user} stays in the organization with ${names(others)}.`;
export const noneFree = (wants: string): string => `No unit of ${wants} is free any more.`;

// What is taken back.
export const NOTHING_TO_TAKE_BACK = 'There is nothing to take back.';
export const isGone = (user: string): string => `${user} is not there any more.`;
export const isBack = (user: string): string => `${user} is there again.`;
export const changedSince = (user: string, what: readonly string[]): string =>
  `Of ${user} something else has been changed since: ${list(what)}.`;
export const noneToGiveBack = (product: string, ref: string): string =>
  `The unit of ${product} (${ref}) that it had is not free any more.`;
export const noSuchPackage = 'The package is not sold any more.';
