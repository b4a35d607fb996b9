import type { FormStore } from '../../../src/chat/edge.ts';

type Row = { form: string; until: number; claimedUntil: number; answered: boolean };

/** Forms kept as the database keeps them: as JSON with the names in another order, for a while. What is behind it outlives the bot that was started anew. */
export function formsInMemory(now: () => number = Date.now, rows = new Map<string, Row>()) {
  const store: FormStore = {
    async keep(id, form, seconds) {
      rows.set(id, {
        form: JSON.stringify(form),
        until: now() + seconds * 1_000,
        claimedUntil: 0,
        answered: false,
      });
    },
    async find(id) {
      const row = rows.get(id);
      return row === undefined || row.until <= now() ? undefined : reordered(JSON.parse(row.form));
    },
    async forget(id) {
      rows.delete(id);
    },
    async claimAnswer(id, seconds) {
      const row = rows.get(id);
      if (row === undefined) return 'mine';
      if (row.answered) return 'answered';
      if (row.claimedUntil > now()) return 'theirs';
      row.claimedUntil = now() + seconds * 1_000;
      return 'mine';
    },
    async answered(id) {
      const row = rows.get(id);
      if (row !== undefined) row.answered = true;
    },
  };
  return { ...store, rows };
}

/** `jsonb` keeps no order of names. Source: https://www.postgresql.org/docs/current/datatype-json.html */
function reordered(json: unknown): unknown {
  if (typeof json !== 'object' || json === null) return json;
  if (Array.isArray(json)) return json.map(reordered);
  return Object.fromEntries(
    Object.entries(json)
      .toReversed()
      .map(([name, value]) => [name, reordered(value)]),
  );
}
