import type { FormStore, Lookups, PlaceNews, Receive, Search } from '../../chat/edge.ts';
import type { Person, Place } from '../../chat/place.ts';
import type { FileUrl } from './cards/render.ts';
import type { Consent } from './files/consent.ts';

/** What Azure knows the bot by. A managed identity has neither password nor certificate. */
export type Credentials = {
  readonly appId: string;
  readonly password?: string;
  readonly certificate?: { readonly thumbprint: string; readonly privateKey: string };
  readonly tenantId?: string;
  readonly type?: 'SingleTenant' | 'MultiTenant' | 'UserAssignedMSI';
  /** The tenants whose people are talked to; the bot's own where it is missing. */
  readonly tenants?: readonly string[] | 'all';
};

/** The part of a pino logger that is used here. */
export type Log = Readonly<
  Record<'debug' | 'info' | 'warn' | 'error', (what: object, message: string) => void>
>;

export type TeamsOptions = {
  /** Without them only a client on this very machine is talked to: the caller listens on loopback alone. */
  readonly credentials?: Credentials;
  readonly receive: Receive;
  /** Finds choices for what somebody types. */
  readonly search: Search;
  /** A link to a file the bot made, which opens without a login for a while; nothing where the bot's own address is not known. */
  readonly fileUrl: FileUrl;
  /** Without it files are links in personal chats too: the Playground, a client of local mode, knows no consent cards. */
  readonly consent?: Consent;
  readonly log: Log;
  /** Told of a place when the bot is added to it, of who did so alone with it, and when the place gets another name. */
  readonly remember: (place: Place, person?: Person) => Promise<void>;
  readonly places: PlaceNews;
  /** What people look up to show it to others; nothing is found without it. */
  readonly lookups?: Lookups;
  readonly timing?: Partial<Timing>;
  /** What is remembered of forms that are open, and of messages that one person alone sees. Without it such a message is answered below it. */
  readonly forms?: FormStore;
  /** Files of channels and group chats are read by Microsoft Graph, which an admin of the tenant has consented to. */
  readonly graph?: {
    /** Microsoft's own, and a token of the bot's credentials, where nothing else is said. */
    readonly base?: string;
    readonly token?: (tenant: string | undefined) => Promise<string>;
  };
  /** The id by which people can open a chat with the bot by a link; that of the credentials, where nothing else is said. */
  readonly chatsWith?: string;
  /** Whether the client is the Playground, which searches no choices and lists no people; if it is not said, whoever talks without credentials is. */
  readonly playground?: boolean;
  /** Whether the client shows a message for one person to that person alone; if it is not said, Teams itself does. */
  readonly targeted?: boolean;
  /** How long a dialog waits; a test has its own. */
  readonly timers?: Timers;
};

export type Timers = {
  /** Does it later; what is given back keeps it from being done. */
  after(milliseconds: number, act: () => void): () => void;
};

export type Timing = {
  /** A person who waits longer sees that the bot is at work; the store rules ask for it after two seconds. */
  readonly typingAfterMs: number;
  /** Teams shows for about five seconds that somebody is typing (https://github.com/microsoft/botbuilder-dotnet/issues/1877). */
  readonly typingAgainMs: number;
  /** Teams gives a request up after 10 to 15 seconds (https://github.com/MicrosoftDocs/msteams-docs/issues/6461). */
  readonly answerWithinMs: number;
  /**
   * Who types does not wait longer for choices; Teams waits five seconds for what is searched where people write.
   * Source: https://learn.microsoft.com/microsoftteams/platform/messaging-extensions/how-to/search-commands/respond-to-search#respond-to-user-requests
   */
  readonly searchWithinMs: number;
  /** How long after a passing fault of Teams an answer is sent again, at first; each time twice as long. */
  readonly againAfterMs: number;
  /** Who waits for an answer does not wait longer than this for the next try. */
  readonly againWithinMs: number;
  /** The same for what goes on from a message that stands: to break off there is worse than to come late. */
  readonly restWithinMs: number;
  /** An answer does not wait longer for the message about it whose place it would take. */
  readonly heldWithinMs: number;
  /** Runs something later; gives what calls it off. */
  readonly after: (milliseconds: number, run: () => void) => () => void;
  /** From 0 to 1: how much longer than it must a pause lasts. */
  readonly chance: () => number;
};

export const TIMING: Timing = {
  typingAfterMs: 1_500,
  typingAgainMs: 4_000,
  answerWithinMs: 5_000,
  searchWithinMs: 3_000,
  againAfterMs: 500,
  againWithinMs: 10_000,
  restWithinMs: 60_000,
  heldWithinMs: 1_000,
  after(milliseconds, run) {
    const timer = setTimeout(run, milliseconds);
    return () => clearTimeout(timer);
  },
  chance: Math.random,
};
