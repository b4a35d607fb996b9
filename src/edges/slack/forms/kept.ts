import { createHmac, randomBytes } from 'node:crypto';
import type { Card } from '../../../chat/card.ts';
import type { FormStore } from '../../../chat/edge.ts';
import type { Place } from '../../../chat/place.ts';
import type { Reply } from '../../../chat/reply.ts';
import type { Asked } from '../answers/answering.ts';

/** What is kept of a form that somebody has open, or that a message with a button stands for. */
export type Kept = {
  /** The only one who may open it or hand it in; nothing: whoever sees the message. */
  readonly user: string | undefined;
  /** Where the answer goes, and what it may take the place of. */
  readonly asked: Asked;
  /** The form as it was answered: its card holds inputs, verbs and data, of which Slack is told no more than it shows. */
  readonly reply: Pick<Reply, 'text' | 'card' | 'wantsFile' | 'position'>;
  /** Any answer is shown in the window, where it can be. */
  readonly shows: Shows;
  /** What was typed into the form that is handed in already, but for a last question. */
  readonly sure?: Readonly<Record<string, string>>;
  /** The window with that form, where it lies below the last question. */
  readonly form?: string;
  /** How often something was wrong with what was handed in. */
  readonly refusals?: number;
  /** When Slack gave the `response_url`, which is good for half an hour. */
  readonly since: number;
};
export type Shows = 'forms' | 'all';

/** What its window shows. */
export const cardOf = ({ card, wantsFile }: Kept['reply']): Card | undefined => wantsFile?.form?.card ?? card;

export const partOf = ({ text, card, wantsFile, position }: Reply): Kept['reply'] => ({
  text,
  position,
  ...(card && { card }),
  ...(wantsFile && { wantsFile }),
});

/** As long as the bot knows the mark that makes two presses of a form one. */
export const windowSeconds = 24 * 60 * 60;
/** A message with a form stays where it is. */
export const messageSeconds = 30 * 24 * 60 * 60;

/** 128 bits that tell nothing. */
export const newId = (): string => randomBytes(16).toString('base64url');

/** The same for the same message however often it is drawn, and nobody else can tell it. */
export const idFor = (secret: string, message: string): string =>
  createHmac('sha256', secret).update(`form of ${message}`).digest('base64url').slice(0, 22);

const isId = (id: unknown): id is string => typeof id === 'string' && /^[\w-]{22}$/.test(id);

/** A form by what a client says its id is; nothing where it is not known, or not this person's. */
export async function findKept(store: FormStore, id: unknown, user: string): Promise<Kept | undefined> {
  if (!isId(id)) return undefined;
  const kept = (await store.find(id)) as Kept | undefined;
  return kept?.user === undefined || kept.user === user ? kept : undefined;
}

/** The conversation that an open window belongs to. */
export async function placeOfView(store: FormStore, id: unknown, user: string): Promise<Place | undefined> {
  return (await findKept(store, id, user))?.asked.place;
}

const minutesOfUrl = 29;

/** Where the answer goes now: a `response_url` that is too old is none, and with it nothing of what others do not see can be replaced. */
export function askedNow({ asked, since }: Kept, now: number): Asked {
  if (now - since < minutesOfUrl * 60_000) return asked;
  const { responseUrl: _, pressed, ...rest } = asked;
  return { ...rest, pressed: pressed?.isEphemeral ? undefined : pressed };
}
