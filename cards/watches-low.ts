/** Services of which few units are free: what a watch tells. */
import type { Card } from '../src/chat/card.ts';
import { commandButton } from './buttons.ts';
import { longest, many, messaging, office } from './demo.ts';
import { card, lead, subtle } from './elements.ts';
import { count, number } from './format.ts';
import { type Cell, small, type TableColumn, table } from './table.ts';

export type LowService = {
  /** `10023/1` */
  readonly service: string;
  readonly product: string;
  readonly organization: string;
  readonly free: number;
  readonly units: number;
  /** The number of the watch. */
  readonly below: number;
};
export type WatchesLow = {
  readonly services: readonly [LowService, ...LowService[]];
  /** They are watched in this place, and not only elsewhere. */
  readonly watchedHere: boolean;
};

const MOST_SERVICES = 10;
const COLUMNS: readonly TableColumn[] = [
  { title: 'Service', width: 5 },
  { title: 'Free', width: 2, align: 'right' },
  { title: 'Watched', width: 2, align: 'right' },
];

export function watchesLowCard({ services, watchedHere }: WatchesLow): Card {
  const [first, ...more] = services;
  if (more.length === 0) return one(first, watchedHere);
  const customers = new Set(services.map(({ organization }) => organization));
  const hidden = services.length - MOST_SERVICES;
  return card({
    organization: customers.size === 1 ? first.organization : undefined,
    title: `${count(services.length, 'service')} low on free units`,
    body: [
      table(
        COLUMNS,
        services.slice(0, MOST_SERVICES).map((service) => row(service, customers.size > 1)),
      ),
      hidden > 0 ? subtle(`And ${number(hidden)} more.`) : undefined,
    ],
    actions: [
      ...services
        .slice(0, 4)
        .map(({ service }) => commandButton(`Order more of ${service}`, `increase ${service}`)),
      commandButton('Watches', 'watch list'),
    ],
  });
}

function one({ organization, service, product, free, units, below }: LowService, watchedHere: boolean): Card {
  return card({
    organization,
    title: free === 0 ? `${service} has no free units` : `${service} has ${count(free, 'free unit')} left`,
    body: [
      lead(product),
      subtle(`${number(free)} of ${number(units)} units free: fewer than ${number(below)}.`),
    ],
    actions: [
      commandButton('Free units', `free ${service}`),
      commandButton('Order more units', `increase ${service}`),
      watchedHere
        ? commandButton('Stop watching', `watch off ${service}`)
        : commandButton('Watches', 'watch list'),
    ],
  });
}

function row({ service, product, organization, free, units, below }: LowService, named: boolean): Cell[] {
  return [
    [service, product, ...(named ? [small(organization)] : [])],
    [
      { text: number(free), weight: 'bolder', color: free === 0 ? 'attention' : 'warning' },
      small(`of ${number(units)}`),
    ],
    `below ${number(below)}`,
  ];
}

const contoso = { organization: 'Contoso', below: 5 };

export const samples: Record<string, Card> = {
  one: watchesLowCard({ services: [{ ...contoso, ...messaging, free: 4 }], watchedHere: true }),
  none: watchesLowCard({ services: [{ ...contoso, ...office, free: 0 }], watchedHere: false }),
  several: watchesLowCard({
    services: [
      { ...contoso, ...messaging, free: 4 },
      { ...contoso, ...office, free: 0 },
    ],
    watchedHere: true,
  }),
  long: watchesLowCard({
    services: [
      { ...contoso, ...messaging, free: 4 },
      ...many(14, (index) => ({
        service: longest.service,
        product: longest.product,
        organization: longest.organization,
        free: index,
        units: 100_000,
        below: 12_345,
      })),
    ],
    watchedHere: true,
  }),
};
