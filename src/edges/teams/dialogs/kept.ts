import { randomBytes } from 'node:crypto';
import type { Card } from '../../../chat/card.ts';
import type { FormStore } from '../../../chat/edge.ts';
import type { Asked } from '../answers/asked.ts';
import { isRecord } from '../requests/request.ts';

/** What is kept of a dialog that somebody has open. */
export type Kept = {
  readonly what: 'dialog';
  /** The only one who may hand it in, as Teams names them. */
  readonly user: string;
  /** Where the answer goes, and the message that it may take the place of. */
  readonly asked: Whence;
  /** As it was answered: its card holds inputs, verbs and data, of which the client is told no more than it shows. */
  readonly text: string;
  readonly card: Card;
  /** Any answer is shown in the dialog, where it can be. */
  readonly shows: Shows;
  /** It is handed in already, but for a last question. */
  readonly sure?: { readonly button: number; readonly typed: Typed };
};
/** From where somebody asked; nothing of the request that waited then. */
export type Whence = Omit<Asked, 'press' | 'waiting' | 'shownElse'>;
export type Shows = 'forms' | 'all';
/** What was typed, by the ids of the inputs. */
export type Typed = Readonly<Record<string, string>>;

/** As long as the bot knows the mark that makes two presses of a form one. */
const SECONDS = 24 * 60 * 60;

/** Gives the id that the client has for it: 128 bits that tell nothing. */
export async function keep(store: FormStore, kept: Kept): Promise<string> {
  const id = randomBytes(16).toString('base64url');
  await store.keep(id, kept, SECONDS);
  return id;
}

/** A dialog by what a client says its id is; nothing where it is not known, or not this person's. */
export async function findKept(store: FormStore, id: unknown, user: string): Promise<Kept | undefined> {
  if (typeof id !== 'string' || !/^[\w-]{22}$/.test(id)) return undefined;
  const kept = await store.find(id);
  return isKept(kept) && kept.user === user ? kept : undefined;
}

/** Other edges keep other things there; what is of this kind was written here. */
const isKept = (value: unknown): value is Kept => isRecord(value) && value.what === 'dialog';
