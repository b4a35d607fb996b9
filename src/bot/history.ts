import type { Asked, Ctx } from './feature.ts';

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

/** Writes down a change, in the transaction that makes it. Resolves to its number in the history. */
export async function record(ctx: Ctx & Partial<Pick<Asked, 'place'>>, change: Change): Promise<number> {
  const { actor, place } = ctx;
  const row = await ctx.db
    .insertInto('history')
    .values({
      at: ctx.now,
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
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return row.id;
}

const toJson = (value: object | undefined) => (value === undefined ? null : JSON.stringify(value));
