/** What the bot sends into a conversation: kept in the transcript first, then shown to the open pages. */
import { type Edge, PostFailed, type Respond } from '../../chat/edge.ts';
import type { Person, Place, Sent } from '../../chat/place.ts';
import { keptOf, type Reply } from '../../chat/reply.ts';
import type { Live } from './live.ts';
import { once } from './once.ts';
import { isConversation, PLATFORM } from './places.ts';
import type { Entry, Transcript } from './types.ts';

const BOT = { kind: 'bot' } as const;
const KEYS_REMEMBERED = 10_000;

export type Board = {
  append(entry: Omit<Entry, 'id' | 'at'>, key?: string): Promise<Entry>;
  change(id: number, reply: Reply): Promise<Entry | undefined>;
  remove(entry: Entry): Promise<void>;
};

export function openBoard(transcript: Transcript, live: Live): Board {
  return {
    async append(entry, key) {
      const appended = await transcript.append(keptEntry(entry), key);
      live.publish({ ...appended, text: entry.text, ...(entry.reply && { reply: entry.reply }) });
      return appended;
    },
    async change(id, reply) {
      const changed = await transcript.change(id, keptOf(reply));
      if (changed) {
        live.publish({ ...changed, text: reply.text, reply });
      }
      return changed;
    },
    async remove(entry) {
      await transcript.remove(entry.id);
      live.retract(entry);
    },
  };
}

/** A secret is shown to the pages that are open, and not written down. */
function keptEntry<E extends Omit<Entry, 'id' | 'at'>>(entry: E): E {
  const { reply } = entry;
  return reply?.keptAs === undefined ? entry : { ...entry, text: reply.keptAs, reply: keptOf(reply) };
}

/**
 * Hands the answer to one request over: below, or in the place of the entry that was pressed. What one
 * person alone saw gives way to an answer for everybody, who then find it below, where they read.
 */
export function answerTo(board: Board, place: Place, person: Person, pressed?: Entry): Respond {
  return async (reply) => {
    const privately = reply.audience === 'asker' && place.kind !== 'personal';
    const instead = reply.position === 'instead' ? pressed : undefined;
    if (instead && (instead.visibleTo !== undefined) === privately) {
      const changed = await board.change(instead.id, reply);
      if (changed) {
        return sent(place, changed);
      }
    }
    const entry = { conversation: place.conversation, from: BOT, text: reply.text, reply };
    const appended = await board.append(privately ? { ...entry, visibleTo: person.id } : entry);
    if (instead?.visibleTo !== undefined) {
      await board.remove(instead);
    }
    return sent(place, appended);
  };
}

function sent(place: Place, entry: Entry): Sent {
  return { place, message: String(entry.id) };
}

export function openEdge(board: Board): Edge {
  const posts = once<Sent>(KEYS_REMEMBERED);

  async function post(place: Place, reply: Reply, key: string): Promise<Sent> {
    if (!isConversation(place.conversation)) {
      throw new PostFailed('gone', `The console has no conversation ${place.conversation}.`);
    }
    if (reply.audience === 'asker' && place.kind !== 'personal') {
      throw new PostFailed('refused', 'Nobody asked for this post, so nobody alone may see it.');
    }
    const entry = { conversation: place.conversation, from: BOT, text: reply.text, reply };
    return sent(place, await board.append(entry, key).catch(later));
  }

  return {
    platform: PLATFORM,
    post: (place, reply, key) => posts(key, () => post(place, reply, key)),
    async update({ place, message }, reply) {
      const changed = await board.change(Number(message), reply).catch(later);
      if (!changed) {
        throw new PostFailed('gone', `The console has no message ${message}.`);
      }
      return sent(place, changed);
    },
  };
}

function later(cause: unknown): never {
  throw new PostFailed('later', 'The transcript of the console can not be written.', { cause });
}
