import { z } from 'zod';
import { type Asked, type Organization, ROLES, type Role, record, scopeOf } from '../../bot/index.ts';
import { parseEmail } from '../../chat/email.ts';
import type { Reply } from '../../chat/reply.ts';
import { isInScope } from '../../db/index.ts';
import type { Undoers, Undone } from '../history/undoers.ts';
import type { View } from '../organizations/view.ts';
import { showGrantForm, showRevokeForm } from './forms.ts';
import {
  changedSince,
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
  type MemberRecord,
  rememberRevoked,
  saveMember,
} from './store.ts';

type Field = 'person' | 'role' | 'in';
type Values = Readonly<Record<Field, string>>;
/** What is done, or asked back; or what is wrong, by the field of the form that it is about. */
type Outcome = { readonly done: Reply } | { readonly refusals: Partial<Record<Field, Reply>> };
const refuse = (field: Field, refusal: Reply): Outcome => ({ refusals: { [field]: refusal } });

/** Said in a conversation, one thing after the other is mended. */
const first = ({ refusals: { person, role, in: where } }: Extract<Outcome, { refusals: unknown }>): Reply =>
  person ?? role ?? where ?? noSuchOrganization('');

/** `grant carla@contoso.com customer admin contoso`; without an organization, one's own; with less, the form. */
export async function grant(asked: Asked, [who = '', ...words]: readonly string[]): Promise<Reply> {
  if (words.length === 0) return showGrantForm(asked, { person: who });
  const parsed = parseRole(words);
  const said = { person: who, role: parsed?.role ?? words.join(' '), in: parsed?.rest ?? '' };
  const outcome = await tryGrant(asked, said);
  return 'done' in outcome ? outcome.done : first(outcome);
}

/** The form that was sent: carried out, or back with what was typed and each error beside its field. */
export async function submitGrant(asked: Asked, values: Values): Promise<Reply> {
  const outcome = await tryGrant(asked, { ...values, in: values.in.trim() });
  const reply =
    'done' in outcome ? outcome.done : await showGrantForm(asked, values, textsOf(outcome.refusals));
  return { ...reply, position: 'instead' };
}

const textsOf = (refusals: Partial<Record<Field, Reply>>): { readonly [field in Field]?: string } =>
  Object.fromEntries(Object.entries(refusals).map(([field, { text }]) => [field, text]));

async function tryGrant(asked: Asked, { person, role: typed, in: name }: Values): Promise<Outcome> {
  const email = parseEmail(person);
  const role = parseRole([typed])?.role;
  const where = await whereOf(asked, role, name);
  const notThat = role === undefined ? noSuchRole(typed) : whyNotThat(asked, role);
  const wrong = {
    person: email === undefined ? notAPerson(person) : await whyNotThem(asked, email),
    role: notThat,
    // Of a role that can't be given it does not matter that nobody has it.
    in: where.kind === 'refused' && (name !== '' || notThat === undefined) ? where.refusal : undefined,
  };
  const refusals = Object.fromEntries(Object.entries(wrong).filter(([, refusal]) => refusal !== undefined));
  if (
    email === undefined ||
    role === undefined ||
    where.kind === 'refused' ||
    Object.keys(refusals).length > 0
  )
    return { refusals };
  return where.kind === 'one'
    ? give(asked, email, role, where.organization)
    : { done: whichOrganization(`grant ${email} ${role}`, where.among) };
}

type Where =
  | { readonly kind: 'one'; readonly organization: Organization }
  | { readonly kind: 'several'; readonly among: readonly Organization[] }
  | { readonly kind: 'refused'; readonly refusal: Reply };

/** The organization that is meant; where the role is not known yet, only whether there is one. */
async function whereOf(asked: Asked, role: Role | undefined, name: string): Promise<Where> {
  const fits = (one: Organization) => role === undefined || ROLES_OF[one.kind].includes(role);
  const own = asked.member.organization;
  if (name === '' && fits(own)) return { kind: 'one', organization: own };
  const named = await findOrganizations(asked.db, scopeOf(own), name);
  const [organization, ...others] = named.filter(fits);
  const [other] = named;
  if (organization === undefined) {
    const refusal =
      name === '' || other === undefined || role === undefined
        ? noSuchOrganization(name)
        : roleDoesNotFit(role, other);
    return { kind: 'refused', refusal };
  }
  return name === '' || others.length > 0
    ? { kind: 'several', among: [organization, ...others] }
    : { kind: 'one', organization };
}

async function give(asked: Asked, email: string, role: Role, organization: Organization): Promise<Outcome> {
  const before = await loadMember(asked.db, email);
  if (before !== undefined && role !== 'provider admin' && (await isLastAdmin(asked, email)))
    return refuse('role', lastAdmin(email));
  // Who moves loses notices on the way, which nothing brings back.
  const isSame = before === undefined || before.organizationId === organization.id;
  if (!isSame) await endPersonalNotices(asked.db, email);
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
    ...(isSame && { undo: { email, role, organizationId: organization.id, before: before?.role ?? null } }),
  });
  return { done: granted(email, role, organization.name) };
}

/** `revoke carla@contoso.com`; without a person, the form. */
export async function revoke(asked: Asked, [who]: readonly string[]): Promise<Reply> {
  if (who === undefined) return showRevokeForm(asked, '');
  const outcome = await tryRevoke(asked, who);
  return 'done' in outcome ? outcome.done : first(outcome);
}

export async function submitRevoke(asked: Asked, { person }: { readonly person: string }): Promise<Reply> {
  const outcome = await tryRevoke(asked, person);
  const reply = 'done' in outcome ? outcome.done : await showRevokeForm(asked, person, first(outcome).text);
  return { ...reply, position: 'instead' };
}

async function tryRevoke(asked: Asked, who: string): Promise<Outcome> {
  const email = parseEmail(who);
  if (email === undefined) return refuse('person', notAPerson(who));
  const member = await loadMember(asked.db, email);
  const refused = await take(asked, email, member);
  if (refused !== undefined || member === undefined) return refuse('person', refused ?? notAMember(email));
  await record(asked, {
    organizationId: member.organizationId,
    orderId: null,
    kind: 'revoke',
    summary: `Took the role ${member.role} of ${member.organization} from ${email}`,
    before: { role: member.role, organization: member.organization },
  });
  return { done: revoked(email, member.role, member.organization) };
}

/** Takes the role away, or says why not. */
async function take(
  asked: Asked,
  email: string,
  member: MemberRecord | undefined,
): Promise<Reply | undefined> {
  if (asked.person.email === email) return notYourself();
  if (member === undefined || !(await isSeen(asked, member))) return notAMember(email);
  const role = member.role as Role;
  if (!mayGrant(asked.member.role, role)) return notThatRole(role);
  if (role === 'provider admin') {
    if (await isLastAdmin(asked, email)) return lastAdmin(email);
    await rememberRevoked(asked.db, email);
  }
  await endPersonalNotices(asked.db, email);
  await deleteMember(asked.db, member.id);
  return undefined;
}

const given = z.object({
  email: z.string(),
  role: z.string(),
  organizationId: z.number(),
  before: z.enum(ROLES).nullable(),
});

/** A role that was given is taken away, or made the former one in its organization, as whoever undoes it may. */
async function undoGrant(view: View, data: unknown): Promise<Undone> {
  const { email, role, organizationId, before } = given.parse(data);
  const member = await loadMember(view.db, email);
  const isStill = member?.role === role && member.organizationId === organizationId;
  if (member === undefined || !isStill) return { kind: 'impossible', reason: changedSince(email) };
  const refused =
    before === null ? await take(view, email, member) : await putBack(view, { ...member, role: before });
  return refused === undefined ? { kind: 'undone' } : { kind: 'impossible', reason: refused.text };
}

async function putBack(view: View, { email, role, name, organizationId }: MemberRecord & { role: Role }) {
  const refused = (await whyNotThem(view, email)) ?? whyNotThat(view, role);
  if (refused !== undefined) return refused;
  if (role !== 'provider admin' && (await isLastAdmin(view, email))) return lastAdmin(email);
  await saveMember(view.db, { organizationId, role, name, email });
  return undefined;
}

export const undoRoles: Undoers = { grant: undoGrant };

/** Without a provider admin nobody could make another one. */
async function isLastAdmin({ db }: Asked, email: string): Promise<boolean> {
  const admins = await lockProviderAdmins(db);
  return admins.length === 1 && admins[0] === email;
}

/** Nobody changes themselves, somebody above their own role, or somebody outside their scope. */
async function whyNotThem(asked: Asked, email: string): Promise<Reply | undefined> {
  if (asked.person.email === email) return notYourself();
  const now = await loadMember(asked.db, email);
  if (now === undefined) return undefined;
  if (!(await isSeen(asked, now))) return takenElsewhere(email);
  return whyNotThat(asked, now.role as Role);
}

const whyNotThat = ({ member }: Asked, role: Role): Reply | undefined =>
  mayGrant(member.role, role) ? undefined : notThatRole(role);

const isSeen = (asked: Asked, { organizationId }: { readonly organizationId: number }): Promise<boolean> =>
  isInScope(asked.db, scopeOf(asked.member.organization), organizationId);
