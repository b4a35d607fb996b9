import type { Card } from './card.ts';
import type { Person, Place } from './place.ts';

/** A file the bot made. The bytes are kept by the bot; an edge fetches them by `id` or links to them. */
export type OutFile = {
  readonly id: string;
  readonly name: string;
  /** The command that brings the file once more: `job 7 report`. */
  readonly again?: string;
};

/** A reply asks for a file: what is attached to it next is taken as if it were sent with these words, `bulk 10023/1`. */
export type WantsFile = {
  readonly text: string;
  readonly form?: FileForm;
  /** It can't be sent where it was asked for: who was asked sends it where they talk to the bot alone, within so many minutes. */
  readonly inPrivate?: { readonly minutes: number };
};

/** For a platform where a file can be chosen in a form. */
export type FileForm = {
  /** In the place of the reply's own card; the file is chosen below it. */
  readonly card: Card;
  /** What goes with the file, with what was filled in: `bulk` and the chosen service. */
  readonly words: readonly (string | Filled)[];
  /** `.xlsx`, … */
  readonly formats: readonly string[];
  readonly maxFileMb: number;
};
/** The value of an input; `missing`: what is said where it was left empty, if that may not be. */
type Filled = { readonly input: string; readonly missing?: string };

/**
 * What the bot answers or posts. Text is plain text, never markup: each edge quotes it as its platform
 * needs. `text` always stands for the whole reply: it is the notification and what a client without
 * cards shows.
 */
export type Reply = {
  readonly text: string;
  readonly card?: Card;
  readonly files?: readonly OutFile[];
  /** `asker`: only the person who asked may see it, whoever else reads along. */
  readonly audience: 'everyone' | 'asker';
  /** Of an answer to a submit: `instead` takes the place of the card that was pressed. */
  readonly position: 'below' | 'instead';
  /** Where it is sent into a thread, it is to be seen in the conversation as well, if the platform can do that. */
  readonly aloud?: true;
  /** A name under which the sent message is remembered, so that it can be changed later: `job:7`. */
  readonly track?: string;
  /** Whom it is for among those who read along: they are notified. Of no use in a personal chat. */
  readonly mention?: Person;
  /** The customer whose data it shows: in a channel that belongs to that customer everybody may see it. */
  readonly about?: number;
  readonly wantsFile?: WantsFile;
  /**
   * Nothing was done: what is wrong with what was sent, a sentence each by the field it is about, where a form has one; `file`
   * is the file that was asked for.
   */
  readonly wrong?: Readonly<Record<string, string>>;
  /** Nothing was done, by a fault of the bot's own: what was asked for can be asked for again as it was. */
  readonly fault?: true;
  /** It holds a secret that is shown once: this sentence is what may be kept of it. */
  readonly keptAs?: string;
};

/** What of a reply may be stored. */
export function keptOf(reply: Reply): Reply {
  const { keptAs, position } = reply;
  return keptAs === undefined ? reply : { text: keptAs, audience: 'asker', position };
}

/** The reply as it is posted to a place: only those who read along there are mentioned, and nobody in private. */
export function mentionedIn({ mention, ...reply }: Reply, place: Place): Reply {
  const fits =
    place.kind !== 'personal' && reply.audience === 'everyone' && mention?.platform === place.platform;
  return fits ? { ...reply, mention } : reply;
}
