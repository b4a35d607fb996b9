/** Requests to a bot on this machine, and how long each took. */
import { Agent, request } from 'node:http';
import { now } from './numbers.ts';

export type Target = { readonly port: number; readonly activity: () => string };
export type Load = { readonly perSecond: number; readonly times: readonly number[] };

/** Every connection sends its next request as soon as it has the answer to the one before. */
export async function flood(target: Target, connections: number, ms: number): Promise<Load> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const times: number[] = [];
  const began = performance.now();
  const until = began + ms;
  const worker = async () => {
    while (performance.now() < until) times.push(await send(target.port, target.activity(), agent));
  };
  await Promise.all(Array.from({ length: connections }, worker));
  const perSecond = (times.length * 1000) / (performance.now() - began);
  agent.destroy();
  return { perSecond, times };
}

/** One request to each in turn, so that all of them meet the same machine; resolves to how long each of them took. */
export async function inTurn(targets: readonly Target[], times: number): Promise<number[][]> {
  const taken: number[][] = targets.map(() => []);
  for (let time = 0; time < times; time++) {
    for (const [at, { port, activity }] of targets.entries()) taken[at]?.push(await send(port, activity()));
  }
  return taken;
}

export type Beat = { readonly at: number; readonly ms: number };

/**
 * A request at every beat, whether the one before is answered or not, and its time counted from the beat: so one long
 * stall is seen as long by all who came meanwhile. Resolves, after `stop`, to how long each took.
 */
export function drip(target: Target, everyMs: number): { stop(): Promise<Beat[]> } {
  // Each on a connection of its own: one that was idle for long may be closed by the bot at that very moment.
  const running: Promise<Beat>[] = [];
  const began = now();
  const beat = async (at: number): Promise<Beat> => {
    await send(target.port, target.activity());
    return { at, ms: now() - at };
  };
  const timer = setInterval(() => {
    for (let at = began + running.length * everyMs; at <= now(); at += everyMs) {
      const answered = beat(at);
      // It is told when all are waited for.
      answered.catch(() => undefined);
      running.push(answered);
    }
  }, everyMs / 10);
  return {
    stop() {
      clearInterval(timer);
      return Promise.all(running);
    },
  };
}

/** Posts one activity; resolves to the milliseconds until its answer was there. */
export function send(port: number, body: string, agent: Agent | false = false): Promise<number> {
  const began = performance.now();
  const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
  const options = { host: '127.0.0.1', port, path: '/api/messages', method: 'POST', headers, agent };
  return new Promise((resolve, reject) => {
    const sent = request(options, (response) => {
      response.resume();
      response.once('end', () => {
        if (response.statusCode === 200) resolve(performance.now() - began);
        else reject(new Error(`The bot answered ${response.statusCode}.`));
      });
    });
    sent.once('error', reject);
    sent.end(body);
  });
}
