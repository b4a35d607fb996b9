import { type Asked, type Organization, type Role, record, scopeOf } from '../../bot/index.ts';
import type { Reply } from '../../chat/reply.ts';
import { parseUser } from '../associations/rules.ts';
import {
  granted,
  noSuchOrganization,
  noSuchRole,
  notAMember,
  notAPerson,
  notThatRole,
  notYourself,
  revoked,
  roleDoesNotFit,
  whichOrganization,
  whoAndWhat,
  whom,
} from './replies.ts';
import { mayGrant, parseRole, ROLES_OF } from './rules.ts';
import { deleteMember, findOrganizations, isInScope, loadMember, saveMember } from './store.ts';

/** `grant carla@contoso.com customer admin contoso`; without an organization, one's own. */
export async function grant(asked: Asked, [who, ...words]: readonly string[]): Promise<Reply> {
  if (who === undefined || words.length === 0) return whoAndWhat();
  const email = parseUser(who);
  if (email === undefined) return notAPerson(who);
  const parsed = parseRole(words);
  if (parsed === undefined) return noSuchRole(words.join(' '));
  const { role, rest } = parsed;
  const refused = await mayChange(asked, email, role);
  if (refused !== undefined) return refused;

  const name = rest.join(' ');
  const found =
    name === ''
      ? [asked.member.organization]
      : await findOrganizations(asked.db, scopeOf(asked.member.organization), name);
  const [organization, ...others] = found;
  if (organization === undefined) return noSuchOrganization(name);
  if (others.length > 0) return whichOrganization(`grant ${email} ${role}`, found);
  if (!ROLES_OF[organization.kind].includes(role)) return roleDoesNotFit(role, organization);
  return give(asked, email, role, organization);
}

async function give(asked: Asked, email: string, role: Role, organization: Organization): Promise<Reply> {
  const before = await loadMember(asked.db, email);
  await saveMember(asked.db, {
    organizationId: organization.id,
    role,
    name: before?.name ?? email.split('@')[0] ?? email,
    email,
  });
  await record(asked, {
    organizationId: organization.id,
    orderId: null,
    kind: 'grant',
    summary: `Made ${email} ${role} of ${organization.name}`,
    ...(before && { before: { role: before.role, organization: before.organization } }),
    after: { role, organization: organization.name },
  });
  return granted(email, role, organization.name);
}

/** `revoke carla@contoso.com` */
export async function revoke(asked: Asked, [who]: readonly string[]): Promise<Reply> {
  if (who === undefined) return whom();
  const email = parseUser(who);
  if (email === undefined) return notAPerson(who);
  const member = await loadMember(asked.db, email);
  if (member === undefined) return notAMember(email);
  const refused = await mayChange(asked, email, member.role as Role);
  if (refused !== undefined) return refused;
  await deleteMember(asked.db, member.id);
  await record(asked, {
    organizationId: member.organizationId,
    orderId: null,
    kind: 'revoke',
    summary: `Took the role ${member.role} of ${member.organization} from ${email}`,
    before: { role: member.role, organization: member.organization },
  });
  return revoked(email, member.organization);
}

/** Nobody changes themselves, a role above their own, or somebody outside their scope. */
async function mayChange(asked: Asked, email: string, role: Role): Promise<Reply | undefined> {
  if (asked.person.email === email) return notYourself();
  const by = asked.member.role;
  if (!mayGrant(by, role)) return notThatRole(role);
  const now = await loadMember(asked.db, email);
  if (now === undefined) return undefined;
  const inScope = await isInScope(asked.db, scopeOf(asked.member.organization), now.organizationId);
  if (!inScope) return notAMember(email);
  return mayGrant(by, now.role as Role) ? undefined : notThatRole(now.role as Role);
}
