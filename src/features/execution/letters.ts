import { money } from '../../../cards/format.ts';
import type { Ctx } from '../../bot/index.ts';
import { sendLetter } from '../letters/send.ts';
import type { Came } from './ask.ts';
import { amountOf, namesOf, type Step } from './rules.ts';
import { loadSteps } from './steps/store.ts';
import { type World, whatOf } from './world.ts';

/** What became of a letter. What was not sent can be sent later. */
export type Sent = 'queued' | 'no mail' | 'no address';

const valuesOf = (ctx: Ctx, { order, person, owner }: World): Record<string, string> => ({
  firstName: person.first,
  lastName: person.last,
  company: owner.name,
  order: `${ctx.settings.orderPrefix}${order.number}`,
  offering: order.offering ?? '',
  portalUrl: order.portal_url ?? '',
  setupUrl: order.setup_url ?? '',
});

/** Of an address that was the contact's when the account was made: another person may be the contact now. */
const NAMELESS = { firstName: '', lastName: '' };

/** The letter that tells the end customer of the account, at the address that was given when it was ordered. */
export function sendActivation(ctx: Ctx, world: World, step: Step, came: Came): Promise<Sent> {
  const { email } = world.person;
  const userName = came.userName ?? email;
  return sendLetter(ctx, {
    template: 'welcome customer',
    to: userName,
    values: {
      ...valuesOf(ctx, world),
      ...(userName !== email && NAMELESS),
      userName,
      password: came.password ?? '',
    },
    key: keyOf(world, step),
    secret: came.password !== undefined,
  });
}

/** Where the account was there before there is no password, and nothing to be told. */
export async function sendResellerActivation(
  ctx: Ctx,
  world: World,
  step: Step,
  { userName, password }: Came,
): Promise<Sent | undefined> {
  const { reseller, order } = world;
  if (reseller === undefined || userName === undefined) return undefined;
  if (password === undefined) return undefined;
  if (!ctx.settings.mail) return 'no mail';
  const values = {
    ...valuesOf(ctx, world),
    firstName: order.parent_first_name ?? '',
    lastName: order.parent_last_name ?? '',
    ...(userName !== reseller.email && NAMELESS),
    company: reseller.name,
    userName,
    password,
  };
  return sendLetter(ctx, {
    template: 'welcome reseller',
    to: userName,
    values,
    key: keyOf(world, step),
    secret: true,
  });
}

/** Tells of what the vendor took, with what it costs the customer. */
export async function sendCompletion(ctx: Ctx, world: World, step: Step): Promise<Sent> {
  const { order, lines, person } = world;
  if (person.email === '') return 'no address';
  const steps = await loadSteps(ctx.db, order.id);
  const done = steps.flatMap(({ state, input }) => (state === 'done' ? (input.change ?? []) : []));
  const taken = lines.filter(({ id }) => done.includes(id));
  const minor = taken.reduce(
    (sum, { kind, billed, quantity, price_minor }) =>
      sum + amountOf(kind, billed ?? quantity ?? 1, price_minor ?? 0),
    0,
  );
  return sendLetter(ctx, {
    template: 'order completed',
    to: person.email,
    values: {
      ...valuesOf(ctx, world),
      lines: taken.map(whatOf).join('\n'),
      total: minor > 0 ? money({ minor, currency: order.currency }) : '',
    },
    key: keyOf(world, step),
  });
}

/** Tells who placed the order why it could not be carried out. */
export async function sendFailure(ctx: Ctx, world: World, steps: readonly Step[], to: string): Promise<void> {
  const { order, lines } = world;
  const failed = steps.filter(({ state }) => state === 'failed').map(({ input }) => input.change);
  const of = lines.filter(({ id }) => failed.includes(id));
  const [firstName, lastName] = namesOf(order.created_by);
  const round = Math.max(0, ...steps.map(({ input }) => input.round));
  await sendLetter(ctx, {
    template: 'order failed',
    to,
    values: {
      ...valuesOf(ctx, world),
      firstName,
      lastName,
      company: order.customer,
      lines: (of.length > 0 ? of : lines).map(whatOf).join('\n'),
      reason: order.error ?? '',
      command: `retry ${order.number}`,
    },
    key: `order ${order.id} failed ${round}`,
  });
}

const keyOf = ({ order }: World, { position }: Step): string => `order ${order.id} letter ${position}`;
