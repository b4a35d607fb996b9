/** How the first fill goes: one workbook, sent once for each of its sheets. */
import type { Card } from '../src/chat/card.ts';
import { commandButton } from './buttons.ts';
import { longest, many } from './demo.ts';
import { card, lead, subtle } from './elements.ts';
import { count } from './format.ts';
import { small, type TableColumn, table } from './table.ts';

export type ImportsGuide = {
  readonly organization: string;
  /** In the order in which they go. */
  readonly steps: readonly { readonly title: string; readonly command: string; readonly sheet: string }[];
  /** The workbook that comes with the message. */
  readonly file: string | undefined;
};

const COLUMNS: readonly TableColumn[] = [
  { title: 'Step', width: 1 },
  { title: 'What', width: 5 },
  { title: 'Send the workbook with', width: 4 },
];

export function importsGuideCard({ organization, steps, file }: ImportsGuide): Card {
  const first =
    file === undefined
      ? 'Get the workbook, fill it in, and send it once for each of its sheets, in this order.'
      : `${file} holds what there is, or an example line. Fill it in and send it once for each of its sheets.`;
  return card({
    organization,
    title: file === undefined ? `Import in ${count(steps.length, 'step')}` : 'The workbook for the import',
    body: [
      lead(first),
      table(
        COLUMNS,
        steps.map(({ title, command, sheet }, index) => [
          String(index + 1),
          [title, small(`Sheet “${sheet}”`)],
          command,
        ]),
      ),
      subtle(
        'Each time you get a preview first: what is new, what changes, what is wrong and in which cell. Nothing is changed before you run it, and it can be taken back.',
        'medium',
      ),
    ],
    actions: [
      file === undefined ? commandButton('Get the workbook', 'import template') : undefined,
      ...steps.map(({ title, command }) => commandButton(title, command)),
    ],
  });
}

const steps = [
  { title: 'Import organizations', command: 'bulk organizations', sheet: 'Organizations' },
  { title: 'Import the price list', command: 'bulk prices', sheet: 'Price list' },
  { title: 'Import existing orders', command: 'bulk orders', sheet: 'Orders' },
];

export const samples: Record<string, Card> = {
  guide: importsGuideCard({ organization: 'HamaraCloud', steps, file: undefined }),
  workbook: importsGuideCard({ organization: 'HamaraCloud', steps, file: 'import.xlsx' }),
  long: importsGuideCard({
    organization: longest.organization,
    steps: many(4, (index) => ({
      ...(steps[index % 3] ?? steps[0]),
      title: longest.product,
      command: 'bulk orders',
      sheet: 'Orders',
    })),
    file: undefined,
  }),
};
