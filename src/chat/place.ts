/** Anything that can be stored as JSON. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** Where people talk: plain data that can be stored, and posted to later by the edge named `platform`. */
export type Place = {
  readonly platform: string;
  /** The platform's own id of the conversation. */
  readonly conversation: string;
  readonly kind: 'personal' | 'group' | 'channel';
  /** How people call it; empty where the platform does not say. */
  readonly name: string;
  /** The platform's own id of what the conversation is part of, such as a team: what befalls that befalls the place. */
  readonly within?: string;
  /** The message whose thread an answer belongs to. */
  readonly thread?: string;
  /** The address of the one person who sees what is said there; everybody who reads along does where it is missing. */
  readonly reader?: string;
  /** What the edge needs to find the place again, such as a service URL. Nobody else reads it. */
  readonly address?: Json;
};

/** Somebody who talks to the bot, as the platform vouches for them. */
export type Person = {
  readonly platform: string;
  readonly id: string;
  readonly name: string;
  /** Lower case; only where the platform itself says so, never taken from a message. */
  readonly email?: string;
  /** A client on this very machine that talks without credentials. */
  readonly local?: true;
};

/** A message that was sent and can be changed later. */
export type Sent = {
  readonly place: Place;
  readonly message: string;
  /** How many messages were posted for it, with those of its files, where that is not one. */
  readonly messages?: number;
};

/** Do both name the same conversation, for the same people? */
export const samePlace = (a: Place, b: Place): boolean =>
  a.platform === b.platform && a.conversation === b.conversation && a.reader === b.reader;

/** Whether one person alone sees what is said there. */
export const isForOne = ({ kind, reader }: Place): boolean => kind === 'personal' || reader !== undefined;
