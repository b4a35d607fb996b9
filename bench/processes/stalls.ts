/** How long this process did not get to its event loop. */
import { most, openSamples, sample } from './samples.ts';

const EVERY_MS = 10;

export function watchStalls() {
  const late = openSamples();
  let last = performance.now();
  const timer = setInterval(() => {
    const now = performance.now();
    sample(late, Math.max(0, now - last - EVERY_MS));
    last = now;
  }, EVERY_MS);
  timer.unref();
  return {
    /** In milliseconds; of a stall that ended between the two times. */
    longest: (from: number, until: number) => most(late, from, until),
  };
}
