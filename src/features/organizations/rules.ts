import type { Member, Organization, Role } from '../../bot/index.ts';
import { nearest, type Word } from '../../chat/words.ts';
import type { Customer } from './store.ts';
import { FIELDS, type Field, type OrganizationValues } from './values.ts';

/** The whole name wins; else every name that holds what was typed. */
export function matching<T extends { readonly name: string }>(name: string, all: readonly T[]): T[] {
  const typed = name.toLowerCase();
  const whole = all.filter((one) => one.name.toLowerCase() === typed);
  return whole.length > 0 ? whole : all.filter((one) => one.name.toLowerCase().includes(typed));
}

/**
 * Whom a choice means, and what is to be done then. A number alone is an id, where there is such a customer. A name may begin
 * with a number too: it is an id with a command behind it only where the command is not known otherwise.
 */
export function meantBy<T extends Customer>(
  choice: string,
  customers: readonly T[],
  then: string | undefined,
): { readonly found: readonly T[]; readonly command: string } {
  const withId = (id: string) => customers.filter((one) => String(one.id) === id);
  const command = then ?? '';
  if (choice === '') return { found: [], command };
  const numbered = withId(choice);
  const found = numbered.length > 0 ? numbered : matching(choice, customers);
  const [id = '', ...rest] = choice.split(' ');
  if (found.length > 0 || then !== undefined || rest.length === 0) return { found, command };
  return { found: withId(id), command: rest.join(' ') };
}

/** The customers whose names come nearest, or else all. */
export function suggestions<T extends Customer>(name: string, customers: readonly T[]): T[] {
  const byName = new Map(customers.map((customer) => [customer.name.toLowerCase(), customer]));
  const near = nearest(name, [...byName.keys()], 3).flatMap((found) => byName.get(found) ?? []);
  return near.length > 0 ? near : [...customers];
}

const NEEDED = {
  address1: 'the address',
  postalCode: 'the postal code',
  city: 'the city',
  country: 'the country',
  phone: 'the phone number',
  contactFirstName: 'the contact’s first name',
  contactLastName: 'the contact’s last name',
  contactEmail: 'the contact’s e-mail address',
} as const satisfies Partial<Record<Field, string>>;
type Needed = keyof typeof NEEDED;

/** What is missing before something can be ordered for an organization, in words. */
export function missingForOrdering(details: Readonly<Record<Needed, string | null>>): string[] {
  return Object.entries(NEEDED).flatMap(([field, words]) => (details[field as Needed] ? [] : [words]));
}

type Kind = 'reseller' | 'customer';
const MAY_CREATE: Readonly<Partial<Record<Role, readonly Kind[]>>> = {
  'provider admin': ['customer', 'reseller'],
  'account manager': ['customer'],
  'reseller admin': ['customer'],
};
export const CREATORS = Object.keys(MAY_CREATE) as Role[];
export const mayCreate = (role: Role): readonly Kind[] => MAY_CREATE[role] ?? [];

/** Of their own organization customers change whom one reaches there, where, and which domains it has. */
const OWN_FIELDS: readonly Field[] = FIELDS.filter((field) => !['name', 'mpnId', 'currency'].includes(field));

/** The fields this member may change of an organization that is in their scope. */
export function mayChange({ role, organization }: Member, of: Organization): readonly (Field | 'parent')[] {
  const fields = FIELDS.filter((field) => field !== 'mpnId' || of.kind !== 'customer');
  switch (role) {
    case 'provider admin':
      return of.kind === 'customer' ? [...fields, 'parent'] : fields;
    case 'account manager':
      return of.kind === 'customer' ? fields : [];
    case 'reseller admin':
      return of.kind === 'customer' || of.id === organization.id ? fields : [];
    case 'customer admin':
      return of.id === organization.id ? OWN_FIELDS : [];
    case 'customer':
      return [];
  }
}

/** Nobody is told what is added to what they themselves pay. */
export const seesMarkupOf = (
  { organization }: Pick<Member, 'organization'>,
  seesMarkup: boolean,
  of: Organization,
): boolean => seesMarkup && of.kind !== 'provider' && of.id !== organization.id;

/** The provider sets what its resellers and its own customers pay, a reseller what its customers pay. */
export function maySetMarkup(
  { role, organization }: Pick<Member, 'role' | 'organization'>,
  of: { readonly kind: Organization['kind']; readonly parentId: number | null },
): boolean {
  if (of.kind === 'provider') return false;
  if (role === 'provider admin') return true;
  return of.kind === 'customer' && of.parentId === organization.id;
}

/** Fields by what people call them, without regard to case, blanks and hyphens. */
const OTHER_WORDS: Readonly<Record<string, Field | 'parent'>> = {
  address: 'address1',
  street: 'address1',
  zip: 'postalCode',
  postcode: 'postalCode',
  firstname: 'contactFirstName',
  lastname: 'contactLastName',
  email: 'contactEmail',
  domain: 'domains',
  mpn: 'mpnId',
  of: 'parent',
  reseller: 'parent',
};
const SAID: ReadonlyMap<string, Field | 'kind' | 'parent'> = new Map([
  ...[...FIELDS, 'kind' as const, 'parent' as const].map((field) => [field.toLowerCase(), field] as const),
  ...Object.entries(OTHER_WORDS),
]);

const fieldOf = (called: string) => SAID.get(called.toLowerCase().replace(/[-_]/g, ''));

/**
 * `Tailspin Toys country=NO city="Mo i Rana"` -> the name, the fields, and the words that name none. A name in quotes
 * may hold what it likes.
 */
export function parseSaid(words: readonly Word[]): {
  name: string;
  values: Partial<OrganizationValues>;
  unknown: readonly string[];
} {
  const calls = words.map(({ word, isQuoted }, at) => {
    const [, called, value = ''] = /^([\w-]+)=(.*)$/.exec(word) ?? [];
    const isName = isQuoted && (at === 0 || called === undefined || fieldOf(called) === undefined);
    return called === undefined || isName ? { word } : { word, called, value };
  });
  const first = calls.findIndex(({ called }) => called !== undefined);
  const name = first < 0 ? words : words.slice(0, first);
  const values: { [field in Field | 'kind' | 'parent']?: string } = {};
  let last: keyof typeof values | undefined;
  const unknown: string[] = [];
  let isOfUnknown = false;
  for (const { word, called, value } of first < 0 ? [] : calls.slice(first)) {
    const field = called === undefined ? last : fieldOf(called);
    isOfUnknown = field === undefined && (called !== undefined || isOfUnknown);
    if (field === undefined) {
      if (called !== undefined || !isOfUnknown) unknown.push(called ?? word);
    } else values[field] = value ?? `${values[field] ?? ''} ${word}`;
    last = field;
  }
  return { name: name.map(({ word }) => word).join(' '), values, unknown };
}

/** The names of fields, those first that come nearest to a word. */
export function fieldsNear(word: string, fields: readonly SaidField[]): SaidField[] {
  const near = nearest(
    word,
    fields.map((field) => field.toLowerCase()),
    3,
  );
  const place = (field: SaidField) => {
    const at = near.indexOf(field.toLowerCase());
    return at < 0 ? near.length : at;
  };
  return fields.toSorted((one, other) => place(one) - place(other));
}

export type SaidField = Field | 'kind' | 'parent';
