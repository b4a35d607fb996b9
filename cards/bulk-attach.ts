/** Asks for the sheet of a bulk job. */
import type { Card } from '../src/chat/card.ts';
import { commandButton } from './buttons.ts';
import { longest, messaging } from './demo.ts';
import { callout, card, subtle, text } from './elements.ts';
import { list, number } from './format.ts';
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
  /** What was wrong with the file that came, in one sentence. */
  readonly problem?: string | undefined;
};

const COLUMNS: readonly TableColumn[] = [
  { title: 'Column', width: 1.2 },
  { title: 'Name', width: 2 },
  { title: 'Holds', width: 5 },
];

export function bulkAttachCard(data: BulkAttach): Card {
  const { organization, service, command, columns, formats, maxRows, problem } = data;
  return card({
    organization,
    title: 'Attach the sheet',
    body: [
      problem === undefined ? undefined : callout(problem, 'attention'),
      service && serviceLine(service),
      text(`Attach the file to your next message here. Any other time, add the words: ${command}`, {
        spacing: 'small',
      }),
      table(
        COLUMNS,
        columns.map(({ column, name, holds }): Cell[] => [column, name, holds]),
      ),
      subtle(
        `${list(formats)}, up to ${number(maxRows)} rows. The first thing you get is a preview; nothing changes before you run it.`,
        'medium',
      ),
    ],
    actions: service
      ? [commandButton('Free units', `free ${service.service}`), commandButton('Help', 'help bulk')]
      : [commandButton('Free units', 'free'), commandButton('Help', 'help bulk')],
  });
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
};

export const samples: Record<string, Card> = {
  service: bulkAttachCard(sheet),
  unreadable: bulkAttachCard({ ...sheet, problem: '“holiday.pdf” is not a spreadsheet.' }),
  open: bulkAttachCard({ ...sheet, organization: longest.organization, service: undefined, command: 'bulk' }),
};
