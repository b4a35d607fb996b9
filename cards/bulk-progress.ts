/** A job that waits or runs. */
import type { Card } from '../src/chat/card.ts';
import { commandButton } from './buttons.ts';
import { longest } from './demo.ts';
import { card, facts, lead, progressBar } from './elements.ts';
import { count, number } from './format.ts';

export type BulkProgress = {
  readonly organization: string;
  readonly job: number;
  /** `Associate users with 10024/1 · Webex Suite` */
  readonly what: string;
  readonly file: string;
  readonly state: 'waiting' | 'running' | 'cancelling';
  readonly total: number;
  readonly done: number;
  readonly failed: number;
  readonly skipped: number;
};

const STATE = { waiting: 'waits for its turn', running: 'is running', cancelling: 'is stopping' } as const;

export function bulkProgressCard(data: BulkProgress): Card {
  const { organization, job, what, state, total, failed } = data;
  const seen = data.done + failed + data.skipped;
  return card({
    organization,
    title: `Job ${job} ${STATE[state]}`,
    body: [
      lead(what),
      progressBar(seen, total, failed > 0 ? 'warning' : 'accent'),
      lead(`${number(seen)} of ${count(total, 'row')}`),
      facts([
        ['Done', number(data.done)],
        ['Failed', number(failed)],
        ['Skipped', data.skipped > 0 ? number(data.skipped) : undefined],
        ['File', data.file],
      ]),
    ],
    actions: state === 'cancelling' ? [] : [commandButton('Cancel', `job ${job} cancel`)],
  });
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
  long: bulkProgressCard({
    ...running,
    organization: longest.organization,
    job: 123_456,
    what: `Associate users with ${longest.service} · ${longest.product}`,
    total: 100_000,
    done: 99_999,
  }),
};
