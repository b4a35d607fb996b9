import type { FormStore, Receive } from '../../chat/edge.ts';
import type { Place } from '../../chat/place.ts';
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
  /** A link to a file the bot made, which opens without a login for a while; nothing where the bot's own address is not known. */
  readonly fileUrl: FileUrl;
  /** Without it files are links in personal chats too: the Playground, a client of local mode, knows no consent cards. */
  readonly consent?: Consent;
  readonly log: Log;
  /** Told of a place when the bot is added to it or it gets another name. */
  readonly remember: (place: Place) => Promise<void>;
  readonly timing?: Partial<Timing>;
  /** What is remembered of forms that are open, and of messages that one person alone sees. Without it such a message is answered below it. */
  readonly forms?: FormStore;
  /** Whether the client shows a message for one person to that person alone; if it is not said, Teams itself does. */
  readonly targeted?: boolean;
};

export type Timing = {
  /** A person who waits longer sees that the bot is at work; the store rules ask for it after two seconds. */
  readonly typingAfterMs: number;
  /** Teams shows for about five seconds that somebody is typing (https://github.com/microsoft/botbuilder-dotnet/issues/1877). */
  readonly typingAgainMs: number;
  /** Teams gives a request up after 10 to 15 seconds (https://github.com/MicrosoftDocs/msteams-docs/issues/6461). */
  readonly answerWithinMs: number;
};

export const TIMING: Timing = { typingAfterMs: 1_000, typingAgainMs: 4_000, answerWithinMs: 5_000 };
