/** What an account of an organization with a provider must be like. */
import { parseEmail } from '../../chat/email.ts';

export type Role = 'Reseller' | 'User';
export type Kind = 'provider' | 'reseller' | 'customer';

export const roleOf = (kind: Kind): Role => (kind === 'reseller' ? 'Reseller' : 'User');

export type SyncValues = { readonly parent: string; readonly userName: string; readonly role: string };
export type SyncErrors = { readonly [field in keyof SyncValues]?: string | undefined };
export type Expected = {
  readonly name: string;
  readonly kind: Kind;
  /** The account that it belongs to: that of its reseller. */
  readonly parent: { readonly name: string; readonly account: string } | undefined;
  /** The e-mail addresses that the organization has. */
  readonly addresses: readonly string[];
};

const MOST_ADDRESSES = 8;

export function checkSync(
  values: SyncValues,
  { name, kind, parent, addresses }: Expected,
): { readonly userName: string } | { readonly errors: SyncErrors } {
  const userName = parseEmail(values.userName);
  const role = roleOf(kind);
  const errors: SyncErrors = {
    parent: parentError(values.parent.trim(), name, parent),
    userName: userNameError(values.userName.trim(), userName, name, addresses),
    role: values.role === role ? undefined : `A ${kind} has the role ${role}.`,
  };
  const wrong = Object.values(errors).some((error) => error !== undefined);
  return wrong || userName === undefined ? { errors } : { userName };
}

function parentError(typed: string, name: string, parent: Expected['parent']): string | undefined {
  if (parent === undefined)
    return typed === '' ? undefined : `${name} has no parent account: leave it blank.`;
  return typed === parent.account
    ? undefined
    : `The parent account is that of ${parent.name}: ${parent.account}.`;
}

function userNameError(
  typed: string,
  userName: string | undefined,
  name: string,
  addresses: readonly string[],
): string | undefined {
  if (addresses.length === 0) {
    return `${name} has no e-mail address yet. Give it a contact first: change organization.`;
  }
  const known = `It has ${addresses.slice(0, MOST_ADDRESSES).join(', ')}${addresses.length > MOST_ADDRESSES ? ' and more' : ''}.`;
  if (typed === '') return `Type an existing e-mail address of ${name}. ${known}`;
  if (userName === undefined) return `“${typed}” is not an e-mail address. ${known}`;
  return addresses.includes(userName)
    ? undefined
    : `${userName} is not an e-mail address of ${name}. ${known}`;
}

export const accountTrack = (organizationId: number, offeringId: number): string =>
  `accounts:${organizationId}-${offeringId}`;
export const credentialsTrack = (organizationId: number, offeringId: number): string =>
  `credentials:${organizationId}-${offeringId}`;

/** `12-4`, as the name of a message has it. */
export function parseTrack(id: string): { readonly organizationId: number; readonly offeringId: number } {
  const [organizationId = 0, offeringId = 0] = id.split('-').map(Number);
  return { organizationId, offeringId };
}
