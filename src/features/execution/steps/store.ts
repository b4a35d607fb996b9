import { sql } from 'kysely';
import type { Db } from '../../../db/index.ts';
import type { Planned, Step, StepInput } from '../rules.ts';

export async function loadSteps(db: Db, orderId: number): Promise<Step[]> {
  const rows = await db
    .selectFrom('order_steps')
    .select(['position', 'kind', 'title', 'state', 'input', 'error'])
    .select(sql<boolean>`coalesce(result ->> 'sent' like 'no %', false)`.as('unsent'))
    .where('order_id', '=', orderId)
    .orderBy('position')
    .execute();
  return rows.map((row) => ({ ...row, kind: row.kind as Step['kind'], input: row.input as StepInput }));
}

export async function addSteps(
  db: Db,
  orderId: number,
  after: number,
  steps: readonly Planned[],
): Promise<void> {
  if (steps.length === 0) return;
  const rows = steps.map(({ kind, title, input }, index) => ({
    order_id: orderId,
    position: after + index + 1,
    kind,
    title,
    state: 'waiting' as const,
    input: JSON.stringify(input),
    result: null,
    error: null,
    started_at: null,
    finished_at: null,
  }));
  await db.insertInto('order_steps').values(rows).execute();
}

/** Puts a step back to where it waits for its turn. */
export async function waitAgain(
  db: Db,
  orderId: number,
  { position, input, title }: Pick<Step, 'position' | 'input'> & { readonly title?: string },
): Promise<void> {
  await db
    .updateTable('order_steps')
    .set({ state: 'waiting', input: JSON.stringify(input), error: null, result: null, finished_at: null })
    .$if(title !== undefined, (query) => query.set({ title: title ?? '' }))
    .where('order_id', '=', orderId)
    .where('position', '=', position)
    .execute();
}

export async function markRunning(
  db: Db,
  orderId: number,
  position: number,
  { input, now }: { readonly input: StepInput; readonly now: Date },
): Promise<void> {
  await db
    .updateTable('order_steps')
    .set((eb) => ({
      state: 'running',
      input: JSON.stringify(input),
      attempts: eb('attempts', '+', 1),
      started_at: eb.fn.coalesce('started_at', eb.val(now)),
    }))
    .where('order_id', '=', orderId)
    .where('position', '=', position)
    .execute();
}

export async function markEnded(
  db: Db,
  orderId: number,
  position: number,
  end: {
    readonly state: 'done' | 'failed';
    readonly result?: object;
    readonly title?: string;
    readonly error?: string;
    readonly input?: StepInput;
    readonly now: Date;
  },
): Promise<void> {
  await db
    .updateTable('order_steps')
    .set({
      state: end.state,
      result: end.result === undefined ? null : JSON.stringify(end.result),
      error: end.error ?? null,
      finished_at: end.now,
      ...(end.input && { input: JSON.stringify(end.input) }),
      ...(end.title !== undefined && { title: end.title }),
    })
    .where('order_id', '=', orderId)
    .where('position', '=', position)
    .execute();
}
