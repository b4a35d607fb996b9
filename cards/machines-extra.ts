/** An add-on of a configuration of machines: VPN channels or IPv4 addresses, and how many. */
import type { Card } from '../src/chat/card.ts';
import { actionButton } from './buttons.ts';
import { eur, longest, once } from './demo.ts';
import { card, lead, subtle } from './elements.ts';
import { field, textInput } from './fields.ts';
import { type Money, money } from './format.ts';
import { goOn, type MachinesTotal, remarks, STEPS, yourTotal } from './machines.ts';

export type MachinesExtra = {
  readonly organization: string;
  readonly order: string;
  readonly extra: 'vpn' | 'ipv4';
  /** `10 S2S Channels` */
  readonly name: string;
  /** Of one, for a month; nothing where the price list has none. */
  readonly price?: Money | undefined;
  readonly total: MachinesTotal;
  /** Something is chosen that can be bought. */
  readonly complete: boolean;
  /** As typed; empty where nothing was. */
  readonly quantity: string;
  readonly errors?: { readonly quantity?: string | undefined } | undefined;
  readonly said?: readonly string[] | undefined;
  readonly once: string;
};

export function machinesExtraCard(data: MachinesExtra): Card {
  const {
    organization,
    order,
    extra,
    name,
    price,
    total,
    complete,
    quantity,
    errors,
    said,
    once: token,
  } = data;
  const going = (next: string) => ({ order, extra, go: next, once: token });
  const first = extra === 'vpn';
  const input = textInput({
    id: 'quantity',
    label: `Quantity of ${name}`,
    placeholder: '0',
    maxLength: 9,
    ...(quantity && { value: quantity }),
  });
  return card({
    organization,
    title: STEPS[first ? 1 : 2],
    body: [
      subtle(`Step ${first ? 2 : 3} of 3 · Order ${order}`),
      remarks(said),
      lead(price === undefined ? name : `${name}: ${money(price)} each per month.`),
      ...field(input, errors?.quantity),
      ...yourTotal(total),
    ],
    actions: [
      first
        ? goOn('Next: IPv4 addresses', 'machines.extra', going('next'), 'positive')
        : complete
          ? goOn('Buy this configuration', 'machines.extra', going('buy'), 'positive')
          : undefined,
      goOn('Save', 'machines.extra', going('stay')),
      first && complete ? goOn('Buy this configuration', 'machines.extra', going('buy')) : undefined,
      actionButton(first ? 'Back: sizes' : 'Back: VPN connections', 'machines.step', {
        order,
        step: first ? 'sizes' : 'vpn',
      }),
      first ? undefined : actionButton('Sizes', 'machines.step', { order, step: 'sizes' }),
    ],
  });
}

const demo: MachinesExtra = {
  organization: 'Contoso',
  order: '10029',
  extra: 'vpn',
  name: '10 S2S Channels',
  price: eur(3019),
  total: {
    machines: 3,
    cores: 6,
    memoryGb: 20,
    diskGb: 240,
    extraStorageGb: 500,
    vpn: 0,
    ipv4: 0,
    price: eur(22_871),
  },
  complete: true,
  quantity: '',
  once,
};

export const samples: Record<string, Card> = {
  vpn: machinesExtraCard(demo),
  ipv4: machinesExtraCard({
    ...demo,
    extra: 'ipv4',
    name: '1 Static IPv4 Address',
    price: eur(423),
    quantity: '2',
    total: { ...demo.total, vpn: 1, ipv4: 2, price: eur(26_736), purchase: eur(23_249) },
  }),
  error: machinesExtraCard({
    ...demo,
    quantity: '1000',
    errors: { quantity: '1000 is too many: at most 100.' },
  }),
  early: machinesExtraCard({
    ...demo,
    organization: longest.organization,
    order: longest.short,
    price: undefined,
    complete: false,
    total: { ...demo.total, unpriced: ['10 S2S Channels'] },
  }),
};
