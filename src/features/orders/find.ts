import type { Asked } from '../../bot/index.ts';
import type { Reply } from '../../chat/reply.ts';
import type { Db, Viewer } from '../../db/index.ts';
import {
  chooseIfNone,
  currentCustomer,
  inCustomerView,
  inView,
  type View,
  viewerHere,
  viewOf,
} from '../organizations/view.ts';
import { noSuchOrder, noSuchService, notAnOrderNumber, whichService } from './replies.ts';
import { PAGE_SIZE, pageOf, parseOrderNumber, parseServiceRef, type ServiceRef } from './rules.ts';
import {
  type Choosable,
  type FoundService,
  loadOrder,
  loadService,
  loadServices,
  loadServicesOf,
  type OrderRecord,
  type ServiceRecord,
  type WantedServices,
} from './store.ts';

import { loadServicesPage, productsNamed, productsWithoutUnits, sumServices } from './units/store.ts';

export type { Choosable, FoundService, ServiceRecord } from './store.ts';

export function asFound(service: ServiceRecord): FoundService {
  const free = service.machines === null ? service.units - service.associated - service.reserved : 0;
  return { ...service, ref: `${service.number}/${service.position}`, free };
}

/** Runs `run` with the order of this number, in the view of the customer it belongs to; or says what is wrong. */
export async function inOrder(
  asked: Asked,
  word: string,
  run: (view: View, order: OrderRecord) => Promise<Reply>,
): Promise<Reply> {
  const number = parseOrderNumber(asked.settings.orderPrefix, word);
  if (number === undefined) return notAnOrderNumber(word, asked.settings.orderPrefix);
  const order = await loadOrder(asked.db, viewerHere(asked), number);
  if (order === undefined) return noSuchOrder(word);
  const view = viewOf(asked, { id: order.organization_id, name: order.customer });
  await chooseIfNone(view);
  return inView(view, () => run(view, order));
}

/**
 * Runs `run` with the service that a word names: `10023/1`, the order's number, or part of its product's
 * name. Of several the person chooses one; `again` is then the command with that one.
 */
export async function withService(
  asked: Asked,
  word: string,
  again: (ref: string) => string,
  run: (view: View, service: FoundService) => Promise<Reply>,
): Promise<Reply> {
  const ref = parseServiceRef(asked.settings.orderPrefix, word);
  if (ref !== undefined) return withServiceAt(asked, ref, word, run);
  if (/^[\w-]*\d+\/\d*$/.test(word)) return noSuchService(word);
  const choose = async (view: View, found: Choosable) => {
    const [only, ...others] = found.services;
    if (only === undefined) return noSuchService(word);
    return others.length > 0 ? whichService(view.customer.name, word, found, again) : run(view, only);
  };
  const number = parseOrderNumber(asked.settings.orderPrefix, word);
  const order = number === undefined ? undefined : await loadOrder(asked.db, viewerHere(asked), number);
  return order === undefined
    ? inCustomerView(asked, async (view) => choose(view, await servicesOf(view, { text: word })))
    : inOrder(asked, word, async (view) => choose(view, fewOf(await servicesOfOrder(view, order))));
}

async function withServiceAt(
  asked: Asked,
  { number }: ServiceRef,
  word: string,
  run: (view: View, service: FoundService) => Promise<Reply>,
): Promise<Reply> {
  return inOrder(asked, String(number), async (view, order) => {
    const service = await findService(view, word);
    return service === undefined ? noSuchService(word, order.number) : run(view, service);
  });
}

/** Runs `run` in the view of the customer whose service this is, or else of the one that was chosen. */
export async function inViewOfService(
  asked: Asked,
  ref: string,
  run: (view: View) => Promise<Reply>,
): Promise<Reply> {
  const parsed = parseServiceRef(asked.settings.orderPrefix, ref);
  const order = parsed && (await loadOrder(asked.db, viewerHere(asked), parsed.number));
  if (order === undefined) return inCustomerView(asked, run);
  return inView(viewOf(asked, { id: order.organization_id, name: order.customer }), run);
}

/** The service `10023/1` names in this view. */
export async function findService(view: View, word: string): Promise<FoundService | undefined> {
  const ref = parseServiceRef(view.settings.orderPrefix, word);
  const service = ref && (await loadService(view.db, view.viewer, ref.number, ref.position));
  return service && asFound(service);
}

/** The services of one order. */
export async function servicesOfOrder(view: View, order: OrderRecord): Promise<FoundService[]> {
  return (await loadServicesOf(view.db, [order.id])).map(asFound);
}

/** So many can be chosen from, with one that was asked for beside them: Slack shows a hundred. */
const MOST_CHOICES = 99;

async function choosable(db: Db, viewer: Viewer, wanted: WantedServices): Promise<Choosable> {
  const found = await loadServices(db, viewer, wanted, MOST_CHOICES + 1);
  const more = found.length > MOST_CHOICES;
  // They come in the order of their numbers: which of them has least is known to the database alone.
  const shown = more ? await loadServices(db, viewer, wanted, MOST_CHOICES) : found;
  return { services: shown.map(asFound), more };
}

const fewOf = (found: readonly FoundService[]): Choosable => ({
  services: found.slice(0, MOST_CHOICES),
  more: found.length > MOST_CHOICES,
});

/** Those services of the customer's orders that are wanted, as many as can be chosen from. */
export const servicesOf = (view: View, wanted: WantedServices): Promise<Choosable> =>
  choosable(view.db, view.viewer, wanted);

/** The services of the customer that have units, or those whose product's name holds `text`: what all have, and one page. */
export async function servicesByPage(view: View, text: string, asked: number) {
  const products = text === '' ? undefined : await productsNamed(view.db, text);
  const except = await productsWithoutUnits(view.db);
  const owned = { organizationId: view.customer.id, products, except };
  const { count, units, associated, reserved } = await sumServices(view.db, view.viewer, owned);
  const paging = pageOf(asked, count);
  const page = { offset: (paging.page - 1) * PAGE_SIZE, limit: PAGE_SIZE };
  const services = (await loadServicesPage(view.db, view.viewer, owned, page)).map(asFound);
  return { paging, units, free: units - associated - reserved, reserved, services };
}

/** The same over all customers, where none is chosen. */
export async function servicesAnywhere(asked: Asked, wanted: WantedServices): Promise<Choosable> {
  const customer = await currentCustomer(asked);
  if (customer !== undefined) return servicesOf(viewOf(asked, customer), wanted);
  return choosable(asked.db, viewerHere(asked), wanted);
}
