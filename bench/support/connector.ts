/** The other side of Teams on this machine: takes what the bot posts and answers at once. */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { closing } from './closing.ts';

/** A message that the bot posted, or its new look. */
export type Posted = {
  readonly id: string;
  readonly summary?: string;
  readonly text?: string;
  readonly attachments?: readonly { readonly content?: unknown }[];
};

export type Connector = {
  readonly url: string;
  /** How many messages came until now. */
  count(): number;
  /** Resolves with the next message that fits. */
  next(fits: (message: Posted) => boolean): Promise<Posted>;
  /** Offers a file for download; resolves to its address. */
  offer(name: string, bytes: Uint8Array): string;
};

type Waiting = { readonly fits: (message: Posted) => boolean; readonly take: (message: Posted) => void };

const MEMBER = {
  id: '29:priya',
  name: 'Priya Raman',
  email: 'priya@hamaracloud.example',
  userPrincipalName: 'priya@hamaracloud.example',
};

export async function openConnector(): Promise<Connector> {
  const files = new Map<string, Uint8Array>();
  const waiting = new Set<Waiting>();
  let count = 0;

  function take(body: string): string {
    const id = `m${++count}`;
    if (waiting.size === 0) return id;
    const message: Posted = { ...JSON.parse(body), id };
    for (const one of waiting) {
      if (!one.fits(message)) continue;
      waiting.delete(one);
      one.take(message);
    }
    return id;
  }

  const server = createServer(async (request, response) => {
    const file = files.get(request.url ?? '');
    if (file !== undefined) return void response.end(file);
    const body = await bodyOf(request);
    if (request.method === 'GET') return json(response, MEMBER);
    if (request.method === 'PUT') return json(response, {});
    return json(response, { id: take(body) });
  });
  server.keepAliveTimeout = 60_000;
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  closing(async () => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/`;
  return {
    url,
    count: () => count,
    next: (fits) => new Promise((resolve) => waiting.add({ fits, take: resolve })),
    offer(name, bytes) {
      files.set(`/${name}`, bytes);
      return url + name;
    },
  };
}

function json(response: ServerResponse, body: object): void {
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}
