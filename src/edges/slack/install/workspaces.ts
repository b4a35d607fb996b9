import type { WebClient } from '@slack/web-api';
import type { Check, PostFailed } from '../../../chat/edge.ts';
import type { Place } from '../../../chat/place.ts';
import type { Desk } from '../answers/posting.ts';
import { openRefusals } from '../answers/refusals.ts';
import type { SlackOptions } from '../options.ts';
import { openDirectory } from '../requests/directory.ts';
import type { Reception } from '../requests/inbound.ts';
import { type Identity, onceClient, webClient } from '../web-api.ts';

/** The installation that a request is for, as Slack names it in the request. */
export type Whose = {
  readonly team: string | undefined;
  readonly enterprise: string | undefined;
  /** The app is installed in the whole organization. */
  readonly isOrg: boolean;
  /** Where the request can be answered without a token. */
  readonly responseUrl?: string | undefined;
};

/** What it takes to read the requests of one workspace and to answer them: its token is behind all of it. */
export type Workspace = { readonly reception: Reception; readonly desk: Desk };

export type Workspaces = {
  /** The workspace that a request is from; nothing where the bot is not installed there. */
  of(whose: Whose): Promise<Workspace | undefined>;
  /** The workspace of a conversation. Rejects with `PostFailed` where the bot is not installed there any more. */
  at(place: Place): Promise<Workspace>;
  /** Slack says that the bot was taken out of there. */
  lost(whose: Whose): Promise<void>;
  /** What a refusal of a post means where it is the end of the bot in that workspace. */
  closed(place: Place, refusal: unknown): Promise<PostFailed | undefined>;
  /** Rejects where Slack does not accept what the settings say. */
  start(): Promise<void>;
  /** `isOpen` says whether the socket is; nothing where requests come in over HTTP. */
  check(isOpen: (() => boolean) | undefined): Promise<readonly Check[]>;
  stop(): Promise<void>;
};

type Known = {
  readonly token: string;
  /** Of an organization, the workspace that is meant. */
  readonly within?: string | undefined;
  readonly identify: (client: WebClient) => () => Promise<Identity>;
  /** Whether the word of the workspace is good for an e-mail address. */
  readonly vouches: (email: string) => boolean;
};

/** The bot in one workspace, with the token that it has there. */
export function workspaceWith(options: SlackOptions, { token, within, identify, vouches }: Known): Workspace {
  const { log, openFile, fileUrl, now = Date.now } = options;
  const apiOrigin = options.apiUrl === undefined ? undefined : new URL(options.apiUrl).origin;
  const client = webClient(options, token, within);
  const identity = identify(client);
  return {
    desk: {
      client,
      once: onceClient(options, token, within),
      identity,
      openFile,
      fileUrl,
      apiOrigin,
      log,
      refusals: openRefusals(now),
    },
    reception: {
      directory: openDirectory(client, identity, log, now, vouches),
      reader: { client, token, apiOrigin, log },
      identity,
    },
  };
}
