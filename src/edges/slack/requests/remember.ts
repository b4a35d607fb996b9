const most = 5_000;

/** Keeps what was loaded for each key for a while; a failure is not kept. */
export function remember<Value>(
  load: (key: string) => Promise<Value>,
  milliseconds: number,
  now: () => number,
): (key: string) => Promise<Value> {
  const kept = new Map<string, { value: Promise<Value>; until: number }>();
  return (key) => {
    const found = kept.get(key);
    if (found !== undefined && found.until > now()) return found.value;
    const value = load(key);
    kept.delete(key);
    kept.set(key, { value, until: now() + milliseconds });
    value.catch(() => kept.delete(key));
    dropOldest(kept);
    return value;
  };
}

function dropOldest(kept: Map<string, unknown>): void {
  const [oldest] = kept.keys();
  if (kept.size > most && oldest !== undefined) kept.delete(oldest);
}
