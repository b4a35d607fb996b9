// `credentials`: the first administrator of a customer's tenant. The password is given out one time only, by letter.
import { type Asked, CHANGERS, newOnce, placeOfAnswer, record, scopeOf } from '../../bot/index.ts';
import { parseEmail } from '../../chat/email.ts';
import type { Reply } from '../../chat/reply.ts';
import { customerNamed, inCustomerView, inView, type View, viewOf } from '../organizations/view.ts';
import {
  administrator,
  credentialsForm,
  noMail,
  noSuchAccount,
  noTenant,
  notRequested,
  whichTenant,
} from './replies.ts';
import { credentialsTrack } from './rules.ts';
import { loadTenant, loadTenants, saveWish, type Tenant } from './store.ts';

export const CREDENTIALS = 'accounts.credentials';

const mayAsk = ({ member }: Asked): boolean => CHANGERS.includes(member.role);

/** `credentials contoso [microsoft o365] [carla@contoso.example]` */
export async function credentials(asked: Asked, words: readonly string[]): Promise<Reply> {
  const email = words.find((word) => parseEmail(word) !== undefined);
  const rest = words.filter((word) => word !== email);
  if (rest.length === 0) return inCustomerView(asked, (view) => ofCustomer(view, [], email));
  const whole = await customerNamed(asked, rest.join(' '));
  if (whole.kind === 'found')
    return inView(viewOf(asked, whole.customer), (view) => ofCustomer(view, [], email));
  for (let length = rest.length - 1; length > 0; length--) {
    const named = await customerNamed(asked, rest.slice(0, length).join(' '));
    if (named.kind === 'found') {
      const offering = rest.slice(length);
      return inView(viewOf(asked, named.customer), (view) => ofCustomer(view, offering, email));
    }
  }
  return whole.reply;
}

async function ofCustomer(
  view: View,
  offering: readonly string[],
  email: string | undefined,
): Promise<Reply> {
  const { customer } = view;
  const tenants = await loadTenants(view.db, view.viewer.scope, customer.id);
  const typed = offering.join(' ').toLowerCase();
  const named = tenants.filter((one) => one.offering.toLowerCase().includes(typed));
  const [only, ...others] = named.length > 0 ? named : tenants;
  if (only === undefined) return noTenant(customer.name);
  if (others.length > 0) return whichTenant(customer.name, tenants);
  // It can be done only once: an address that was typed is shown again before anything is sent.
  return told(view, only) ?? showForm(only, email ?? only.contactEmail);
}

/** What there is to be said instead of asking the provider. */
function told(asked: Asked, tenant: Tenant): Reply | undefined {
  if (tenant.requestedAt !== null) return administrator(tenant, mayAsk(asked));
  if (!mayAsk(asked)) return notRequested(tenant.name);
  return asked.settings.mail ? undefined : noMail(tenant.name);
}

function showForm(tenant: Tenant, email: string, error?: string): Reply {
  return credentialsForm({
    organization: tenant.name,
    offering: tenant.offering,
    account: `${tenant.id}-${tenant.offeringId}`,
    domain: tenant.domain,
    email,
    errors: error === undefined ? undefined : { email: error },
    once: newOnce(),
  });
}

export async function submitCredentials(asked: Asked, key: string, email: string): Promise<Reply> {
  const [organizationId = 0, offeringId = 0] = key.split('-').map(Number);
  const scope = scopeOf(asked.member.organization);
  const tenant = /^\d{1,9}-\d{1,9}$/.test(key)
    ? await loadTenant(asked.db, scope, organizationId, offeringId)
    : undefined;
  const reply = tenant === undefined ? noSuchAccount('', []) : await request(asked, tenant, email);
  return { ...reply, ...(tenant && { about: tenant.id }), position: 'instead' };
}

async function request(asked: Asked, tenant: Tenant, typed: string): Promise<Reply> {
  const instead = told(asked, tenant);
  if (instead !== undefined) return instead;
  const email = parseEmail(typed);
  if (email === undefined) {
    const error =
      typed.trim() === '' ? 'Type the e-mail address.' : `“${typed.trim()}” is not an e-mail address.`;
    return showForm(tenant, typed, error);
  }
  const { id: organizationId, offeringId } = tenant;
  const wish = {
    organizationId,
    offeringId,
    sentTo: email,
    requestedBy: asked.member.name,
    requestedAt: asked.now,
  };
  const isFirst = await saveWish(asked.db, wish);
  const now = await loadTenant(asked.db, { kind: 'all' }, organizationId, offeringId);
  if (!isFirst) return administrator(now ?? tenant, mayAsk(asked));
  await record(asked, {
    organizationId,
    orderId: null,
    kind: 'credentials',
    summary: `Requested the admin credentials of ${tenant.domain}`,
    after: { offering: tenant.offering, domain: tenant.domain },
  });
  const data = { organizationId, offeringId, at: asked.now.toISOString(), place: placeOfAnswer(asked) };
  await asked.jobs.enqueue(asked.db, CREDENTIALS, data);
  return administrator(
    now ?? tenant,
    mayAsk(asked),
    `${credentialsTrack(organizationId, offeringId)}:${asked.now.getTime()}`,
  );
}
