/** How much is left: of a service, of an order, or of a product across the orders of one customer. */
import type { Action, Card } from '../src/chat/card.ts';
import { commandButton, pageButtons } from './buttons.ts';
import { large, longest, many, messaging, office, webex } from './demo.ts';
import { card, lead, type Paging, pageLine } from './elements.ts';
import { count, number } from './format.ts';
import { FULLY, freeOf, type ServiceUnits, unitsTable } from './units.ts';

export type FreeUnits = Paging & {
  readonly organization: string;
  /** `order 10023`, `service 10023/1`, `“universal”`, `all orders` */
  readonly of: string;
  /** What was asked: `10023`, `10023/1`, `universal`, or nothing. */
  readonly query: string;
  /** Sums over all services that were asked for, whatever the page. */
  readonly units: number;
  readonly free: number;
  readonly reserved?: number | undefined;
  readonly services: readonly ServiceUnits[];
};

export function freeUnitsCard(data: FreeUnits): Card {
  const { organization, of, services } = data;
  return card({
    organization: `${organization} · ${of}`,
    title: data.total === 0 ? 'No service found' : freeOf(data),
    body: [lead(detail(data)), services.length > 0 ? unitsTable(services) : undefined, pageLine(data)],
    actions: actions(data),
  });
}

function detail({ organization, of, total, units, free, reserved = 0 }: FreeUnits): string {
  if (total === 0) return `${organization} has no service for ${of}.`;
  const held = reserved > 0 ? ` Running jobs hold ${count(reserved, 'unit')}.` : '';
  if (free === 0 && held === '') return `${FULLY}: every unit is associated.`;
  return `${number(units - free - reserved)} associated.${held}`;
}

function actions(data: FreeUnits): Action[] {
  const { query, services, free } = data;
  const [first] = services;
  const only = services.length === 1 && first ? ` ${first.service}` : '';
  const order = first?.service.split('/')[0];
  const giving = [commandButton('Associate users', `associate${only}`), commandButton('Bulk', `bulk${only}`)];
  return [
    ...pageButtons(data, 'free.page', { query }),
    ...(free > 0 ? giving : []),
    ...(only && order ? [commandButton('Order', `order ${order}`)] : [commandButton('Orders', 'orders')]),
  ];
}

const one = { page: 1, pages: 1, total: 1 };

export const samples: Record<string, Card> = {
  service: freeUnitsCard({
    ...one,
    organization: 'Contoso',
    of: 'service 10023/1',
    query: '10023/1',
    units: 10,
    free: 7,
    services: [messaging],
  }),
  order: freeUnitsCard({
    ...one,
    organization: 'Contoso',
    of: 'order 10023',
    query: '10023',
    units: 17,
    free: 10,
    services: [messaging, office, webex],
    total: 3,
  }),
  product: freeUnitsCard({
    ...one,
    organization: 'Contoso',
    of: '“universal”',
    query: 'universal',
    units: 2010,
    free: 1757,
    reserved: 200,
    services: [messaging, large],
    total: 2,
  }),
  none: freeUnitsCard({
    ...one,
    organization: 'Contoso',
    of: 'service 10023/3',
    query: '10023/3',
    units: 2,
    free: 0,
    services: [webex],
  }),
  empty: freeUnitsCard({
    ...one,
    organization: 'Contoso',
    of: '“zoom”',
    query: 'zoom',
    units: 0,
    free: 0,
    services: [],
    total: 0,
  }),
  page: freeUnitsCard({
    organization: longest.organization,
    of: 'all orders',
    query: '',
    units: 54_000,
    free: 12_345,
    services: many(15, (index) => ({
      ...large,
      product: longest.product,
      service: `${longest.short}/${index}`,
    })),
    page: 1,
    pages: 4,
    total: 54,
  }),
};
