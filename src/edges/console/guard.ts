/**
 * Who may talk to the console. It has no login and listens on the loopback address, so what is left to
 * fear is another web page in the same browser: by a name that resolves to this machine (the Host
 * header tells), or by sending a form here (the Origin and content type tell).
 */
import type { IncomingMessage } from 'node:http';
import { Refused } from './http.ts';

const LOOPBACK = /^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d{1,5})?$/i;

export function checkHost(req: IncomingMessage): void {
  if (!LOOPBACK.test(req.headers.host ?? '')) {
    throw new Refused(403, 'The console answers only on localhost.');
  }
}

/** For every request that changes something. A content type that no form can send makes the browser ask first. */
export function checkWrite(req: IncomingMessage, contentType: string): void {
  if (!sameOrigin(req)) {
    throw new Refused(403, 'The request comes from another site.');
  }
  const [sent = ''] = (req.headers['content-type'] ?? '').split(';');
  if (sent.trim().toLowerCase() !== contentType) {
    throw new Refused(415, `The request must be ${contentType}.`);
  }
}

function sameOrigin(req: IncomingMessage): boolean {
  const site = req.headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin' && site !== 'none') {
    return false;
  }
  const { origin, host } = req.headers;
  return origin === undefined || origin.toLowerCase() === `http://${host}`.toLowerCase();
}
