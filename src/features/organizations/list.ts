import { type Asked, PAGE_SIZE, pageOf, scopeOf } from '../../bot/index.ts';
import type { Reply } from '../../chat/reply.ts';
import { countryName } from './countries.ts';
import { organizationList } from './replies.ts';
import { mayCreate } from './rules.ts';
import { countOrganizations, loadOrganizations, type OrganizationRecord } from './store.ts';

/** Longer than anything that is found. */
const LONGEST_SEARCH = 100;

/** `organizations [text]` */
export async function listOrganizations(asked: Asked, words: readonly string[], page = 1): Promise<Reply> {
  const { db, member } = asked;
  const scope = scopeOf(member.organization);
  const text = [...words.join(' ')].slice(0, LONGEST_SEARCH).join('');
  const { total, resellers, customers } = await countOrganizations(db, scope, text);
  const paging = pageOf(page, total);
  const found = await loadOrganizations(db, scope, text, (paging.page - 1) * PAGE_SIZE, PAGE_SIZE);
  return organizationList({
    ...paging,
    organization: member.organization.name,
    text: text || undefined,
    resellers,
    customers,
    organizations: found.map(asRow),
    mayCreate: mayCreate(member.role).length > 0,
  });
}

function asRow(of: OrganizationRecord) {
  const country = of.country === null ? null : countryName(of.country);
  return {
    name: of.name,
    kind: of.kind,
    parent: of.parent ?? undefined,
    place: [of.city, country].filter(Boolean).join(', '),
    contact: [of.contactFirstName, of.contactLastName].filter(Boolean).join(' '),
    contactEmail: of.contactEmail ?? undefined,
    mpnId: of.mpnId ?? undefined,
  };
}
