import type { OpenFile, Receive } from '../../chat/edge.ts';

/** The part of a pino logger that this edge uses. */
export type Log = {
  info(details: object, message: string): void;
  warn(details: object, message: string): void;
  error(details: object, message: string): void;
};

export type SlackOptions = {
  readonly botToken: string;
  readonly signingSecret: string;
  /** Another server that speaks Slack's Web API: a test server. */
  readonly apiUrl?: string;
  /** Turns on Socket Mode: requests come in through a socket, and none over HTTP. */
  readonly appToken?: string;
  readonly receive: Receive;
  readonly openFile: OpenFile;
  readonly log: Log;
  readonly now?: () => number;
};
