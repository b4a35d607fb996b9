/** What of an organization is another than it was. */
import type { Card } from '../src/chat/card.ts';
import { commandButton } from './buttons.ts';
import { longest, many } from './demo.ts';
import { callout, card, lead } from './elements.ts';
import { count, list } from './format.ts';
import { type TableColumn, table } from './table.ts';

export type OrganizationsChanged = {
  /** As it is called now. */
  readonly name: string;
  readonly changes: readonly { readonly field: string; readonly before: string; readonly after: string }[];
  /** Of a customer: what must be known before something can be ordered. */
  readonly missing: readonly string[];
};

const COLUMNS: readonly TableColumn[] = [
  { title: 'Field', width: 2 },
  { title: 'Before', width: 3 },
  { title: 'Now', width: 3 },
];

export function organizationsChangedCard({ name, changes, missing }: OrganizationsChanged): Card {
  return card({
    organization: name,
    title: changes.length === 0 ? 'Nothing to save' : 'Saved',
    body: [
      lead(
        changes.length === 0
          ? `Everything of ${name} is as it was.`
          : `${count(changes.length, 'field')} of ${name} ${changes.length === 1 ? 'is' : 'are'} changed.`,
      ),
      changes.length > 0
        ? table(
            COLUMNS,
            changes.map(({ field, before, after }) => [field, before, after]),
          )
        : undefined,
      missing.length > 0
        ? callout(`Before anything can be ordered, add ${list(missing)}.`, 'warning')
        : undefined,
    ],
    actions: [
      commandButton('Open', `organization "${name}"`),
      commandButton('Change', `change organization "${name}"`),
      commandButton('All organizations', 'organizations'),
    ],
  });
}

export const samples: Record<string, Card> = {
  one: organizationsChangedCard({
    name: 'Contoso',
    changes: [{ field: 'City', before: 'Madrid', after: 'Barcelona' }],
    missing: [],
  }),
  missing: organizationsChangedCard({
    name: 'Fabrikam',
    changes: [
      { field: 'Address 2', before: '', after: 'Hinterhaus' },
      { field: 'Domains', before: 'fabrikam.example', after: 'fabrikam.example, fabrikam.onmicrosoft.com' },
    ],
    missing: ['the contact’s first name', 'the contact’s e-mail address'],
  }),
  none: organizationsChangedCard({ name: 'Contoso', changes: [], missing: [] }),
  long: organizationsChangedCard({
    name: longest.organization,
    changes: many(15, () => ({
      field: 'Contact’s first name',
      before: longest.organization,
      after: longest.user,
    })),
    missing: ['the contact’s first name', 'the contact’s e-mail address'],
  }),
};
