import { setImmediate, setTimeout } from 'node:timers/promises';

/** How busy the bot is with people's requests, so that background work can let them go first. */
export type Traffic = {
  /** A request begins; the function given back ends it. */
  enter(): () => void;
  /** Resolves when no request is under way, or after the longest time that background work waits. */
  quiet(): Promise<void>;
  /** Resolves when no request is under way, or after so long. */
  drained(mostMs: number): Promise<void>;
};

/** With `mostMs` 0 background work never waits for more than its turn. */
export function openTraffic(mostMs: number): Traffic {
  let underWay = 0;
  let calm = Promise.withResolvers<void>();
  const drained = async (mostMs: number) => {
    if (underWay > 0) await Promise.race([calm.promise, setTimeout(mostMs, undefined, { ref: false })]);
  };
  return {
    drained,
    enter() {
      if (underWay++ === 0) calm = Promise.withResolvers();
      return () => {
        if (--underWay === 0) calm.resolve();
      };
    },
    async quiet() {
      // A turn of the event loop first: requests that have arrived meanwhile are let in.
      await setImmediate();
      if (mostMs > 0) await drained(mostMs);
    },
  };
}
