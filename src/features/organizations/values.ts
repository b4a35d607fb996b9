/** What one types of an organization, and what is kept of it. */
import { domainToASCII } from 'node:url';
import { parseEmail } from '../../chat/email.ts';
import { parseCountry } from './countries.ts';

/** The fields of an organization, as they stand in the form. */
export const FIELDS = [
  'name',
  'address1',
  'address2',
  'postalCode',
  'city',
  'state',
  'country',
  'phone',
  'contactFirstName',
  'contactLastName',
  'contactEmail',
  'contactPhone',
  'domains',
  'mpnId',
  'currency',
] as const;
export type Field = (typeof FIELDS)[number];

/** As typed; empty where nothing was. */
export type OrganizationValues = Readonly<Record<Field | 'kind' | 'parent', string>>;
/** The sentence beside each field that is wrong. */
export type OrganizationErrors = Readonly<Partial<Record<Field | 'kind' | 'parent', string>>>;

export type Kept = Readonly<Record<Exclude<Field, 'name' | 'domains' | 'currency'>, string | null>> & {
  readonly name: string;
  readonly domains: readonly string[];
  readonly currency: string;
};

/** A value as it is kept, or what is wrong with it. */
type Checked<T> = { readonly value: T } | { readonly error: string };
type Check = (text: string) => Checked<string | null>;

const LONGEST_NAME = 100;
const LONGEST_TEXT = 100;
const MOST_DOMAINS = 20;
const CURRENCIES: ReadonlySet<string> = new Set(Intl.supportedValuesOf('currency'));
const DOMAIN = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/;

const fits = (text: string, longest: number): Checked<string> =>
  [...text].length > longest
    ? { error: `Up to ${longest} letters fit here; these are ${[...text].length}.` }
    : { value: text };
const upTo =
  (longest: number): Check =>
  (text) =>
    fits(text, longest);

function checkName(text: string): Checked<string> {
  return text === '' ? { error: 'Write the name.' } : fits(text, LONGEST_NAME);
}

const checkCountry: Check = (text) => {
  const code = parseCountry(text);
  return code === undefined
    ? { error: `“${text}” is not a country. Write its name, or its two letters like SE.` }
    : { value: code };
};

const checkPostalCode: Check = (text) =>
  /^[\p{L}\p{N}][\p{L}\p{N} -]{0,14}$/u.test(text)
    ? { value: text.toUpperCase() }
    : { error: `“${text}” is not a postal code. Write it like 111 34.` };

/** With the code of the country, as in E.164: at most 15 digits. */
const checkPhone: Check = (text) => {
  const written = text.replace(/^00/, '+').replace(/\(0\)/, '');
  const digits = written.replace(/[\s()./-]/g, '');
  if (/^\+[1-9]\d{6,14}$/.test(digits)) return { value: digits };
  return {
    error: /^\d+$/.test(digits)
      ? `“${text}” has no country code. Write it like +46-84401200.`
      : `“${text}” is not a phone number. Write it like +46-84401200.`,
  };
};

const checkEmail: Check = (text) => {
  const email = parseEmail(text);
  return email === undefined ? { error: `“${text}” is not an e-mail address.` } : { value: email };
};

const checkMpnId: Check = (text) =>
  /^\d{4,12}$/.test(text)
    ? { value: text }
    : { error: `“${text}” is not an MPN ID. It is made of digits, like 4783211.` };

function checkCurrency(text: string): Checked<string> {
  const code = text.toUpperCase();
  return CURRENCIES.has(code)
    ? { value: code }
    : { error: `“${text}” is not a currency. Write its three letters, like EUR.` };
}

function checkDomains(text: string): Checked<readonly string[]> {
  const words = [...new Set(text.split(/[\s,;]+/).filter(Boolean))];
  const named = words.map((word) => ({ word, domain: domainToASCII(word.toLowerCase()) }));
  const wrong = named.find(({ domain }) => domain.length > 253 || !DOMAIN.test(domain));
  if (wrong !== undefined) {
    return { error: `“${wrong.word}” is not a domain. Write it like contoso.example.` };
  }
  const domains = [...new Set(named.map(({ domain }) => domain))];
  return domains.length > MOST_DOMAINS
    ? { error: `Up to ${MOST_DOMAINS} domains fit here; these are ${domains.length}.` }
    : { value: domains };
}

const CHECKS: Readonly<Record<Exclude<Field, 'name' | 'domains' | 'currency'>, Check>> = {
  address1: upTo(LONGEST_TEXT),
  address2: upTo(LONGEST_TEXT),
  postalCode: checkPostalCode,
  city: upTo(LONGEST_TEXT),
  state: upTo(LONGEST_TEXT),
  country: checkCountry,
  phone: checkPhone,
  contactFirstName: upTo(LONGEST_TEXT),
  contactLastName: upTo(LONGEST_TEXT),
  contactEmail: checkEmail,
  contactPhone: checkPhone,
  mpnId: checkMpnId,
};

const tidy = (text: string) => text.trim().replace(/\s+/g, ' ');
const orNothing =
  (check: Check): Check =>
  (text) =>
    text === '' ? { value: null } : check(text);

/** What is kept of what was typed, and what is wrong with it, field by field. */
export function checkValues(values: OrganizationValues): {
  readonly kept: Kept;
  readonly errors: OrganizationErrors;
} {
  const errors: { [field in Field]?: string } = {};
  const take = <T>(field: Field, checked: Checked<T>, otherwise: T): T => {
    if ('value' in checked) return checked.value;
    errors[field] = checked.error;
    return otherwise;
  };
  const plain = Object.entries(CHECKS).map(([name, check]) => {
    const field = name as keyof typeof CHECKS;
    return [field, take(field, orNothing(check)(tidy(values[field])), null)] as const;
  });
  const kept: Kept = {
    ...(Object.fromEntries(plain) as Record<keyof typeof CHECKS, string | null>),
    name: take('name', checkName(tidy(values.name)), ''),
    domains: take<readonly string[]>('domains', checkDomains(values.domains), []),
    currency: take('currency', checkCurrency(tidy(values.currency)), ''),
  };
  return { kept, errors };
}
