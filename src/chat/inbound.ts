import type { Person, Place } from './place.ts';

/** A file somebody attached. Nothing is fetched before `read`. */
export type Attachment = {
  readonly name: string;
  /** Rejects with `Unreadable` where the file is larger than `limit` bytes or can't be had. */
  read(limit: number): Promise<Uint8Array>;
};

/** An attachment that can't be read; the message is a sentence for the person who attached it. */
export class Unreadable extends Error {
  override name = 'Unreadable';
}

type Common = {
  /** The platform's id of this request: the same again when the platform repeats it. */
  readonly id: string;
  readonly person: Person;
  readonly place: Place;
  /** Whoever asked waits for the answer to this very request: it is given also where it was given before. */
  readonly waits?: true;
  /** Nobody else in the place saw it: neither is the answer for anybody else. */
  readonly alone?: true;
  /** The platform takes no files here: who is asked for one sends it where they talk to the bot alone. */
  readonly filesInPrivate?: true;
};

/** Words somebody typed. The bot's own mention is gone, a person's mention is their e-mail address. */
export type Message = Common & {
  readonly kind: 'message';
  readonly text: string;
  readonly attachments: readonly Attachment[];
  /** Files were attached that the platform did not send along; or it does not say whether there were. */
  readonly withheld?: 'surely' | 'perhaps';
  /**
   * Looks for files that did not come along. It takes a while, so it is asked only where a file is of use, and never inside a
   * transaction. Never rejects.
   */
  readonly findFiles?: () => Promise<readonly Attachment[] | 'out of reach'>;
};

/** A button or a filled form: the verb and data of the `Action.Execute`, and the inputs by their ids. */
export type Submit = Common & {
  readonly kind: 'submit';
  readonly verb: string;
  /** Data of the button and values of the inputs in one object, as the client sent them: not to be trusted. */
  readonly values: Readonly<Record<string, unknown>>;
  /** The message that holds the card, where the platform says. */
  readonly message?: string;
  /**
   * Nobody pressed it: the platform asks what a card shows now, for this person alone. Nothing is done or noted; an answer takes
   * the place of the card before their eyes, and there need be none.
   */
  readonly refresh?: true;
};

export type Inbound = Message | Submit;
