/** The form of an organization: what an order needs first, the rest under More. */
import type { Card, Choice, Element, Execute, InputText } from '../src/chat/card.ts';
import { quoted } from '../src/chat/words.ts';
import { commandButton, submitButton } from './buttons.ts';
import { longest, once } from './demo.ts';
import { callout, card, lead, section } from './elements.ts';
import { choiceInput, field, textInput } from './fields.ts';
import { inputOf, MORE, type OrganizationField, titleOf } from './organizations.ts';

type Part = { readonly title?: string; readonly fields: readonly OrganizationField[] };
const PARTS: readonly Part[] = [
  { fields: ['name'] },
  { title: 'Address', fields: ['address1', 'postalCode', 'city', 'country', 'phone'] },
  { title: 'Contact', fields: ['contactFirstName', 'contactLastName', 'contactEmail'] },
];
const HINTS: Readonly<Partial<Record<OrganizationField, Partial<InputText>>>> = {
  name: { placeholder: 'Contoso', required: true },
  country: { placeholder: 'SE or Sweden' },
  phone: { placeholder: '+46-84401200', style: 'tel' },
  contactPhone: { placeholder: '+46-84401200', style: 'tel' },
  contactEmail: { placeholder: 'carla@contoso.example', style: 'email' },
  domains: { label: 'Domains, one a line', placeholder: 'contoso.example', isMultiline: true },
  mpnId: { label: 'MPN ID (Microsoft Partner ID) of a reseller', placeholder: '4783211' },
  currency: { label: 'Currency of its prices', placeholder: 'EUR', maxLength: 10 },
};

export type OrganizationsForm = {
  /** Of one that is changed: its number, and what it is called now. */
  readonly id?: number | undefined;
  readonly organization?: string | undefined;
  /** What it can become, where there is a choice. */
  readonly kinds: readonly { readonly title: string; readonly value: string }[];
  /** Whose it can be, where there is a choice: a list, or too many to choose from. */
  readonly parents: readonly Choice[] | 'too many';
  /** What this person may fill in. */
  readonly shown: readonly OrganizationField[];
  /** As typed; empty where nothing was. */
  readonly values: Readonly<Record<OrganizationField | 'kind' | 'parent', string>>;
  /** What was typed and is in no field of the form. */
  readonly problem?: string | undefined;
  readonly errors?: Readonly<Partial<Record<OrganizationField | 'kind' | 'parent', string>>> | undefined;
  /** Of one that is changed: what stood in the form at first. */
  readonly seen?: string;
  /** The fields under More are open. */
  readonly more: boolean;
  readonly once: string;
};

export function organizationsFormCard(data: OrganizationsForm): Card {
  const { id, organization, shown, more, seen = '' } = data;
  const hidden = shown.some((name) => MORE.includes(name)) && !more;
  return card({
    organization,
    title: organization === undefined ? 'New organization' : 'Change an organization',
    body: [
      data.problem === undefined ? undefined : callout(data.problem, 'attention'),
      organization === undefined
        ? lead('The name is enough to begin with. An order needs the address and the contact, too.')
        : undefined,
      ...belonging(data),
      ...PARTS.flatMap((part) => inputs(part, data)),
      ...(more ? inputs({ title: 'More', fields: MORE }, data) : []),
    ],
    actions: [
      id === undefined
        ? submitButton('Create', 'organizations.create', { once: data.once, more })
        : submitButton('Save', 'organizations.change', { once: data.once, more, id, seen }),
      hidden ? moreButton({ id: id ?? 0, seen }) : undefined,
      commandButton(
        'Cancel',
        organization === undefined ? 'organizations' : `organization ${quoted(organization)}`,
      ),
    ],
  });
}

/** Takes along what was typed, and gets it back with the other fields open. */
function moreButton(data: { readonly id: number; readonly seen: string }): Execute {
  const title = 'More fields';
  return {
    type: 'Action.Execute',
    title,
    verb: 'organizations.more',
    data,
    associatedInputs: 'auto',
  };
}

function belonging({ kinds, parents, values, errors = {} }: OrganizationsForm): Element[] {
  const kind = choiceInput({
    id: 'kind',
    label: 'What it is',
    style: 'expanded',
    choices: kinds,
    ...(values.kind && { value: values.kind }),
  });
  const value = values.parent && { value: values.parent };
  const parent =
    parents === 'too many'
      ? textInput({
          id: 'parent',
          label: titleOf('parent'),
          placeholder: 'Name of the provider or a reseller',
          ...value,
        })
      : choiceInput({ id: 'parent', label: titleOf('parent'), style: 'compact', choices: parents, ...value });
  return [
    ...(kinds.length > 1 ? field(kind, errors.kind) : []),
    ...(parents === 'too many' || parents.length > 1 ? field(parent, errors.parent) : []),
  ];
}

function inputs({ title, fields }: Part, { shown, values, errors = {} }: OrganizationsForm): Element[] {
  const asked = fields.filter((name) => shown.includes(name));
  if (asked.length === 0) return [];
  return [
    ...(title === undefined ? [] : [section(title)]),
    ...asked.flatMap((id) => {
      const value = values[id] && { value: values[id] };
      return field(textInput({ id: inputOf(id), label: titleOf(id), ...HINTS[id], ...value }), errors[id]);
    }),
  ];
}

const all: readonly OrganizationField[] = [...PARTS.flatMap(({ fields }) => fields), ...MORE];
const empty = Object.fromEntries([...all, 'kind', 'parent'].map((name) => [name, ''])) as Record<
  OrganizationField | 'kind' | 'parent',
  string
>;
const kinds = [
  { title: 'Customer', value: 'customer' },
  { title: 'Reseller', value: 'reseller' },
];
const parents = [
  { title: 'HamaraCloud', value: '1' },
  { title: 'Northwind Partners', value: '2' },
];
const fresh = { kinds, parents, shown: all, more: false, once };

export const samples: Record<string, Card> = {
  new: organizationsFormCard({ ...fresh, values: { ...empty, kind: 'customer', parent: '1' } }),
  errors: organizationsFormCard({
    ...fresh,
    more: true,
    values: {
      ...empty,
      kind: 'customer',
      parent: '2',
      name: 'contoso',
      country: 'Atlantis',
      phone: '08 440 12 00',
      contactEmail: 'carla',
      domains: 'contoso',
      mpnId: 'abc',
      currency: 'XXL',
    },
    errors: {
      name: 'The name “contoso” is taken. Choose another one.',
      country: '“Atlantis” is not a country. Write its name, or its two letters like SE.',
      phone: '“08 440 12 00” is not a phone number. Write it like +46-84401200.',
      contactEmail: '“carla” is not an e-mail address.',
      domains: '“contoso” is not a domain. Write it like contoso.example.',
      mpnId: '“abc” is not an MPN ID. It is made of digits, like 4783211.',
      currency: '“XXL” is not a currency. Write its three letters, like EUR.',
    },
  }),
  reseller: organizationsFormCard({
    ...fresh,
    kinds: [],
    parents: 'too many',
    values: { ...empty, parent: 'Tailspin' },
    errors: { parent: 'There is no reseller “Tailspin” that you can see.' },
  }),
  own: organizationsFormCard({
    ...fresh,
    id: 3,
    organization: 'Contoso',
    kinds: [],
    parents: [],
    shown: all.filter((name) => !['name', 'mpnId', 'currency'].includes(name)),
    more: true,
    problem: 'You may not change the name and the markup.',
    values: {
      ...empty,
      city: 'Madrid',
      country: 'Spain',
      domains: 'contoso.example\ncontoso.onmicrosoft.com',
    },
  }),
  long: organizationsFormCard({
    ...fresh,
    id: 4,
    organization: longest.organization,
    more: true,
    values: {
      ...(Object.fromEntries(all.map((name) => [name, longest.organization])) as typeof empty),
      kind: 'customer',
      parent: '1',
    },
    errors: Object.fromEntries(all.map((name) => [name, 'Up to 100 letters fit here; these are 130.'])),
  }),
};
