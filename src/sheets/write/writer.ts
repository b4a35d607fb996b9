import { Worker } from 'node:worker_threads';
import type { ToWriter } from './workbook-worker.ts';

/** A thread that writes one workbook after the other. */
export type Writer = {
  /** Sends one message and waits for its answer, so that no more than a chunk is ever on its way. */
  ask(message: ToWriter): Promise<Uint8Array>;
  /** Whether it can still be asked. */
  isAlive(): boolean;
  /** Whether the process stays up for it. */
  hold(on: boolean): void;
  end(): Promise<void>;
};

/** Rows go through as a stream: a small young generation costs no time and saves fifty megabytes. */
const LIMITS = { maxOldGenerationSizeMb: 256, maxYoungGenerationSizeMb: 8 };

export function startWriter(): Writer {
  const worker = new Worker(new URL('./workbook-worker.ts', import.meta.url), { resourceLimits: LIMITS });
  let alive = true;
  let asked: PromiseWithResolvers<Uint8Array> | undefined;

  /** It may stop while nobody waits; who asks next is told. */
  const stop = (fault: Error) => {
    alive = false;
    asked?.reject(fault);
  };
  worker.on('message', (bytes: Uint8Array) => asked?.resolve(bytes));
  worker.on('error', (fault) => stop(fault instanceof Error ? fault : new Error(String(fault))));
  worker.on('exit', () => stop(new Error('the workbook writer stopped')));

  return {
    ask(message) {
      if (!alive) return Promise.reject(new Error('the workbook writer stopped'));
      asked = Promise.withResolvers();
      worker.postMessage(message);
      return asked.promise;
    },
    isAlive: () => alive,
    hold: (on) => (on ? worker.ref() : worker.unref()),
    async end() {
      alive = false;
      await worker.terminate();
    },
  };
}
