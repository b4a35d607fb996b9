import type { ExecutionMend } from '../../../cards/execution-mend.ts';
import { type Asked, newOnce, record } from '../../bot/index.ts';
import { parseEmail } from '../../chat/email.ts';
import type { Reply } from '../../chat/reply.ts';
import { inOrder } from '../orders/find.ts';
import { type OrderStatus, saidOf } from '../orders/rules.ts';
import { organizationDetails } from '../organizations/details.ts';
import { missingForOrdering } from '../organizations/rules.ts';
import type { View } from '../organizations/view.ts';
import {
  LETTERS_AGAIN,
  mendForm,
  needsOrder,
  noMailYet,
  notMendable,
  notReady,
  triedAgain,
} from './replies.ts';
import { endCustomerOf, MENDABLE, planLetters, planRetry, planSteps, type Step } from './rules.ts';
import { goOn } from './start.ts';
import { addSteps, loadSteps, waitAgain } from './steps/store.ts';
import {
  loadBrought,
  lockOrder,
  priceLines,
  saveContact,
  saveEndCustomer,
  setPlaced,
  setStatus,
} from './store.ts';
import { progressReply } from './track.ts';
import { loadWorld, toPlan, type World } from './world.ts';

export type Mended = Readonly<Record<'name' | 'email' | 'domain' | 'customer', string>>;

/** `retry 10025`: the form with what can be mended; with an address, and a name, of the contact person it is sent at once. */
export async function retryOrder(asked: Asked, words: readonly string[]): Promise<Reply> {
  const [word, email, ...name] = words;
  if (word === undefined) return needsOrder();
  if (email !== undefined) {
    const said = { email, ...(name.length > 0 && { name: name.join(' ') }) };
    return { ...(await submitRetry(asked, word, said)), position: 'below' };
  }
  return inMendable(asked, word, async (view, world) => {
    const steps = await loadSteps(view.db, world.order.id);
    return form(view, world, steps, valuesOf(world));
  });
}

/** Mends what the form says, and goes on where the order failed. */
export function submitRetry(asked: Asked, word: string, said: Partial<Mended>): Promise<Reply> {
  return inMendable(asked, word, async (view, world) => {
    const steps = await loadSteps(view.db, world.order.id);
    const { asks } = fieldsOf(world, steps);
    const known = valuesOf(world);
    const typed = Object.fromEntries(
      Object.entries(known).map(([name, value]) => [
        name,
        asks.includes(name as keyof Mended) ? (said[name as keyof Mended] ?? value).trim() : value,
      ]),
    ) as Mended;
    const errors = errorsOf(world, asks, typed);
    if (Object.keys(errors).length > 0) return form(view, world, steps, typed, errors);
    await mend(view, world, known, { ...typed, ...addressesOf(typed) });
    await tryAgain(view, world.order.id, steps);
    return { ...(await progressReply(view, world.order.id)), position: 'instead' };
  });
}

async function inMendable(
  asked: Asked,
  word: string,
  run: (view: View, world: World) => Promise<Reply>,
): Promise<Reply> {
  return inOrder(asked, word, async (view, { id, number, customer }) => {
    const status = await lockOrder(view.db, id);
    const world = await loadWorld(view.db, id);
    if (world !== undefined && status === 'Completed') {
      const unsent = planLetters(await loadSteps(view.db, id));
      if (unsent.length > 0) return sendLetters(view, world, unsent);
    }
    if (world === undefined || status === undefined || !MENDABLE.includes(status))
      return notMendable(customer, String(number), status ?? 'gone');
    const details = await organizationDetails(view.db, view.viewer.scope, world.order.organization_id);
    const missing = {
      details: details === undefined ? [] : missingForOrdering(details),
      offering:
        world.order.offering !== null && world.order.enabled_name === null ? world.order.offering : undefined,
    };
    if (missing.details.length > 0 || missing.offering !== undefined)
      return notReady(customer, String(number), missing);
    return run(view, world);
  });
}

/** The letters of a completed order that could not be sent when it was carried out. */
async function sendLetters(
  view: View,
  { order, machines }: World,
  unsent: ReturnType<typeof planLetters>,
): Promise<Reply> {
  const { customer } = view;
  if (!view.settings.mail) return noMailYet(customer.name, String(order.number));
  for (const step of unsent) await waitAgain(view.db, order.id, step);
  const status: OrderStatus = machines ? 'Provisioning finished' : 'In progress';
  await setStatus(view.db, order.id, status, { vendor: 'In progress' });
  await record(view, {
    organizationId: order.organization_id,
    orderId: order.id,
    kind: 'execution',
    summary: LETTERS_AGAIN,
    before: { status: order.status },
    after: { status },
  });
  await goOn(view, order.id);
  return progressReply(view, order.id);
}

const valuesOf = ({ order }: World): Mended => ({
  name: order.enabled_name ?? '',
  email: order.enabled_email ?? '',
  domain: order.domain ?? '',
  customer: endCustomerOf(order.end_customer).email ?? '',
});

/** What can be mended: not the domain of a tenant that is there, nor an address that an account was made for, or may have been. */
function fieldsOf({ order }: World, steps: readonly Step[]): { readonly asks: readonly (keyof Mended)[] } {
  const isDone = (kind: Step['kind']) => steps.some((step) => step.kind === kind && step.state === 'done');
  const isAsked = (kind: Step['kind']) => steps.some((step) => step.kind === kind && step.input.unanswered);
  const hasTenant = !order.needs_domain || isDone('tenant') || isDone('subscription');
  const hasCustomer =
    endCustomerOf(order.end_customer).email === undefined ||
    isDone('customer account') ||
    isAsked('customer account');
  return {
    asks: [
      ...(order.enabled_name === null ? [] : (['name', 'email'] as const)),
      ...(hasTenant ? [] : (['domain'] as const)),
      ...(hasCustomer ? [] : (['customer'] as const)),
    ],
  };
}

const DOMAIN = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/i;

function errorsOf(
  { order }: World,
  asks: readonly (keyof Mended)[],
  typed: Mended,
): NonNullable<ExecutionMend['errors']> {
  const suffix = order.domain_suffix;
  const fits =
    DOMAIN.test(typed.domain) && (suffix === null || typed.domain.toLowerCase().endsWith(`.${suffix}`));
  const noEmail = (text: string) =>
    text === '' ? 'Type an e-mail address.' : `“${text}” is not an e-mail address.`;
  return {
    ...(asks.includes('name') && typed.name === '' && { name: 'Type the name of the contact person.' }),
    ...(asks.includes('email') && parseEmail(typed.email) === undefined && { email: noEmail(typed.email) }),
    ...(asks.includes('domain') &&
      !fits && {
        domain: `“${typed.domain}” is not a domain name${suffix === null ? '.' : ` that ends with .${suffix}.`}`,
      }),
    ...(asks.includes('customer') &&
      parseEmail(typed.customer) === undefined && { customer: noEmail(typed.customer) }),
  };
}

const addressesOf = (typed: Mended): Pick<Mended, 'email' | 'customer' | 'domain'> => ({
  email: parseEmail(typed.email) ?? typed.email,
  customer: parseEmail(typed.customer) ?? typed.customer,
  domain: typed.domain.toLowerCase(),
});

async function mend(view: View, { order }: World, before: Mended, after: Mended): Promise<void> {
  const changed = (Object.keys(before) as (keyof Mended)[]).filter((name) => before[name] !== after[name]);
  if (order.offering_id !== null && order.enabled_name !== null)
    await saveContact(view.db, order.organization_id, order.offering_id, {
      ...after,
      domain: after.domain === '' ? null : after.domain,
    });
  if (changed.includes('customer'))
    await saveEndCustomer(view.db, order.id, { ...(order.end_customer as object), email: after.customer });
  const pick = (values: Mended) => Object.fromEntries(changed.map((name) => [name, values[name]]));
  await record(view, {
    organizationId: order.organization_id,
    orderId: order.id,
    kind: 'execution',
    summary: triedAgain(changed.map((name) => after[name])),
    before: { status: order.status, ...pick(before) },
    after: { status: 'In progress', ...pick(after) },
  });
}

/** Puts what is not done yet back to where it waits; an order that was never planned here is planned now. */
async function tryAgain(view: View, orderId: number, steps: readonly Step[]): Promise<void> {
  await priceLines(view.db, orderId);
  const world = await loadWorld(view.db, orderId);
  if (world === undefined) return;
  if (steps.length === 0) {
    const plan = planSteps(await toPlan(view.db, world, await openLines(view, world)));
    await addSteps(view.db, orderId, 0, plan);
  } else {
    const { again, more } = planRetry(steps);
    for (const step of again) await waitAgain(view.db, orderId, step);
    await addSteps(view.db, orderId, Math.max(...steps.map(({ position }) => position)), more);
  }
  await setPlaced(view.db, orderId, { offeringId: world.order.offering_id, now: view.now });
  const status: OrderStatus = 'In progress';
  await setStatus(view.db, orderId, status, { vendor: status });
  await goOn(view, orderId);
}

/** Of an order from elsewhere: the lines that the vendor refused, or else those that brought nothing. */
async function openLines(view: View, { order, lines }: World): Promise<World['lines']> {
  const refused = lines.filter(({ error }) => error !== null);
  if (refused.length > 0) return refused;
  const brought = await loadBrought(view.db, order.id);
  return lines.filter(
    ({ kind, product_id }) => kind !== 'new subscription' || !brought.includes(product_id ?? 0),
  );
}

function form(
  view: View,
  world: World,
  steps: readonly Step[],
  values: Mended,
  errors?: ExecutionMend['errors'],
): Reply {
  const { order } = world;
  return mendForm({
    organization: view.customer.name,
    order: String(order.number),
    reason: order.error === null ? undefined : saidOf(order.error),
    values,
    offering: order.offering ?? undefined,
    endCustomer: world.owner.name,
    asks: fieldsOf(world, steps).asks,
    suffix: order.domain_suffix ?? undefined,
    errors,
    once: newOnce(),
  });
}
