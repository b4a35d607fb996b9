/** A service in short, as somebody shows it to others. */
import type { Card } from '../src/chat/card.ts';
import { commandButton } from './buttons.ts';
import { longest, messaging, webex } from './demo.ts';
import { badge, card, lead } from './elements.ts';
import { type CountedUnits, unitsIn } from './units.ts';

export type ServicesPreview = CountedUnits & {
  readonly organization: string;
  /** `10023/1` */
  readonly service: string;
  readonly product: string;
  readonly suspended: boolean;
};

export function servicesPreviewCard(data: ServicesPreview): Card {
  const { organization, service, product, suspended } = data;
  return card({
    organization,
    title: `Service ${service}`,
    badge: suspended ? badge('Suspended', 'warning') : undefined,
    body: [lead(product), lead(unitsIn(data))],
    actions: [commandButton('Service', `service ${service}`), commandButton('Free units', `free ${service}`)],
  });
}

const some: ServicesPreview = {
  organization: 'Contoso',
  ...messaging,
  associated: 3,
  suspended: false,
};

export const samples: Record<string, Card> = {
  some: servicesPreviewCard(some),
  full: servicesPreviewCard({ ...some, ...webex, associated: 2 }),
  suspended: servicesPreviewCard({ ...some, suspended: true }),
  long: servicesPreviewCard({
    organization: longest.organization,
    service: `${longest.short}/12`,
    product: longest.product,
    units: 100_000,
    free: 98_000,
    associated: 2_000,
    suspended: true,
  }),
};
