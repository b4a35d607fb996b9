/** The services of one order, with what is left of each. */
import type { Action, Card } from '../src/chat/card.ts';
import { commandButton, pageButtons } from './buttons.ts';
import { longest, machines, many, messaging, office, webex } from './demo.ts';
import { card, lead, type Paging, pageLine } from './elements.ts';
import { count, number } from './format.ts';
import { type Cell, type TableColumn, table } from './table.ts';
import { freeCell, freeOf, type ServiceUnits, serviceCell, unitsCell } from './units.ts';

export type ServicesList = Paging & {
  readonly organization: string;
  /** `10023` */
  readonly short: string;
  /** Of the whole order, whatever the page; without machines, which have none. */
  readonly units: number;
  readonly free: number;
  readonly services: readonly (ServiceUnits & {
    readonly position: number;
    /** How many users it is associated with. */
    readonly users: number;
  })[];
};

const COLUMNS: readonly TableColumn[] = [
  { title: 'No.', width: 1 },
  { title: 'Service', width: 5.4 },
  { title: 'Units', width: 1.8, align: 'right' },
  { title: 'Free', width: 1.8, align: 'right' },
];

export function servicesListCard(data: ServicesList): Card {
  const { organization, short, services } = data;
  return card({
    organization,
    title: `Services of order ${short}`,
    body: [
      lead(answer(data)),
      services.length > 0 ? table(COLUMNS, services.map(row)) : undefined,
      pageLine(data),
    ],
    actions: actions(data),
  });
}

function answer({ total, free, units }: ServicesList): string {
  if (total === 0) return 'This order has no services yet.';
  if (units === 0) return `${count(total, 'service')}.`;
  const sum = `${count(total, 'service')}, ${freeOf({ free, units })}.`;
  return free === 0 ? `${sum} All of it is fully implemented.` : sum;
}

function row(service: ServicesList['services'][number]): Cell[] {
  const { position, users, machines: own } = service;
  const known = own === undefined ? [count(users, 'user')] : [];
  return [number(position), serviceCell(service, ...known), unitsCell(service), freeCell(service)];
}

function actions(data: ServicesList): Action[] {
  const { short, services } = data;
  const open = services.filter(({ free }) => free > 0);
  const only = open.length === 1 ? ` ${open[0]?.service}` : '';
  const giving = [commandButton('Associate users', `associate${only}`), commandButton('Bulk', `bulk${only}`)];
  return [
    ...pageButtons(data, 'services.page', { order: short }),
    ...(open.length > 0 ? giving : []),
    ...(data.units > 0 ? [commandButton('Free units', `free ${short}`)] : []),
    commandButton('Order', `order ${short}`),
  ];
}

export const samples: Record<string, Card> = {
  machines: servicesListCard({
    organization: 'Contoso',
    short: '10031',
    units: 0,
    free: 0,
    services: [{ ...machines, position: 1, users: 0 }],
    page: 1,
    pages: 1,
    total: 1,
  }),
  order: servicesListCard({
    organization: 'Contoso',
    short: '10023',
    units: 17,
    free: 10,
    services: [
      { ...messaging, position: 1, users: 2 },
      { ...office, position: 2, users: 2 },
      { ...webex, position: 3, users: 2 },
    ],
    page: 1,
    pages: 1,
    total: 3,
  }),
  full: servicesListCard({
    organization: 'Contoso',
    short: '10031',
    units: 2,
    free: 0,
    services: [{ ...webex, service: '10031/1', position: 1, users: 2 }],
    page: 1,
    pages: 1,
    total: 1,
  }),
  empty: servicesListCard({
    organization: 'Fabrikam',
    short: '10025',
    units: 0,
    free: 0,
    services: [],
    page: 1,
    pages: 1,
    total: 0,
  }),
  page: servicesListCard({
    organization: longest.organization,
    short: longest.short,
    units: 1_250_000,
    free: 1_000_000,
    services: many(15, (index) => ({
      service: `${longest.short}/${index + 15}`,
      product: longest.product,
      units: 100_000,
      free: index % 4 === 0 ? 0 : 80_000,
      reserved: index % 5 === 0 ? 12_000 : 0,
      position: index + 15,
      users: 20_000,
    })),
    page: 2,
    pages: 3,
    total: 42,
  }),
};
