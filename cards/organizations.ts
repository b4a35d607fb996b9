/** The fields of an organization: what they are called, and which of them an order can do without. */

const TITLES = {
  name: 'Name',
  address1: 'Address',
  address2: 'Address 2',
  postalCode: 'Postal code',
  city: 'City',
  state: 'State',
  country: 'Country',
  phone: 'Phone',
  contactFirstName: 'Contact’s first name',
  contactLastName: 'Contact’s last name',
  contactEmail: 'Contact’s e-mail',
  contactPhone: 'Contact’s phone',
  domains: 'Domains',
  mpnId: 'MPN ID',
  currency: 'Currency',
} as const;
const PARENT = 'Belongs to';
export type OrganizationField = keyof typeof TITLES;
/** What a field is called, also where it is not asked for. */
export const titleOf = (name: OrganizationField | 'parent'): string =>
  name === 'parent' ? PARENT : TITLES[name];

/** What an order can do without. */
export const MORE: readonly OrganizationField[] = [
  'address2',
  'state',
  'contactPhone',
  'domains',
  'mpnId',
  'currency',
];

const INPUTS: Readonly<Partial<Record<OrganizationField, string>>> = {
  address1: 'address',
  address2: 'addressMore',
};
/** The id of its input, which is of letters alone. */
export const inputOf = (name: OrganizationField): string => INPUTS[name] ?? name;
