/** Asks for the sheet of a bulk job. */
import type { Card } from '../src/chat/card.ts';
import { BELOW_SHEET, columnsTable, sheetButtons, type Wanted } from './bulk.ts';
import { longest, many, messaging } from './demo.ts';
import { callout, card, subtle, text } from './elements.ts';
import { list, number } from './format.ts';
import { serviceLine } from './units.ts';

export type BulkAttach = Wanted & {
  /** What to type with the file: `bulk 10023/1`. */
  readonly command: string;
  /** `.xls`, `.xlsx`, … */
  readonly formats: readonly string[];
  readonly maxFileMb: number;
};

export function bulkAttachCard(data: BulkAttach): Card {
  const { organization, service, command, columns, problem } = data;
  return card({
    organization,
    title: 'Attach the sheet',
    body: [
      problem === undefined ? undefined : callout(problem, 'attention'),
      service && serviceLine(service),
      text(`Attach the file to your next message here. Any other time, add the words: ${command}`, {
        spacing: 'small',
      }),
      columnsTable(columns),
      subtle(limits(data), 'medium'),
    ],
    actions: sheetButtons(data),
  });
}

function limits({ formats, maxRows, maxFileMb }: BulkAttach): string {
  const most = `at most ${number(maxRows)} rows and ${number(maxFileMb)} MB`;
  return `${list(formats)}, ${most}. ${BELOW_SHEET}`;
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
