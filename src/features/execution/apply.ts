import { money } from '../../../cards/format.ts';
import type { Ctx } from '../../bot/index.ts';
import { saveAccount } from '../accounts/accounts.ts';
import type { Came } from './ask.ts';
import {
  addDomain,
  addInvoice,
  addLot,
  addSubscription,
  addUnits,
  type InvoiceLine,
  linkSubscription,
  loadInvoiced,
  removeHeldUnits,
  setSubscriptionStatus,
  takeFromLots,
} from './books/store.ts';
import { sendActivation, sendCompletion, sendResellerActivation } from './letters.ts';
import { letterNotSent } from './replies.ts';
import { amountOf, dueOf, invoiceNumber, invoiceTitle, renewalAfter, type Step, sumOf } from './rules.ts';
import { loadSteps } from './steps/store.ts';
import { type Line, setLineBilled, setLineError } from './store.ts';
import type { World } from './world.ts';

/** What a step was about, beyond its title, and what is kept of it. */
export type Applied = {
  readonly detail?: string;
  readonly result?: object;
  /** Where the step came to something else than it promised. */
  readonly title?: string;
};

/** Writes down in our books what a step came to, in the transaction that ends the step. */
export async function apply(ctx: Ctx, world: World, step: Step, came: Came): Promise<Applied> {
  const line = world.lines.find(({ id }) => id === step.input.change);
  switch (step.kind) {
    case 'tenant':
      return applyTenant(ctx, world, came);
    case 'reseller account':
    case 'customer account':
      return applyAccount(ctx, world, step, came);
    case 'books':
      for (const bought of world.lines)
        if (bought.kind === 'new subscription') await addToBooks(ctx, world, bought, {});
      return {};
    case 'subscription':
      return line === undefined ? {} : applySubscription(ctx, world, line, came);
    case 'quantity':
      return line === undefined ? {} : applyQuantity(ctx, line, step);
    case 'status':
      return line === undefined ? {} : applyStatus(ctx, line);
    case 'invoice':
      return issueInvoice(ctx, world);
    case 'letter':
      return applyLetter(ctx, world, step, came);
  }
}

async function applyTenant(ctx: Ctx, { order }: World, { adminUserName }: Came): Promise<Applied> {
  if (order.domain !== null) await addDomain(ctx.db, order.domain, order.organization_id);
  return adminUserName === undefined
    ? {}
    : { detail: `the administrator is ${adminUserName}`, result: { adminUserName } };
}

async function applyAccount(ctx: Ctx, world: World, step: Step, came: Came): Promise<Applied> {
  const { order, owner, reseller } = world;
  const isReseller = step.kind === 'reseller account';
  const of = isReseller ? reseller : owner;
  if (of === undefined || order.offering_id === null || came.account === undefined) return {};
  const userName = came.userName ?? '';
  await saveAccount(ctx.db, {
    organizationId: of.id,
    offeringId: order.offering_id,
    role: isReseller ? 'Reseller' : 'User',
    userName,
    state: 'synchronized',
    account: came.account,
    requestedAt: ctx.now,
    synchronizedAt: ctx.now,
  });
  const sent = isReseller ? await sendResellerActivation(ctx, world, step, came) : undefined;
  return {
    detail: `user name ${userName}`,
    result: { account: came.account, ...(sent && { sent }) },
    ...(sent === 'no mail' && { title: letterNotSent(step, world, sent) }),
  };
}

async function addToBooks(ctx: Ctx, { order, person }: World, line: Line, came: Came) {
  if (line.product_id === null) throw new Error(`Line ${line.id} of order ${order.number} names no product.`);
  return addSubscription(ctx.db, {
    organizationId: order.organization_id,
    orderId: order.id,
    changeId: line.id,
    productId: line.product_id,
    quantity: line.quantity ?? 1,
    person,
    tenant: order.needs_domain ? order.domain : null,
    price: {
      minor: line.price_minor ?? 0,
      purchaseMinor: line.purchase_minor,
      currency: order.currency,
    },
    markupBp: line.markup_bp,
    configuration: line.configuration,
    providerSubscription: came.subscription ?? null,
    at: ctx.now,
    renewsAt: renewalAfter(ctx.now, line.commitment ?? 'monthly'),
  });
}

async function applySubscription(ctx: Ctx, world: World, line: Line, came: Came): Promise<Applied> {
  const { subscription = '', coAdministrator } = came;
  const result = { subscription };
  await setLineError(ctx.db, line.id, null);
  if (line.subscription_id !== null) {
    await linkSubscription(ctx.db, line.subscription_id, {
      subscription,
      coAdministrator: coAdministrator ?? null,
    });
    return coAdministrator === undefined
      ? { result }
      : { detail: `${coAdministrator} is co-administrator`, result };
  }
  const { position } = await addToBooks(ctx, world, line, came);
  return { detail: `service ${world.order.number}/${position}`, result };
}

async function applyQuantity(ctx: Ctx, line: Line, { input }: Step): Promise<Applied> {
  const quantity = line.quantity ?? 0;
  const { subscription_id: subscriptionId, service_id: serviceId } = line;
  if (subscriptionId === null || serviceId === null) return {};
  await setLineError(ctx.db, line.id, null);
  if (line.kind === 'increase') {
    await addUnits(ctx.db, subscriptionId, quantity);
    await addLot(ctx.db, subscriptionId, quantity, ctx.now);
  } else {
    const billed = await removeHeldUnits(ctx.db, { subscriptionId, serviceId, quantity });
    await setLineBilled(ctx.db, line.id, billed);
    await takeFromLots(ctx.db, subscriptionId, quantity);
  }
  return { detail: `${input.target} units of ${line.service_order}/${line.service_position} now` };
}

async function applyStatus(ctx: Ctx, line: Line): Promise<Applied> {
  if (line.subscription_id === null) return {};
  await setLineError(ctx.db, line.id, null);
  await setSubscriptionStatus(ctx.db, line.subscription_id, line.kind === 'suspend' ? 'suspended' : 'active');
  return { detail: `${line.service_order}/${line.service_position}` };
}

/** Of machines before the vendor is asked; of all else what the vendor took and no invoice has yet. */
async function issueInvoice(ctx: Ctx, { order, lines, machines }: World): Promise<Applied> {
  const { invoices, changes } = await loadInvoiced(ctx.db, order.id);
  const steps = await loadSteps(ctx.db, order.id);
  const done = new Set(steps.flatMap(({ state, input }) => (state === 'done' ? (input.change ?? []) : [])));
  const billed = lines
    .filter(({ id, kind }) => (machines && kind === 'new subscription') || done.has(id))
    .filter(({ id }) => !changes.includes(id))
    .map((line): InvoiceLine => {
      const [quantity, priceMinor] = [line.billed ?? line.quantity ?? 1, line.price_minor ?? 0];
      const amountMinor = amountOf(line.kind, quantity, priceMinor);
      return {
        change: line.id,
        kind: line.kind,
        product: line.product ?? '',
        quantity,
        priceMinor,
        amountMinor,
      };
    });
  if (billed.every(({ amountMinor }) => amountMinor === 0)) return { detail: 'nothing to bill' };
  const minor = sumOf(billed);
  const number = invoiceNumber(order.number, invoices, minor);
  await addInvoice(ctx.db, {
    number,
    orderId: order.id,
    organizationId: order.organization_id,
    currency: order.currency,
    lines: billed,
    issuedAt: ctx.now,
    dueAt: dueOf(ctx.now),
  });
  const amount = money({ minor: Math.abs(minor), currency: order.currency });
  return {
    // What the vendor took may come to less than nothing, where all of the order would not have.
    title: invoiceTitle(minor),
    detail: minor < 0 ? `credit note ${number}, ${amount} given back` : `${number}, ${amount}`,
    result: { invoice: number },
  };
}

async function applyLetter(ctx: Ctx, world: World, step: Step, came: Came): Promise<Applied> {
  const sent = world.machines
    ? await sendActivation(ctx, world, step, came)
    : await sendCompletion(ctx, world, step);
  const to = came.userName ?? world.person.email;
  return sent === 'queued'
    ? { detail: `to ${to}`, result: { to, sent } }
    : { title: letterNotSent(step, world, sent), result: { to, sent } };
}
