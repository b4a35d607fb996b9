import { type Asked, type Organization, type Role, record, scopeOf } from '../../bot/index.ts';
import { parseEmail } from '../../chat/email.ts';
import type { Reply } from '../../chat/reply.ts';
import { isInScope } from '../../db/index.ts';
import { showGrantForm, showRevokeForm } from './forms.ts';
import {
  granted,
  lastAdmin,
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
} from './replies.ts';
import { mayGrant, parseRole, ROLES_OF } from './rules.ts';
import {
  deleteMember,
  endPersonalNotices,
  findOrganizations,
  forgetRevoked,
  loadMember,
  lockProviderAdmins,
  rememberRevoked,
  saveMember,
} from './store.ts';

/** What is done, or asked back; or a refusal, and the field of the form that it is about. */
type Outcome =
  | { readonly done: Reply }
  | { readonly field: 'person' | 'role' | 'in'; readonly refusal: Reply };
const refuse = (field: 'person' | 'role' | 'in', refusal: Reply): Outcome => ({ field, refusal });

/** `grant carla@contoso.com customer admin contoso`; without an organization, one's own; with less, the form. */
export async function grant(asked: Asked, [who = '', ...words]: readonly string[]): Promise<Reply> {
  if (words.length === 0) return showGrantForm(asked, { person: who });
  const parsed = parseRole(words);
  if (parsed === undefined) return parseEmail(who) ? noSuchRole(words.join(' ')) : notAPerson(who);
  const outcome = await tryGrant(asked, who, parsed.role, parsed.rest);
  return 'done' in outcome ? outcome.done : outcome.refusal;
}

/** The form that was sent: carried out, or back with what was typed and the error beside the field. */
export async function submitGrant(
  asked: Asked,
  values: { readonly person: string; readonly role: string; readonly in: string },
): Promise<Reply> {
  const parsed = parseRole([values.role]);
  const outcome =
    parsed === undefined
      ? refuse('role', noSuchRole(values.role))
      : await tryGrant(asked, values.person, parsed.role, values.in.trim());
  const reply =
    'done' in outcome
      ? outcome.done
      : await showGrantForm(asked, values, { [outcome.field]: outcome.refusal.text });
  return { ...reply, position: 'instead' };
}

async function tryGrant(asked: Asked, who: string, role: Role, name: string): Promise<Outcome> {
  const email = parseEmail(who);
  if (email === undefined) return refuse('person', notAPerson(who));
  const refused = await mayGive(asked, email, role);
  if (refused !== undefined) return refused;

  const fits = (one: Organization) => ROLES_OF[one.kind].includes(role);
  const own = asked.member.organization;
  if (name === '' && fits(own)) return give(asked, email, role, own);
  const named = await findOrganizations(asked.db, scopeOf(own), name);
  const [organization, ...others] = named.filter(fits);
  const [other] = named;
  if (organization === undefined) {
    return refuse(
      'in',
      name === '' || other === undefined ? noSuchOrganization(name) : roleDoesNotFit(role, other),
    );
  }
  if (name === '' || others.length > 0)
    return { done: whichOrganization(`grant ${email} ${role}`, [organization, ...others]) };
  return give(asked, email, role, organization);
}

async function give(asked: Asked, email: string, role: Role, organization: Organization): Promise<Outcome> {
  const before = await loadMember(asked.db, email);
  if (before !== undefined && role !== 'provider admin' && (await isLastAdmin(asked, email)))
    return refuse('role', lastAdmin(email));
  if (before && before.organizationId !== organization.id) await endPersonalNotices(asked.db, email);
  await saveMember(asked.db, {
    organizationId: organization.id,
    role,
    name: before?.name ?? email.split('@')[0] ?? email,
    email,
  });
  await forgetRevoked(asked.db, email);
  await record(asked, {
    organizationId: organization.id,
    orderId: null,
    kind: 'grant',
    summary: `Made ${email} ${role} of ${organization.name}`,
    ...(before && { before: { role: before.role, organization: before.organization } }),
    after: { role, organization: organization.name },
  });
  return { done: granted(email, role, organization.name) };
}

/** `revoke carla@contoso.com`; without a person, the form. */
export async function revoke(asked: Asked, [who]: readonly string[]): Promise<Reply> {
  if (who === undefined) return showRevokeForm(asked, '');
  const outcome = await tryRevoke(asked, who);
  return 'done' in outcome ? outcome.done : outcome.refusal;
}

export async function submitRevoke(asked: Asked, { person }: { readonly person: string }): Promise<Reply> {
  const outcome = await tryRevoke(asked, person);
  const reply = 'done' in outcome ? outcome.done : await showRevokeForm(asked, person, outcome.refusal.text);
  return { ...reply, position: 'instead' };
}

async function tryRevoke(asked: Asked, who: string): Promise<Outcome> {
  const email = parseEmail(who);
  if (email === undefined) return refuse('person', notAPerson(who));
  if (asked.person.email === email) return refuse('person', notYourself());
  const member = await loadMember(asked.db, email);
  if (member === undefined || !(await isSeen(asked, member))) return refuse('person', notAMember(email));
  const role = member.role as Role;
  if (!mayGrant(asked.member.role, role)) return refuse('person', notThatRole(role));
  if (role === 'provider admin') {
    if (await isLastAdmin(asked, email)) return refuse('person', lastAdmin(email));
    await rememberRevoked(asked.db, email);
  }
  await deleteMember(asked.db, member.id);
  await record(asked, {
    organizationId: member.organizationId,
    orderId: null,
    kind: 'revoke',
    summary: `Took the role ${member.role} of ${member.organization} from ${email}`,
    before: { role: member.role, organization: member.organization },
  });
  return { done: revoked(email, member.organization) };
}

/** Without a provider admin nobody could make another one. */
async function isLastAdmin({ db }: Asked, email: string): Promise<boolean> {
  const admins = await lockProviderAdmins(db);
  return admins.length === 1 && admins[0] === email;
}

/** Nobody changes themselves, gives or takes a role above their own, or changes somebody outside their scope. */
async function mayGive(asked: Asked, email: string, role: Role): Promise<Outcome | undefined> {
  if (asked.person.email === email) return refuse('person', notYourself());
  const by = asked.member.role;
  if (!mayGrant(by, role)) return refuse('role', notThatRole(role));
  const now = await loadMember(asked.db, email);
  if (now === undefined) return undefined;
  if (!(await isSeen(asked, now))) return refuse('person', takenElsewhere(email));
  return mayGrant(by, now.role as Role) ? undefined : refuse('person', notThatRole(now.role as Role));
}

const isSeen = (asked: Asked, { organizationId }: { readonly organizationId: number }): Promise<boolean> =>
  isInScope(asked.db, scopeOf(asked.member.organization), organizationId);
