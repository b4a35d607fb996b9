import { type Asked, type Organization, type Role, record, scopeOf } from '../../bot/index.ts';
import type { Reply } from '../../chat/reply.ts';
import { isInScope } from '../../db/index.ts';
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
  takenElsewhere,
  whichOrganization,
  whoAndWhat,
  whom,
} from './replies.ts';
import { mayGrant, parseRole, ROLES_OF } from './rules.ts';
import { deleteMember, endPersonalNotices, findOrganizations, loadMember, saveMember } from './store.ts';

/** `grant carla@contoso.com customer admin contoso`; without an organization, one's own. */
export async function grant(asked: Asked, [who, ...words]: readonly string[]): Promise<Reply> {
  if (who === undefined || words.length === 0) return whoAndWhat();
  const email = parseUser(who);
  if (email === undefined) return notAPerson(who);
  const parsed = parseRole(words);
  if (parsed === undefined) return noSuchRole(words.join(' '));
  const { role, rest: name } = parsed;
  const refused = await mayGive(asked, email, role);
  if (refused !== undefined) return refused;

  const fits = (one: Organization) => ROLES_OF[one.kind].includes(role);
  const own = asked.member.organization;
  if (name === '' && fits(own)) return give(asked, email, role, own);
  const named = await findOrganizations(asked.db, scopeOf(own), name);
  const [organization, ...others] = named.filter(fits);
  const [other] = named;
  if (organization === undefined) {
    return name === '' || other === undefined ? noSuchOrganization(name) : roleDoesNotFit(role, other);
  }
  if (name === '' || others.length > 0)
    return whichOrganization(`grant ${email} ${role}`, [organization, ...others]);
  return give(asked, email, role, organization);
}

async function give(asked: Asked, email: string, role: Role, organization: Organization): Promise<Reply> {
  const before = await loadMember(asked.db, email);
  if (before && before.organizationId !== organization.id) await endPersonalNotices(asked.db, email);
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
  if (asked.person.email === email) return notYourself();
  const member = await loadMember(asked.db, email);
  if (member === undefined || !(await isSeen(asked, member))) return notAMember(email);
  const role = member.role as Role;
  if (!mayGrant(asked.member.role, role)) return notThatRole(role);
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

/** Nobody changes themselves, gives or takes a role above their own, or changes somebody outside their scope. */
async function mayGive(asked: Asked, email: string, role: Role): Promise<Reply | undefined> {
  if (asked.person.email === email) return notYourself();
  const by = asked.member.role;
  if (!mayGrant(by, role)) return notThatRole(role);
  const now = await loadMember(asked.db, email);
  if (now === undefined) return undefined;
  if (!(await isSeen(asked, now))) return takenElsewhere(email);
  return mayGrant(by, now.role as Role) ? undefined : notThatRole(now.role as Role);
}

const isSeen = (asked: Asked, { organizationId }: { readonly organizationId: number }): Promise<boolean> =>
  isInScope(asked.db, scopeOf(asked.member.organization), organizationId);
