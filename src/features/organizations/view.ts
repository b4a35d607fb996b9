import { type Asked, type Bound, boundCustomer, type Looking, scopeOf, viewerOf } from '../../bot/index.ts';
import type { Reply } from '../../chat/reply.ts';
import { isInScope, type Viewer } from '../../db/index.ts';
import { channelOfOthers, ownerDecides } from './channels/replies.ts';
import { type CommandFor, isNoCustomer, noSuchCustomer, whichCustomer, whichOfThem } from './replies.ts';
import { matching, suggestions } from './rules.ts';
import {
  type Customer,
  loadChosenCustomer,
  loadCustomers,
  loadCustomersOf,
  loadNamed,
  saveChosenCustomer,
} from './store.ts';

/** What somebody asks, with the one customer whose orders it is about. */
export type View = Asked & { readonly customer: Customer; readonly viewer: Viewer };

/** Runs `run` in the view of one customer, or asks which. In a channel that belongs to a customer it is that one. */
export async function inCustomerView(asked: Asked, run: (view: View) => Promise<Reply>): Promise<Reply> {
  const customer = await currentCustomer(asked);
  if (customer !== undefined) return inView(viewOf(asked, customer), run);
  const refused = await refusedHere(asked);
  if (refused !== undefined) return refused;
  const customers = await customersOf(asked);
  const [only, ...others] = customers;
  if (only !== undefined && others.length === 0) return inView(viewOf(asked, only), run);
  return whichCustomer(customers, asked.text);
}

/**
 * Asks for which customer `then` is to be done, also where one was chosen before, who is the first of them; nothing where
 * there is no choice, as in a channel that belongs to one.
 */
export async function askForCustomer(asked: Asked, then: string): Promise<Reply | undefined> {
  if (asked.member.organization.kind === 'customer') return undefined;
  if ((await boundHere(asked)) !== undefined) return undefined;
  const customers = await customersOf(asked);
  return customers.length < 2
    ? undefined
    : whichCustomer(customers, then, { last: await currentCustomer(asked) });
}

/** The answer of `run`, marked with the customer it is about. */
export async function inView(view: View, run: (view: View) => Promise<Reply>): Promise<Reply> {
  return { ...(await run(view)), about: view.customer.id };
}

/** The customer to whom this channel belongs. */
export async function boundHere({ db, place }: Pick<Looking, 'db' | 'place'>): Promise<Bound | undefined> {
  return place.kind === 'personal' ? undefined : boundCustomer(db, place);
}

/** What is said in a channel that belongs to somebody else's customer. */
export async function refusedHere(asked: Asked): Promise<Reply | undefined> {
  const owner = await boundHere(asked);
  if (owner === undefined) return undefined;
  const isOurs = await isInScope(asked.db, scopeOf(asked.member.organization), owner.id);
  return isOurs ? undefined : channelOfOthers();
}

/** The customers whose orders the member may see. */
export const customersOf = ({ db, member }: Asked): Promise<Customer[]> =>
  loadCustomers(db, scopeOf(member.organization));

export type NamedCustomer =
  | { readonly kind: 'found'; readonly customer: Customer }
  | { readonly kind: 'unclear'; readonly reply: Reply };

/**
 * The customer of this name, or of part of it; or what to say where there is none, or are several.
 * `command` is what the choices say of a customer, where that is not to use it.
 */
export async function customerNamed(
  asked: Asked,
  name: string,
  command?: CommandFor,
): Promise<NamedCustomer> {
  const customers = await customersOf(asked);
  const found = matching(name, customers);
  const [customer, ...others] = found;
  if (customer === undefined)
    return {
      kind: 'unclear',
      reply:
        (await otherThanCustomer(asked, name, command)) ??
        noSuchCustomer(name, suggestions(name, customers), command),
    };
  if (others.length === 0) return { kind: 'found', customer };
  const reply = command === undefined ? whichCustomer(found, '') : whichOfThem(found, command);
  return { kind: 'unclear', reply };
}

/** The same, of a customer that something is to be done for here: in a channel that belongs to one it is that one. */
export async function customerMeant(asked: Asked, name: string): Promise<NamedCustomer> {
  const refused = await refusedHere(asked);
  if (refused !== undefined) return { kind: 'unclear', reply: refused };
  const named = await customerNamed(asked, name);
  const owner = await boundHere(asked);
  if (named.kind === 'unclear' || owner === undefined || owner.id === named.customer.id) return named;
  return { kind: 'unclear', reply: ownerDecides(owner, false) };
}

/** Who named a reseller, or the provider, most likely means one of its customers. */
async function otherThanCustomer(
  { db, member }: Asked,
  name: string,
  command: CommandFor | undefined,
): Promise<Reply | undefined> {
  const scope = scopeOf(member.organization);
  const named = matching(name, await loadNamed(db, scope, name));
  const [only, ...others] = named.filter(({ kind }) => kind !== 'customer');
  if (only === undefined || others.length > 0) return undefined;
  return isNoCustomer(only, await loadCustomersOf(db, scope, only.id), command);
}

/** The customer of the channel, of the member, of the pressed card, or the one that was chosen here: one that the member may see. */
export async function currentCustomer(asked: Looking): Promise<Customer | undefined> {
  const { organization } = asked.member;
  const scope = scopeOf(organization);
  const { forCustomer } = asked;
  const bound = await boundHere(asked);
  if (bound !== undefined) {
    const isMeant = forCustomer === undefined || forCustomer === bound.id;
    return isMeant && (await isInScope(asked.db, scope, bound.id)) ? bound : undefined;
  }
  if (organization.kind === 'customer') return organization;
  if (forCustomer !== undefined) return (await loadCustomers(asked.db, scope, forCustomer))[0];
  return loadChosenCustomer(asked.db, scope, asked.place, asked.person);
}

/** The view of a customer that is known to be one the member may see. */
export function viewOf(asked: Asked, customer: Customer): View {
  const scope = { kind: 'customer', organizationId: customer.id } as const;
  return { ...asked, customer, viewer: { ...viewerHere(asked), scope } };
}

/** All that the member may see in this place: where others read along there is no markup. */
export function viewerHere({ member, place }: Pick<Looking, 'member' | 'place'>): Viewer {
  const viewer = viewerOf(member);
  return { ...viewer, seesMarkup: viewer.seesMarkup && place.kind === 'personal' };
}

/**
 * Whose data somebody finds who looks for something here: the current customer's, else all that they may see; nothing in
 * a channel of somebody else's customer.
 */
export async function reach(looking: Looking): Promise<Reach | undefined> {
  const viewer = viewerHere(looking);
  const customer = await currentCustomer(looking);
  if (customer === undefined) {
    const isOpen = looking.forCustomer === undefined && (await boundHere(looking)) === undefined;
    return isOpen ? { viewer, customer } : undefined;
  }
  return { viewer: { ...viewer, scope: { kind: 'customer', organizationId: customer.id } }, customer };
}
export type Reach = { readonly viewer: Viewer; readonly customer: Customer | undefined };

/** Who has not chosen yet goes on with the customer whose order they just asked for. */
export async function chooseIfNone(view: View): Promise<void> {
  const { forCustomer: _, ...here } = view;
  if ((await currentCustomer(here)) !== undefined) return;
  await saveChosenCustomer(view.db, view.place, view.person, view.customer.id);
}
