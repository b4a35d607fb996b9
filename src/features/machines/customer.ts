// For resale or for own use, and of whom the order is then.
import { type Asked, newOnce, record, scopeOf } from '../../bot/index.ts';
import { parseEmail } from '../../chat/email.ts';
import type { Json } from '../../chat/place.ts';
import type { Reply } from '../../chat/reply.ts';
import { checkFirstMarkup, maySayMarkup, setFirstMarkup } from '../catalog/markup/first.ts';
import { enabledFor } from '../catalog/offered.ts';
import { saveDraft } from '../ordering/drafts.ts';
import { createCustomer } from '../organizations/create.ts';
import { organizationDetails } from '../organizations/details.ts';
import { chooseCustomer } from '../organizations/use.ts';
import { customersOf, type View, viewOf } from '../organizations/view.ts';
import { followInBasket } from './buy.ts';
import { type Configuring, loadConfiguring } from './load.ts';
import { mayResell, showPurpose, useForItself } from './purpose.ts';
import { customerForm, notResold } from './replies.ts';
import { inMachines } from './steps.ts';
import { enableFor, loadCurrency, loadParent, moveOrder } from './store.ts';

export const openPurpose = (asked: Asked, order: string): Promise<Reply> =>
  inMachines(asked, order, (view, of) => showPurpose(view, of.order.number));

export function forOwnUse(asked: Asked, order: string): Promise<Reply> {
  return inMachines(asked, order, async (view, of) => {
    await useForItself(view, of.order.id);
    return checkOut(view, of.order.number);
  });
}

export const NEW = 'new';
export type CustomerValues = Readonly<
  Record<
    | 'customer'
    | 'email'
    | 'company'
    | 'firstName'
    | 'lastName'
    | 'phone'
    | 'address'
    | 'postalCode'
    | 'city'
    | 'country'
    | 'markup',
    string
  >
>;
type Errors = { readonly [field in keyof CustomerValues]?: string | undefined };

const EMPTY: CustomerValues = {
  customer: NEW,
  email: '',
  company: '',
  firstName: '',
  lastName: '',
  phone: '',
  address: '',
  postalCode: '',
  city: '',
  country: '',
  markup: '',
};

async function showCustomerForm(
  view: View,
  of: Configuring,
  values: CustomerValues,
  errors?: Errors,
): Promise<Reply> {
  const parent = await loadParent(view.db, view.customer.id);
  return customerForm({
    organization: view.customer.name,
    asksMarkup: parent !== undefined && maySayMarkup(view, parent.id),
    order: String(of.order.number),
    customers: await customersOf(view),
    values,
    errors,
    once: newOnce(),
  });
}

export const forResale = (asked: Asked, order: string): Promise<Reply> =>
  inMachines(asked, order, (view, of) => {
    if (!mayResell(view)) return notResold(view.customer.name);
    return showCustomerForm(view, of, {
      ...EMPTY,
      customer: of.order.purpose === null ? NEW : String(view.customer.id),
    });
  });

/** Whom machines for resale are for, as `orders.end_customer` keeps it. */
type EndCustomer = {
  readonly organizationId: number;
  readonly company: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly email: string;
  readonly phone: string;
};
type Found = { readonly end: EndCustomer } | { readonly errors: Errors };

/** The form that was sent: the order becomes one of that customer, at its prices; the basket shows it. */
export function submitCustomer(asked: Asked, order: string, values: CustomerValues): Promise<Reply> {
  return inMachines(asked, order, async (view, of) => {
    if (!mayResell(view)) return notResold(view.customer.name);
    const found =
      values.customer === NEW ? await newCustomer(view, of, values) : await knownCustomer(view, values);
    if ('errors' in found) return showCustomerForm(view, of, values, found.errors);
    return handOver(view, of, found.end);
  });
}

async function knownCustomer(view: View, values: CustomerValues): Promise<Found> {
  const customer = (await customersOf(view)).find(({ id }) => String(id) === values.customer);
  const details =
    customer && (await organizationDetails(view.db, scopeOf(view.member.organization), customer.id));
  if (details === undefined) return { errors: { customer: 'Choose one of your customers, or a new one.' } };
  const typed = values.email.trim();
  const email = typed === '' ? (details.contactEmail ?? undefined) : parseEmail(typed);
  if (email === undefined) {
    const none = `${details.name} has no contact with an e-mail address. Type one.`;
    return { errors: { email: typed === '' ? none : notAnEmail(typed) } };
  }
  return {
    end: {
      organizationId: details.id,
      company: details.name,
      firstName: details.contactFirstName ?? '',
      lastName: details.contactLastName ?? '',
      email,
      phone: details.phone ?? '',
    },
  };
}

const notAnEmail = (typed: string): string => `“${typed}” is not an e-mail address.`;

/** What an order needs to know of a customer, and what is said where it is missing. */
const NEEDED = {
  company: 'Write the name of the company.',
  firstName: 'Write the first name.',
  lastName: 'Write the last name.',
  phone: 'Write the phone number.',
  address: 'Write the address.',
  postalCode: 'Write the postal code.',
  city: 'Write the city.',
  country: 'Write the country.',
  email: 'Write the e-mail address: the activation e-mail goes there.',
} as const;

async function newCustomer(view: View, of: Configuring, values: CustomerValues): Promise<Found> {
  const missing = Object.entries(NEEDED).filter(
    ([field]) => values[field as keyof typeof NEEDED].trim() === '',
  );
  if (missing.length > 0) return { errors: Object.fromEntries(missing) };
  const email = parseEmail(values.email);
  if (email === undefined) return { errors: { email: notAnEmail(values.email.trim()) } };
  const parent = await loadParent(view.db, view.customer.id);
  const store = parent === undefined ? [] : await enabledFor(view.db, parent.id);
  if (parent === undefined || !store.some(({ id }) => id === of.order.offeringId)) {
    return { errors: { customer: 'The service is no longer in the store it is sold from.' } };
  }
  const currency = await loadCurrency(view.db, view.customer.id);
  const says = maySayMarkup(view, parent.id) ? values.markup : '';
  const markup = await checkFirstMarkup(view, says, { parentId: parent.id, currency });
  if ('error' in markup) return { errors: { markup: markup.error } };
  const made = await createCustomer(view, {
    parent: String(parent.id),
    name: values.company,
    contactFirstName: values.firstName,
    contactLastName: values.lastName,
    contactEmail: email,
    phone: values.phone,
    address1: values.address,
    postalCode: values.postalCode,
    city: values.city,
    country: values.country,
    currency,
  });
  if ('errors' in made) return { errors: errorsOf(made.errors) };
  await setFirstMarkup(view, made, markup.value);
  return {
    end: {
      organizationId: made.id,
      company: made.name,
      firstName: values.firstName.trim(),
      lastName: values.lastName.trim(),
      email,
      phone: values.phone.trim(),
    },
  };
}

const FIELD_OF: Readonly<Record<string, keyof CustomerValues>> = {
  name: 'company',
  contactFirstName: 'firstName',
  contactLastName: 'lastName',
  contactEmail: 'email',
  phone: 'phone',
  address1: 'address',
  postalCode: 'postalCode',
  city: 'city',
  country: 'country',
};

function errorsOf(errors: Readonly<Record<string, string | undefined>>): Errors {
  return Object.fromEntries(
    Object.entries(errors).map(([field, sentence]) => [FIELD_OF[field] ?? 'customer', sentence]),
  );
}

async function handOver(view: View, of: Configuring, end: EndCustomer): Promise<Reply> {
  const { db } = view;
  const { id, offeringId, number } = of.order;
  const to = viewOf(view, { id: end.organizationId, name: end.company });
  await enableFor(db, {
    organizationId: end.organizationId,
    offeringId: offeringId ?? 0,
    contactName: `${end.firstName} ${end.lastName}`.trim() || end.company,
    contactEmail: end.email,
    confirmedBy: view.member.name,
    at: view.now,
  });
  await moveOrder(db, id, {
    organizationId: end.organizationId,
    currency: await loadCurrency(db, end.organizationId),
  });
  await saveDraft(db, id, { purpose: 'resale', endCustomer: end as unknown as Json });
  // At the prices of the customer whose it is now.
  await followInBasket(to, await loadConfiguring(to, { ...of.order, organizationId: end.organizationId }));
  await record(to, {
    organizationId: end.organizationId,
    orderId: id,
    kind: 'purpose',
    summary: `Machines of order ${number} for resale to ${end.company}`,
    before: { organization: view.customer.name },
    after: { organization: end.company, email: end.email },
  });
  // Who goes on with it here goes on in the view of that customer.
  if (end.organizationId !== view.customer.id) await chooseCustomer(view, String(end.organizationId));
  return { ...(await checkOut(to, number)), about: end.organizationId };
}

/** On to the last look at the order before it is placed. */
const checkOut = (view: View, number: number): Promise<Reply> => view.again(view, `checkout ${number}`);
