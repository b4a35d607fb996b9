/** A user in short, as somebody shows them to others. */
import type { Card } from '../src/chat/card.ts';
import { commandButton } from './buttons.ts';
import { longest, messaging, office, webex } from './demo.ts';
import { card, lead, subtle } from './elements.ts';
import { count, number } from './format.ts';
import { unitsHeld } from './units.ts';

export type UsersPreview = {
  readonly organization: string;
  /** The e-mail address. */
  readonly user: string;
  readonly name?: string | undefined;
  readonly units: number;
  /** How many services these units are of. */
  readonly services: number;
  /** Those with most units first; not all of them where they are many. */
  readonly first: readonly { readonly service: string; readonly product: string; readonly units: number }[];
};

export function usersPreviewCard(data: UsersPreview): Card {
  const { organization, user, name, first, services } = data;
  const left = services - first.length;
  return card({
    organization,
    title: user,
    body: [
      name === undefined ? undefined : subtle(name, 'none'),
      lead(unitsHeld(data)),
      ...first.map(({ service, product, units }) => subtle(`${number(units)} × ${product} · ${service}`)),
      left > 0 ? subtle(`and ${count(left, 'service')} more`) : undefined,
    ],
    actions: [commandButton('User', `user ${user}`)],
  });
}

const one = (of: { service: string; product: string }, units: number) => ({
  service: of.service,
  product: of.product,
  units,
});
const alice: UsersPreview = {
  organization: 'Contoso',
  user: 'alice@contoso.example',
  name: 'Alice Adams',
  units: 4,
  services: 3,
  first: [one(messaging, 2), one(office, 1), one(webex, 1)],
};

export const samples: Record<string, Card> = {
  alice: usersPreviewCard(alice),
  idle: usersPreviewCard({ ...alice, name: undefined, units: 0, services: 0, first: [] }),
  long: usersPreviewCard({
    organization: longest.organization,
    user: longest.user,
    name: 'Maximiliane Oberhuber-Schwarzenbergerová',
    units: 3_200,
    services: 32,
    first: [1, 2, 3].map((position) => ({
      service: `${longest.short}/${position}`,
      product: longest.product,
      units: 100,
    })),
  }),
};
