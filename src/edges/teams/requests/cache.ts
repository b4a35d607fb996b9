export type Cache<Value> = ReturnType<typeof openCache<Value>>;

/** Remembers what was looked up for some minutes; a failed look-up is not remembered. */
export function openCache<Value>(minutes: number, most = 5_000) {
  const kept = new Map<string, { readonly value: Value; readonly until: number }>();

  function find(key: string): Value | undefined {
    const entry = kept.get(key);
    return entry !== undefined && entry.until > Date.now() ? entry.value : undefined;
  }

  function keep(key: string, value: Value): Value {
    const [oldest] = kept.keys();
    if (kept.size >= most && oldest !== undefined) kept.delete(oldest);
    kept.delete(key);
    kept.set(key, { value, until: Date.now() + minutes * 60_000 });
    return value;
  }

  return {
    find,
    keep,
    get: async (key: string, look: () => Promise<Value>): Promise<Value> =>
      find(key) ?? keep(key, await look()),
    forget: () => kept.clear(),
  };
}
