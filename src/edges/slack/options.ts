import type { OpenFile, Receive } from '../../chat/edge.ts';

/** The part of a pino logger that this edge uses. */
export type Log = {
  info(details: object, message: string): void;
  warn(details: object, message: string): void;
  error(details: object, message: string): void;
};

/** A link to a file the bot made, which opens without a login for a while; nothing where the bot's own address is not known. */
export type FileUrl = (id: string, name: string) => string | undefined;

export type SlackOptions = {
  readonly botToken: string;
  readonly signingSecret: string;
  /** Another server that speaks Slack's Web API: a test server. */
  readonly apiUrl?: string;
  /** Turns on Socket Mode: requests come in through a socket, and none over HTTP. */
  readonly appToken?: string;
  readonly receive: Receive;
  readonly openFile: OpenFile;
  /** For files that Slack does not take. Left out: there are no links. */
  readonly fileUrl?: FileUrl;
  readonly log: Log;
  readonly now?: () => number;
};
