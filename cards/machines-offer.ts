/** The form of a region, a hardware profile or a template of machines. */
import type { Card } from '../src/chat/card.ts';
import { actionButton, asking, commandButton, submitButton } from './buttons.ts';
import { longest, once } from './demo.ts';
import { card, subtle } from './elements.ts';
import { choiceInput, field, required, textInput } from './fields.ts';

type Field = 'region' | 'name' | 'cores' | 'memory' | 'disk';
export type MachinesOffer = {
  readonly offering: string;
  readonly offeringId: number;
  readonly what: 'region' | 'profile' | 'template';
  /** The one that is changed, by its id; nothing where one is added. */
  readonly id?: number | undefined;
  readonly regions: readonly { readonly id: number; readonly name: string }[];
  /** As typed. */
  readonly values: Readonly<Record<Field, string>>;
  readonly errors?: { readonly [K in Field]?: string | undefined } | undefined;
  readonly once: string;
};

const NAME = { region: 'Region', profile: 'Hardware profile', template: 'Template' } as const;
const EXAMPLE = { region: 'Oslo', profile: 'Extra large', template: 'Ubuntu Server 24.04' } as const;
const SIZES = [
  { id: 'cores', label: 'Cores', placeholder: '4' },
  { id: 'memory', label: 'Memory in GB', placeholder: '16' },
  { id: 'disk', label: 'Disk in GB', placeholder: '160' },
] as const;

export function machinesOfferCard(data: MachinesOffer): Card {
  const { offering, offeringId, what, id, regions, values, errors, once: token } = data;
  const region = choiceInput({
    id: 'region',
    label: 'Region',
    style: 'compact',
    placeholder: 'Choose a region',
    choices: regions.map((one) => ({ title: one.name, value: String(one.id) })),
    ...(values.region && { value: values.region }),
  });
  const name = textInput({
    id: 'name',
    label: 'Name',
    placeholder: EXAMPLE[what],
    maxLength: 100,
    ...(values.name && { value: values.name }),
  });
  const sizes = SIZES.flatMap((size) => {
    const value = values[size.id];
    return field(required(textInput({ ...size, maxLength: 9, ...(value && { value }) })), errors?.[size.id]);
  });
  const of = { what, offering: offeringId, item: id ?? 0, once: token };
  return card({
    title: id === undefined ? `Add a ${NAME[what].toLowerCase()}` : `Change ${NAME[what].toLowerCase()}`,
    body: [
      subtle(offering),
      ...(what === 'region' || id !== undefined ? [] : field(required(region), errors?.region)),
      ...field(required(name), errors?.name),
      ...(what === 'profile' ? sizes : []),
    ],
    actions: [
      submitButton('Save', 'machines.saveOffer', of),
      commandButton('All regions', 'machines'),
      id === undefined
        ? undefined
        : asking(actionButton('Remove', 'machines.removeOffer', of, 'destructive'), {
            title: `Remove this ${NAME[what].toLowerCase()}?`,
            text: 'It can’t be ordered any more. What runs already goes on.',
            yes: 'Remove it',
          }),
    ],
  });
}

const values = { region: '', name: '', cores: '', memory: '', disk: '' };
const demo: MachinesOffer = {
  offering: 'Azure Pack',
  offeringId: 4,
  what: 'profile',
  regions: [
    { id: 1, name: 'Frankfurt' },
    { id: 2, name: 'Stockholm' },
  ],
  values,
  once,
};

export const samples: Record<string, Card> = {
  region: machinesOfferCard({ ...demo, what: 'region' }),
  profile: machinesOfferCard({ ...demo, values: { ...values, region: '2' } }),
  template: machinesOfferCard({ ...demo, what: 'template', values: { ...values, region: '2' } }),
  change: machinesOfferCard({
    ...demo,
    id: 7,
    values: { region: '2', name: 'Large', cores: '4', memory: '16', disk: '160' },
  }),
  errors: machinesOfferCard({
    ...demo,
    values: { region: '', name: 'Large', cores: 'four', memory: '0', disk: '99999999' },
    errors: {
      region: 'Choose a region.',
      name: 'There is a profile Large already.',
      cores: '“four” is not a whole number greater than zero.',
      memory: '“0” is not a whole number greater than zero.',
      disk: '99999999 is too many: at most 65536.',
    },
  }),
  long: machinesOfferCard({
    ...demo,
    offering: longest.product,
    id: 9,
    values: { ...values, name: longest.organization },
  }),
};
