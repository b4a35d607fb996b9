import type { IncomingMessage, ServerResponse } from 'node:http';

/** A request that is not served; the message is a sentence for the person at the page. */
export class Refused extends Error {
  override name = 'Refused';
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/**
 * Cards set their styles through the DOM, which `style-src 'self'` allows; only style attributes in
 * markup would need more.
 */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

export function setSecurityHeaders(res: ServerResponse): void {
  res.setHeader('content-security-policy', CONTENT_SECURITY_POLICY);
  res.setHeader('x-content-type-options', 'nosniff');
  res.setHeader('x-frame-options', 'DENY');
  res.setHeader('referrer-policy', 'no-referrer');
  res.setHeader('cross-origin-opener-policy', 'same-origin');
  res.setHeader('cross-origin-resource-policy', 'same-origin');
}

export function sendBytes(
  res: ServerResponse,
  status: number,
  headers: Readonly<Record<string, string>>,
  bytes: Uint8Array,
): void {
  res.writeHead(status, { 'cache-control': 'no-store', ...headers, 'content-length': String(bytes.length) });
  res.end(bytes);
}

export function sendJson(res: ServerResponse, status: number, value: unknown): void {
  const headers = { 'content-type': 'application/json; charset=utf-8' };
  sendBytes(res, status, headers, Buffer.from(JSON.stringify(value)));
}

/** Reads the body; `tooLarge` is what the person is told where it has more than `limit` bytes. */
export async function readBody(req: IncomingMessage, limit: number, tooLarge: string): Promise<Buffer> {
  if (Number(req.headers['content-length'] ?? 0) > limit) {
    throw new Refused(413, tooLarge);
  }
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of req.iterator({ destroyOnReturn: false })) {
    size += chunk.length;
    if (size > limit) {
      throw new Refused(413, tooLarge);
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, size);
}

const JSON_LIMIT = 256 * 1024;

export async function readJson(req: IncomingMessage): Promise<Readonly<Record<string, unknown>>> {
  const bytes = await readBody(req, JSON_LIMIT, 'The message is too long.');
  let value: unknown;
  try {
    value = JSON.parse(bytes.toString('utf8'));
  } catch {
    throw new Refused(400, 'The request is not JSON.');
  }
  if (!isRecord(value)) {
    throw new Refused(400, 'The request is not a JSON object.');
  }
  return value;
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A text field of a request: there, and not longer than `limit`. */
export function textOf(body: Readonly<Record<string, unknown>>, field: string, limit: number): string {
  const value = body[field];
  if (typeof value !== 'string') {
    throw new Refused(400, `The request lacks “${field}”.`);
  }
  if (value.length > limit) {
    throw new Refused(400, `“${field}” is longer than ${limit.toLocaleString('en')} characters.`);
  }
  return value;
}
