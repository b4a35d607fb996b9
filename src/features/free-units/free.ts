import type { Asked } from '../../bot/index.ts';
import type { Reply } from '../../chat/reply.ts';
import { type FoundService, findService, inOrder, servicesByPage, servicesOfOrder } from '../orders/find.ts';
import { PAGE_SIZE, pageOf, parseOrderNumber, parseServiceRef } from '../orders/rules.ts';
import { inCustomerView, type View } from '../organizations/view.ts';
import { freeUnits, noServicesYet, noSuchProduct, onlyMachines } from './replies.ts';

/** `free`, `free 10023`, `free 10023/1`, `free universal` */
export function showFree(asked: Asked, words: readonly string[], page = 1): Promise<Reply> {
  const query = words.join(' ');
  const prefix = asked.settings.orderPrefix;
  const ref = parseServiceRef(prefix, query);
  if (ref !== undefined) {
    return inOrder(asked, String(ref.number), async (view) => {
      const service = await findService(view, query);
      if (service === undefined) return noSuchProduct(view.customer.name, query);
      return service.machines === null
        ? answer(view, `service ${service.ref}`, query, [service], page)
        : onlyMachines(view.customer.name, service.ref);
    });
  }
  const number = parseOrderNumber(prefix, query);
  if (number !== undefined) {
    return inOrder(asked, query, async (view, order) => {
      const services = await servicesOfOrder(view, order);
      if (services.length === 0) return noServicesYet(view.customer.name, number);
      const counted = services.filter(({ machines }) => machines === null);
      return counted.length === 0
        ? onlyMachines(view.customer.name, String(number))
        : answer(view, `order ${number}`, query, counted, page);
    });
  }
  return inCustomerView(asked, (view) => ofProduct(view, query, page));
}

async function ofProduct(view: View, query: string, page: number): Promise<Reply> {
  const { paging, services, ...units } = await servicesByPage(view, query, page);
  const organization = view.customer.name;
  if (paging.total === 0) return noSuchProduct(organization, query);
  const of = query === '' ? 'all orders' : `“${query}”`;
  return freeUnits({ ...paging, ...units, organization, of, query, services: services.map(asUnits) });
}

function answer(
  view: View,
  of: string,
  query: string,
  services: readonly FoundService[],
  page: number,
): Reply {
  const sum = (pick: (service: FoundService) => number) =>
    services.reduce((total, one) => total + pick(one), 0);
  const paging = pageOf(page, services.length);
  return freeUnits({
    ...paging,
    organization: view.customer.name,
    of,
    query,
    units: sum(({ units }) => units),
    free: sum(({ free }) => free),
    reserved: sum(({ reserved }) => reserved),
    services: services.slice((paging.page - 1) * PAGE_SIZE, paging.page * PAGE_SIZE).map(asUnits),
  });
}

const asUnits = ({ ref, product, units, free, reserved }: FoundService) => ({
  service: ref,
  product,
  units,
  free,
  reserved,
});
