/** A job that has ended. Its workbooks are attached beside the card. */
import type { Card, Element } from '../src/chat/card.ts';
import { commandButton } from './buttons.ts';
import { large, longest, many } from './demo.ts';
import { card, facts, lead, section, subtle } from './elements.ts';
import { count, duration, list, number } from './format.ts';
import { type Cell, type TableColumn, table } from './table.ts';
import { freeOf, type ServiceUnits } from './units.ts';

export type BulkDone = {
  readonly organization: string;
  readonly job: number;
  /** `Associate users with 10024/1 · Webex Suite` */
  readonly what: string;
  readonly file: string;
  /** `broken`: it could not go on. */
  readonly outcome: 'done' | 'cancelled' | 'broken';
  readonly by: string;
  readonly total: number;
  readonly done: number;
  readonly failed: number;
  readonly skipped: number;
  readonly seconds: number;
  /** The first rows that failed. */
  readonly failures: readonly { readonly row: number; readonly subject: string; readonly reason: string }[];
  /** The service whose units were used, as it is now. */
  readonly service?: ServiceUnits | undefined;
  /** Names of the workbooks that come with the message. */
  readonly files: readonly string[];
};

const MOST_FAILURES = 5;
const OUTCOME = { done: 'is done', cancelled: 'was cancelled', broken: 'broke off' } as const;
const COLUMNS: readonly TableColumn[] = [
  { title: 'Row', width: 1.2, align: 'right' },
  { title: 'User', width: 4 },
  { title: 'Reason', width: 4 },
];

export function bulkDoneCard(data: BulkDone): Card {
  const { organization, job, service } = data;
  return card({
    organization,
    title: `Job ${job} ${OUTCOME[data.outcome]}: ${answer(data)}`,
    body: [lead(data.what), outcomeFacts(data), ...failures(data), workbooks(data)],
    actions: [
      commandButton('Report', `job ${job} report`),
      service && commandButton('Free units', `free ${service.service}`),
      commandButton('Jobs', 'jobs'),
    ],
  });
}

function answer({ done, total }: BulkDone): string {
  return done === total ? `all ${count(total, 'row')}` : `${number(done)} of ${count(total, 'row')}`;
}

function outcomeFacts(data: BulkDone): Element | undefined {
  const { service } = data;
  return facts([
    ['Done', number(data.done)],
    ['Failed', number(data.failed)],
    ['Skipped', number(data.skipped)],
    ['Duration', duration(data.seconds)],
    ['Units', service && `${freeOf(service)} now (${service.service})`],
    ['File', data.file],
    ['Started by', data.by],
  ]);
}

function failures({ failures: all, failed }: BulkDone): (Element | undefined)[] {
  if (all.length === 0) return [];
  const shown = all.slice(0, MOST_FAILURES);
  const hidden = failed - shown.length;
  const rows = shown.map(({ row, subject, reason }): Cell[] => [String(row), subject, reason]);
  return [
    section('Rows that failed'),
    table(COLUMNS, rows),
    hidden > 0 ? subtle(`And ${number(hidden)} more, in the report.`) : undefined,
  ];
}

function workbooks({ files }: BulkDone): Element | undefined {
  if (files.length === 0) return undefined;
  return subtle(`Attached: ${list(files)}`, 'medium');
}

const done: BulkDone = {
  organization: 'Contoso',
  job: 7,
  what: 'Associate users with 10024/1 · UniversalMessaging Small Business Edition (1GB)',
  file: 'november.xlsx',
  outcome: 'done',
  by: 'Alice Ahlberg',
  total: 1000,
  done: 1000,
  failed: 0,
  skipped: 0,
  seconds: 3.2,
  failures: [],
  service: { ...large, free: 800, reserved: 0 },
  files: ['november-result.xlsx'],
};

export const samples: Record<string, Card> = {
  all: bulkDoneCard(done),
  failures: bulkDoneCard({
    ...done,
    done: 988,
    failed: 9,
    skipped: 3,
    seconds: 200,
    failures: many(9, (index) => ({
      row: index * 17,
      subject: `user${index}@contoso.example`,
      reason: 'Holds this licence already, and one user can hold one',
    })),
    files: ['november-result.xlsx', 'november-retry.xlsx'],
  }),
  cancelled: bulkDoneCard({ ...done, outcome: 'cancelled', done: 500, skipped: 500, seconds: 0.4 }),
  broken: bulkDoneCard({ ...done, outcome: 'broken', done: 0, service: undefined, files: [] }),
  long: bulkDoneCard({
    ...done,
    organization: longest.organization,
    job: 123_456,
    what: `Associate users with ${longest.service} · ${longest.product}`,
    total: 100_000,
    done: 10,
    failed: 99_990,
    seconds: 7500,
    failures: many(5, () => ({
      row: 99_999,
      subject: longest.user,
      reason: `${longest.organization} has no units of ${longest.product} left`,
    })),
  }),
};
