import type { Card } from '../../chat/card.ts';
import type { OpenFile, Receive, Search } from '../../chat/edge.ts';
import type { Person } from '../../chat/place.ts';
import type { Reply } from '../../chat/reply.ts';

/** One message of a conversation as the console keeps and shows it. */
export type Entry = {
  readonly id: number;
  readonly conversation: string;
  /** ISO 8601. */
  readonly at: string;
  readonly from:
    | { readonly kind: 'bot' }
    | { readonly kind: 'person'; readonly id: string; readonly name: string };
  readonly text: string;
  /** Names of what was attached. */
  readonly attachments?: readonly string[];
  readonly reply?: Reply;
  /** The id of the only person who sees it; everybody in the conversation where it is missing. */
  readonly visibleTo?: string;
  /** The entry whose thread it belongs to, and how that begins. */
  readonly answers?: { readonly id: number; readonly text: string };
  /** When the bot changed it last, ISO 8601. */
  readonly changed?: string;
};

/** Where the messages are kept. */
export type Transcript = {
  /** Of two with the same key the first stays, and is given back. */
  append(entry: Omit<Entry, 'id' | 'at'>, key?: string): Promise<Entry>;
  /** `undefined` where there is no such entry. */
  change(id: number, reply: Reply): Promise<Entry | undefined>;
  remove(id: number): Promise<void>;
  /** Oldest first: the last `limit` where `after` is 0, else the first `limit` with a higher id. */
  read(conversation: string, after: number, limit: number): Promise<readonly Entry[]>;
};

/** Somebody whom one can choose to be. */
export type Persona = {
  readonly person: Person;
  /** As shown: `provider admin`. */
  readonly role: string;
  readonly organization: string;
};

export type Log = {
  warn(details: object, message: string): void;
  error(details: object, message: string): void;
};

export type CardSamples = Readonly<Record<string, Readonly<Record<string, Card>>>>;

export type ConsoleOptions = {
  readonly receive: Receive;
  readonly search: Search;
  readonly openFile: OpenFile;
  readonly transcript: Transcript;
  personas(): Promise<readonly Persona[]>;
  /** For completion, as `help` lists them. */
  commands(): readonly { readonly usage: string; readonly summary: string }[];
  /** For the gallery: module, name of the sample, card. */
  cardSamples?(): Promise<CardSamples>;
  readonly log: Log;
};
