import { lookup } from 'node:dns';
import http, { type IncomingMessage, type OutgoingHttpHeaders } from 'node:http';
import https from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { mayConnect } from '../identity/hosts.ts';

/** From where a file is fetched, or where it is put: Graph, or a link that a message brought, already held to `isFileUrl`. */
export type Far = {
  readonly url: URL;
  readonly local: boolean;
  /** How a host name is looked up; the connection is made to the very address that was checked. */
  readonly resolve?: LookupFunction | undefined;
};

type Request = {
  readonly method: 'GET' | 'PUT';
  readonly signal: AbortSignal;
  readonly headers?: OutgoingHttpHeaders;
  readonly body?: Uint8Array;
};

/** One request, with a token only where the caller sets one. A redirect is an answer like any other: nobody is followed unasked. */
export function request({ url, local, resolve = lookup }: Far, sent: Request): Promise<IncomingMessage> {
  const { method, signal, headers = {}, body } = sent;
  const client = url.protocol === 'https:' ? https : http;
  const options = { method, signal, headers, agent: false, lookup: checked(resolve, local) };
  return new Promise((fulfil, reject) => {
    // Not once: a server that answers before it has read everything may break the connection after that.
    client.request(url, options, fulfil).on('error', reject).end(body);
  });
}

/** A name that is ours to talk to may still be made to point into a private network. */
function checked(resolve: LookupFunction, local: boolean): LookupFunction {
  return (host, options, done) =>
    resolve(host, options, (error, found, family) => {
      const addresses = typeof found === 'string' ? [found] : (found ?? []).map(({ address }) => address);
      const bad = addresses.find((address) => isIP(address) === 0 || !mayConnect(address, local));
      if (error !== null || bad === undefined) return done(error, found, family);
      done(new Error(`${host} leads to ${bad}`), found, family);
    });
}
