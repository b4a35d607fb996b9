import { chatChoiceCard } from '../../../cards/chat-choice.ts';
import { chatDoneCard } from '../../../cards/chat-done.ts';
import { chatRefusalCard } from '../../../cards/chat-refusal.ts';
import { count, list } from '../../../cards/format.ts';
import { type OrganizationField, titleOf } from '../../../cards/organizations.ts';
import { type OrganizationsChanged, organizationsChangedCard } from '../../../cards/organizations-changed.ts';
import { organizationsDetailsCard } from '../../../cards/organizations-details.ts';
import { type OrganizationsForm, organizationsFormCard } from '../../../cards/organizations-form.ts';
import { type OrganizationsList, organizationsListCard } from '../../../cards/organizations-list.ts';
import { type Organization, tell } from '../../bot/index.ts';
import type { Reply } from '../../chat/reply.ts';
import { quoted } from '../../chat/words.ts';
import { countryName } from './countries.ts';
import type { SaidField } from './rules.ts';
import type { Customer, OrganizationDetails } from './store.ts';

/** As many are buttons; more are a list. */
const MOST_BUTTONS = 6;
/** How long a command may be, as a button carries it, to be said again after the choice. */
const LONGEST_REPEATED = 1500;
/** Of more than these one is searched for. */
const MOST_LISTED = 99;
const HOLDS = 'Orders belong to one customer. Your choice holds for you in this conversation.';

type Before = {
  /** Who was chosen before. */
  readonly last?: Customer | undefined;
  /** What was typed, and why that is nobody. */
  readonly typed?: string;
  readonly error?: string;
};

/** `then` is the command that asked, to be carried out once the customer is chosen. */
export function whichCustomer(
  customers: readonly Customer[],
  then: string,
  { last, typed, error }: Before = {},
): Reply {
  if (customers.length === 0) return noCustomers();
  const question = 'Which customer?';
  const others = customers.filter(({ id }) => id !== last?.id);
  const listed = (last === undefined ? others : [last, ...others]).slice(0, MOST_LISTED);
  return tell(
    [question, error].filter(Boolean).join('\n'),
    chatChoiceCard({
      question,
      error,
      typed,
      detail: last === undefined ? HOLDS : `You used ${last.name} last. ${HOLDS}`,
      choices: listed.map(({ id, name }) => ({ title: name, value: String(id) })),
      likely: last && String(last.id),
      answer: {
        verb: 'organizations.use',
        field: 'choice',
        with: then !== '' && JSON.stringify(then).length <= LONGEST_REPEATED ? { next: then } : {},
        search: 'customers',
      },
    }),
  );
}

/** The question once more, with what was typed. */
export function customerAgain(customers: readonly Customer[], then: string, typed: string): Reply {
  const error = typed === '' ? 'Choose a customer.' : noCustomerOf(typed);
  return { ...whichCustomer(customers, then, { typed, error }), position: 'instead' };
}

const noCustomerOf = (name: string): string => `There is no customer “${name}” that you can see.`;

/** In a channel, one who may can make it the channel's customer. */
export function nowUsing(
  customer: Customer,
  { mayBind, mayOrder }: { readonly mayBind: boolean; readonly mayOrder: boolean },
): Reply {
  const answer = `You now see the orders of ${customer.name}.`;
  const buttons = [
    ...USE_BUTTONS,
    ...(mayOrder ? [{ title: 'New order', command: 'new order' }] : []),
    ...(mayBind ? [{ title: 'For everybody here', command: `use ${quoted(customer.name)} here` }] : []),
  ];
  return tell(answer, chatDoneCard({ organization: customer.name, answer, buttons }));
}

export const USE_BUTTONS = [
  { title: 'Orders', command: 'orders' },
  { title: 'Free units', command: 'free' },
  { title: 'Associate', command: 'associate' },
];

export function stillUsing(customer: Customer, others: readonly Customer[]): Reply {
  const answer = `You see the orders of ${customer.name}.`;
  if (others.length > MOST_BUTTONS) return { ...whichCustomer(others, ''), text: `${answer} Which else?` };
  const buttons = others.map(({ name }) => ({ title: name, command: `use ${quoted(name)}` }));
  return tell(answer, chatDoneCard({ organization: customer.name, answer, buttons }));
}

/** What a button says of a customer, whose name comes in quotes where it needs them. */
export type CommandFor = (customer: string) => string;
const use: CommandFor = (customer) => `use ${customer}`;

export function noSuchCustomer(name: string, customers: readonly Customer[], command = use): Reply {
  const problem = noCustomerOf(name);
  const buttons = customers
    .slice(0, MOST_BUTTONS)
    .map((customer) => ({ title: customer.name, command: command(quoted(customer.name)) }));
  return tell(problem, chatRefusalCard({ problem, buttons }));
}

export function isNoCustomer(
  { name, kind }: Organization,
  customers: readonly Customer[],
  command = use,
): Reply {
  const problem = `${name} is ${kind === 'provider' ? 'the provider' : `a ${kind}`}, not a customer.`;
  const shown = customers.slice(0, customers.length > MOST_BUTTONS ? MOST_BUTTONS - 1 : MOST_BUTTONS);
  const more = customers.length - shown.length;
  const names = [...shown.map((one) => one.name), ...(more > 0 ? [`${more} more`] : [])];
  const remedy =
    customers.length === 0
      ? 'It has no customers yet.'
      : `Its ${customers.length === 1 ? 'customer is' : 'customers are'} ${list(names)}.`;
  return refusal(problem, remedy, [
    ...shown.map((one) => ({ title: one.name, command: command(quoted(one.name)) })),
    ...(more > 0 ? [{ title: 'All of them', command: `organizations ${quoted(name)}` }] : []),
  ]);
}

const noCustomers = (): Reply =>
  refusal('There is no customer yet.', 'Create the first one.', [
    { title: 'New organization', command: 'new organization' },
    { title: 'Import', command: 'import' },
  ]);

export function refusal(
  problem: string,
  remedy?: string,
  buttons?: { title: string; command: string }[],
): Reply {
  return tell(remedy ? `${problem} ${remedy}` : problem, chatRefusalCard({ problem, remedy, buttons }));
}

/** The same, where a choice is one command. */
export function whichOfThem(customers: readonly Customer[], command: CommandFor): Reply {
  const question = 'Which customer?';
  const choices = customers.map(({ name }) => ({ title: name, value: command(quoted(name)) }));
  return tell(question, chatChoiceCard({ question, choices }));
}

export function organizationList(data: OrganizationsList): Reply {
  const { organization, total, text } = data;
  const found = `${count(total, 'organization')}${text ? ` with “${text}”` : ''}`;
  const lines = data.organizations.map((one) => {
    const of = one.parent === undefined ? one.kind : `${one.kind} of ${one.parent}`;
    return [`${one.name} (${of})`, one.place, one.contact].filter(Boolean).join(', ');
  });
  return tell([`${organization}: ${found}`, ...lines].join('\n'), organizationsListCard(data));
}

type Shown = {
  readonly details: OrganizationDetails;
  readonly markupBp: number | undefined;
  readonly missing: readonly string[];
  readonly mayChange: boolean;
  readonly news?: string;
  /** It is new, and this person says what is added to its prices. */
  readonly setsMarkup?: boolean;
};

export function organizationCard({ details: of, ...shown }: Shown): Reply {
  const card = organizationsDetailsCard({
    id: of.id,
    name: of.name,
    kind: of.kind,
    parent: of.parent ?? undefined,
    address: [of.address1, of.address2].filter((line) => line !== null),
    city: of.city ?? undefined,
    state: of.state ?? undefined,
    postalCode: of.postalCode ?? undefined,
    country: of.country === null ? undefined : countryName(of.country),
    phone: of.phone ?? undefined,
    contact: {
      firstName: of.contactFirstName ?? undefined,
      lastName: of.contactLastName ?? undefined,
      email: of.contactEmail ?? undefined,
      phone: of.contactPhone ?? undefined,
    },
    domains: of.domains,
    mpnId: of.mpnId ?? undefined,
    currency: of.currency,
    ...shown,
  });
  const lines = [
    ...(shown.news === undefined ? [] : [shown.news]),
    of.parent === null ? `${of.name}, the provider.` : `${of.name}, a ${of.kind} of ${of.parent}.`,
    ...(shown.missing.length > 0 ? [`Before anything can be ordered, add ${list(shown.missing)}.`] : []),
    ...(shown.setsMarkup
      ? [`Nothing is added to its prices yet. To add 15 %: markup ${quoted(of.name)} 15`]
      : []),
  ];
  return tell(lines.join('\n'), card);
}

export const noSuchOrganization = (name: string): Reply =>
  refusal(`There is no organization “${name}” that you can see.`, 'Write part of its name.', [
    { title: 'Organizations', command: 'organizations' },
  ]);

export function whichOrganization(found: readonly Organization[], command: string): Reply {
  const question = 'Which organization?';
  const choices = found.map(({ name }) => ({ title: name, value: `${command} ${quoted(name)}` }));
  return tell(question, chatChoiceCard({ question, choices }));
}

export function organizationForm(data: OrganizationsForm): Reply {
  const wrong = [...(data.problem === undefined ? [] : [data.problem]), ...Object.values(data.errors ?? {})];
  const title = data.organization === undefined ? 'New organization' : `Change ${data.organization}`;
  return tell([title, ...wrong].join('\n'), organizationsFormCard(data));
}

export function organizationSaved(data: OrganizationsChanged): Reply {
  const lines = data.changes.map(
    ({ field, before, after }) => `${field}: ${before || '–'} → ${after || '–'}`,
  );
  const answer = lines.length === 0 ? `Everything of ${data.name} is as it was.` : `${data.name} is changed.`;
  return tell([answer, ...lines].join('\n'), organizationsChangedCard(data));
}

export const mayNotChange = (name: string): Reply =>
  refusal(`Your role does not let you change ${name}.`, 'Ask an admin of the provider or reseller.', [
    { title: name, command: `organization ${quoted(name)}` },
  ]);

/** Beside a field that others changed since the form was opened, where something else was typed or nothing. */
export const changedMeanwhile = (now: string, typed: boolean): string =>
  typed
    ? `Somebody else has just made it ${now === '' ? 'empty' : `“${now.replaceAll('\n', ', ')}”`}. Save again to put yours in its place.`
    : 'Somebody else has just changed it to this. Save again to keep it so.';

export const nameTaken = (name: string): string => `The name “${name}” is taken. Choose another one.`;
export const noSuchParent = (word: string): string =>
  word.trim() === ''
    ? 'Choose whose it is.'
    : `There is no one “${word}” to whom it could belong. Write the name of the provider or a reseller.`;
export const ofProvider = (provider = 'the provider'): string => `A reseller belongs to ${provider}.`;
/** The owner is named only to who may see it. */
export const domainsTaken = (
  taken: readonly { readonly domain: string; readonly owner: string | null }[],
): string =>
  taken.map(({ domain, owner }) => `${domain} belongs to ${owner ?? 'another organization'}.`).join(' ');

/** What was typed as a field and is none; the markup has a command of its own. */
export const noSuchField = (word: string, fields: readonly string[]): string =>
  `There is no field “${word}”. There are: ${fields.join(', ')}.`;
export const markupApart = (organization: string): string =>
  `The markup has a command of its own: markup ${quoted(organization)} 15`;
const CALLED = { kind: 'what it is', parent: 'whose it is', mpnId: 'the MPN ID' } as const;
export function mayNotChangeFields(fields: readonly (SaidField | 'markup')[]): string {
  const called = (field: SaidField | 'markup') =>
    field === 'markup' ? 'the markup' : `the ${titleOf(field as OrganizationField).toLowerCase()}`;
  return `You may not change ${list(fields.map((field) => CALLED[field as keyof typeof CALLED] ?? called(field)))}.`;
}
