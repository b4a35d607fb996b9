/** How far a reconciliation is that takes a while. What it came to is asked for by its buttons. */
import type { Card, Plan } from '../src/chat/card.ts';
import { commandButton } from './buttons.ts';
import { longest } from './demo.ts';
import { card, facts, lead, planned, progressBar, subtle } from './elements.ts';
import { count, number, period } from './format.ts';

export type ReconciliationProgress = {
  /** Whose subscriptions are counted. */
  readonly organization: string;
  /** `2026-11` */
  readonly period: string;
  readonly ended: boolean;
  /** Quantities that are to be set, and those that were gone through. */
  readonly total: number;
  readonly done: number;
  readonly leftOut: number;
  /** The number of the run. */
  readonly run: number;
  /** The name that commands about it need, where it is not all that the reader sees. */
  readonly of?: string | undefined;
};

export function reconciliationProgressCard(data: ReconciliationProgress): Card {
  const { organization, ended, total, done, leftOut } = data;
  const howFar = `${number(done)} of ${count(total, 'quantity', 'quantities')} gone through`;
  return card({
    organization,
    title: `Reconciliation, ${period(data.period)}, ${ended ? 'is done' : 'is running'}`,
    body: [
      planned({ title: howFar, steps: stepsOf(data) }, [
        progressBar(done, total, ended ? 'good' : 'accent'),
        lead(howFar),
      ]),
      facts([['Left out', leftOut > 0 ? number(leftOut) : undefined]]),
      leftOut > 0 ? subtle('What is changing just now is left for the next period.') : undefined,
    ],
    actions: ended ? actions(data) : [],
  });
}

function stepsOf({ ended, total }: ReconciliationProgress): Plan['steps'] {
  return [
    { title: 'Count what is used', state: 'done' },
    { title: `Set ${count(total, 'quantity', 'quantities')}`, state: ended ? 'done' : 'running' },
    { title: 'Billing material', state: ended ? 'done' : 'waiting' },
  ];
}

function actions({ period: month, run, of }: ReconciliationProgress) {
  const about = of === undefined ? '' : ` ${of}`;
  return [
    commandButton('Show what changed', `reconcile ${month} run ${run}${about}`),
    commandButton('Workbook and CSV', `reconcile ${month} run ${run} export${about}`),
  ];
}

const running: ReconciliationProgress = {
  organization: 'HamaraCloud and its customers',
  period: '2026-11',
  ended: false,
  total: 82_310,
  done: 31_000,
  leftOut: 0,
  run: 12,
};

export const samples: Record<string, Card> = {
  begun: reconciliationProgressCard({ ...running, done: 0 }),
  running: reconciliationProgressCard(running),
  done: reconciliationProgressCard({ ...running, ended: true, done: 82_310 }),
  'left out': reconciliationProgressCard({ ...running, ended: true, done: 82_310, leftOut: 14 }),
  long: reconciliationProgressCard({
    ...running,
    organization: longest.organization,
    of: longest.organization,
    ended: true,
    done: 82_310,
    leftOut: 82_310,
  }),
};
