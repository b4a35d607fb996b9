/** How often one key may ask: so that one program, gone wild, takes nothing from the others. */

/** Requests that a key may make at once, and how many more it may make a second from then on. */
export const BURST = 300;
export const PER_SECOND = 10;

/**
 * Counts the requests of each key, in the memory of this copy of the bot alone: several copies allow so much each.
 * Says after how many seconds to try again; nothing where the request may go on.
 */
export function openPace(): (key: number, now: Date) => number | undefined {
  // By key: when all that it asked for would be worked off, had each request its share of a second.
  const busyUntil = new Map<number, number>();
  return (key, now) => {
    const at = now.getTime();
    for (const [other, until] of busyUntil) if (until <= at) busyUntil.delete(other);
    const until = Math.max(busyUntil.get(key) ?? 0, at) + 1000 / PER_SECOND;
    const over = until - at - (BURST * 1000) / PER_SECOND;
    if (over > 0) return Math.ceil(over / 1000);
    busyUntil.set(key, until);
    return undefined;
  };
}
