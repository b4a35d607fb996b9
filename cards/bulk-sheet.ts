/** The form of a bulk job, where its sheet can be chosen in the form: below the card. */
import type { Card, Dataset } from '../src/chat/card.ts';
import { BELOW_SHEET, columnsTable, sheetButtons, type Wanted } from './bulk.ts';
import { longest, many, messaging } from './demo.ts';
import { callout, card, lead, subtle } from './elements.ts';
import { choiceInput, required, serviceInput } from './fields.ts';
import { number } from './format.ts';
import { serviceLine } from './units.ts';

export type BulkSheet = Wanted & {
  /** `Associate by sheet` */
  readonly what: string;
  /** Where the service is still to be chosen: what it is chosen from. */
  readonly choose?: Extract<Dataset, 'services' | 'used-services'> | undefined;
  /** What is asked besides. */
  readonly option?:
    | {
        readonly question: string;
        readonly detail?: string | undefined;
        readonly choices: readonly { readonly title: string; readonly value: string }[];
      }
    | undefined;
};

export function bulkSheetCard(data: BulkSheet): Card {
  const { organization, what, service, choose, option, columns, maxRows, problem } = data;
  return card({
    organization,
    title: what,
    body: [
      problem === undefined ? undefined : callout(problem, 'attention'),
      service && serviceLine(service),
      lead(`Choose the ${choose === undefined ? '' : 'service and the '}file below. ${BELOW_SHEET}`),
      columnsTable(columns),
      subtle(`At most ${number(maxRows)} rows.`),
      option && [
        choiceInput({ id: 'option', label: option.question, style: 'expanded', choices: option.choices }),
        ...(option.detail === undefined ? [] : [subtle(option.detail)]),
      ],
      choose && required(serviceInput(choose, { label: 'Service that the sheet is for' })),
    ],
    actions: sheetButtons(data),
  });
}

const sheet: BulkSheet = {
  organization: 'Contoso',
  what: 'Associate by sheet',
  choose: 'services',
  columns: [
    { column: 'A', name: 'User name', holds: 'The e-mail address of the user' },
    { column: 'B', name: 'Units', holds: 'A whole number greater than zero' },
  ],
  maxRows: 100_000,
  others: [{ title: 'Release by sheet', command: 'bulk release' }],
};

export const samples: Record<string, Card> = {
  open: bulkSheetCard(sheet),
  anywhere: bulkSheetCard({ ...sheet, organization: undefined }),
  service: bulkSheetCard({ ...sheet, choose: undefined, service: messaging }),
  noFile: bulkSheetCard({ ...sheet, problem: 'There is no file in that message.' }),
  packages: bulkSheetCard({
    ...sheet,
    what: 'Give, change and remove the packages of many users',
    choose: undefined,
    template: 'bulk packages template',
    option: {
      question: 'How is the sheet meant?',
      detail: 'A user who has another package keeps it.',
      choices: [
        { title: 'Add and remove services', value: 'add-and-remove' },
        { title: 'Add only', value: 'add-only' },
      ],
    },
  }),
  long: bulkSheetCard({
    ...sheet,
    organization: longest.organization,
    columns: many(20, (index) => ({
      column: `A${String.fromCharCode(64 + index)}`,
      name: longest.product,
      holds: 'TRUE or FALSE',
    })),
    problem: `“${'königliche-fernmeldegesellschaft-'.repeat(4)}.xls” has no column for the user.`,
  }),
};
