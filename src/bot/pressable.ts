import type { Action } from '../chat/card.ts';
import type { Reply } from '../chat/reply.ts';
import { splitWords } from '../chat/words.ts';
import type { Looking } from './feature.ts';
import type { Registry } from './registry.ts';

/** The reply without the buttons that would only be refused, where nobody else reads it. */
export function pressable(
  registry: Registry,
  { member, place }: Pick<Looking, 'member' | 'place'>,
  reply: Reply,
): Reply {
  const alone = reply.audience === 'asker' || place.kind === 'personal';
  if (!alone || reply.card?.actions === undefined) return reply;
  const { actions, ...card } = reply.card;
  const left = actions.filter((action) => rolesOf(registry, action)?.includes(member.role) ?? true);
  return { ...reply, card: { ...card, ...(left.length > 0 && { actions: left }) } };
}

/** Who may press it; nothing where everybody may. */
function rolesOf(registry: Registry, action: Action): readonly string[] | undefined {
  if (action.type === 'Action.OpenUrl') return undefined;
  if (action.verb !== 'say') return registry.button(action.verb)?.roles;
  return registry.match(splitWords(String(action.data.text)))?.command.roles;
}
