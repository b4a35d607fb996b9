/** Asks for the sheet of a bulk job. */
import type { Action, Card } from '../src/chat/card.ts';
import { type Command, commandButton } from './buttons.ts';
import { longest, many, messaging } from './demo.ts';
import { callout, card, subtle, text } from './elements.ts';
import { count, list, number } from './format.ts';
import { type Cell, type TableColumn, table } from './table.ts';
import { serviceLine } from './units.ts';

export type BulkAttach = {
  readonly organization: string;
  /** Where it is known already. */
  readonly service?: { readonly service: string; readonly product: string } | undefined;
  /** What to type with the file: `bulk 10023/1`. */
  readonly command: string;
  readonly columns: readonly { readonly column: string; readonly name: string; readonly holds: string }[];
  /** `.xls`, `.xlsx`, … */
  readonly formats: readonly string[];
  readonly maxRows: number;
  readonly maxFileMb: number;
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

export function bulkAttachCard(data: BulkAttach): Card {
  const { organization, service, command, columns, problem } = data;
  const hidden = columns.length - MOST_COLUMNS;
  return card({
    organization,
    title: 'Attach the sheet',
    body: [
      problem === undefined ? undefined : callout(problem, 'attention'),
      service && serviceLine(service),
      text(`Attach the file to your next message here. Any other time, add the words: ${command}`, {
        spacing: 'small',
      }),
      table(COLUMNS, columns.slice(0, MOST_COLUMNS).map(row)),
      hidden > 0 ? subtle(`And ${count(hidden, 'more column')}.`) : undefined,
      subtle(limits(data), 'medium'),
    ],
    actions: actions(data),
  });
}

function row({ column, name, holds }: BulkAttach['columns'][number]): Cell[] {
  return [column, name, holds];
}

function limits({ formats, maxRows, maxFileMb }: BulkAttach): string {
  const most = `at most ${number(maxRows)} rows and ${number(maxFileMb)} MB`;
  return `${list(formats)}, ${most}. The first thing you get is a preview; nothing changes before you run it.`;
}

function actions({ service, template, withoutUnits, others = [] }: BulkAttach): (Action | undefined)[] {
  return [
    template === undefined ? undefined : commandButton('A sheet to begin with', template),
    ...others.map(({ title, command }) => commandButton(title, command)),
    withoutUnits ? undefined : commandButton('Free units', service ? `free ${service.service}` : 'free'),
    commandButton('Help', 'help bulk'),
  ];
}

const sheet: BulkAttach = {
  organization: 'Contoso',
  service: messaging,
  command: 'bulk 10023/1',
  columns: [
    { column: 'A', name: 'User name', holds: 'The e-mail address of the user' },
    { column: 'B', name: 'Units', holds: 'A whole number greater than zero' },
  ],
  formats: ['.xls', '.xlsx', '.csv'],
  maxRows: 100_000,
  maxFileMb: 25,
};
const others = [
  { title: 'Release by sheet', command: 'bulk release' },
  { title: 'Packages by sheet', command: 'bulk packages' },
];
const packages: BulkAttach = {
  ...sheet,
  service: undefined,
  command: 'bulk packages',
  columns: [
    { column: 'A', name: 'User ID/Email', holds: 'The e-mail address of the user' },
    { column: 'B to F', name: 'Packages and basic licences', holds: 'TRUE or FALSE' },
  ],
  template: 'bulk packages template',
  others: [{ title: 'Associate by sheet', command: 'bulk' }, ...others.slice(0, 1)],
};

export const samples: Record<string, Card> = {
  service: bulkAttachCard(sheet),
  unreadable: bulkAttachCard({ ...sheet, problem: '“holiday.pdf” is not a spreadsheet.' }),
  open: bulkAttachCard({ ...sheet, service: undefined, command: 'bulk', others }),
  packages: bulkAttachCard(packages),
  long: bulkAttachCard({
    ...packages,
    organization: longest.organization,
    service: longest,
    columns: many(20, (index) => ({
      column: `A${String.fromCharCode(64 + index)}`,
      name: longest.product,
      holds: 'TRUE or FALSE',
    })),
    problem: `“${'königliche-fernmeldegesellschaft-'.repeat(4)}.xls” has no column for the user.`,
  }),
};
