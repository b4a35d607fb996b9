/** Runs a piece of work once for an id: who asks again with the same id gets the outcome of the first. */
export type Once<T> = (id: string, run: () => Promise<T>) => Promise<T>;

export function once<T>(keep: number): Once<T> {
  const outcomes = new Map<string, Promise<T>>();
  return (id, run) => {
    const known = outcomes.get(id);
    if (known) {
      return known;
    }
    const outcome = run();
    outcomes.set(id, outcome);
    outcome.catch(() => outcomes.delete(id));
    const [oldest] = outcomes.keys();
    if (outcomes.size > keep && oldest !== undefined) {
      outcomes.delete(oldest);
    }
    return outcome;
  };
}
