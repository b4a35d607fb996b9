/**
 * The console: the chat of local mode, in a browser. It shows the cards that Teams shows, takes
 * attachments, shows the channels in which notices arrive, and lets one choose whom to be.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Edge } from '../../chat/edge.ts';
import { openAssets } from './assets.ts';
import { checkHost } from './guard.ts';
import { Refused, sendJson, setSecurityHeaders } from './http.ts';
import { openLive } from './live.ts';
import { withStranger } from './places.ts';
import { openBoard, openEdge } from './post.ts';
import { type Desk, findRoute } from './routes.ts';
import { openTalk } from './talk.ts';
import type { ConsoleOptions } from './types.ts';
import { openUploads } from './uploads.ts';

export type { CardSamples, ConsoleOptions, Entry, Persona, Transcript } from './types.ts';

export type Console = {
  readonly edge: Edge;
  /** For `/` and everything under `/console/`. The body is still unread. Never rejects. */
  handle(req: IncomingMessage, res: ServerResponse): Promise<void>;
  /** Ends the open event streams. */
  close(): void;
};

export function openConsole(options: ConsoleOptions): Console {
  const live = openLive();
  const board = openBoard(options.transcript, live);
  const uploads = openUploads();
  const personas = async () => withStranger(await options.personas());
  const talk = openTalk({ ...options, personas, board, uploads });
  const desk: Desk = { options, personas, live, talk, uploads, sendAsset: openAssets() };
  return {
    edge: openEdge(board, options.transcript),
    handle: (req, res) => serve(desk, req, res),
    close: live.close,
  };
}

async function serve(desk: Desk, req: IncomingMessage, res: ServerResponse): Promise<void> {
  try {
    setSecurityHeaders(res);
    checkHost(req);
    await findRoute(req)(desk, req, res);
  } catch (error) {
    refuse(desk, req, res, error);
  }
}

function refuse(desk: Desk, req: IncomingMessage, res: ServerResponse, error: unknown): void {
  if (res.closed) {
    return;
  }
  if (!(error instanceof Refused)) {
    desk.options.log.error({ err: error, method: req.method, url: req.url }, 'the console failed');
  }
  if (res.headersSent) {
    res.destroy();
    return;
  }
  // What is left of the body is read and dropped; a connection closed in the middle would hide the answer.
  req.resume();
  const { status, message } =
    error instanceof Refused ? error : new Refused(500, 'Something went wrong here. The log says what.');
  sendJson(res, status, { error: message });
}
