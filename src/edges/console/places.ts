/** The conversations of the console, and who sees what in them. */
import type { Person, Place } from '../../chat/place.ts';
import type { Entry, Persona } from './types.ts';

export const PLATFORM = 'console';

const CHANNELS = ['operations', 'contoso', 'northwind', 'billing'];

/** Somebody whom the bot does not know, so that one can see what a stranger gets. */
const STRANGER: Persona = {
  person: { platform: PLATFORM, id: 'stranger', name: 'Sam Stranger' },
  role: 'somebody unknown',
  organization: '',
};

export function withStranger(personas: readonly Persona[]): readonly Persona[] {
  return [...personas, STRANGER];
}

function channel(name: string): Place {
  return { platform: PLATFORM, conversation: `channel:${name}`, kind: 'channel', name: `#${name}` };
}

function personalChat(person: Person): Place {
  return {
    platform: PLATFORM,
    conversation: `personal:${person.id}`,
    kind: 'personal',
    name: person.name,
  };
}

/** What a person finds in the sidebar. */
export function placesOf(person: Person): readonly Place[] {
  return [personalChat(person), ...CHANNELS.map(channel)];
}

/** Whether the console has such a conversation at all. */
export function isConversation(conversation: string): boolean {
  return conversation.startsWith('personal:') || CHANNELS.some((name) => conversation === `channel:${name}`);
}

/** Whether a person reads what is written in a conversation. */
function readsAlong(conversation: string, personId: string): boolean {
  return conversation.startsWith('channel:') || conversation === `personal:${personId}`;
}

export function maySee(entry: Entry, personId: string): boolean {
  return (
    readsAlong(entry.conversation, personId) &&
    (entry.visibleTo === undefined || entry.visibleTo === personId)
  );
}
