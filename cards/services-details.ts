/** One service with the users who have units of it. */
import type { Action, Card } from '../src/chat/card.ts';
import { commandButton, pageButtons } from './buttons.ts';
import { longest, machines, many, messaging, webex } from './demo.ts';
import { callout, card, lead, type Paging, pageLine, subtle } from './elements.ts';
import { count, number } from './format.ts';
import { type Cell, type TableColumn, table } from './table.ts';
import { billedOf, FULLY, freeOf, machinesOf, type ServiceUnits } from './units.ts';

export type ServicesDetails = Paging & {
  readonly organization: string;
  readonly service: ServiceUnits;
  readonly associated: number;
  /** How many units one user may have, where there is such a limit. */
  readonly most?: number | undefined;
  /** What was searched for among the users. */
  readonly text?: string | undefined;
  /** What the vendor did not do of it, and why. */
  readonly refused?: string | undefined;
  readonly users: readonly { readonly user: string; readonly units: number }[];
};

const COLUMNS: readonly TableColumn[] = [
  { title: 'User', width: 7 },
  { title: 'Units', width: 1.8, align: 'right' },
];

export function servicesDetailsCard(data: ServicesDetails): Card {
  const { organization, service, users, most } = data;
  return card({
    organization,
    title:
      service.machines === undefined
        ? `Service ${service.service}: ${freeOf(service)}`
        : `Service ${service.service}`,
    body: [
      subtle(service.product, 'none'),
      lead(answer(data)),
      ...billedOf(service).map((line) => subtle(line)),
      data.refused === undefined
        ? undefined
        : callout(`Not assigned at the vendor: ${data.refused}`, 'warning'),
      users.length > 0 ? table(COLUMNS, users.map(row)) : undefined,
      pageLine(data),
      most === undefined ? undefined : subtle(`A user can have ${count(most, 'unit')} of it`),
    ],
    actions: actions(data),
  });
}

function answer({ total, associated, text, service }: ServicesDetails): string {
  const { free, reserved = 0, machines: own } = service;
  if (own !== undefined) return `${machinesOf(own)}. They are not associated with users.`;
  const held = reserved > 0 ? ` Running jobs hold ${count(reserved, 'unit')}.` : '';
  if (text) return `${total === 0 ? 'No users' : count(total, 'user')} with “${text}”.${held}`;
  const full = free === 0 && reserved === 0 ? ` ${FULLY}.` : '';
  if (total === 0) return `Nobody has a unit of it yet.${held}`;
  return `${count(associated, 'unit')} associated with ${count(total, 'user')}.${full}${held}`;
}

const row = ({ user, units }: ServicesDetails['users'][number]): Cell[] => [user, number(units)];

function actions(data: ServicesDetails): Action[] {
  const { service, text = '' } = data;
  const ref = service.service;
  const giving =
    service.free > 0
      ? [commandButton('Associate users', `associate ${ref}`), commandButton('Bulk', `bulk ${ref}`)]
      : [];
  return [
    ...pageButtons(data, 'service.page', { service: ref, text }),
    ...giving,
    ...(service.machines === undefined ? [commandButton('Free units', `free ${ref}`)] : []),
    commandButton('Subscription', `subscription ${ref}`),
    commandButton('Order', `order ${ref.split('/')[0]}`),
  ];
}

const some: ServicesDetails = {
  organization: 'Contoso',
  service: messaging,
  associated: 3,
  users: [
    { user: 'alice@contoso.example', units: 2 },
    { user: 'bob@contoso.example', units: 1 },
  ],
  page: 1,
  pages: 1,
  total: 2,
};

export const samples: Record<string, Card> = {
  some: servicesDetailsCard(some),
  full: servicesDetailsCard({
    organization: 'Contoso',
    service: webex,
    associated: 2,
    most: 1,
    users: [
      { user: 'alice@contoso.example', units: 1 },
      { user: 'bob@contoso.example', units: 1 },
    ],
    page: 1,
    pages: 1,
    total: 2,
  }),
  none: servicesDetailsCard({
    organization: 'Contoso',
    service: { ...messaging, free: 8, reserved: 2 },
    associated: 0,
    users: [],
    page: 1,
    pages: 1,
    total: 0,
  }),
  refused: servicesDetailsCard({
    ...some,
    refused: 'bob@contoso.example: e-mail address invalid for the customer',
  }),
  billed: servicesDetailsCard({ ...some, service: { ...messaging, billed: 3 } }),
  machines: servicesDetailsCard({
    organization: 'Contoso',
    service: machines,
    associated: 0,
    users: [],
    page: 1,
    pages: 1,
    total: 0,
  }),
  notFound: servicesDetailsCard({
    organization: 'Contoso',
    service: messaging,
    associated: 3,
    text: 'zoe',
    users: [],
    page: 1,
    pages: 1,
    total: 0,
  }),
  page: servicesDetailsCard({
    organization: longest.organization,
    service: { service: longest.service, product: longest.product, units: 100_000, free: 80_000 },
    associated: 20_000,
    text: 'fernmeldewesen',
    users: many(10, (index) => ({ user: `${index}.${longest.user}`, units: 1000 })),
    page: 2,
    pages: 2000,
    total: 20_000,
  }),
};
