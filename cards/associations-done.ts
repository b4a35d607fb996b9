/** What an association did. */
import type { Card } from '../src/chat/card.ts';
import { commandButton, linkButton } from './buttons.ts';
import { longest, many, messaging } from './demo.ts';
import { card, lead, text } from './elements.ts';
import { count, list, number, signed } from './format.ts';
import { type Cell, small, type TableColumn, table } from './table.ts';
import { type Undo, undoButton, undoLine } from './undo.ts';
import { freeOf, type ServiceUnits, serviceLine } from './units.ts';

export type AssociationsDone = {
  readonly organization: string;
  /** As it is now. */
  readonly service: ServiceUnits;
  readonly users: readonly {
    readonly user: string;
    readonly added: number;
    /** All that the user has of the service now. */
    readonly units: number;
    /** The organization did not have this user before. */
    readonly created: boolean;
  }[];
  /** The page where the vendor's domain is set up. */
  readonly nextStep?: { readonly title: string; readonly url: string } | undefined;
  readonly undo?: Undo | undefined;
};

const MOST_NAMED = 3;
const COLUMNS: readonly TableColumn[] = [
  { title: 'User', width: 6 },
  { title: 'Added', width: 1.5, align: 'right' },
  { title: 'Has now', width: 1.5, align: 'right' },
];

export function associationsDoneCard(data: AssociationsDone): Card {
  const { organization, service, users, nextStep, undo } = data;
  return card({
    organization,
    title: answer(data),
    body: [
      serviceLine(service),
      lead(`${freeOf(service)} now.`),
      users.length > 1 ? table(COLUMNS, users.map(row)) : undefined,
      newUsers(data),
      nextStep &&
        text('One step is left: set up the domain, so that the users can sign in.', { spacing: 'medium' }),
      undoLine(undo),
    ],
    actions: [
      nextStep && linkButton(nextStep),
      commandButton('Associate another', `associate ${service.service}`),
      commandButton('Free units', `free ${service.service}`),
      undoButton(undo),
    ],
  });
}

function answer({ users }: AssociationsDone): string {
  const [first] = users;
  if (users.length === 1 && first) return `${first.user} has ${count(first.units, 'unit')} now`;
  const added = users.reduce((sum, { added: more }) => sum + more, 0);
  return `${count(added, 'unit')} given to ${count(users.length, 'user')}`;
}

function row({ user, added, units, created }: AssociationsDone['users'][number]): Cell[] {
  const isNew = created ? [small('New user')] : [];
  return [[user, ...isNew], signed(added), number(units)];
}

function newUsers({ users, organization }: AssociationsDone) {
  const created = users.filter((user) => user.created).map(({ user }) => user);
  if (created.length === 0) return undefined;
  const who = created.length > MOST_NAMED ? `${number(created.length)} of them` : list(created);
  const are = created.length === 1 ? 'is a new user' : 'are new users';
  return text(`${who} ${are} of ${organization}.`, { spacing: 'medium' });
}

const undo = { id: '41', until: '2026-11-21T14:15:00Z' };
const dave = { user: 'dave@contoso.example', added: 2, units: 2, created: true };

export const samples: Record<string, Card> = {
  one: associationsDoneCard({
    organization: 'Contoso',
    service: { ...messaging, free: 5 },
    users: [dave],
    nextStep: { title: 'Set up the domain', url: 'https://admin.example.com/domains' },
    undo,
  }),
  several: associationsDoneCard({
    organization: 'Contoso',
    service: { ...messaging, free: 2 },
    users: [
      dave,
      { user: 'alice@contoso.example', added: 2, units: 4, created: false },
      { user: 'erin@contoso.example', added: 1, units: 1, created: true },
    ],
    undo,
  }),
  most: associationsDoneCard({
    organization: longest.organization,
    service: { service: longest.service, product: longest.product, units: 100_000, free: 80_000 },
    users: many(25, (index) => ({
      user: `${index}.${longest.user}`,
      added: 1,
      units: 1000,
      created: index % 2 === 0,
    })),
  }),
};
