import { lookup } from 'node:dns';
import http, { type IncomingMessage } from 'node:http';
import https from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { Unreadable } from '../../chat/inbound.ts';
import { isFileUrl, mayConnect } from './hosts.ts';
import { unreadable } from './sentences.ts';

const MAX_REDIRECTS = 5;
const TIME_LIMIT_MS = 60_000;
/** What SharePoint answers to a link that is no longer good. */
const EXPIRED = [401, 403, 404, 410];

export type Download = {
  readonly name: string;
  readonly url: string;
  readonly limit: number;
  readonly local: boolean;
  /** How a host name is looked up; the connection is made to the very address that was checked. */
  readonly resolve?: LookupFunction;
};

/** Fetches a file by its link, without any token. Rejects with `Unreadable`. */
export async function download(file: Download): Promise<Uint8Array> {
  try {
    return await follow(file, file.url, AbortSignal.timeout(TIME_LIMIT_MS), MAX_REDIRECTS);
  } catch (error) {
    if (error instanceof Unreadable) throw error;
    throw new Unreadable(unreadable.failed(file.name), { cause: error });
  }
}

async function follow(file: Download, url: string, signal: AbortSignal, hops: number): Promise<Uint8Array> {
  if (!isFileUrl(url, file.local)) throw new Unreadable(unreadable.foreign(file.name));
  const response = await get(file, new URL(url), signal);
  const { statusCode = 0, headers } = response;
  if (statusCode >= 300 && statusCode < 400 && headers.location !== undefined) {
    response.destroy();
    if (hops === 0) throw new Error('too many redirects');
    return follow(file, new URL(headers.location, url).href, signal, hops - 1);
  }
  return collect(file, response);
}

function get({ local, resolve = lookup }: Download, url: URL, signal: AbortSignal): Promise<IncomingMessage> {
  const { request } = url.protocol === 'https:' ? https : http;
  return new Promise((fulfil, reject) => {
    request(url, { signal, agent: false, lookup: checked(resolve, local) }, fulfil)
      .once('error', reject)
      .end();
  });
}

/** A name that is ours to fetch from may still be made to point into a private network. */
function checked(resolve: LookupFunction, local: boolean): LookupFunction {
  return (host, options, done) =>
    resolve(host, options, (error, found, family) => {
      const addresses = typeof found === 'string' ? [found] : (found ?? []).map(({ address }) => address);
      const bad = addresses.find((address) => isIP(address) === 0 || !mayConnect(address, local));
      if (error !== null || bad === undefined) return done(error, found, family);
      done(new Error(`${host} leads to ${bad}`), found, family);
    });
}

async function collect({ name, limit }: Download, response: IncomingMessage): Promise<Uint8Array> {
  const { statusCode = 0, headers } = response;
  try {
    if (EXPIRED.includes(statusCode)) throw new Unreadable(unreadable.expired(name));
    if (statusCode !== 200) throw new Error(`answered with ${statusCode}`);
    // Teams on a phone links to the page of the file: https://github.com/OfficeDev/Microsoft-Teams-Samples/issues/1314
    if (headers['content-type']?.startsWith('text/html')) throw new Unreadable(unreadable.page(name));
    if (Number(headers['content-length']) > limit) throw new Unreadable(unreadable.tooLarge(name, limit));
    return await readUpTo(response, limit, () => new Unreadable(unreadable.tooLarge(name, limit)));
  } finally {
    response.destroy();
  }
}

async function readUpTo(source: AsyncIterable<Buffer>, limit: number, tooLarge: () => Error) {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of source) {
    length += chunk.length;
    if (length > limit) throw tooLarge();
    chunks.push(chunk);
  }
  return new Uint8Array(Buffer.concat(chunks));
}
