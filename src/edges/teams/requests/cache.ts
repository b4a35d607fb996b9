/** Remembers what was looked up for some minutes; a failed look-up is not remembered. */
export function openCache<Value>(minutes: number, most = 5_000) {
  const kept = new Map<string, { readonly value: Value; readonly until: number }>();
  return {
    async get(key: string, look: () => Promise<Value>): Promise<Value> {
      const entry = kept.get(key);
      if (entry !== undefined && entry.until > Date.now()) return entry.value;
      const value = await look();
      const [oldest] = kept.keys();
      if (kept.size >= most && oldest !== undefined) kept.delete(oldest);
      kept.delete(key);
      kept.set(key, { value, until: Date.now() + minutes * 60_000 });
      return value;
    },
    forget: () => kept.clear(),
  };
}
