import { type Asked, record } from '../../bot/index.ts';
import { checkAll, findParent } from './check.ts';
import { mayCreate } from './rules.ts';
import { insertOrganization, saveDomains } from './store.ts';
import type { Kept, OrganizationErrors, OrganizationValues } from './values.ts';

export type Created =
  | { readonly id: number; readonly name: string }
  | { readonly errors: OrganizationErrors };

const EMPTY: OrganizationValues = {
  kind: 'customer',
  parent: '',
  name: '',
  address1: '',
  address2: '',
  postalCode: '',
  city: '',
  state: '',
  country: '',
  phone: '',
  contactFirstName: '',
  contactLastName: '',
  contactEmail: '',
  contactPhone: '',
  domains: '',
  mpnId: '',
  currency: '',
};

/** All values of the form, also those that were not said. */
export const complete = (values: Partial<OrganizationValues>): OrganizationValues => ({
  ...EMPTY,
  ...values,
});

/** Makes a customer of whom `values.parent` names, or else of who asks; or says what is wrong beside each field. */
export const createCustomer = (asked: Asked, values: Partial<OrganizationValues>): Promise<Created> =>
  createOrganization(asked, { ...values, kind: 'customer' });

export async function createOrganization(
  asked: Asked,
  values: Partial<OrganizationValues>,
): Promise<Created> {
  const whole = complete(values);
  const kind = mayCreate(asked.member.role).find((one) => one === whole.kind);
  if (kind === undefined) return { errors: { kind: 'Choose what it is.' } };
  const found = await findParent(asked, kind, whole.parent);
  const currency = whole.currency.trim() || ('parent' in found ? found.parent.currency : 'EUR');
  const { kept, errors } = await checkAll(asked, { ...whole, currency }, 0);
  if ('error' in found) return { errors: { ...errors, parent: found.error } };
  if (Object.keys(errors).length > 0) return { errors };

  const id = await insertOrganization(asked.db, kind, found.parent.id, kept);
  await saveDomains(asked.db, id, kept.domains);
  await record(asked, {
    organizationId: id,
    orderId: null,
    kind: 'new organization',
    summary: `Created the ${kind} ${kept.name} of ${found.parent.name}`,
    after: said({ ...kept, parent: found.parent.name }),
  });
  return { id, name: kept.name };
}

/** Without what is empty. */
const said = (kept: Kept & { readonly parent: string }): object =>
  Object.fromEntries(Object.entries(kept).filter(([, value]) => value !== null && value.length > 0));
