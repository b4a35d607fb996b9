/** Where the services of an order are set up. */
import type { Card } from '../src/chat/card.ts';
import { commandButton, linkButton } from './buttons.ts';
import { longest, many } from './demo.ts';
import { card, lead } from './elements.ts';

export type OrdersLinks = {
  readonly organization: string;
  /** `10023` */
  readonly short: string;
  readonly links: readonly { readonly title: string; readonly url: string }[];
};

const MOST_LINKS = 5;

export function ordersLinksCard({ organization, short, links }: OrdersLinks): Card {
  return card({
    organization,
    title: `Set up the services of order ${short}`,
    body: [lead('Each opens the page of its vendor.')],
    actions: [...links.slice(0, MOST_LINKS).map(linkButton), commandButton('Order', `order ${short}`)],
  });
}

export const samples: Record<string, Card> = {
  some: ordersLinksCard({
    organization: 'Contoso',
    short: '10023',
    links: [
      { title: 'Set up Microsoft O365', url: 'https://setup.example.com/' },
      { title: 'Open Webex', url: 'https://setup.example.com/webex' },
    ],
  }),
  long: ordersLinksCard({
    organization: longest.organization,
    short: longest.short,
    links: many(9, (index) => ({
      title: `Set up offering ${index}`,
      url: `https://setup.example.com/${index}`,
    })),
  }),
};
