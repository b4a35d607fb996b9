/** Asks once more before a key is revoked. */
import type { Card } from '../src/chat/card.ts';
import { actionButton, commandButton } from './buttons.ts';
import { longest, once } from './demo.ts';
import { card, facts, lead } from './elements.ts';
import { dateTime } from './format.ts';
import type { KeyRow } from './keys-list.ts';

export type KeyRevoke = KeyRow & { readonly once: string };

export function keysRevokeCard({
  id,
  name,
  hint,
  organization,
  by,
  at,
  usedAt,
  once: token,
}: KeyRevoke): Card {
  return card({
    organization,
    title: `Revoke the key “${name}”?`,
    body: [
      lead('What uses it stops working at once, and it can’t be brought back.'),
      facts([
        ['Key', hint],
        ['Made by', `${by}, ${dateTime(at)}`],
        ['Last used', usedAt === undefined ? 'Never' : dateTime(usedAt)],
      ]),
    ],
    actions: [
      actionButton('Revoke', 'key.revoke', { key: id, once: token }, 'destructive'),
      commandButton('Keep it', 'keys'),
    ],
  });
}

const key: KeyRevoke = {
  id: 3,
  name: 'billing',
  hint: 'qm_nX4v…_b7Q',
  organization: 'HamaraCloud',
  by: 'Priya Raman',
  at: '2026-11-21T14:05:00Z',
  usedAt: '2026-11-21T15:30:00Z',
  revokedAt: undefined,
  once,
};

export const samples: Record<string, Card> = {
  used: keysRevokeCard(key),
  never: keysRevokeCard({ ...key, usedAt: undefined }),
  long: keysRevokeCard({ ...key, organization: longest.organization, by: longest.user }),
};
