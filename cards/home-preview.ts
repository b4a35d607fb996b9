/** An order that somebody named, in short. */
import type { Card } from '../src/chat/card.ts';
import { commandButton } from './buttons.ts';
import { longest } from './demo.ts';
import { card, lead, subtle } from './elements.ts';
import { type OrderStatus, orderBadge } from './status.ts';
import { freeOf } from './units.ts';

export type HomePreview = {
  readonly organization: string;
  /** `HAMARACLOUD10023` */
  readonly number: string;
  /** `10023` */
  readonly short: string;
  readonly items: readonly string[];
  readonly status: OrderStatus;
  readonly waits: boolean;
  /** Of all its services; left out where there are none. */
  readonly units?: { readonly units: number; readonly free: number } | undefined;
  /** It is shown to one person, who is told how to see no more of these. */
  readonly alone: boolean;
};

export function homePreviewCard({
  organization,
  number,
  short,
  items,
  units,
  alone,
  ...of
}: HomePreview): Card {
  return card({
    organization,
    title: `Order ${number}`,
    badge: orderBadge(of),
    body: [
      items.length > 0 ? lead(items.join(', ')) : undefined,
      units === undefined ? undefined : lead(`${freeOf(units)}.`),
      alone ? subtle('Only you see this.') : undefined,
    ],
    actions: [
      commandButton('Order', `order ${short}`),
      commandButton('Services', `services ${short}`),
      alone ? commandButton('No more of these', 'previews off') : undefined,
    ],
  });
}

const some: HomePreview = {
  organization: 'Contoso',
  number: 'HAMARACLOUD10023',
  short: '10023',
  items: ['10 × UniversalMessaging Small Business Edition (1GB)', '5 × Office 365 E3'],
  status: 'Completed',
  waits: false,
  units: { units: 17, free: 10 },
  alone: true,
};

export const samples: Record<string, Card> = {
  alone: homePreviewCard(some),
  open: homePreviewCard({ ...some, alone: false }),
  failed: homePreviewCard({ ...some, status: 'Provisioning failed', items: [], units: undefined }),
  long: homePreviewCard({
    ...some,
    organization: longest.organization,
    number: 'HAMARACLOUD1000000001',
    short: '1000000001',
    items: [`25 × ${longest.product}`, `100,000 × ${longest.product}`],
    status: 'Completed with errors',
  }),
};
