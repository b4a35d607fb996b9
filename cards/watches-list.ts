/** Whose free units are watched, and from where. */
import type { Card } from '../src/chat/card.ts';
import { commandButton, pageButtons } from './buttons.ts';
import { longest, many, messaging, office } from './demo.ts';
import { card, lead, type Paging, pageLine } from './elements.ts';
import { count, number } from './format.ts';
import { type Cell, small, type TableColumn, table } from './table.ts';
import type { LowService } from './watches-low.ts';

export type WatchRow = LowService & {
  /** Where it is told; nothing where that is here. */
  readonly place?: string | undefined;
};
export type WatchesList = Paging & {
  readonly organization?: string | undefined;
  /** `#licences`, `this conversation` */
  readonly here: string;
  /** Those of other places are listed too. */
  readonly everywhere: boolean;
  readonly watches: readonly WatchRow[];
};

const COLUMNS: readonly TableColumn[] = [
  { title: 'Service', width: 5 },
  { title: 'Free', width: 2, align: 'right' },
  { title: 'Watched', width: 3 },
];

export function watchesListCard(data: WatchesList): Card {
  const { organization, here, everywhere, watches, total } = data;
  const mine = watches.filter(({ place }) => place === undefined);
  return card({
    organization,
    title: everywhere ? 'Watches over free units' : `Watches in ${here}`,
    body: [
      lead(
        total === 0
          ? `No free units are watched ${everywhere ? 'yet' : 'here'}.`
          : `${count(total, 'service is', 'services are')} watched. Each crossing is told once, and again after the units were at the number or above.`,
      ),
      watches.length > 0 ? table(COLUMNS, watches.map(row)) : undefined,
      pageLine(data),
    ],
    actions: [
      ...pageButtons(data, 'watches.page'),
      ...mine.slice(0, 3).map(({ service }) => commandButton(`Stop ${service}`, `watch off ${service}`)),
      commandButton('Watch a service', 'watch'),
    ],
  });
}

function row({ service, product, organization, free, units, below, place }: WatchRow): Cell[] {
  const isLow = free < below;
  return [
    [service, product, small(organization)],
    [
      { text: number(free), weight: 'bolder', color: isLow ? 'attention' : 'good' },
      small(`of ${number(units)}`),
    ],
    [
      `below ${number(below)}`,
      ...(isLow ? [{ text: 'Low', size: 'small', weight: 'bolder', color: 'attention' } as const] : []),
      ...(place === undefined ? [] : [small(`in ${place}`)]),
    ],
  ];
}

const single = { page: 1, pages: 1, total: 2 };
const contoso = { organization: 'Contoso', below: 5 };

export const samples: Record<string, Card> = {
  some: watchesListCard({
    ...single,
    organization: 'HamaraCloud',
    here: 'this conversation',
    everywhere: true,
    watches: [
      { ...contoso, ...messaging },
      { ...contoso, ...office, place: '#licences' },
    ],
  }),
  none: watchesListCard({ ...single, total: 0, here: '#licences', everywhere: false, watches: [] }),
  long: watchesListCard({
    page: 2,
    pages: 3,
    total: 24,
    organization: longest.organization,
    here: `#${'fernmeldewesen-'.repeat(5)}licences`,
    everywhere: false,
    watches: many(10, (index) => ({
      service: longest.service,
      product: longest.product,
      organization: longest.organization,
      free: index * 1000,
      units: 100_000,
      below: 5000,
      ...(index % 2 === 0 && { place: `#${'fernmeldewesen-'.repeat(5)}${index}` }),
    })),
  }),
};
