/** The region that machines are to run in: chosen before everything else. */
import type { Card } from '../src/chat/card.ts';
import { actionButton, commandButton, submitButton } from './buttons.ts';
import { longest, many, once } from './demo.ts';
import { card, lead, subtle } from './elements.ts';
import { choiceInput, field, required } from './fields.ts';
import { hinted, remarks } from './machines.ts';

export type MachinesRegion = {
  readonly organization: string;
  /** The number of the order, as one types it. */
  readonly order: string;
  readonly regions: readonly { readonly id: number; readonly name: string }[];
  /** The one chosen so far. */
  readonly region?: { readonly id: number; readonly name: string } | undefined;
  readonly said?: readonly string[] | undefined;
  readonly hint?: string | undefined;
  readonly errors?: { readonly region?: string | undefined } | undefined;
  readonly once: string;
};

export function machinesRegionCard(data: MachinesRegion): Card {
  const { organization, order, regions, region, said, errors, once: token } = data;
  if (regions.length === 0) return nothingOffered(data);
  const input = choiceInput({
    id: 'region',
    label: 'Region',
    style: 'compact',
    placeholder: 'Choose a region',
    choices: regions.map(({ id, name }) => ({ title: name, value: String(id) })),
    ...(region && { value: String(region.id) }),
  });
  return card({
    organization,
    title: 'Where shall the machines run?',
    body: [
      subtle(`Virtual machine sizes · Order ${order}`),
      hinted(data.hint),
      remarks(said),
      lead('Sizes and templates differ from region to region.'),
      ...field(required(input), errors?.region),
    ],
    actions: [
      submitButton('Choose region', 'machines.region', { order, once: token }),
      region && actionButton('Back', 'machines.step', { order, step: 'sizes' }),
    ],
  });
}

function nothingOffered({ organization, order }: MachinesRegion): Card {
  return card({
    organization,
    title: 'No region is offered yet',
    body: [lead('A provider admin can add regions, with their sizes and templates, by typing: machines')],
    actions: [commandButton('Order', `order ${order}`)],
  });
}

const demo = {
  organization: 'Contoso',
  order: '10029',
  regions: [
    { id: 1, name: 'Frankfurt' },
    { id: 2, name: 'Stockholm' },
  ],
  once,
};

export const samples: Record<string, Card> = {
  first: machinesRegionCard(demo),
  change: machinesRegionCard({ ...demo, region: { id: 2, name: 'Stockholm' } }),
  error: machinesRegionCard({ ...demo, errors: { region: 'Choose one of these regions.' } }),
  gone: machinesRegionCard({
    ...demo,
    said: ['The region Oslo is no longer offered. Choose another one.'],
  }),
  long: machinesRegionCard({
    ...demo,
    organization: longest.organization,
    order: longest.short,
    regions: many(60, (id) => ({ id, name: `Region ${id}, ${longest.organization}` })),
  }),
  none: machinesRegionCard({ ...demo, regions: [] }),
};
