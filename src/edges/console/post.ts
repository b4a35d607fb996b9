/** What the bot sends into a conversation: kept in the transcript first, then shown to the open pages. */
import { type Edge, PostFailed, type Respond } from '../../chat/edge.ts';
import type { Person, Place, Sent } from '../../chat/place.ts';
import { keptOf, mentionedIn, type Reply } from '../../chat/reply.ts';
import type { Live } from './live.ts';
import { once } from './once.ts';
import { isConversation, PLATFORM } from './places.ts';
import type { Entry, Transcript } from './types.ts';

const BOT = { kind: 'bot' } as const;
const KEYS_REMEMBERED = 10_000;
const LONGEST_LINE = 120;

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

export function openEdge(board: Board, transcript: Pick<Transcript, 'read'>): Edge {
  const posts = once<Sent>(KEYS_REMEMBERED);

  async function post(place: Place, reply: Reply, key: string): Promise<Sent> {
    if (!isConversation(place.conversation)) {
      throw new PostFailed('gone', `The console has no conversation ${place.conversation}.`);
    }
    if (reply.audience === 'asker' && place.kind !== 'personal') {
      throw new PostFailed('refused', 'Nobody asked for this post, so nobody alone may see it.');
    }
    const answers = await beginning(place);
    const shown = mentionedIn(reply, place);
    const entry = { conversation: place.conversation, from: BOT, text: shown.text, reply: shown };
    return sent(place, await board.append({ ...entry, ...(answers && { answers }) }, key).catch(later));
  }

  /** The entry of a thread, and its first line. */
  async function beginning({ conversation, thread }: Place): Promise<Entry['answers']> {
    if (thread === undefined) {
      return undefined;
    }
    const first = await entryOf(transcript, conversation, Number(thread)).catch(later);
    if (!first) {
      throw new PostFailed('thread gone', `The console has no message ${thread}.`);
    }
    const [line = ''] = first.text.split('\n');
    return { id: first.id, text: line.length > LONGEST_LINE ? `${line.slice(0, LONGEST_LINE - 1)}…` : line };
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

/** One entry of a conversation, where it is there. */
export async function entryOf(
  transcript: Pick<Transcript, 'read'>,
  conversation: string,
  id: number,
): Promise<Entry | undefined> {
  if (!Number.isSafeInteger(id) || id < 1) {
    return undefined;
  }
  // Reading after 0 gives the end of the conversation, so the very first entry needs a long look.
  const found = await transcript.read(conversation, id - 1, id === 1 ? 1_000 : 1);
  return found.find((one) => one.id === id);
}

function later(cause: unknown): never {
  throw new PostFailed('later', 'The transcript of the console can not be written.', { cause });
}
