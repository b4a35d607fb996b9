import type { Card, Choice, Dataset, Within } from './card.ts';
import type { Inbound } from './inbound.ts';
import type { Person, Place, Sent } from './place.ts';
import type { Reply } from './reply.ts';

/** How an edge hands over the answer to one request; gives the message that was sent, where it can be changed later. */
export type Respond = (reply: Reply) => Promise<Sent | undefined>;

/**
 * The bot as an edge sees it. `respond` is called once, or not at all where a repeated request was
 * answered before. Never rejects: a fault becomes a reply with a reference.
 */
export type Receive = (inbound: Inbound, respond: Respond) => Promise<void>;

/** Somebody types into an input whose choices are searched. */
export type Query = {
  readonly person: Person;
  readonly place: Place;
  readonly dataset: Dataset;
  readonly words: string;
  /** What was chosen or typed in the inputs that narrow it: not to be trusted. */
  readonly within?: Within;
  /** The customer that the card is about: not to be trusted either. */
  readonly customer?: number;
  /** How many the platform can show. */
  readonly most: number;
};
/** The choices for what is typed, as far as this person may see them, best first. Never rejects: then there are none. */
export type Search = (query: Query) => Promise<readonly Choice[]>;

/** The page that a platform keeps for one person; `place` is where they talk to the bot alone. */
export type Home = { readonly person: Person; readonly place: Place };
export type Drawn = { readonly mark: string | undefined } | 'outdated';
/** Somebody looks at their page, which the platform marks so: it is to be drawn as things are now. Never rejects. */
export type HomeOpened = (home: Home, mark: string | undefined) => Promise<void>;

/** What people write where others read along, not to the bot, as far as it has to do with orders. */
export type Listening = {
  /** The numbers of orders in a text. It is asked of every message there is, so it only looks. */
  numbersIn(text: string): readonly string[];
  /** The numbers of orders that a link to the bot's own pages is about. */
  numbersOfLink(url: string): readonly string[];
  /**
   * What is to be shown of them, each for itself: nothing to who may not see them or does not want to, and nothing of so many
   * that they are a list. What is for one person they see once in an hour, what is for all there they see once. Never rejects.
   */
  previews(heard: Home & { readonly numbers: readonly string[] }): Promise<readonly Preview[]>;
};
export type Preview = {
  readonly number: string;
  readonly reply: Reply;
  /** It could not be shown: so it is, when it is named again. Never rejects. */
  notShown(): Promise<void>;
};

/** What people look up to show it in a message of their own. */
export const TOPICS = ['orders', 'services', 'users'] as const;
export type Topic = (typeof TOPICS)[number];
export const isTopic = (name: unknown): name is Topic => TOPICS.some((one) => one === name);
/** Somebody looks something up for a message to `place`, which others read. */
export type Wanted = Home & {
  readonly topic: Topic;
  readonly words: string;
  /** So many were shown before. */
  readonly skip: number;
  readonly most: number;
};
/** One thing that was found: a line and a sentence about it, and the card that is put into the message. */
export type Found = {
  readonly title: string;
  readonly detail: string;
  readonly card: Card;
};
/** Nothing in what is found is a secret from people whom the one who looks it up may show it to. Never rejects. */
export type Lookups = {
  /** Best first, as far as this person may see it there. `failed`: it can't be said just now whether there is any. */
  find(wanted: Wanted): Promise<readonly Found[] | 'stranger' | 'failed'>;
  /** What a link to the bot's own pages is about, where all who read there may see it anyway. */
  ofLink(linked: Home & { readonly url: string }): Promise<Found | undefined>;
};

/** One conversation, or all that are within something, such as a team. */
export type Places = { readonly conversation: string } | { readonly within: string };
/** What a platform tells of its places by itself. */
export type PlaceNews = {
  /** The places within something, as far as they were heard of. */
  known(within: string): Promise<readonly Place[]>;
  /** The bot is not there any more: posts to them wait. `why` is a sentence for whoever looks after the bot. */
  lost(where: Places, why: string): Promise<void>;
  /** The bot is there, perhaps again: what waits goes out. */
  found(where: Places): Promise<void>;
};

/** At most so many posts to one conversation within so many seconds. */
export type Limit = { readonly most: number; readonly seconds: number };

/** One thing that was looked at, and what to do about it where it is not as it should be. */
export type Check = {
  /** `Token`, `Permissions` */
  readonly what: string;
  /** `note`: it can't be known, or is as somebody chose it. */
  readonly state: 'good' | 'attention' | 'note';
  readonly says: string;
  readonly remedy?: string;
};

/** The bot as one platform knows it: it can post to a stored place and change what it sent. */
export type Edge = {
  readonly platform: string;
  /** How fast a conversation may be posted to; as fast as one likes where it is missing. */
  readonly pace?: readonly Limit[];
  /**
   * Posts a reply. `key` is the same when the same post is tried again: where the platform can, it
   * keeps one message of it. `triedSince` says that an earlier try may have got through since then without
   * that being known. Rejects with `PostFailed`.
   */
  post(place: Place, reply: Reply, key: string, triedSince?: Date): Promise<Sent>;
  /** Changes a message. Rejects with `PostFailed`. */
  update(sent: Sent, reply: Reply): Promise<Sent>;
  /**
   * Draws the page that the platform keeps for one person, where it keeps such pages. `mark` is that of the last drawing:
   * where there was a newer one nothing is done. Gives the mark of this drawing. Rejects with `PostFailed`.
   */
  drawHome?(home: Home, reply: Reply, mark: string | undefined): Promise<Drawn>;
  /** Whose page it is, as the platform knows them now. Rejects with `PostFailed` where it does not say. */
  personNow?(home: Home): Promise<Person>;
  /** Looks whether the way to the platform is as it should be. Never rejects. */
  check?(): Promise<readonly Check[]>;
};

/** The bot can't begin with a platform. The message is a sentence for the operator. */
export class NotConnected extends Error {
  override name = 'NotConnected';
}

/** A message that a platform did not take. */
export class PostFailed extends Error {
  override name = 'PostFailed';
  /**
   * `gone`: the place is no more, or the bot may not write there; `thread gone`: only the message is whose thread it
   * belongs to; `later`: try again; `refused`: never as it is.
   */
  readonly reason: 'gone' | 'thread gone' | 'later' | 'refused';
  /** How long the platform asks to wait. */
  readonly retryAfterSeconds: number | undefined;

  constructor(
    reason: PostFailed['reason'],
    message: string,
    options?: { retryAfterSeconds?: number; cause?: unknown },
  ) {
    super(message, { cause: options?.cause });
    this.reason = reason;
    this.retryAfterSeconds = options?.retryAfterSeconds;
  }
}

/**
 * Keeps what is behind a form that somebody has open, under an id that tells nothing: for clients that hand back no more than
 * such an id. All copies of the bot see the same.
 */
export type FormStore = {
  /** Keeps a form, or what it has become: then nothing of it is handed in yet. */
  keep(id: string, form: object, seconds: number): Promise<void>;
  /** The form as it was kept; nothing where it is not known, or not any more. */
  find(id: string): Promise<unknown>;
  forget(id: string): Promise<void>;
  /**
   * Who brings the answer to what was handed in. `mine`: the caller, who has so many seconds for it; `theirs`: somebody who
   * asked before; `answered`: it was brought.
   */
  claimAnswer(id: string, seconds: number): Promise<'mine' | 'theirs' | 'answered'>;
  answered(id: string): Promise<void>;
};

/** Reads a file the bot made; `undefined` where it is no more. */
export type OpenFile = (
  id: string,
) => Promise<{ name: string; contentType: string; bytes: Uint8Array } | undefined>;
