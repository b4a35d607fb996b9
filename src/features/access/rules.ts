import { type Organization, ROLES, type Role } from '../../bot/index.ts';

/** The roles there are in each kind of organization. */
export const ROLES_OF: Readonly<Record<Organization['kind'], readonly Role[]>> = {
  provider: ['provider admin', 'account manager'],
  reseller: ['reseller admin'],
  customer: ['customer admin', 'customer'],
};

/** Who may give and take roles, and which. The organization must be in their scope besides. */
const MAY_GRANT: Readonly<Partial<Record<Role, readonly Role[]>>> = {
  'provider admin': ROLES,
  'reseller admin': ['reseller admin', 'customer admin', 'customer'],
  'customer admin': ['customer admin', 'customer'],
};
export const GRANTERS = Object.keys(MAY_GRANT) as Role[];

export const mayGrant = (by: Role, role: Role): boolean => MAY_GRANT[by]?.includes(role) ?? false;

/** `customer admin contoso` -> the role and what follows it. The longer name wins. */
export function parseRole(words: readonly string[]): { role: Role; rest: string } | undefined {
  const text = words.join(' ');
  const typed = text.toLowerCase();
  const role = [...ROLES]
    .sort((a, b) => b.length - a.length)
    .find((name) => typed === name || typed.startsWith(`${name} `));
  return role && { role, rest: text.slice(role.length).trim() };
}
