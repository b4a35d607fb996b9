import { chatRefusalCard } from '../../../cards/chat-refusal.ts';
import { type ExecutionMend, executionMendCard } from '../../../cards/execution-mend.ts';
import { type ExecutionProgress, executionProgressCard } from '../../../cards/execution-progress.ts';
import { count, list, number } from '../../../cards/format.ts';
import { announce, replaceWith, tell } from '../../bot/index.ts';
import type { Reply } from '../../chat/reply.ts';
import type { OrderStatus } from '../orders/rules.ts';
import type { Planned, Step } from './rules.ts';
import { type World, whatOf } from './world.ts';

const dataOf = ({ order }: World, steps: readonly Step[]): ExecutionProgress => ({
  organization: order.customer,
  order: String(order.number),
  description: order.description,
  status: order.status as OrderStatus,
  answer: answer(order, steps),
  error: order.error ?? undefined,
  steps: steps.map(({ title, state, error }) => ({ title, state, error: error ?? undefined })),
  setupUrl: order.setup_url ?? undefined,
});

/** How it stands, in one sentence. */
function answer({ status, vendor }: World['order'], steps: readonly Step[]): string {
  const who = vendor ?? 'The vendor';
  const done = steps.filter(({ state }) => state === 'done').length;
  const far = `${number(done)} of ${number(steps.length)} steps done`;
  switch (status as OrderStatus) {
    case 'Completed':
      return `${who} fulfilled it: everything that was ordered is there.`;
    case 'Completed with errors':
      return `${who} took part of it. Mend what is wrong and try the rest again.`;
    case 'Provisioning failed':
      return `${who} took nothing of it, and nothing was bought. Mend what is wrong and try again.`;
    case 'Provisioning finished':
      return `It is bought; the letters follow. ${far}.`;
    case 'Deleted':
      return 'It was deleted.';
    case 'Started':
    case 'Draft':
      return 'It is not placed yet.';
    case 'In progress':
    case 'Provisioning started':
      return `${who} is at it: ${far}.`;
  }
}

const headline = ({ order }: World) => `Order ${order.number} of ${order.customer}`;

export function progress(world: World, steps: readonly Step[]): Reply {
  const data = dataOf(world, steps);
  const why = data.error === undefined ? '' : ` The vendor says: ${data.error}`;
  return tell(`${headline(world)}: ${data.status}. ${data.answer}${why}`, executionProgressCard(data));
}

/** What a channel hears of an order. */
export function placedNotice(world: World, steps: readonly Step[]): Reply {
  const what = list(world.lines.map(whatOf));
  const said = `${headline(world)} was placed by ${world.order.created_by}: ${what}.`;
  return announce(said, executionProgressCard(dataOf(world, steps)));
}

export function endedNotice(world: World, steps: readonly Step[]): Reply {
  const { status, error } = world.order;
  const how = status === 'Completed' ? 'is completed' : `ended as ${status}`;
  const said = `${headline(world)} ${how}${error === null ? '.' : `. The vendor says: ${error}`}`;
  return announce(said, executionProgressCard(dataOf(world, steps)));
}

export const started = (steps: readonly Planned[]): string =>
  `Began to carry out the order in ${count(steps.length, 'step')}`;
export const stepDone = (title: string, more?: string): string =>
  more === undefined ? `Done: ${title}` : `Done: ${title} (${more})`;
export const stepRefused = (title: string, reason: string): string =>
  `Refused by the vendor: ${title} (${reason})`;
export const ended = (status: OrderStatus, error: string | undefined): string =>
  `The order ended as ${status}${error === undefined ? '' : ` (${error})`}`;
export const triedAgain = (mended: readonly string[]): string =>
  mended.length === 0 ? 'Tried the order again' : `Mended the order (${list(mended)}) and tried it again`;

export const NOT_LINKED = 'The vendor does not know this subscription: it was not bought here.';
export const noFree = (free: number, units: number): string =>
  `Only ${count(free, 'unit')} of it ${free === 1 ? 'is' : 'are'} free, and ${units} would go. Release units first.`;
export const NO_EMAIL = 'The contact person has no e-mail address.';
export const NOTHING_HEARD =
  'The vendor can’t be reached. What became of it is not known; a retry finds out.';

export const mendForm = (form: ExecutionMend): Reply =>
  (form.errors === undefined ? tell : replaceWith)(
    form.errors === undefined
      ? `Retry order ${form.order} of ${form.organization}`
      : `Order ${form.order} of ${form.organization} was not tried again: ${Object.values(form.errors).join(' ')}`,
    executionMendCard(form),
  );

export function notMendable(organization: string, order: string, status: string): Reply {
  const problem = `Order ${order} of ${organization} has nothing to be retried: it is ${status}.`;
  const remedy = 'Only orders that failed or were completed with errors can be tried again.';
  const buttons = [{ title: 'Order', command: `order ${order}` }];
  return tell(problem, chatRefusalCard({ organization, problem, remedy, buttons }));
}

export function notReady(
  organization: string,
  order: string,
  missing: { readonly details: readonly string[]; readonly offering: string | undefined },
): Reply {
  const { details, offering } = missing;
  const problem = `Order ${order} of ${organization} can’t be tried again yet.`;
  const remedies = [
    ...(details.length === 0 ? [] : [`Still missing: ${list(details)}.`]),
    ...(offering === undefined ? [] : [`${offering} is not enabled for ${organization}.`]),
    'Complete that, then retry.',
  ];
  const buttons = [
    ...(details.length === 0
      ? []
      : [{ title: 'Change organization', command: `change organization "${organization}"` }]),
    ...(offering === undefined
      ? []
      : [{ title: 'Enable', command: `enable "${offering}" "${organization}"` }]),
    { title: 'Retry', command: `retry ${order}` },
    { title: 'Order', command: `order ${order}` },
  ];
  const remedy = remedies.join(' ');
  return tell(`${problem} ${remedy}`, chatRefusalCard({ organization, problem, remedy, buttons }));
}

export function needsOrder(): Reply {
  const problem = 'Say which order to try again: retry 10025';
  return tell(problem, chatRefusalCard({ problem, buttons: [{ title: 'Orders', command: 'orders' }] }));
}
