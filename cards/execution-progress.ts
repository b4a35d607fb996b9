/** How far an order is: each of its steps, what the vendor said, and what one does next. */
import type { Action, Card } from '../src/chat/card.ts';
import { commandButton, linkButton } from './buttons.ts';
import { longest, many } from './demo.ts';
import { callout, card, lead, planned, progressBar, subtle } from './elements.ts';
import { count, number } from './format.ts';
import { type OrderStatus, orderBadge } from './status.ts';
import { type Cell, small, table } from './table.ts';

export type ExecutionStep = {
  readonly title: string;
  readonly state: keyof typeof STATE;
  /** Why it failed, and whose words that is. */
  readonly error?: string | undefined;
};
export type ExecutionProgress = {
  readonly organization: string;
  /** As one types it: `10029` */
  readonly order: string;
  /** Name of the subscription. */
  readonly description: string;
  readonly status: OrderStatus;
  /** How it stands, in one sentence. */
  readonly answer: string;
  /** Somebody else has to approve it first. */
  readonly waits?: boolean | undefined;
  /** The same of the whole order, where no step is there to say it. */
  readonly error?: string | undefined;
  readonly steps: readonly ExecutionStep[];
  /** How to set up what was bought. */
  readonly setupUrl?: string | undefined;
};

const STATE = {
  waiting: { text: '○ Waiting', isSubtle: true },
  running: { text: '▶ Running', color: 'accent', weight: 'bolder' },
  done: { text: '✓ Done', color: 'good' },
  unsent: { text: '✕ Not sent', color: 'warning', weight: 'bolder' },
  failed: { text: '✕ Failed', color: 'attention', weight: 'bolder' },
} as const;
const BAR = {
  'Provisioning failed': 'attention',
  'Completed with errors': 'warning',
  Completed: 'good',
} as const;
const barColor = ({ status }: ExecutionProgress) =>
  status in BAR ? BAR[status as keyof typeof BAR] : 'accent';
const MOST_STEPS = 15;

export function executionProgressCard(data: ExecutionProgress): Card {
  const { organization, order, description, answer, error, steps } = data;
  // A letter that could not be sent is said in words: what was ordered is done.
  const done = steps.filter(({ state }) => state === 'done' || state === 'unsent').length;
  const shown = steps.slice(0, MOST_STEPS);
  const more = steps.length - shown.length;
  return card({
    organization,
    title: `Order ${order}`,
    badge: orderBadge(data),
    body: [
      lead(answer),
      error === undefined || shown.some((step) => step.error !== undefined)
        ? undefined
        : callout(error, 'attention'),
      steps.length === 0
        ? undefined
        : planned(
            { title: `${number(done)} of ${count(steps.length, 'step')} done`, steps: shown.map(planStep) },
            [progressBar(done, steps.length, barColor(data)), stepTable(shown)],
          ),
      more > 0 ? subtle(`And ${number(more)} more steps`) : undefined,
      subtle(description),
    ],
    actions: actions(data),
    ...(goesOn(data) && { refresh: { verb: 'execution.look', data: { order } } }),
  });
}

/** By itself, or once somebody else approves it. */
const goesOn = ({ status, waits }: ExecutionProgress): boolean =>
  waits === true || ['In progress', 'Provisioning started', 'Provisioning finished'].includes(status);

const planStep = ({ title, state, error }: ExecutionStep) => ({
  title,
  state: state === 'unsent' ? ('failed' as const) : state,
  ...(error !== undefined && { says: error }),
});

function stepTable(steps: readonly ExecutionStep[]) {
  return table(
    [
      { title: 'Step', width: 5 },
      { title: 'State', width: 2 },
    ],
    steps.map(({ title, state, error }): Cell[] => [
      error === undefined ? title : [title, small(error)],
      [STATE[state]],
    ]),
  );
}

function actions({ status, order, waits, setupUrl }: ExecutionProgress): (Action | undefined)[] {
  const failed = status === 'Provisioning failed' || status === 'Completed with errors';
  const done = status === 'Completed' || status === 'Completed with errors';
  return [
    waits ? commandButton('Withdraw', `withdraw ${order}`) : undefined,
    status === 'Started' && !waits ? commandButton('Go on', `checkout ${order}`) : undefined,
    status === 'Draft' ? commandButton('Resume', `resume ${order}`) : undefined,
    failed ? commandButton('Retry', `retry ${order}`) : undefined,
    commandButton('Order', `order ${order}`),
    done ? commandButton('Services', `services ${order}`) : undefined,
    done && setupUrl !== undefined ? linkButton({ title: 'Setup guide', url: setupUrl }) : undefined,
    commandButton('History', `history ${order}`),
  ];
}

const running: ExecutionProgress = {
  organization: 'Contoso',
  order: '10029',
  description: 'Office for the new branch',
  status: 'In progress',
  answer: 'Being carried out at Microsoft: 1 of 4 steps done.',
  steps: [
    { title: 'Tenant contoso.onmicrosoft.com', state: 'done' },
    { title: 'Subscription: 5 × Office 365 E3', state: 'running' },
    { title: 'Invoice', state: 'waiting' },
    { title: 'Completion e-mail', state: 'waiting' },
  ],
};
const done = running.steps.map((step) => ({ ...step, state: 'done' as const }));
const said = 'The vendor says: e-mail address invalid for the customer';
const machines: readonly ExecutionStep[] = [
  { title: 'Subscription recorded', state: 'done' },
  { title: 'Invoice', state: 'done' },
  { title: 'Portal account of Northwind Partners', state: 'done' },
  { title: 'Portal account of Contoso', state: 'failed', error: said },
  { title: 'Portal subscription: 1 × Azure Pack virtual machines', state: 'waiting' },
  { title: 'Activation e-mail to Contoso', state: 'waiting' },
];

export const samples: Record<string, Card> = {
  running: executionProgressCard(running),
  done: executionProgressCard({
    ...running,
    status: 'Completed',
    answer: 'Microsoft fulfilled it: everything is as it was ordered.',
    steps: done,
    setupUrl: 'https://learn.microsoft.com/microsoft-365/admin/setup/plan-your-setup',
  }),
  unsent: executionProgressCard({
    ...running,
    status: 'Completed',
    answer: 'Microsoft fulfilled it: everything is as it was ordered. A letter could not be sent.',
    steps: done.map((step, index) =>
      index < 3
        ? step
        : {
            title: 'Completion e-mail: not sent, no mail server is set up. Once it is: retry 10029',
            state: 'unsent',
          },
    ),
  }),
  failed: executionProgressCard({
    ...running,
    status: 'Provisioning failed',
    answer: 'Microsoft took nothing of it, and nothing was bought. Mend what is wrong and try again.',
    error: said,
    description: 'Virtual machines in Stockholm',
    steps: machines,
  }),
  errors: executionProgressCard({
    ...running,
    status: 'Completed with errors',
    answer: 'Microsoft took part of it. Mend what is wrong and try the rest again.',
    error: said,
    steps: done.map((step, index) => (index === 1 ? { ...step, state: 'failed', error: said } : step)),
  }),
  begun: executionProgressCard({
    ...running,
    status: 'Started',
    answer: 'It is in the basket, and not placed yet.',
    steps: [],
  }),
  waits: executionProgressCard({
    ...running,
    status: 'Started',
    waits: true,
    answer:
      'It waits for approval by Northwind Partners until 24 Nov 2026, 14:05 UTC. Nothing is bought before; without an answer it becomes a draft again.',
    steps: [],
  }),
  refused: executionProgressCard({
    ...running,
    status: 'Draft',
    answer: 'Nora Lindgren refused it: The budget is used up. It is a draft again.',
    steps: [],
  }),
  long: executionProgressCard({
    ...running,
    organization: longest.organization,
    order: longest.short,
    description: longest.product,
    status: 'Completed with errors',
    answer: `${longest.organization} took part of it. Mend what is wrong and try the rest again.`,
    error: many(5, (index) => `The contact ${longest.user} of line ${index} can’t be reached`).join('; '),
    steps: many(40, (index) => ({
      title: `Subscription: 1,000 × ${longest.product}`,
      state: index % 2 === 0 ? 'done' : 'failed',
      ...(index % 2 === 1 && { error: `The contact ${longest.user} can’t be reached` }),
    })),
  }),
};
