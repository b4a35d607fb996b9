// The one port: health, metrics, files, and the endpoints of the edges.
import restify, { type Request, type Response, type Server } from 'restify';
import type { ApiRequest, ApiResponse } from './api/request.ts';
import type { FileLinks } from './bot/index.ts';
import type { OpenFile } from './chat/edge.ts';
import type { Metrics } from './metrics.ts';

export type Door = {
  readonly server: Server;
  /** Until then every other path answers 503. */
  open(): void;
  /** From then on every other path answers 503 again. */
  shut(): void;
  listen(port: number, host: string): Promise<number>;
  close(): Promise<void>;
};

/** Another program has the port. */
export class PortInUse extends Error {
  override name = 'PortInUse';
}

/** Paths that answer while the bot starts and stops; all others answer 503, `/readyz` among them. */
const ALWAYS = new Set(['/healthz', '/metrics']);

export function openDoor(metrics: Metrics): Door {
  const server = restify.createServer({ name: 'quartermaster', handleUncaughtExceptions: false });
  let isOpen = false;
  server.pre((request, response, next) => {
    if (isOpen || ALWAYS.has(request.getPath())) return next();
    response.send(503, { error: 'The bot is starting or stopping.' });
    return next(false);
  });
  server.get('/healthz', async (_: Request, response: Response) => {
    response.send(200, { alive: true });
  });
  server.get('/metrics', async (_: Request, response: Response) => {
    response.sendRaw(200, await metrics.text(), { 'Content-Type': metrics.contentType });
  });
  return {
    server,
    open() {
      isOpen = true;
    },
    shut() {
      isOpen = false;
    },
    listen: (port, host) =>
      new Promise((resolve, reject) => {
        server.once('error', (error: Error & { code?: string }) =>
          reject(
            error.code === 'EADDRINUSE'
              ? new PortInUse(`Port ${port} is in use. Stop the other program, or set PORT.`)
              : error,
          ),
        );
        server.listen(port, host, () => resolve(server.address().port));
      }),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.server.closeAllConnections();
      }),
  };
}

/** Answers whether the bot can work now: its database is there. */
export function serveReadiness({ server }: Door, check: () => Promise<void>, metrics: Metrics): void {
  server.get('/readyz', async (_: Request, response: Response) => {
    try {
      await check();
      metrics.ready(true);
      response.send(200, { ready: true });
    } catch {
      metrics.ready(false);
      response.send(503, { ready: false });
    }
  });
}

/** Files the bot made, behind links that expire. */
export function serveFiles({ server }: Door, links: FileLinks, openFile: OpenFile, clock: () => Date): void {
  server.get('/files/:id/:name', async (request: Request, response: Response) => {
    const query = new URLSearchParams(request.getQuery());
    const id = String(request.params?.id);
    const standing = links.standing(id, query.get('until') ?? '', query.get('seal') ?? '', clock());
    if (standing === 'wrong') return refuse(response, 404, 'There is nothing here.');
    if (standing === 'expired')
      return refuse(response, 410, 'This link has expired. Ask the bot for the file again.');
    const file = await openFile(id);
    if (file === undefined) return refuse(response, 410, 'This file is no longer kept.');
    response.sendRaw(200, Buffer.from(file.bytes), {
      'Content-Type': file.contentType,
      'Content-Disposition': `attachment; filename="${file.name.replace(/[^\w.-]/g, '_')}"`,
      'X-Content-Type-Options': 'nosniff',
      'Cache-Control': 'private, no-store',
    });
  });
}

const API = '/api/v1';

/** Everything under /api/v1; a body of more than `mostBytes` is not read. */
export function serveApi(
  { server }: Door,
  answer: (call: ApiRequest) => Promise<ApiResponse>,
  mostBytes: number,
): void {
  const handle = async (request: Request, response: Response) => {
    const {
      authorization,
      'content-type': contentType,
      'content-encoding': contentEncoding,
    } = request.headers;
    const { status, headers, body } = await answer({
      method: request.method ?? '',
      path: request.getPath().slice(API.length),
      query: new URLSearchParams(request.getQuery()),
      authorization,
      contentType,
      contentEncoding,
      body: () => bodyOf(request, mostBytes),
    });
    // What was not read would be taken for the next request.
    const rest = request.complete || status < 400 ? {} : { Connection: 'close' };
    response.sendRaw(status, body, { ...headers, ...rest, ...GUARDED });
  };
  // Before the router, which has answers of its own for paths and methods that it does not know.
  server.pre((request, response, next) => {
    const path = request.getPath();
    if (path !== API && !path.startsWith(`${API}/`)) return next();
    handle(request, response).then(() => next(false), next);
  });
}

const GUARDED = { 'X-Content-Type-Options': 'nosniff', 'Cache-Control': 'private, no-store' };

async function bodyOf(request: Request, mostBytes: number): Promise<Uint8Array | undefined> {
  if (Number(request.headers['content-length'] ?? 0) > mostBytes) return undefined;
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    size += chunk.length;
    if (size > mostBytes) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, size);
}

function refuse(response: Response, status: number, sentence: string): void {
  response.sendRaw(status, sentence, {
    'Content-Type': 'text/plain; charset=utf-8',
    'X-Content-Type-Options': 'nosniff',
    'Cache-Control': 'private, no-store',
  });
}
