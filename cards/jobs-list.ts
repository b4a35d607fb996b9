/** The jobs of a customer, the latest first. */
import type { Card, Color } from '../src/chat/card.ts';
import { commandButton, pageButtons } from './buttons.ts';
import { longest, many } from './demo.ts';
import { card, lead, type Paging, pageLine } from './elements.ts';
import { count, dateTime, number } from './format.ts';
import { type Cell, small, type TableColumn, table } from './table.ts';

export type JobState = 'previewed' | 'waiting' | 'running' | 'done' | 'cancelled' | 'broken';

export type JobRow = {
  readonly job: number;
  /** The job that this one takes back. */
  readonly undoOf?: number | undefined;
  /** Whose it is, where the list is about several. */
  readonly of?: string | undefined;
  readonly what: string;
  readonly file: string;
  readonly state: JobState;
  readonly total: number;
  readonly done: number;
  readonly failed: number;
  readonly by: string;
  readonly at: string;
};

export type JobsList = Paging & { readonly organization: string; readonly jobs: readonly JobRow[] };

const COLUMNS: readonly TableColumn[] = [
  { title: 'Job', width: 1.4 },
  { title: 'What', width: 6 },
  { title: 'State', width: 2.8 },
];
const STATE: Record<JobState, { readonly text: string; readonly color: Color }> = {
  previewed: { text: 'Not run yet', color: 'default' },
  waiting: { text: 'Waiting', color: 'accent' },
  running: { text: 'Running', color: 'accent' },
  done: { text: 'Done', color: 'good' },
  cancelled: { text: 'Cancelled', color: 'default' },
  broken: { text: 'Broke off', color: 'attention' },
};
const MOST_OPENED = 4;

export function jobsListCard(data: JobsList): Card {
  const { organization, jobs } = data;
  return card({
    organization,
    title: 'Jobs',
    body: [
      lead(data.total === 0 ? 'No job has run yet.' : `${count(data.total, 'job')}, the latest first.`),
      jobs.length > 0 ? table(COLUMNS, jobs.map(row)) : undefined,
      pageLine(data),
    ],
    actions: [
      ...jobs.slice(0, MOST_OPENED).map(({ job }) => commandButton(`Job ${job}`, `job ${job}`)),
      ...pageButtons(data, 'jobs.page'),
      ...(jobs.length === 0 ? [commandButton('Bulk', 'bulk')] : []),
    ],
  });
}

function row({ job, of, undoOf, what, file, state, total, done, failed, by, at }: JobRow): Cell[] {
  const first = undoOf === undefined ? [what, small(file)] : [`Undo of job ${undoOf}`, small(what)];
  return [
    String(job),
    [...first, ...(of === undefined ? [] : [small(of)]), small(`${by}, ${dateTime(at)}`)],
    [
      { ...STATE[state], weight: 'bolder' },
      small(`${number(done)} of ${number(total)}`),
      ...(failed > 0 ? [small(`${number(failed)} failed`)] : []),
    ],
  ];
}

const job: JobRow = {
  job: 7,
  what: 'Associate users with 10024/1',
  file: 'november.xlsx',
  state: 'running',
  total: 988,
  done: 500,
  failed: 0,
  by: 'Alice Ahlberg',
  at: '2026-11-21T14:05:00Z',
};
const STATES: readonly JobState[] = ['done', 'cancelled', 'broken', 'previewed', 'waiting'];

export const samples: Record<string, Card> = {
  some: jobsListCard({
    organization: 'Contoso',
    jobs: [
      { ...job, job: 8, undoOf: 6, done: 400, failed: 3, total: 976 },
      job,
      { ...job, job: 6, state: 'done', done: 976, failed: 12 },
      { ...job, job: 5, state: 'previewed', done: 0 },
    ],
    page: 1,
    pages: 1,
    total: 4,
  }),
  all: jobsListCard({
    organization: 'Northwind Partners',
    jobs: [
      { ...job, of: 'Contoso' },
      { ...job, job: 6, of: longest.organization, state: 'done', done: 988 },
    ],
    page: 1,
    pages: 1,
    total: 2,
  }),
  empty: jobsListCard({ organization: 'Contoso', jobs: [], page: 1, pages: 1, total: 0 }),
  page: jobsListCard({
    organization: longest.organization,
    jobs: many(10, (index) => ({
      ...job,
      job: 123_456 - index,
      undoOf: index === 2 ? 123_000 : undefined,
      what: `Associate users with ${longest.service} · ${longest.product}`,
      file: `${'fernmeldegesellschaft-'.repeat(3)}${index}.xls`,
      state: STATES[index % STATES.length] ?? 'done',
      total: 100_000,
      done: 99_000,
      failed: 1000,
    })),
    page: 2,
    pages: 9,
    total: 84,
  }),
};
