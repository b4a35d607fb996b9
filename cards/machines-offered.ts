/** What the provider offers of machines: regions, or one region with its profiles and templates, and the prices. */
import type { Card, Element } from '../src/chat/card.ts';
import { actionButton, commandButton } from './buttons.ts';
import { eur, longest, many } from './demo.ts';
import { card, lead, section } from './elements.ts';
import { choiceInput } from './fields.ts';
import { count, type Money, money } from './format.ts';
import { type Quotas, quotas } from './machines.ts';
import { small, type TableColumn, table } from './table.ts';

export type OfferedRegion = {
  readonly id: number;
  readonly name: string;
  readonly profiles: readonly (Quotas & {
    readonly id: number;
    readonly name: string;
    /** Only where nobody reads along. */
    readonly price?: Money | undefined;
  })[];
  readonly templates: readonly { readonly id: number; readonly name: string }[];
};
export type MachinesOffered = {
  readonly offering: string;
  readonly offeringId: number;
  readonly regions: readonly OfferedRegion[];
  /** The one that is shown with all it has. */
  readonly region?: OfferedRegion | undefined;
  /** What the provider asks for one unit and month; only where nobody reads along. */
  readonly prices?:
    | readonly { readonly name: string; readonly unit: string; readonly price: Money }[]
    | undefined;
};

export function machinesOfferedCard(data: MachinesOffered): Card {
  return data.region === undefined ? all(data) : one(data, data.region);
}

const REGIONS: readonly TableColumn[] = [
  { title: 'Region', width: 3 },
  { title: 'Hardware profiles', width: 4 },
  { title: 'Templates', width: 4 },
];
const PROFILES: readonly TableColumn[] = [
  { title: 'Hardware profile', width: 6 },
  { title: 'List price per month', width: 3, align: 'right' },
];
const PRICES: readonly TableColumn[] = [
  { title: 'Resource', width: 6 },
  { title: 'List price per month', width: 3, align: 'right' },
];

function all({ offering, offeringId, regions, prices }: MachinesOffered): Card {
  const some = regions.length > 0;
  return card({
    title: offering,
    body: [
      lead(
        some ? `${count(regions.length, 'region')}.` : 'No region is offered yet: nobody can order machines.',
      ),
      some
        ? table(
            REGIONS,
            regions.map(({ name, profiles, templates }) => [
              [{ text: name, weight: 'bolder' }],
              named(profiles),
              named(templates),
            ]),
          )
        : undefined,
      ...priceTable(prices),
      some
        ? choiceInput({
            id: 'region',
            label: 'Region',
            style: 'compact',
            placeholder: 'Choose a region',
            choices: regions.map(({ id, name }) => ({ title: name, value: String(id) })),
          })
        : undefined,
    ],
    actions: [
      some
        ? {
            type: 'Action.Execute',
            title: 'Open region',
            verb: 'machines.offered',
            data: { offering: offeringId },
            associatedInputs: 'auto',
          }
        : undefined,
      actionButton('Add region', 'machines.offer', { what: 'region', offering: offeringId }),
    ],
  });
}

const MOST_NAMES = 4;
function named(all: readonly { readonly name: string }[]): string {
  const shown = all.slice(0, MOST_NAMES).map(({ name }) => name);
  return [...shown, ...(all.length > MOST_NAMES ? [`${all.length - MOST_NAMES} more`] : [])].join(', ');
}

function priceTable(prices: MachinesOffered['prices']): (Element | undefined)[] {
  if (prices === undefined) return [lead('Prices are shown in a personal chat.')];
  if (prices.length === 0) return [lead('The price list has no price for the resources of machines yet.')];
  return [
    section('Prices'),
    table(
      PRICES,
      prices.map(({ name, unit, price }) => [[name, small(`Per ${unit}`)], money(price)]),
    ),
  ];
}

function one({ offering, offeringId }: MachinesOffered, region: OfferedRegion): Card {
  const { profiles, templates } = region;
  const priced = profiles.some(({ price }) => price !== undefined);
  const items = [
    ...profiles.map(({ id, name }) => ({ title: `Profile ${name}`, value: `profile ${id}` })),
    ...templates.map(({ id, name }) => ({ title: `Template ${name}`, value: `template ${id}` })),
  ];
  const add = (what: string) => ({ what, offering: offeringId, region: region.id });
  return card({
    title: region.name,
    body: [
      lead(
        `${offering}: ${count(profiles.length, 'hardware profile')}, ${count(templates.length, 'template')}.`,
      ),
      profiles.length === 0
        ? undefined
        : table(
            PROFILES.slice(0, priced ? 2 : 1),
            profiles.map((profile) => [
              [{ text: profile.name, weight: 'bolder' }, small(quotas(profile))],
              ...(priced ? [profile.price === undefined ? '' : money(profile.price)] : []),
            ]),
          ),
      templates.length === 0 ? undefined : lead(`Templates: ${templates.map(({ name }) => name).join(', ')}`),
      items.length === 0
        ? undefined
        : choiceInput({
            id: 'item',
            label: 'Change or remove',
            style: 'compact',
            placeholder: 'Choose a profile or template',
            choices: items,
          }),
    ],
    actions: [
      items.length === 0
        ? undefined
        : {
            type: 'Action.Execute',
            title: 'Change',
            verb: 'machines.item',
            data: { offering: offeringId, region: region.id },
            associatedInputs: 'auto',
          },
      actionButton('Add profile', 'machines.offer', add('profile')),
      actionButton('Add template', 'machines.offer', add('template')),
      actionButton('Change region', 'machines.item', { ...add('region'), item: `region ${region.id}` }),
      commandButton('All regions', 'machines'),
    ],
  });
}

const stockholm: OfferedRegion = {
  id: 1,
  name: 'Stockholm',
  profiles: [
    { id: 1, name: 'Small', cores: 1, memoryGb: 2, diskGb: 40, price: eur(2020) },
    { id: 2, name: 'Large', cores: 4, memoryGb: 16, diskGb: 160, price: eur(11_280) },
  ],
  templates: [
    { id: 1, name: 'Debian 13' },
    { id: 2, name: 'Windows Server 2025' },
  ],
};
const demo: MachinesOffered = {
  offering: 'Azure Pack',
  offeringId: 4,
  regions: [stockholm, { ...stockholm, id: 2, name: 'Frankfurt' }],
  prices: [
    { name: 'Core', unit: 'core', price: eur(900) },
    { name: 'Memory', unit: 'GB', price: eur(400) },
    { name: 'Disk', unit: 'GB', price: eur(8) },
  ],
};
const long: OfferedRegion = {
  id: 9,
  name: longest.organization,
  profiles: many(20, (id) => ({
    id,
    name: `Profile ${id} of ${longest.organization}`,
    cores: 256,
    memoryGb: 4096,
    diskGb: 65_536,
    price: eur(999_999_999),
  })),
  templates: many(12, (id) => ({ id, name: `${longest.product} ${id}` })),
};

export const samples: Record<string, Card> = {
  all: machinesOfferedCard(demo),
  region: machinesOfferedCard({ ...demo, region: stockholm }),
  empty: machinesOfferedCard({ ...demo, regions: [], prices: [] }),
  emptyRegion: machinesOfferedCard({ ...demo, region: { id: 3, name: 'Oslo', profiles: [], templates: [] } }),
  inChannel: machinesOfferedCard({ ...demo, prices: undefined }),
  regionInChannel: machinesOfferedCard({
    ...demo,
    prices: undefined,
    region: {
      ...stockholm,
      profiles: stockholm.profiles.map((profile) => ({ ...profile, price: undefined })),
    },
  }),
  long: machinesOfferedCard({ ...demo, region: long }),
  many: machinesOfferedCard({ ...demo, regions: many(12, (id) => ({ ...long, id })) }),
};
