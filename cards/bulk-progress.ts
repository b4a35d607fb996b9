/** How far a job is. What came of it is told by a message of its own. */
import type { Action, Card, Plan } from '../src/chat/card.ts';
import { actionButton, asking, commandButton } from './buttons.ts';
import { longest } from './demo.ts';
import { card, facts, lead, planned, progressBar } from './elements.ts';
import { count, number } from './format.ts';

export type BulkProgress = {
  readonly organization: string;
  readonly job: number;
  /** The job that this one takes back; then the rows are its users, or what else it is about. */
  readonly undoOf?: number | undefined;
  readonly about?: string | undefined;
  /** `Associate users with 10024/1 · Webex Suite` */
  readonly what: string;
  readonly file: string;
  readonly state: keyof typeof STATE;
  /** Rows that can be carried out. */
  readonly total: number;
  readonly done: number;
  readonly failed: number;
  /** Rows that are not carried out, beside the `total`. */
  readonly skipped: number;
};

const STATE = {
  waiting: 'waits for its turn',
  running: 'is running',
  cancelling: 'is stopping',
  done: 'is done',
  cancelled: 'was cancelled',
  broken: 'broke off',
} as const;

const STEP = {
  waiting: 'waiting',
  running: 'running',
  cancelling: 'running',
  done: 'done',
  cancelled: 'done',
  broken: 'failed',
} as const;

export function bulkProgressCard(data: BulkProgress): Card {
  const { organization, what, total, failed } = data;
  const seen = data.done + failed;
  return card({
    organization,
    title: title(data),
    body: [
      lead(what),
      planned(planOf(data), [progressBar(seen, total, color(data)), lead(howFar(data))]),
      hasEnded(data) ? undefined : counts(data),
    ],
    actions: actions(data),
    ...(!hasEnded(data) && { refresh: { verb: 'bulk.look', data: { job: data.job } } }),
  });
}

function title({ job, undoOf, state }: BulkProgress): string {
  if (undoOf === undefined) return `Job ${job} ${STATE[state]}`;
  return state === 'running' ? `Taking back job ${undoOf}` : `Taking back job ${undoOf} ${STATE[state]}`;
}

/** Once it has ended, this line alone says that some failed. */
function howFar(data: BulkProgress): string {
  const { done, failed, total, undoOf, about = 'user' } = data;
  const seen = `${number(done + failed)} of ${count(total, undoOf === undefined ? 'row' : about)}`;
  return hasEnded(data) && failed > 0 ? `${seen}, ${number(failed)} failed` : seen;
}

/** What a job goes through: the sheet, its rows, and the report of what came of them. */
function planOf(data: BulkProgress): Plan {
  const { state, file, undoOf, failed } = data;
  const title = undoOf === undefined ? 'Carry out its rows' : `Take back job ${undoOf}`;
  const rows = {
    title: state === 'cancelled' ? `${title}, until it was cancelled` : title,
    state: STEP[state],
    ...(failed > 0 && { says: `${number(failed)} failed` }),
  };
  const read = { title: `Read ${file}`, state: 'done' as const };
  const report = { title: 'Report', state: hasEnded(data) ? ('done' as const) : ('waiting' as const) };
  return { title: howFar(data), steps: undoOf === undefined ? [read, rows, report] : [rows, report] };
}

function counts({ job, undoOf, done, failed, skipped, file }: BulkProgress) {
  return facts([
    ['Done', number(done)],
    ['Failed', number(failed)],
    ['Skipped', skipped > 0 ? number(skipped) : undefined],
    ['File', file],
    ['Job', undoOf === undefined ? undefined : String(job)],
  ]);
}

function color({ state, failed }: BulkProgress) {
  if (failed > 0) return 'warning';
  return state === 'done' ? 'good' : 'accent';
}

const hasEnded = ({ state }: BulkProgress) => ['done', 'cancelled', 'broken'].includes(state);

function actions(data: BulkProgress): Action[] {
  const { state, job } = data;
  if (hasEnded(data)) return [commandButton('Details', `job ${job}`)];
  return state === 'cancelling' ? [] : [cancelButton(job)];
}

const cancelButton = (job: number): Action =>
  asking(actionButton('Cancel', 'bulk.cancel', { job }), {
    title: `Stop job ${job}?`,
    text: 'It ends after the rows that it works on now. What is done stays done, and can be undone afterwards.',
    yes: 'Stop it',
  });

const running: BulkProgress = {
  organization: 'Contoso',
  job: 7,
  what: 'Associate users with 10024/1 · UniversalMessaging Small Business Edition (1GB)',
  file: 'november.xlsx',
  state: 'running',
  total: 988,
  done: 500,
  failed: 0,
  skipped: 0,
};

export const samples: Record<string, Card> = {
  waiting: bulkProgressCard({ ...running, state: 'waiting', done: 0 }),
  running: bulkProgressCard(running),
  failing: bulkProgressCard({ ...running, done: 700, failed: 12, skipped: 3 }),
  cancelling: bulkProgressCard({ ...running, state: 'cancelling', done: 750 }),
  done: bulkProgressCard({ ...running, state: 'done', done: 988 }),
  cancelled: bulkProgressCard({ ...running, state: 'cancelled', done: 750, failed: 2 }),
  undo: bulkProgressCard({ ...running, job: 8, undoOf: 7, failed: 2 }),
  undone: bulkProgressCard({ ...running, job: 8, undoOf: 7, state: 'done', done: 938, failed: 50 }),
  long: bulkProgressCard({
    ...running,
    organization: longest.organization,
    job: 123_456,
    what: `Associate users with ${longest.service} · ${longest.product}`,
    total: 100_000,
    done: 99_999,
  }),
};
