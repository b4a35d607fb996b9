/** The files of the page: those in its folder and the card library, by name. Nothing else can be asked for. */
import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createRequire } from 'node:module';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Refused, sendBytes } from './http.ts';

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
};

export type SendAsset = (req: IncomingMessage, res: ServerResponse, name: string) => Promise<void>;

export function openAssets(): SendAsset {
  const folder = new URL('./page/', import.meta.url);
  const files = new Map(readdirSync(folder).map((name) => [name, fileURLToPath(new URL(name, folder))]));
  const library = 'adaptivecards.min.js';
  files.set(library, createRequire(import.meta.url).resolve(`adaptivecards/dist/${library}`));

  return async (req, res, name) => {
    const path = files.get(name);
    const contentType = CONTENT_TYPES[extname(name)];
    if (!path || !contentType) {
      throw new Refused(404, 'There is nothing here.');
    }
    const bytes = await readFile(path);
    const etag = `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`;
    const caching = { etag, 'cache-control': 'no-cache' };
    if (req.headers['if-none-match'] === etag) {
      res.writeHead(304, caching);
      res.end();
      return;
    }
    sendBytes(res, 200, { ...caching, 'content-type': contentType }, bytes);
  };
}
