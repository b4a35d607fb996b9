/** Whom machines are for: the customer itself, or one that they are sold to. */
import type { Card } from '../src/chat/card.ts';
import { actionButton, commandButton } from './buttons.ts';
import { longest, once } from './demo.ts';
import { card, lead, subtle } from './elements.ts';

export type MachinesPurpose = {
  readonly organization: string;
  readonly order: string;
  readonly once: string;
};

export function machinesPurposeCard({ organization, order, once: token }: MachinesPurpose): Card {
  return card({
    organization,
    title: 'For resale or for own use?',
    body: [
      subtle(`Order ${order}`),
      lead(
        `Own use: the machines are for ${organization}, and the activation e-mail goes there. For resale you say who the customer is.`,
      ),
    ],
    actions: [
      actionButton('Own use', 'machines.ownUse', { order, once: token }, 'positive'),
      actionButton('For resale', 'machines.resale', { order }),
      commandButton('Basket', 'basket'),
    ],
  });
}

export const samples: Record<string, Card> = {
  ask: machinesPurposeCard({ organization: 'Contoso', order: '10029', once }),
  long: machinesPurposeCard({ organization: longest.organization, order: longest.short, once }),
};
