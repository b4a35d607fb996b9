import { createHash } from 'node:crypto';
import type { Assignment } from '../../providers/index.ts';

type Units = ReadonlyMap<string, number>;

/** What a provider has to change to have what we have: what is taken back first, so that there is room for the rest. */
export function differences(ours: Units, theirs: Units): Assignment[] {
  const less: Assignment[] = [];
  const more: Assignment[] = [];
  for (const [userName, units] of ours) {
    const there = theirs.get(userName) ?? 0;
    if (there !== units) (units < there ? less : more).push({ userName, units });
  }
  for (const userName of theirs.keys()) if (!ours.has(userName)) less.push({ userName, units: 0 });
  return [...less, ...more];
}

/** The same request has the same key, also after a crash; what is asked again later on purpose has another. */
export function keyOf(service: number, times: number, asked: readonly Assignment[]): string {
  const what = createHash('sha256').update(JSON.stringify(asked)).digest('hex').slice(0, 32);
  return `assign:${service}:${times}:${what}`;
}
