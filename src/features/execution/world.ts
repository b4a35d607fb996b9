import { number } from '../../../cards/format.ts';
import type { Db } from '../../db/index.ts';
import { accountOf } from '../accounts/accounts.ts';
import { amountOf, type EndCustomer, endCustomerOf, namesOf, type Step, type ToPlan } from './rules.ts';
import { hasTenant, type Line, loadLines, loadOrder, type Order } from './store.ts';

/** An order as those who carry it out see it. */
export type World = {
  readonly order: Order;
  readonly lines: readonly Line[];
  readonly machines: boolean;
  /** Whose account and whose subscription it is. */
  readonly owner: { readonly id: number; readonly name: string };
  readonly reseller:
    | { readonly id: number; readonly name: string; readonly email: string | null }
    | undefined;
  /** Who is written to, and administers what was bought. */
  readonly person: { readonly email: string; readonly first: string; readonly last: string };
};

export async function loadWorld(db: Db, orderId: number): Promise<World | undefined> {
  const order = await loadOrder(db, orderId);
  if (order === undefined) return undefined;
  const end = endCustomerOf(order.end_customer);
  return {
    order,
    lines: await loadLines(db, orderId),
    machines: order.offering_kind === 'virtual machines',
    owner: { id: end.organizationId ?? order.organization_id, name: end.name ?? order.customer },
    reseller:
      order.parent_kind === 'reseller'
        ? { id: order.parent_id, name: order.parent, email: order.parent_email }
        : undefined,
    person: personOf(order, end),
  };
}

function personOf(order: Order, end: EndCustomer): World['person'] {
  if (end.email !== undefined)
    return { email: end.email, first: end.firstName ?? '', last: end.lastName ?? '' };
  const [first, last] = namesOf(order.enabled_name ?? '');
  return {
    email: order.enabled_email ?? order.contact_email ?? '',
    first: first || (order.contact_first_name ?? ''),
    last: last || (order.contact_last_name ?? ''),
  };
}

/** A step that asks for an account, with whom it is for; asked before, it is for whom it was for. */
export function withUserName({ reseller, person }: World, step: Step): Step {
  const accounts: readonly Step['kind'][] = ['reseller account', 'customer account'];
  if (!accounts.includes(step.kind) || step.input.userName !== undefined) return step;
  const userName = step.kind === 'reseller account' ? reseller?.email : person.email;
  return userName ? { ...step, input: { ...step.input, userName } } : step;
}

/** `5 × Office 365 E3` */
export const whatOf = ({ quantity, product }: Pick<Line, 'quantity' | 'product'>): string =>
  `${number(quantity ?? 1)} × ${product ?? 'product'}`;

export async function toPlan(db: Db, world: World, lines = world.lines): Promise<ToPlan> {
  const { order, owner, reseller } = world;
  const { offering_id: offeringId } = order;
  const hasAccount = async (id: number) =>
    offeringId !== null && (await accountOf(db, id, offeringId))?.state === 'synchronized';
  const domain = order.needs_domain ? order.domain : null;
  return {
    machines: world.machines,
    tenant: domain === null || (await hasTenant(db, order.organization_id, domain)) ? undefined : domain,
    migration: order.is_migration ?? false,
    reseller: reseller !== undefined && !(await hasAccount(reseller.id)) ? reseller.name : undefined,
    customer: owner.name,
    hasAccount: await hasAccount(owner.id),
    lines: lines.map((line) => ({
      id: line.id,
      kind: line.kind,
      what: whatOf(line),
      amountMinor: amountOf(line.kind, line.billed ?? line.quantity ?? 1, line.price_minor ?? 0),
    })),
  };
}
