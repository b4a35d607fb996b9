import { chatRefusalCard } from '../../../cards/chat-refusal.ts';
import { type ExecutionMend, executionMendCard } from '../../../cards/execution-mend.ts';
import { type ExecutionProgress, executionProgressCard } from '../../../cards/execution-progress.ts';
import { count, dateTime, list, number } from '../../../cards/format.ts';
import { announce, replaceWith, tell } from '../../bot/index.ts';
import type { Reply } from '../../chat/reply.ts';
import { quoted } from '../../chat/words.ts';
import { isOurs, type OrderStatus, saidOf } from '../orders/rules.ts';
import { changeInWords, nobodyTold, type Planned, type Step, titleNotSent } from './rules.ts';
import type { Approval } from './store.ts';
import { type World, whatOf } from './world.ts';

const dataOf = ({ order }: World, steps: readonly Step[], approval?: Approval): ExecutionProgress => ({
  organization: order.customer,
  order: String(order.number),
  description: order.description,
  status: order.status as OrderStatus,
  answer: notPlaced(order, approval) ?? answer(order, steps),
  waits: isWaiting(order, approval),
  error: order.error === null ? undefined : saidOf(order.error),
  steps: steps.map(({ title, state, error, unsent }) => ({
    title,
    state: state === 'done' && unsent ? 'unsent' : state,
    error: error === null ? undefined : saidOf(error),
  })),
  setupUrl: order.setup_url ?? undefined,
});

const isWaiting = ({ status }: World['order'], approval: Approval): boolean =>
  status === 'Started' && approval?.state === 'waiting';

/** Why an order is not being carried out; nothing where it is. */
function notPlaced(order: World['order'], approval: Approval): string | undefined {
  if (order.status === 'Started') {
    if (approval?.state !== 'waiting') return 'It is in the basket, and not placed yet.';
    const until = dateTime(approval.expires_at.toISOString());
    const hint = approval.told === 0 ? ` ${nobodyTold(order.parent)}` : '';
    return `It waits for approval by ${order.parent} until ${until}.${hint} Nothing is bought before; without an answer it becomes a draft again.`;
  }
  if (order.status !== 'Draft') return undefined;
  const by = approval?.decided_by ?? order.parent;
  const why = approval?.reason == null ? '' : `: ${approval.reason.replace(/[.\s]+$/, '')}`;
  switch (approval?.state) {
    case 'refused':
      return `${by} refused it${why}. It is a draft again.`;
    case 'withdrawn':
      return `${by} withdrew it. It is a draft again.`;
    case 'expired':
      return `Nobody at ${order.parent} approved it in time. It is a draft again.`;
    case 'changed':
      return 'It was changed after approval was asked for. It is a draft again.';
    default:
      return 'It is a draft, and not placed yet.';
  }
}

/** How it stands, in one sentence. */
function answer({ status, vendor }: World['order'], steps: readonly Step[]): string {
  const who = vendor ?? 'The vendor';
  const done = steps.filter(({ state }) => state === 'done').length;
  const far = `${number(done)} of ${number(steps.length)} steps done`;
  switch (status as OrderStatus) {
    case 'Completed':
      return `${who} fulfilled it: everything is as it was ordered.${unsent(steps)}`;
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
      return `Being carried out at ${vendor ?? 'the vendor'}: ${far}.`;
  }
}

const unsent = (steps: readonly Step[]): string =>
  steps.some((step) => step.state === 'done' && step.unsent) ? ' A letter could not be sent.' : '';

const headline = ({ order }: World) => `Order ${order.number} of ${order.customer}`;

export function progress(world: World, steps: readonly Step[], approval: Approval): Reply {
  const data = dataOf(world, steps, approval);
  const why = data.error === undefined ? '' : ` ${data.error}`;
  const status = data.waits ? 'Waits for approval' : data.status;
  return tell(`${headline(world)}: ${status}. ${data.answer}${why}`, executionProgressCard(data));
}

/** What a channel hears of an order. */
export function placedNotice(world: World, steps: readonly Step[]): Reply {
  const what = list(world.lines.map((line) => changeInWords(line.kind, whatOf(line))));
  const said = `${headline(world)} was placed by ${world.order.created_by}: ${what}.`;
  return announce(said, executionProgressCard(dataOf(world, steps)));
}

export function endedNotice(world: World, steps: readonly Step[]): Reply {
  const { status, error } = world.order;
  const how = status === 'Completed' ? 'is completed' : `ended as ${status}`;
  const said = `${headline(world)} ${how}${error === null ? '.' : `. ${saidOf(error)}`}`;
  return announce(said, executionProgressCard(dataOf(world, steps)));
}

export const started = (steps: readonly Planned[]): string =>
  `Began to carry out the order in ${count(steps.length, 'step')}`;
export const stepDone = (title: string, more?: string): string =>
  more === undefined ? `Done: ${title}` : `Done: ${title} (${more})`;
/** The title of a step whose letter is still to be sent, and how that is done. */
export const letterNotSent = (step: Step, { order }: World, why: 'no mail' | 'no address'): string =>
  titleNotSent(
    step,
    why === 'no mail'
      ? `no mail server is set up. Once it is: retry ${order.number}`
      : `the contact has no e-mail address. Once there is one: retry ${order.number}`,
  );
export const stepRefused = (title: string, reason: string): string =>
  `${isOurs(reason) ? 'Failed' : 'Refused by the vendor'}: ${title} (${reason})`;
export const ended = (status: OrderStatus, error: string | undefined): string =>
  `The order ended as ${status}${error === undefined ? '' : ` (${error})`}`;
export const triedAgain = (mended: readonly string[]): string =>
  mended.length === 0 ? 'Tried the order again' : `Mended the order (${list(mended)}) and tried it again`;

export const LETTERS_AGAIN = 'Had the letters sent that could not be sent before';

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

/** Of an order that is done, but for its letters. */
export function noMailYet(organization: string, order: string): Reply {
  const problem = `A letter of order ${order} of ${organization} is still to be sent, and no mail server is set up.`;
  const remedy = 'SMTP_URL names it in the bot’s configuration. After that, retry.';
  const buttons = [{ title: 'Order', command: `order ${order}` }];
  return tell(`${problem} ${remedy}`, chatRefusalCard({ organization, problem, remedy, buttons }));
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
      : [{ title: 'Change organization', command: `change organization ${quoted(organization)}` }]),
    ...(offering === undefined
      ? []
      : [{ title: 'Enable', command: `enable ${quoted(offering)} ${quoted(organization)}` }]),
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
