import type { IncomingMessage } from 'node:http';
import type { LookupFunction } from 'node:net';
import { Unreadable } from '../../../chat/inbound.ts';
import { isFileUrl } from '../identity/hosts.ts';
import { unreadable } from '../sentences.ts';
import { request } from './connection.ts';

const MAX_REDIRECTS = 5;
const TIME_LIMIT_MS = 60_000;
/** What SharePoint answers to a link that is no longer good. */
const EXPIRED = [401, 403, 404, 410];

export type Download = {
  readonly name: string;
  readonly url: string;
  readonly limit: number;
  readonly local: boolean;
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
  const { local, resolve } = file;
  const response = await request({ url: new URL(url), local, resolve }, { method: 'GET', signal });
  const { statusCode = 0, headers } = response;
  if (statusCode >= 300 && statusCode < 400 && headers.location !== undefined) {
    response.destroy();
    if (hops === 0) throw new Error('too many redirects');
    return follow(file, new URL(headers.location, url).href, signal, hops - 1);
  }
  return collect(file, response);
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
