/**
 * The upload sessions of OneDrive as Microsoft documents them, on this machine.
 * Source: https://learn.microsoft.com/graph/api/driveitem-createuploadsession#upload-bytes-to-the-upload-session
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { TestContext } from 'node:test';
import { listen } from './listen.ts';

const RANGE = /^bytes (\d+)-(\d+)\/(\d+)$/;
const MAX_FRAGMENT = 60 * 1024 * 1024;
type Session = { readonly parts: Buffer[]; size: number };
type Put = {
  readonly path: string;
  readonly range: string | undefined;
  readonly authorization: string | undefined;
};

export type Script = (request: IncomingMessage, response: ServerResponse) => void;

export async function openOneDrive(t: TestContext) {
  const sessions = new Map<string, Session>();
  const files: Buffer[] = [];
  const puts: Put[] = [];
  const scripted: Script[] = [];

  const server = createServer(async (request, response) => {
    const path = request.url ?? '';
    const { 'content-range': range, authorization } = request.headers;
    puts.push({ path, range: range as string | undefined, authorization });
    const script = scripted.shift();
    if (script !== undefined) return script(request, response);
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    response.statusCode = take(sessions.get(path), Buffer.concat(chunks), request);
    if (response.statusCode === 201) sessions.delete(path);
    response.end('{}');
  });

  function take(session: Session | undefined, body: Buffer, { method, headers }: IncomingMessage): number {
    if (headers.authorization !== undefined) return 401;
    if (session === undefined) return 404;
    const [, from = '', to = '', total = ''] = RANGE.exec(String(headers['content-range'])) ?? [];
    const isWhole = Number(to) - Number(from) + 1 === body.length && body.length <= MAX_FRAGMENT;
    if (method !== 'PUT' || total === '' || !isWhole) return 400;
    if (Number(from) !== session.size) return 416;
    session.parts.push(body);
    session.size += body.length;
    if (session.size < Number(total)) return 202;
    files.push(Buffer.concat(session.parts));
    return 201;
  }

  const { port, close } = await listen(server);
  t.after(close);
  return {
    /** What came in whole. */
    files,
    puts,
    /** A place to upload one file to: it takes the file once. */
    session(name: string): string {
      const path = `/personal/alice/_api/uploadSession?name=${name}`;
      sessions.set(path, { parts: [], size: 0 });
      return `http://127.0.0.1:${port}${path}`;
    },
    /** The next request is answered so. */
    next: (script: Script) => void scripted.push(script),
  };
}

/** Answers at once, whatever came. */
export const ending =
  (status: number, location?: string): Script =>
  (_, response) => {
    response.statusCode = status;
    if (location !== undefined) response.setHeader('location', location);
    response.end();
  };
