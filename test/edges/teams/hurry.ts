import type { Timing } from '../../../src/edges/teams/index.ts';

/** Time that passes at once: every pause is over as soon as it begins, and noted; who waits sees nothing meanwhile. */
export function openHurry(more: Partial<Timing> = {}) {
  const pauses: number[] = [];
  const never = Number.POSITIVE_INFINITY;
  const timing: Partial<Timing> = {
    typingAfterMs: never,
    chance: () => 0,
    after(milliseconds, run) {
      if (milliseconds === never) return () => undefined;
      pauses.push(milliseconds);
      const soon = setImmediate(run);
      return () => clearImmediate(soon);
    },
    ...more,
  };
  return { pauses, timing };
}

/** Time that stands still: what is due is run by the test. */
export function openClock() {
  const due = new Set<{ readonly milliseconds: number; run(): void }>();
  const after: Timing['after'] = (milliseconds, run) => {
    const one = {
      milliseconds,
      run() {
        due.delete(one);
        run();
      },
    };
    due.add(one);
    return () => void due.delete(one);
  };
  return { due, after };
}
