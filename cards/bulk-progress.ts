/** How far a job is. What came of it is told by a message of its own. */
import type { Action, Card } from '../src/chat/card.ts';
import { actionButton, commandButton } from './buttons.ts';
import { longest } from './demo.ts';
import { card, facts, lead, progressBar } from './elements.ts';
import { count, number } from './format.ts';

export type BulkProgress = {
  readonly organization: string;
  readonly job: number;
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

export function bulkProgressCard(data: BulkProgress): Card {
  const { organization, job, what, state, total, failed } = data;
  const seen = data.done + failed;
  return card({
    organization,
    title: `Job ${job} ${STATE[state]}`,
    body: [
      lead(what),
      progressBar(seen, total, color(data)),
      lead(`${number(seen)} of ${count(total, 'row')}`),
      hasEnded(data) ? undefined : counts(data),
    ],
    actions: actions(data),
  });
}

function counts({ done, failed, skipped, file }: BulkProgress) {
  return facts([
    ['Done', number(done)],
    ['Failed', number(failed)],
    ['Skipped', skipped > 0 ? number(skipped) : undefined],
    ['File', file],
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
  return state === 'cancelling' ? [] : [actionButton('Cancel', 'bulk.cancel', { job })];
}

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
  long: bulkProgressCard({
    ...running,
    organization: longest.organization,
    job: 123_456,
    what: `Associate users with ${longest.service} · ${longest.product}`,
    total: 100_000,
    done: 99_999,
  }),
};
