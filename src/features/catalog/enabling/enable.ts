import { type Asked, newOnce, record, scopeOf } from '../../../bot/index.ts';
import type { Reply } from '../../../chat/reply.ts';
import { type OrganizationDetails, organizationDetails } from '../../organizations/details.ts';
import { missingForOrdering } from '../../organizations/rules.ts';
import { loadEnabled } from '../store.ts';
import { withNamed } from './named.ts';
import {
  detailsMissing,
  enabledDone,
  enableForm,
  hasItAlready,
  nothingToEnable,
  notInStore,
  notYoursToEnable,
  outdatedForm,
  whichOffering,
} from './replies.ts';
import { checkEnabling, type EnableErrors, type EnableValues } from './rules.ts';
import {
  claimDomain,
  hasOffering,
  loadBelow,
  loadDomainEnding,
  loadOffering,
  loadParent,
  lockOffering,
  type Offering,
  saveEnabled,
} from './store.ts';

/** `enable microsoft contoso`: the form that adds an offering to the own store, or to a customer. */
export async function enableOffering(asked: Asked, words: readonly string[]): Promise<Reply> {
  return withNamed(asked, words, async (among, of) => {
    const [only, ...others] = among;
    return only !== undefined && others.length === 0 ? openForm(asked, only, of) : choose(asked, among, of);
  });
}

async function choose(asked: Asked, among: readonly Offering[], of: OrganizationDetails): Promise<Reply> {
  const has = new Set((await loadEnabled(asked.db, of.id)).map(({ id }) => id));
  const left = among.filter(({ id }) => !has.has(id));
  return left.length === 0 ? nothingToEnable(of.name) : whichOffering(of.name, left);
}

async function openForm(asked: Asked, offering: Offering, of: OrganizationDetails): Promise<Reply> {
  const refused = await refusal(asked, offering, of);
  if (refused !== undefined) return refused;
  const { domainSuffix } = offering;
  const domain = domainSuffix === null ? undefined : await loadDomainEnding(asked.db, of.id, domainSuffix);
  return form(offering, of, {
    contactName: [of.contactFirstName, of.contactLastName].filter(Boolean).join(' '),
    contactEmail: of.contactEmail ?? '',
    mpnId: of.mpnId ?? '',
    domain: domain ?? '',
    migrate: false,
    confirmed: false,
  });
}

function form(
  offering: Offering,
  of: OrganizationDetails,
  values: EnableValues,
  errors?: EnableErrors,
): Reply {
  return enableForm({
    organization: of.name,
    organizationId: of.id,
    offering,
    isCustomer: of.kind === 'customer',
    values,
    errors,
    once: newOnce(),
  });
}

/** Why this organization can't have the offering now; nothing where it can. */
async function refusal(
  asked: Asked,
  offering: Offering,
  of: OrganizationDetails,
): Promise<Reply | undefined> {
  if (!mayEnable(asked, of)) return notYoursToEnable(of.name);
  if (await hasOffering(asked.db, of.id, offering.id)) return hasItAlready(of.name, of.kind, offering);
  const parent = await loadParent(asked.db, of.id);
  if (parent !== undefined && !(await hasOffering(asked.db, parent.id, offering.id))) {
    const seen = await organizationDetails(asked.db, scopeOf(asked.member.organization), parent.id);
    return notInStore(of.name, offering, seen?.name);
  }
  const missing = of.kind === 'customer' ? missingForOrdering(of) : [];
  return missing.length > 0 ? detailsMissing(of.name, offering, missing) : undefined;
}

/** A reseller: the own store and its customers. The account managers of the provider: customers. */
export const mayEnable = ({ member }: Asked, of: OrganizationDetails): boolean =>
  member.role === 'provider admin' || of.kind === 'customer' || member.organization.id === of.id;

type Sent = EnableValues & { readonly offering: number; readonly organization: number };

/** The form that was sent: the offering is added, or the form comes back with what is wrong beside its fields. */
export async function submitEnable(
  asked: Asked,
  { offering: id, organization, ...values }: Sent,
): Promise<Reply> {
  await lockOffering(asked.db, id);
  const offering = await loadOffering(asked.db, id);
  const scope = scopeOf(asked.member.organization);
  const of = await organizationDetails(asked.db, scope, organization);
  if (offering === undefined || of === undefined) return outdatedForm();
  return { ...(await add(asked, offering, of, values)), position: 'instead' };
}

async function add(
  asked: Asked,
  offering: Offering,
  of: OrganizationDetails,
  values: EnableValues,
): Promise<Reply> {
  const refused = await refusal(asked, offering, of);
  if (refused !== undefined) return refused;
  const checked = checkEnabling(values, offering, of.kind === 'customer');
  if ('errors' in checked) return form(offering, of, values, checked.errors);
  const { kept } = checked;
  if (kept.domain !== null && !(await claimDomain(asked.db, of.id, kept.domain)))
    return form(offering, of, values, {
      domain: `${kept.domain} belongs to another organization. Write one of ${of.name}.`,
    });
  const saved = await saveEnabled(asked.db, of.id, offering.id, kept, {
    by: asked.member.name,
    at: asked.now,
  });
  if (!saved) return hasItAlready(of.name, of.kind, offering);
  const details = [kept.domain, kept.mpnId && `MPN ID ${kept.mpnId}`, kept.isMigration && 'migration'];
  const said = details.filter(Boolean).join(', ');
  await record(asked, {
    organizationId: of.id,
    orderId: null,
    kind: 'enable',
    summary: `Enabled ${offering.name}${said === '' ? '' : ` (${said})`}, contact ${kept.contactName} <${kept.contactEmail}>`,
    after: { offering: offering.name, ...kept },
  });
  const scope = scopeOf(asked.member.organization);
  const next = of.kind === 'customer' ? [] : await loadBelow(asked.db, scope, of.id, offering.id, false);
  return enabledDone(
    of,
    offering,
    kept,
    next.map(({ name }) => name),
  );
}
