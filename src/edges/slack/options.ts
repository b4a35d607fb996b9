import type { FormStore, HomeOpened, Listening, OpenFile, Receive, Search } from '../../chat/edge.ts';
import type { Installations } from '../../chat/installation.ts';
import type { Timers } from './forms/timers.ts';

/** The part of a pino logger that this edge uses. */
export type Log = {
  info(details: object, message: string): void;
  warn(details: object, message: string): void;
  error(details: object, message: string): void;
};

/** A link to a file the bot made, which opens without a login for a while; nothing where the bot's own address is not known. */
export type FileUrl = (id: string, name: string) => string | undefined;

/** A workspace or organization that may have the bot. */
export type Allowed = {
  /** `T…` or `E…` */
  readonly id: string;
  /** Whose e-mail addresses it vouches for: those of these domains, or all. */
  readonly domains: readonly string[] | 'all';
};

/** The bot in many workspaces, as people install it there. */
export type InstallOptions = {
  readonly clientId: string;
  readonly clientSecret: string;
  /** Where Slack sends whoever installs the bot back to: one of the redirect URLs of the app. */
  readonly redirectUrl: string;
  /** Nobody else's workspace gets in. */
  readonly allowed: readonly Allowed[];
  readonly installations: Installations;
  /** Told that a workspace has the bot, perhaps again. */
  readonly installed?: (workspace: string) => Promise<void>;
  /** Proves to the bot that it said this itself. */
  readonly seal: (text: string) => string;
};

export type SlackOptions = {
  /** The bot in one workspace; else `install`. */
  readonly botToken?: string;
  readonly install?: InstallOptions;
  readonly signingSecret: string;
  /** Another server that speaks Slack's Web API: a test server. */
  readonly apiUrl?: string;
  /** Turns on Socket Mode: requests come in through a socket, and none over HTTP. */
  readonly appToken?: string;
  readonly receive: Receive;
  /** For what somebody types into a field. */
  readonly search: Search;
  readonly openFile: OpenFile;
  /** For files that Slack does not take. Left out: there are no links. */
  readonly fileUrl?: FileUrl;
  /** Told that somebody looks at their Home tab. Left out: there are none. */
  readonly homeOpened?: HomeOpened;
  /** For the orders that people name. Left out: they are not listened to. */
  readonly listening?: Listening;
  readonly log: Log;
  /** Keeps what is behind the forms that people have open. */
  readonly forms: FormStore;
  readonly timers?: Timers;
  readonly now?: () => number;
};
