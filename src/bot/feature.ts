import type { z } from 'zod';
import type { Choice, Dataset, Within } from '../chat/card.ts';
import type { Check, Edge, Found, Limit, Topic } from '../chat/edge.ts';
import type { Attachment } from '../chat/inbound.ts';
import type { Person, Place } from '../chat/place.ts';
import type { Reply } from '../chat/reply.ts';
import type { Db } from '../db/index.ts';
import type { Jobs, Queue } from '../jobs/index.ts';
import type { Providers } from '../providers/index.ts';
import type { Actor, Member, Role } from './who.ts';

/** What features need to know of the configuration. */
export type Settings = {
  readonly orderPrefix: string;
  readonly bulkBatchRows: number;
  readonly bulkMaxFileMb: number;
  readonly approvalHours: number;
  readonly reconcileCron: string;
  readonly reconcileTimezone: string;
  /** Letters can be sent. */
  readonly mail: boolean;
};

/** What everything below the edges works with. `now` is read once a request; nothing asks the clock again. */
export type Ctx = {
  readonly db: Db;
  readonly now: Date;
  readonly jobs: Jobs;
  readonly settings: Settings;
  readonly actor: Actor;
  /** Done in each transaction before it ends, such as telling of what follows from a change. */
  readonly settle?: ((db: Db) => Promise<void>) | undefined;
};

/** The context of something a person asked for. */
export type Asked = Ctx & {
  readonly person: Person;
  readonly place: Place;
  readonly member: Member;
  /** The customer that the card is about whose button was pressed, whichever was chosen since. */
  readonly forCustomer?: number;
  /** The command as it was typed, so that it can be asked again after a choice. */
  readonly text: string;
  /** Nobody else in the place saw that it was asked. */
  readonly alone?: true;
  /** Carries out another command for the same person, in the same transaction. */
  again(asked: Asked, text: string): Promise<Reply>;
  /** Has every platform that the bot is connected to looked at. Not to be asked inside a transaction. */
  readonly checks?: (() => Promise<readonly PlatformChecks[]>) | undefined;
};

/** The context of somebody who looks for something while typing: nothing is changed. */
export type Looking = Pick<Asked, 'db' | 'settings' | 'person' | 'place' | 'member' | 'forCustomer'>;
/** What fits the words, as far as this person may see it here, best first and no more than `most`. */
export type Find = (
  looking: Looking,
  words: string,
  most: number,
  within?: Within,
) => Promise<readonly Choice[]>;

/** The same, as cards to be shown to others: no money is on them, and nothing that is for one person alone. */
export type LookUp = (
  looking: Looking,
  words: string,
  page: { readonly skip: number; readonly most: number },
) => Promise<readonly Found[]>;

export type PlatformChecks = { readonly platform: string; readonly checks: readonly Check[] };

/** The context of background work. */
export type Working = Ctx & {
  readonly post: Edge['post'];
  /** How fast a conversation of a platform may be posted to; nothing, where this copy of the bot is not connected to it. */
  readonly pace?: ((platform: string) => readonly Limit[] | undefined) | undefined;
  readonly providers: Providers;
  readonly clock: () => Date;
  /** Between two parts of long work: lets people's requests go first. */
  readonly quiet: () => Promise<void>;
  /** Writes a fault to the log that the work goes on after: what it says is not for people to read. */
  readonly report?: ((fault: unknown, what: string) => void) | undefined;
};

export type Command = {
  /** One or two words. */
  readonly name: string;
  readonly aliases?: readonly string[];
  readonly usage: string;
  readonly summary: string;
  readonly examples: readonly string[];
  readonly roles: readonly Role[];
  /** It only tells what is: its answer about a customer may be given once more, for everybody in the channel. */
  readonly shared?: true;
} & (
  | { run(asked: Asked, words: readonly string[]): Promise<Reply> }
  /** For a command that takes files: they are read first, outside of the transaction that the change is made in. */
  | { read(asked: Asked, words: readonly string[], files: readonly Attachment[]): Promise<CarryOut> }
);
export type CarryOut = (asked: Asked) => Promise<Reply>;

/** What the bot does when a button with this verb is pressed or a form with it is sent. */
export type Button = {
  readonly verb: string;
  readonly roles: readonly Role[];
  run(asked: Asked, values: unknown): Promise<Reply>;
};

/** A button whose values are checked before they are used: a client may send anything. */
export function button<T>(of: {
  verb: string;
  roles: readonly Role[];
  input: z.ZodType<T>;
  run(asked: Asked, values: T): Promise<Reply>;
}): Button {
  return { verb: of.verb, roles: of.roles, run: (asked, values) => of.run(asked, of.input.parse(values)) };
}

/** The context of somebody before whose eyes a card is drawn anew. */
export type Onlooker = Ctx & Looking;

/**
 * What the card with this verb in its `refresh` shows now, in the eyes of one person; nothing, where it is not for them to see
 * and the card stays as it is. It changes nothing, and is carried out in no transaction.
 */
export type Look = {
  readonly verb: string;
  readonly roles: readonly Role[];
  run(onlooker: Onlooker, values: unknown): Promise<Reply | undefined>;
};

/** A look whose values are checked before they are used. */
export function look<T>(of: {
  verb: string;
  roles: readonly Role[];
  input: z.ZodType<T>;
  run(onlooker: Onlooker, values: T): Promise<Reply | undefined>;
}): Look {
  const { verb, roles, input } = of;
  return { verb, roles, run: (onlooker, values) => of.run(onlooker, input.parse(values)) };
}

/** Background work: a queue and who works on it. */
export type Work = Queue & { handle(working: Working, data: unknown, lastTry: boolean): Promise<void> };

/** Work that the clock starts. The entry carries the time it was meant for. */
export type Schedule = {
  readonly name: string;
  cron(settings: Settings): string;
  timezone(settings: Settings): string;
  readonly queue: string;
};

/** A feature is data. `src/features.ts` lists them all. */
export type Feature = {
  readonly name: string;
  readonly summary: string;
  readonly commands: readonly Command[];
  readonly buttons?: readonly Button[];
  /** What cards ask for that are drawn anew. */
  readonly looks?: readonly Look[];
  readonly work?: readonly Work[];
  readonly schedules?: readonly Schedule[];
  /** What is searched while somebody types; the choices are what its forms and commands take. */
  readonly searches?: Partial<Readonly<Record<Dataset, Find>>>;
  /** What is looked up to be shown to others. */
  readonly lookups?: Partial<Readonly<Record<Topic, LookUp>>>;
  /** Told of every place from which somebody known talks to the bot, before it is understood what they say. */
  heard?(ctx: Ctx, place: Place): Promise<void>;
  /**
   * Renders a message that is kept up to date, by the part of its name before the colon, for the place where it stands;
   * nothing, where it stays as it is.
   */
  readonly tracks?: Readonly<
    Record<string, (ctx: Ctx, id: string, place: Place) => Promise<Reply | undefined>>
  >;
};
