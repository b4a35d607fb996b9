/** A job that has ended. Its workbooks are attached beside the card. */
import type { Card, Element, Execute } from '../src/chat/card.ts';
import { asking, commandButton } from './buttons.ts';
import { large, longest, many, messaging, office, webex } from './demo.ts';
import { card, facts, lead, section, subtle } from './elements.ts';
import { count, duration, list, number } from './format.ts';
import { type Cell, small, type TableColumn, table } from './table.ts';
import { type Undo, undoButton, undoLine } from './undo.ts';
import { freeOf, type ServiceUnits, unitsTable } from './units.ts';

export type BulkDone = {
  readonly organization: string;
  readonly job: number;
  /** The job that this one took back; then the rows are its users, or what else it is about. */
  readonly undoOf?: number | undefined;
  readonly about?: string | undefined;
  /** `Associate users with 10024/1 · Webex Suite` */
  readonly what: string;
  /** What became of a row that is done: `associated`. */
  readonly did: string;
  readonly file: string;
  /** `broken`: it could not go on. */
  readonly outcome: 'done' | 'cancelled' | 'broken';
  readonly by: string;
  readonly total: number;
  readonly done: number;
  readonly failed: number;
  /** Rows that the check of the sheet had left out. */
  readonly invalid: number;
  readonly skipped: number;
  /** Of those done: rows with something to look at. */
  readonly warnings: number;
  readonly seconds: number;
  /** The first rows that failed. */
  readonly failures: readonly { readonly row: number; readonly subject: string; readonly reason: string }[];
  /** The services whose units were used, as they are now. */
  readonly services: readonly ServiceUnits[];
  /** Names of the workbooks that come with the message. */
  readonly files: readonly string[];
  /** There is a sheet of the rows that were not done, to be mended and sent again. */
  readonly retry: boolean;
  readonly undo?: Undo | undefined;
};

const MOST_FAILURES = 5;
const MOST_SERVICES = 4;
const OUTCOME = { done: 'is done', cancelled: 'was cancelled', broken: 'broke off' } as const;
const UNDO_OUTCOME = {
  done: 'took back',
  cancelled: 'was cancelled while taking back',
  broken: 'broke off while taking back',
} as const;
const columns = (about = 'user'): readonly TableColumn[] => [
  { title: 'Row', width: 1.3, align: 'right' },
  { title: `${about.charAt(0).toUpperCase()}${about.slice(1)} and reason`, width: 8 },
];

export function bulkDoneCard(data: BulkDone): Card {
  const { organization, job, retry, undo } = data;
  return card({
    organization,
    title: title(data),
    body: [
      lead(data.what),
      outcomeFacts(data),
      ...failures(data),
      ...services(data),
      workbooks(data),
      undoLine(undo),
    ],
    actions: [
      retry ? commandButton('Retry', `job ${job} retry`) : undefined,
      commandButton('Report', `job ${job} report`),
      takeBackButton(data),
      freeUnits(data),
      commandButton('Jobs', 'jobs'),
    ],
  });
}

function takeBackButton({ job, undo, done, about = 'user' }: BulkDone): Execute | undefined {
  const button = undoButton(undo);
  return (
    button &&
    asking(button, {
      title: `Take back job ${job}?`,
      text: `What it did to ${count(done, about)} is undone by another job. Rows where something has changed since are left, and named.`,
      yes: 'Take it back',
    })
  );
}

function title({ job, undoOf, outcome, did, done, total, about = 'user' }: BulkDone): string {
  if (undoOf === undefined) return `Job ${job} ${OUTCOME[outcome]}: ${part(done, total, 'row')} ${did}`;
  const how = outcome === 'done' && done === 0 ? 'could not take back' : UNDO_OUTCOME[outcome];
  return `Job ${job} ${how} job ${undoOf}: ${part(done, total, about)}`;
}

/** `988 of 1,000 rows` */
function part(done: number, total: number, one: string): string {
  if (done === total && total > 1) return `all ${count(total, one)}`;
  return `${done === 0 ? 'none' : number(done)} of ${count(total, one)}`;
}

function outcomeFacts(data: BulkDone): Element | undefined {
  const { undoOf, warnings, services: all } = data;
  const [only, ...others] = all;
  return facts([
    [undoOf === undefined ? 'Done' : 'Taken back', number(data.done)],
    ['To look at', warnings > 0 ? `${number(warnings)} of these, named in the report` : undefined],
    [undoOf === undefined ? 'Failed' : 'Not taken back', number(data.failed)],
    ['Not valid', data.invalid > 0 ? number(data.invalid) : undefined],
    ['Skipped', number(data.skipped)],
    ['Duration', duration(data.seconds)],
    ['Units', only && others.length === 0 ? unitsNow(only, data.what) : undefined],
    ['File', data.file],
    ['Started by', data.by],
  ]);
}

function unitsNow(service: ServiceUnits, what: string): string {
  const named = what.includes(service.product) ? [service.service] : [service.product, service.service];
  return `${freeOf(service)} now (${named.join(' · ')})`;
}

/** Where there are several; one on its own is told in one line. */
function services({ services: all }: BulkDone): (Element | undefined)[] {
  if (all.length < 2) return [];
  const hidden = all.length - MOST_SERVICES;
  return [
    section('Units now'),
    unitsTable(all.slice(0, MOST_SERVICES)),
    hidden > 0 ? subtle(`And ${number(hidden)} more.`) : undefined,
  ];
}

function freeUnits({ services: [first, ...others] }: BulkDone): Execute | undefined {
  return first && commandButton('Free units', others.length === 0 ? `free ${first.service}` : 'free');
}

function failures({ failures: all, failed, invalid, undoOf, about }: BulkDone): (Element | undefined)[] {
  if (all.length === 0) return [];
  const shown = all.slice(0, MOST_FAILURES);
  const hidden = failed + invalid - shown.length;
  const rows = shown.map(({ row, subject, reason }): Cell[] => [String(row), [subject, small(reason)]]);
  return [
    section(undoOf === undefined ? 'Rows that were not done' : 'What could not be taken back'),
    table(columns(about), rows),
    hidden > 0 ? subtle(`And ${number(hidden)} more, in the report.`) : undefined,
  ];
}

function workbooks({ files, retry }: BulkDone): Element | undefined {
  const attached = files.length > 0 ? [`Attached: ${list(files)}.`] : [];
  const next = retry
    ? ['The retry sheet holds the rows that were not done: mend what is wrong and send it again.']
    : [];
  const said = [...attached, ...next];
  return said.length > 0 ? subtle(said.join(' '), 'medium') : undefined;
}

const done: BulkDone = {
  organization: 'Contoso',
  job: 7,
  what: 'Associate users with 10024/1 · UniversalMessaging Small Business Edition (1GB)',
  did: 'associated',
  file: 'november.xlsx',
  outcome: 'done',
  by: 'Alice Ahlberg',
  total: 1000,
  done: 1000,
  failed: 0,
  invalid: 0,
  skipped: 0,
  warnings: 0,
  seconds: 3.2,
  failures: [],
  services: [{ ...large, free: 800, reserved: 0 }],
  files: ['november-result.xlsx'],
  retry: false,
  undo: { id: '43', until: '2026-11-21T14:15:00Z' },
};
const failing: BulkDone = {
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
  retry: true,
};
const undone: BulkDone = {
  ...done,
  job: 8,
  undoOf: 7,
  done: 950,
  failed: 50,
  failures: many(50, (index) => ({
    row: index * 19,
    subject: `user${index}@contoso.example`,
    reason: index === 1 ? 'The units were moved to 10023/1' : 'Was given more units since',
  })),
  services: [{ ...large, free: 1750, reserved: 0 }],
  files: ['november-undo-result.xlsx'],
  undo: undefined,
};
const packages: BulkDone = {
  ...failing,
  job: 9,
  what: 'Change packages: add and remove',
  did: 'changed',
  file: 'webex-users.xlsx',
  warnings: 14,
  services: [webex, messaging, office],
  files: ['webex-users-result.xlsx', 'webex-users-retry.xlsx'],
};

export const samples: Record<string, Card> = {
  all: bulkDoneCard(done),
  failures: bulkDoneCard(failing),
  cancelled: bulkDoneCard({ ...done, outcome: 'cancelled', done: 500, skipped: 500, seconds: 0.4 }),
  broken: bulkDoneCard({
    ...done,
    outcome: 'broken',
    done: 0,
    skipped: 1000,
    services: [],
    files: [],
    undo: undefined,
  }),
  released: bulkDoneCard({
    ...done,
    what: `Release units of 10024/1 · ${large.product}`,
    did: 'released',
    total: 1,
    done: 1,
  }),
  packages: bulkDoneCard(packages),
  undo: bulkDoneCard(undone),
  import: bulkDoneCard({
    ...failing,
    organization: 'HamaraCloud',
    what: 'Import of organizations',
    did: 'imported',
    about: 'organization',
    services: [],
    failures: [{ row: 17, subject: 'Contoso', reason: 'B17: there is no parent “Northwnd”.' }],
  }),
  undoAll: bulkDoneCard({ ...undone, done: 1000, failed: 0, failures: [] }),
  undoNone: bulkDoneCard({ ...undone, done: 0, failed: 1000 }),
  undoCancelled: bulkDoneCard({ ...undone, outcome: 'cancelled', done: 0, skipped: 950 }),
  long: bulkDoneCard({
    ...packages,
    organization: longest.organization,
    job: 123_456,
    what: `Change packages of ${longest.organization}: add and remove`,
    file: `${'königliche-fernmeldegesellschaft-'.repeat(4)}november.xls`,
    by: longest.user,
    total: 100_000,
    done: 10,
    failed: 99_990,
    skipped: 0,
    seconds: 7500,
    failures: many(5, () => ({
      row: 99_999,
      subject: longest.user,
      reason: `${longest.organization} has no units of ${longest.product} left`,
    })),
    services: many(15, (index) => ({
      service: `${longest.short}/${index}`,
      product: longest.product,
      units: 100_000,
      free: 0,
      reserved: index,
    })),
    files: many(2, (index) => `${'königliche-fernmeldegesellschaft-'.repeat(4)}november-${index}.xlsx`),
  }),
};
