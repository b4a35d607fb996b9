/** Which machines of which size: what is chosen, what it comes to, and one more. */
import type { Card } from '../src/chat/card.ts';
import { actionButton } from './buttons.ts';
import { eur, longest, many, once } from './demo.ts';
import { card, lead, section, subtle } from './elements.ts';
import { choiceInput, field, textInput } from './fields.ts';
import {
  goOn,
  hinted,
  type MachineRow,
  type MachinesTotal,
  machinesTable,
  type Quotas,
  quotas,
  remarks,
  yourTotal,
} from './machines.ts';

type Named = { readonly id: number; readonly name: string };
export type MachinesSizes = {
  readonly organization: string;
  readonly order: string;
  readonly region: string;
  readonly profiles: readonly (Named & Quotas)[];
  readonly templates: readonly Named[];
  readonly machines: readonly MachineRow[];
  readonly total: MachinesTotal;
  /** As typed; empty where nothing was. */
  readonly values: {
    readonly profile: string;
    readonly template: string;
    readonly quantity: string;
    readonly storage: string;
  };
  readonly errors?: { readonly [K in keyof MachinesSizes['values']]?: string | undefined } | undefined;
  readonly said?: readonly string[] | undefined;
  readonly hint?: string | undefined;
  readonly once: string;
};

export function machinesSizesCard(data: MachinesSizes): Card {
  const { organization, order, region, machines, total, said, once: token } = data;
  const some = machines.length > 0;
  const going = (next: string) => ({ order, go: next, once: token });
  return card({
    organization,
    title: 'Virtual machine sizes',
    body: [
      subtle(`Step 1 of 3 · Region ${region} · Order ${order}`),
      hinted(data.hint),
      remarks(said),
      some ? undefined : lead('Choose a hardware profile, a template and how many. Add as many as you need.'),
      machinesTable(machines),
      section(some ? 'Add more machines' : 'Add machines'),
      ...inputs(data),
      ...yourTotal(total),
    ],
    actions: [
      goOn(some ? 'Add or save' : 'Add', 'machines.sizes', going('stay'), 'positive'),
      goOn('Next: VPN connections', 'machines.sizes', going('next')),
      some ? goOn('Buy this configuration', 'machines.sizes', going('buy')) : undefined,
      some ? actionButton('Change machines', 'machines.change', { order }) : undefined,
      actionButton('Change region', 'machines.step', { order, step: 'region' }),
    ],
  });
}

function inputs({ profiles, templates, values, errors }: MachinesSizes) {
  const profile = choiceInput({
    id: 'profile',
    label: 'Hardware profile',
    style: 'compact',
    placeholder: 'Choose a profile',
    choices: profiles.map((one) => ({ title: `${one.name} · ${quotas(one)}`, value: String(one.id) })),
    ...(values.profile && { value: values.profile }),
  });
  const template = choiceInput({
    id: 'template',
    label: 'Template',
    style: 'compact',
    placeholder: 'Choose a template',
    choices: templates.map(({ id, name }) => ({ title: name, value: String(id) })),
    ...(values.template && { value: values.template }),
  });
  const quantity = textInput({
    id: 'quantity',
    label: 'Quantity',
    placeholder: '1',
    maxLength: 9,
    ...(values.quantity && { value: values.quantity }),
  });
  const storage = textInput({
    id: 'storage',
    label: 'Extra storage for all machines, in GB',
    placeholder: '0',
    maxLength: 9,
    ...(values.storage && { value: values.storage }),
  });
  return [
    ...field(profile, errors?.profile),
    ...field(template, errors?.template),
    ...field(quantity, errors?.quantity),
    ...field(storage, errors?.storage),
  ];
}

const small = { id: 1, name: 'Small', cores: 1, memoryGb: 2, diskGb: 40 };
const large = { id: 3, name: 'Large', cores: 4, memoryGb: 16, diskGb: 160 };
const demo: MachinesSizes = {
  organization: 'Contoso',
  order: '10029',
  region: 'Stockholm',
  profiles: [small, { id: 2, name: 'Medium', cores: 2, memoryGb: 8, diskGb: 80 }, large],
  templates: [
    { id: 1, name: 'Debian 13' },
    { id: 2, name: 'Windows Server 2025' },
  ],
  machines: [],
  total: {
    machines: 0,
    cores: 0,
    memoryGb: 0,
    diskGb: 0,
    extraStorageGb: 0,
    vpn: 0,
    ipv4: 0,
    price: eur(0),
  },
  values: { profile: '', template: '', quantity: '', storage: '' },
  once,
};
const total: MachinesTotal = {
  machines: 3,
  cores: 6,
  memoryGb: 20,
  diskGb: 240,
  extraStorageGb: 500,
  vpn: 1,
  ipv4: 2,
  price: eur(26_871),
};

export const samples: Record<string, Card> = {
  empty: machinesSizesCard(demo),
  chosen: machinesSizesCard({
    ...demo,
    machines: [
      { ...small, profile: 'Small', template: 'Debian 13', quantity: 2 },
      { ...large, profile: 'Large', template: 'Windows Server 2025', quantity: 1 },
    ],
    total: { ...total, purchase: eur(23_366) },
    values: { ...demo.values, storage: '500' },
  }),
  errors: machinesSizesCard({
    ...demo,
    values: { profile: '3', template: '', quantity: 'two', storage: '-5' },
    errors: {
      template: 'Choose a template.',
      quantity: '“two” is not a whole number greater than zero.',
      storage: '“-5” is not a whole number from 0 up.',
    },
  }),
  told: machinesSizesCard({
    ...demo,
    said: ['1 × Extra large with Debian 13 left out: Stockholm has no Extra large.'],
    total: { ...total, unpriced: ['Extra storage'] },
  }),
  long: machinesSizesCard({
    ...demo,
    organization: longest.organization,
    order: longest.short,
    region: longest.organization,
    machines: many(12, (index) => ({
      ...large,
      profile: `Profile ${index} of ${longest.organization}`,
      template: longest.product,
      quantity: 100,
    })),
    total: {
      ...total,
      machines: 1200,
      cores: 4800,
      memoryGb: 19_200,
      diskGb: 192_000,
      price: eur(1_999_999_999),
    },
  }),
};
