import type { Assignment } from '../../providers/index.ts';

type Units = ReadonlyMap<string, number>;

/** What a vendor has to change to have what we have: what is taken back first, so that there is room for the rest. */
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
