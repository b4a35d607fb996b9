/** Requests to a console, as its page and as others would send them. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { request } from 'node:http';
import { afterEach } from 'node:test';
import type { Message } from '../../../src/chat/inbound.ts';
import { openStage, type Stage, type StageOptions } from './support.ts';

export const JSON_TYPE = { 'content-type': 'application/json' };

let stage: Stage | undefined;

/** A console for one test. */
export async function open(options: StageOptions = {}): Promise<Stage> {
  await stage?.close();
  stage = await openStage(options);
  return stage;
}

export function closeAfterEach(): void {
  afterEach(async () => {
    await stage?.close();
    stage = undefined;
  });
}

/** A request with exactly these headers; `fetch` would set Host and Origin by itself. */
export function raw(url: string, method: string, headers: Record<string, string>, body?: string | Buffer) {
  return new Promise<{ status: number; headers: Record<string, unknown>; body: string }>(
    (resolve, reject) => {
      const req = request(url, { method, headers }, async (res) => {
        const chunks: Buffer[] = [];
        for await (const chunk of res) {
          chunks.push(chunk);
        }
        resolve({
          status: res.statusCode ?? 0,
          headers: res.headers,
          body: Buffer.concat(chunks).toString(),
        });
      });
      req.on('error', reject);
      req.end(body);
    },
  );
}

/** Sends the path as it is written; a URL would be normalized. */
export function rawPath(url: string, path: string) {
  const { hostname, port } = new URL(url);
  return new Promise<{ status: number }>((resolve, reject) => {
    const req = request({ hostname, port, path }, (res) => {
      res.resume();
      resolve({ status: res.statusCode ?? 0 });
    });
    req.on('error', reject);
    req.end();
  });
}

export function post(
  { url }: Stage,
  path: string,
  body: object,
  headers: Record<string, string> = JSON_TYPE,
) {
  return raw(`${url}/console/${path}`, 'POST', headers, JSON.stringify(body));
}

export function upload({ url }: Stage, name: string, bytes: Buffer, headers: Record<string, string> = {}) {
  const usual = { 'content-type': 'application/octet-stream', 'x-file-name': encodeURIComponent(name) };
  return raw(`${url}/console/uploads`, 'POST', { ...usual, ...headers }, bytes);
}

export function message(words: string, more: object = {}) {
  return { id: randomUUID(), personId: 'anna', conversation: 'personal:anna', text: words, ...more };
}

export async function entriesOf({ url }: Stage, personId: string, conversation: string) {
  const query = new URLSearchParams({ as: personId, in: conversation });
  const { entries } = (await (await fetch(`${url}/console/entries?${query}`)).json()) as {
    entries: { id: number; text: string; visibleTo?: string; answers?: { id: number; text: string } }[];
  };
  return entries;
}

export async function heardMessage(
  options: StageOptions,
  words: string,
  more: object = {},
): Promise<Message> {
  const here = await open(options);
  assert.equal((await post(here, 'messages', message(words, more))).status, 200);
  const [heard] = here.heard;
  assert.ok(heard?.kind === 'message');
  return heard;
}
