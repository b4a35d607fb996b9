/** More units were asked for than are free. */
import type { Card } from '../src/chat/card.ts';
import { commandButton } from './buttons.ts';
import { longest, messaging, webex } from './demo.ts';
import { card, lead } from './elements.ts';
import { count, number } from './format.ts';
import { freeOf, type ServiceUnits, serviceLine } from './units.ts';

export type AssociationsRefused = {
  readonly organization: string;
  readonly service: ServiceUnits;
  /** Units that were asked for. */
  readonly asked: number;
  /** Where it was for one user: offers what is free. */
  readonly user?: string | undefined;
};

export function associationsRefusedCard({ organization, service, asked, user }: AssociationsRefused): Card {
  const { free, reserved = 0 } = service;
  const held = reserved > 0 ? ` Running jobs hold ${count(reserved, 'unit')}.` : '';
  return card({
    organization,
    title: answer(free, asked),
    body: [serviceLine(service), lead(`${freeOf(service)}.${held} Nothing was changed.`)],
    actions: [
      user !== undefined && free > 0
        ? commandButton(`Associate ${number(free)}`, `associate ${service.service} ${user} ${free}`)
        : undefined,
      commandButton('Another service', 'associate'),
      commandButton('Release units', `release ${service.service}`),
      commandButton('Free units', 'free'),
    ],
  });
}

function answer(free: number, asked: number): string {
  if (free === 0) return 'No units are free';
  return `Only ${number(free)} of the ${number(asked)} units you asked for ${free === 1 ? 'is' : 'are'} free`;
}

export const samples: Record<string, Card> = {
  short: associationsRefusedCard({
    organization: 'Contoso',
    service: messaging,
    asked: 12,
    user: 'dave@contoso.example',
  }),
  none: associationsRefusedCard({
    organization: 'Contoso',
    service: webex,
    asked: 1,
    user: 'dave@contoso.example',
  }),
  reserved: associationsRefusedCard({
    organization: longest.organization,
    service: { service: longest.service, product: longest.product, units: 2000, free: 1, reserved: 1800 },
    asked: 25,
  }),
};
