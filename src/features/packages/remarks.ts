/** What is said of a row of a sheet, with the cell it is about; and the same without one, when the row is carried out. */
import type { RowRemark } from '../bulk/kind.ts';
import { cellName } from './cells.ts';
import { type Columns, DETAIL_TITLES } from './header.ts';
import {
  addColumn,
  changeNeedsRemove,
  keeps,
  needsLocation,
  needsNumber,
  nobodyYet,
  noColumn,
  noService,
  noSite,
  noSuchPackage,
  setToFalse,
} from './replies.ts';
import type { Refusal } from './rules.ts';
import type { Detail, Mode } from './types.ts';

type Place = (column: number | undefined, sentence: string) => string;

const at =
  (row: number): Place =>
  (column, sentence) =>
    column === undefined ? `Row ${row}: ${sentence}` : `${cellName(column, row)}: ${sentence}`;

/** At the first of these columns that the sheet has; where it has none, that is said. */
function atDetail(row: number, columns: Columns, names: readonly Detail[], sentence: string): string {
  const column = names.map((name) => columns.details[name]).find((one) => one !== undefined);
  if (column !== undefined) return at(row)(column, sentence);
  return at(row)(undefined, `${sentence} ${noColumn(names.map((name) => DETAIL_TITLES[name][0]))}`);
}

export const refusalRemark =
  (row: number, user: string, columns: Columns, mode: Mode, customer: string) =>
  (refusal: Refusal): RowRemark => {
    const columnOf = (product: number) => columns.packages.find((one) => one.product.id === product)?.column;
    const titled = (title: string, sentence: string) => ({ number: row, title, sentence });
    switch (refusal.why) {
      case 'no such package':
        return titled('Not a package', at(row)(undefined, noSuchPackage));
      case 'no service':
        return titled(
          'Packages that the customer does not have',
          at(row)(columnOf(refusal.wants.id), noService(customer, refusal.wants.name)),
        );
      case 'has another': {
        const has = columnOf(refusal.has.product);
        const sentence = hasAnother(user, refusal.has.name, mode, has !== undefined);
        return titled('Users with another package', at(row)(has ?? columnOf(refusal.wants.id), sentence));
      }
      case 'no number': {
        const names = ['phone_number', 'extension'] as const;
        return titled(
          'A phone number or an extension is missing',
          atDetail(row, columns, names, needsNumber(refusal.wants.name)),
        );
      }
      case 'no location':
        return titled(
          'The location is missing',
          atDetail(row, columns, ['location'], needsLocation(refusal.wants.name)),
        );
      case 'nobody yet':
        return titled(
          'No package or licence for a new user',
          at(row)(columns.email, nobodyYet(user, customer)),
        );
    }
  };

function hasAnother(user: string, has: string, mode: Mode, column: boolean): string {
  if (mode === 'add-only') return changeNeedsRemove(user, has);
  return column ? setToFalse(user, has) : addColumn(user, has);
}

/** Why a row that could be carried out before can't be any more. */
export function reasonOf(refusal: Refusal, user: string, mode: Mode, customer: string): string {
  switch (refusal.why) {
    case 'no such package':
      return noSuchPackage;
    case 'no service':
      return noService(customer, refusal.wants.name);
    case 'has another':
      return hasAnother(user, refusal.has.name, mode, true);
    case 'no number':
      return needsNumber(refusal.wants.name);
    case 'no location':
      return needsLocation(refusal.wants.name);
    case 'nobody yet':
      return nobodyYet(user, customer);
  }
}

export const siteRemark = (row: number, columns: Columns, wants: string): RowRemark => ({
  number: row,
  title: 'No preferred Webex site',
  sentence: atDetail(row, columns, ['preferred_site'], noSite(wants)),
});

export const keptRemark = (row: number, user: string, columns: Columns, has: string): RowRemark => ({
  number: row,
  title: 'Packages without a column',
  sentence: at(row)(columns.email, keeps(user, has)),
});
