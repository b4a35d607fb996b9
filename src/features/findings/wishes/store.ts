import type { Db } from '../../../db/index.ts';
import type { ReadingOutcome } from '../rules.ts';

/** Somebody who asked for a reading. */
export type Wish = {
  readonly id: number;
  readonly organization: {
    readonly id: number;
    readonly kind: 'provider' | 'reseller' | 'customer';
    readonly name: string;
  };
  readonly outcome: ReadingOutcome | undefined;
};

const wishes = (db: Db) =>
  db
    .selectFrom('reading_wishes as w')
    .innerJoin('organizations as o', 'o.id', 'w.organization_id')
    .select(['w.id', 'w.outcome', 'o.id as organizationId', 'o.kind', 'o.name']);
type Row = Awaited<ReturnType<ReturnType<typeof wishes>['execute']>>[number];

const toWish = ({ id, outcome, organizationId, kind, name }: Row): Wish => ({
  id,
  organization: { id: organizationId, kind, name },
  outcome: (outcome ?? undefined) as ReadingOutcome | undefined,
});

export async function addWish(
  db: Db,
  { organizationId, by, at }: { readonly organizationId: number; readonly by: string; readonly at: Date },
): Promise<number> {
  const { id } = await db
    .insertInto('reading_wishes')
    .values({ organization_id: organizationId, asked_by: by, asked_at: at, done_at: null, outcome: null })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

export async function loadWish(db: Db, id: number): Promise<Wish | undefined> {
  const row = await wishes(db).where('w.id', '=', id).executeTakeFirst();
  return row && toWish(row);
}

/** Those that wait for a reading. */
export async function loadOpenWishes(db: Db): Promise<Wish[]> {
  return (await wishes(db).where('w.done_at', 'is', null).orderBy('w.id').execute()).map(toWish);
}

export async function endWish(db: Db, id: number, outcome: ReadingOutcome, at: Date): Promise<void> {
  await db
    .updateTable('reading_wishes')
    .set({ outcome: JSON.stringify(outcome), done_at: at })
    .where('id', '=', id)
    .execute();
}

/** Nobody looks at how a reading of then ended. */
export async function forgetWishes(db: Db, before: Date): Promise<void> {
  await db.deleteFrom('reading_wishes').where('done_at', '<', before).execute();
}
