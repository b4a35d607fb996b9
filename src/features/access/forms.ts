import { type Asked, newOnce, ROLES } from '../../bot/index.ts';
import { UNNAMED } from '../../chat/card.ts';
import type { Reply } from '../../chat/reply.ts';
import { grantForm, revokeForm } from './replies.ts';
import { mayGrant } from './rules.ts';

type Values = { readonly person: string; readonly role: string; readonly in: string };

export async function showGrantForm(
  { member }: Asked,
  values: Partial<Values>,
  errors?: { readonly [field in keyof Values]?: string },
): Promise<Reply> {
  return grantForm({
    organization: member.organization.name,
    roles: ROLES.filter((role) => mayGrant(member.role, role)),
    choosesOrganization: member.organization.kind !== 'customer',
    values: { role: '', in: '', ...values, person: shown(values.person) },
    errors,
    once: newOnce(),
  });
}

export async function showRevokeForm({ member }: Asked, person: string, error?: string): Promise<Reply> {
  return revokeForm({
    organization: member.organization.name,
    person: shown(person),
    error,
    once: newOnce(),
  });
}

/** What stands in the field: who was chosen and can't be named is written there. */
const shown = (person = ''): string => (person === UNNAMED ? '' : person);
