/** The API over HTTP, on the loopback address, beside a bot one can talk to. */
import assert from 'node:assert/strict';
import { openApi } from '../../src/api/index.ts';
import { MOST_BYTES } from '../../src/api/request.ts';
import { openDoor, serveApi } from '../../src/http.ts';
import { openMetrics } from '../../src/metrics.ts';
import type { Engine } from '../support/database.ts';
import { openTalk, type Somebody, settings, type Talk } from '../support/talk.ts';

export type Reply = {
  readonly status: number;
  readonly headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: what comes back is checked by what a test expects.
  readonly body: any;
};
export type Caller = (method: string, path: string, body?: unknown, more?: RequestInit) => Promise<Reply>;
export type Api = {
  readonly talk: Talk;
  readonly url: string;
  /** What was logged as a fault of ours. */
  readonly faults: unknown[];
  /** Somebody makes a key in the chat; the calls are made with it. */
  withKeyOf(who: Somebody, name: string): Promise<Caller>;
  with(key: string | undefined): Caller;
  /** From now on it is so much later. */
  later(seconds: number): void;
  close(): Promise<void>;
};

/** `pause`: so many seconds seem to pass with each call. */
export async function openTestApi(engine: Engine, pause = 1): Promise<Api> {
  const talk = await openTalk(engine);
  const door = openDoor(openMetrics());
  const faults: unknown[] = [];
  let now = Date.now();
  const api = openApi({
    db: talk.db,
    jobs: talk.jobs,
    settings,
    clock: () => new Date(now),
    logFault: (fault) => faults.push(fault),
  });
  serveApi(door, api, MOST_BYTES);
  door.open();
  const url = `http://127.0.0.1:${await door.listen(0, '127.0.0.1')}/api/v1`;
  const caller =
    (key: string | undefined): Caller =>
    async (method, path, body, more = {}) => {
      now += pause * 1000;
      const response = await fetch(url + path, {
        method,
        headers: {
          ...(key !== undefined && { authorization: `Bearer ${key}` }),
          ...(body !== undefined && { 'content-type': 'application/json' }),
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
        ...more,
      });
      const text = await response.text();
      assert.match(response.headers.get('content-type') ?? '', /^application\/(problem\+)?json/, text);
      return { status: response.status, headers: response.headers, body: JSON.parse(text) };
    };
  return {
    talk,
    url,
    faults,
    with: caller,
    later(seconds) {
      now += seconds * 1000;
    },
    async withKeyOf(who, name) {
      const made = await talk.as(who).say(`key new ${name}`);
      return caller(/qm_[\w-]{43}/.exec(made.text)?.[0]);
    },
    async close() {
      await door.close();
      await talk.close();
    },
  };
}
