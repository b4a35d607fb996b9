/** What the cards that ask for the sheet of a bulk job share. */
import type { Action, Element } from '../src/chat/card.ts';
import { type Command, commandButton } from './buttons.ts';
import { subtle } from './elements.ts';
import { count } from './format.ts';
import { type Cell, type TableColumn, table } from './table.ts';

/** What a sheet is to be, wherever it is asked for. */
export type Wanted = {
  /** Where it is known already. */
  readonly organization?: string | undefined;
  /** Where it is known already. */
  readonly service?: { readonly service: string; readonly product: string } | undefined;
  readonly columns: readonly { readonly column: string; readonly name: string; readonly holds: string }[];
  readonly maxRows: number;
  /** What to type for a workbook to begin with. */
  readonly template?: string | undefined;
  /** It is about no units. */
  readonly withoutUnits?: boolean | undefined;
  /** Other kinds of sheets. */
  readonly others?: readonly Command[];
  /** What was wrong with the file that came, in one sentence. */
  readonly problem?: string | undefined;
};

const MOST_COLUMNS = 10;
const COLUMNS: readonly TableColumn[] = [
  { title: 'Column', width: 1.6 },
  { title: 'Name', width: 3 },
  { title: 'Holds', width: 5 },
];

export function columnsTable(columns: Wanted['columns']): Element[] {
  const hidden = columns.length - MOST_COLUMNS;
  const shown = table(COLUMNS, columns.slice(0, MOST_COLUMNS).map(row));
  return [shown, ...(hidden > 0 ? [subtle(`And ${count(hidden, 'more column')}.`)] : [])];
}

function row({ column, name, holds }: Wanted['columns'][number]): Cell[] {
  return [column, name, holds];
}

export const BELOW_SHEET = 'The first thing you get is a preview; nothing changes before you run it.';

export function sheetButtons({
  service,
  template,
  withoutUnits,
  others = [],
}: Wanted): (Action | undefined)[] {
  return [
    template === undefined ? undefined : commandButton('A sheet to begin with', template),
    ...others.map(({ title, command }) => commandButton(title, command)),
    withoutUnits ? undefined : commandButton('Free units', service ? `free ${service.service}` : 'free'),
    commandButton('Help', 'help bulk'),
  ];
}
