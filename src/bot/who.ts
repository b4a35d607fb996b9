import type { Person } from '../chat/place.ts';
import type { Db, Scope, Viewer } from '../db/index.ts';

export const ROLES = [
  'provider admin',
  'account manager',
  'reseller admin',
  'customer admin',
  'customer',
] as const;
export type Role = (typeof ROLES)[number];

/** Who may change orders, users and associations: everybody but the role that only reads. */
export const CHANGERS: readonly Role[] = [
  'provider admin',
  'account manager',
  'reseller admin',
  'customer admin',
];
/** Who sells: they see what things cost, approve, reconcile and answer findings. */
export const SELLERS: readonly Role[] = ['provider admin', 'account manager', 'reseller admin'];
export const EVERYBODY: readonly Role[] = ROLES;

export type Organization = {
  readonly id: number;
  readonly kind: 'provider' | 'reseller' | 'customer';
  readonly name: string;
};

/** A person whom the bot knows. */
export type Member = {
  readonly id: number | null;
  readonly name: string;
  readonly role: Role;
  readonly organization: Organization;
};

/** Who did it: a person with a role, or a job by its name. */
export type Actor =
  | {
      readonly kind: 'person';
      readonly name: string;
      readonly memberId: number | null;
      readonly role: Role;
      readonly email?: string;
    }
  | { readonly kind: 'job'; readonly name: string };

export function scopeOf(organization: Organization): Scope {
  switch (organization.kind) {
    case 'provider':
      return { kind: 'all' };
    case 'reseller':
      return { kind: 'reseller', organizationId: organization.id };
    case 'customer':
      return { kind: 'customer', organizationId: organization.id };
  }
}

export function viewerOf(member: Member): Viewer {
  const seesMarkup = member.role !== 'customer admin' && member.role !== 'customer';
  return { scope: scopeOf(member.organization), seesMarkup };
}

export function actorOf({ name, id, role }: Member, { email }: Person): Actor {
  return { kind: 'person', name, memberId: id, role, ...(email !== undefined && { email }) };
}

/**
 * The member a person is, by the e-mail address that the platform vouches for. On this machine, without
 * any credentials, who is not a member acts as provider admin.
 */
export async function findMember(db: Db, person: Person): Promise<Member | undefined> {
  const known = person.email === undefined ? undefined : await memberByEmail(db, person.email);
  return known ?? (person.local ? localAdmin(db, person) : undefined);
}

const memberQuery = (db: Db) =>
  db
    .selectFrom('members as m')
    .innerJoin('organizations as o', 'o.id', 'm.organization_id')
    .select([
      'm.id',
      'm.name',
      'm.role',
      'm.email',
      'o.id as organizationId',
      'o.kind',
      'o.name as organization',
    ])
    .orderBy('m.id');

type MemberRow = Awaited<ReturnType<ReturnType<typeof memberQuery>['execute']>>[number];

async function memberByEmail(db: Db, email: string): Promise<Member | undefined> {
  const row = await memberQuery(db).where('m.email', '=', email.toLowerCase()).executeTakeFirst();
  return row && toMember(row);
}

/** Everybody the bot knows, with the e-mail address by which it knows them. */
export async function allMembers(db: Db): Promise<(Member & { email: string })[]> {
  return (await memberQuery(db).execute()).map((row) => ({ ...toMember(row), email: row.email }));
}

async function localAdmin(db: Db, person: Person): Promise<Member | undefined> {
  const provider = await db
    .selectFrom('organizations')
    .select(['id', 'kind', 'name'])
    .where('kind', '=', 'provider')
    .executeTakeFirst();
  return provider && { id: null, name: person.name, role: 'provider admin', organization: provider };
}

function toMember(row: MemberRow): Member {
  return {
    id: row.id,
    name: row.name,
    role: row.role as Role,
    organization: { id: row.organizationId, kind: row.kind, name: row.organization },
  };
}
