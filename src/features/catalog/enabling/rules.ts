import { parseEmail } from '../../../chat/email.ts';

/** What is typed when an offering is enabled. */
export type EnableValues = {
  readonly contactName: string;
  readonly contactEmail: string;
  readonly mpnId: string;
  readonly domain: string;
  readonly migrate: boolean;
  readonly confirmed: boolean;
};
export type EnableErrors = { readonly [field in keyof EnableValues]?: string | undefined };

/** What an offering asks of the organization that gets it. */
export type Needs = {
  readonly name: string;
  readonly vendor: string;
  readonly needsMpnId: boolean;
  readonly needsDomain: boolean;
  readonly domainSuffix: string | null;
};

export type Checked = {
  readonly contactName: string;
  readonly contactEmail: string;
  readonly mpnId: string | null;
  readonly domain: string | null;
  readonly isMigration: boolean;
};

/** A store asks for the MPN ID, a customer for the domain and the confirmation. */
export const asksMpnId = (needs: Pick<Needs, 'needsMpnId'>, isCustomer: boolean): boolean =>
  needs.needsMpnId && !isCustomer;
export const asksDomain = (needs: Pick<Needs, 'needsDomain'>, isCustomer: boolean): boolean =>
  needs.needsDomain && isCustomer;

const LONGEST_NAME = 100;

/** What is wrong with each field by itself, and what is kept where nothing is. */
export function checkEnabling(
  values: EnableValues,
  needs: Needs,
  isCustomer: boolean,
): { readonly kept: Checked } | { readonly errors: EnableErrors } {
  const contactName = values.contactName.trim().replace(/\s+/g, ' ');
  const contactEmail = parseEmail(values.contactEmail);
  const mpnId = asksMpnId(needs, isCustomer) ? values.mpnId.replace(/\s/g, '') : undefined;
  const domain = asksDomain(needs, isCustomer) ? completeDomain(values.domain, needs) : undefined;
  const errors: EnableErrors = {
    contactName: nameError(contactName),
    contactEmail: contactEmail === undefined ? emailError(values.contactEmail.trim()) : undefined,
    mpnId: mpnId === undefined ? undefined : mpnError(mpnId, needs),
    domain: domain === undefined ? undefined : domainError(domain, needs),
    confirmed:
      isCustomer && !values.confirmed ? `Confirm it: without that ${needs.name} is not added.` : undefined,
  };
  if (contactEmail === undefined || Object.values(errors).some((error) => error !== undefined))
    return { errors };
  return {
    kept: {
      contactName,
      contactEmail,
      mpnId: mpnId ?? null,
      domain: domain ?? null,
      isMigration: isCustomer && values.migrate,
    },
  };
}

function nameError(name: string): string | undefined {
  if (name === '') return 'Write the name of the contact person.';
  return [...name].length > LONGEST_NAME ? `The name is too long: ${LONGEST_NAME} letters fit.` : undefined;
}

const emailError = (typed: string): string =>
  typed === '' ? 'Write the contact’s e-mail address.' : `“${typed}” is not an e-mail address.`;

function mpnError(mpnId: string, { vendor }: Needs): string | undefined {
  if (mpnId === '') return `Write your MPN ID: the number that ${vendor} gives its partners.`;
  return /^\d{5,10}$/.test(mpnId) ? undefined : `“${mpnId}” is not an MPN ID: it has 5 to 10 digits.`;
}

/** Of `contoso` the domain is `contoso.onmicrosoft.com`, where the offering's domains end so. */
function completeDomain(typed: string, { domainSuffix }: Needs): string {
  const domain = typed.trim().toLowerCase();
  return domain === '' || domainSuffix === null || domain.includes('.')
    ? domain
    : `${domain}.${domainSuffix}`;
}

const LABEL = '[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?';
const DOMAIN = new RegExp(`^(?:${LABEL}\\.)+[a-z]{2,63}$`);

function domainError(domain: string, { domainSuffix }: Needs): string | undefined {
  const example = exampleDomain(domainSuffix);
  if (domain === '') return `Write the domain name, such as ${example}.`;
  if (domain.length > 253 || !DOMAIN.test(domain))
    return `“${domain}” is not a domain name. Write it like ${example}.`;
  if (domainSuffix === null) return undefined;
  const own = domain.endsWith(`.${domainSuffix}`) ? domain.slice(0, -domainSuffix.length - 1) : '';
  return own === '' || own.includes('.')
    ? `The domain name has to be one word before .${domainSuffix}, such as ${example}.`
    : undefined;
}

export const exampleDomain = (suffix: string | null): string => `customer.${suffix ?? 'example'}`;

/** One way to understand words: the offerings that some of them name, and the rest, which is for an organization. */
export type Split<T> = { readonly offerings: readonly T[]; readonly organization: string };

/**
 * How words may be meant that name an offering and an organization, in this order or the other, in full or in part:
 * `microsoft o365 contoso`, `contoso o365`. The likeliest comes first: the most words that name an offering.
 */
export function splitNames<T extends { readonly name: string }>(
  words: readonly string[],
  offerings: readonly T[],
): Split<T>[] {
  const most = Math.max(0, ...offerings.map(({ name }) => name.split(/\s+/).length));
  const lengths = Array.from({ length: Math.min(words.length, most) }, (_, index) => index + 1).reverse();
  return lengths.flatMap((length) => {
    const ends = length === words.length ? [0] : [0, words.length - length];
    const runs = ends.map((start) => ({
      typed: words
        .slice(start, start + length)
        .join(' ')
        .toLowerCase(),
      organization: words.toSpliced(start, length).join(' '),
    }));
    const found = (fits: (name: string, typed: string) => boolean) =>
      runs.map(({ typed, organization }) => ({
        offerings: offerings.filter(({ name }) => fits(name.toLowerCase(), typed)),
        organization,
      }));
    return [
      ...found((name, typed) => name === typed),
      ...found((name, typed) => name.includes(typed)),
    ].filter((split) => split.offerings.length > 0);
  });
}
