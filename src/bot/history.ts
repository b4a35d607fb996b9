import type { Db } from '../db/index.ts';
import type { Asked, Ctx } from './feature.ts';
import { homesSoon } from './homes.ts';

export type Change = {
  readonly organizationId: number;
  readonly orderId: number | null;
  /** What was done, as a word: `associate`. */
  readonly kind: string;
  /** What was done, as a sentence. */
  readonly summary: string;
  readonly before?: object;
  readonly after?: object;
  /** What the undo of this kind of change needs to know. */
  readonly undo?: object;
};

/** How long a change can be undone from its reply. */
export const UNDO_MINUTES = 10;

/** The offer to take back the change of this number in the history, made just now. */
export const undoUntil = (now: Date, id: number) => ({
  id: String(id),
  until: new Date(now.getTime() + UNDO_MINUTES * 60_000).toISOString(),
});

/** Writes down a change, in the transaction that makes it. Resolves to its number in the history. */
export async function record(ctx: Ctx & Partial<Pick<Asked, 'place'>>, change: Change): Promise<number> {
  const row = await ctx.db
    .insertInto('history')
    .values(rowOf(ctx, change))
    .returning('id')
    .executeTakeFirstOrThrow();
  await homesSoon(ctx);
  return row.id;
}

/** A statement takes so many values at most. */
const AT_ONCE = 1000;

/** Writes down many changes at once, in this order; none of them can be undone by itself. */
export async function recordAll(ctx: Ctx, changes: readonly Omit<Change, 'undo'>[]): Promise<void> {
  for (let from = 0; from < changes.length; from += AT_ONCE) {
    const rows = changes.slice(from, from + AT_ONCE).map((change) => rowOf(ctx, change));
    await ctx.db.insertInto('history').values(rows).execute();
  }
  await homesSoon(ctx);
}

/** Of changes that nobody can undo any more, what an undo would need: a list of prices leaves megabytes. */
export async function forgetUndos(db: Db, now: Date): Promise<void> {
  await db
    .updateTable('history')
    .set({ undo: null })
    .where('undo', 'is not', null)
    .where('at', '<=', new Date(now.getTime() - UNDO_MINUTES * 60_000))
    .execute();
}

function rowOf({ actor, now, place }: Ctx & Partial<Pick<Asked, 'place'>>, change: Change) {
  return {
    at: now,
    actor: JSON.stringify(actor),
    actor_name: actor.name,
    member_id: actor.kind === 'person' ? actor.memberId : null,
    platform: place?.platform ?? null,
    conversation: place?.conversation ?? null,
    organization_id: change.organizationId,
    order_id: change.orderId,
    kind: change.kind,
    summary: change.summary,
    before: toJson(change.before),
    after: toJson(change.after),
    undo: toJson(change.undo),
    undone_by: null,
  };
}

const toJson = (value: object | undefined) => (value === undefined ? null : JSON.stringify(value));
