import { sql } from 'kysely';
import { type Db, inScope, orderExistsFor, type Viewer } from '../../db/index.ts';

const reachable = (db: Db, viewer: Viewer) =>
  db
    .selectFrom('history as h')
    .innerJoin('organizations as org', 'org.id', 'h.organization_id')
    .leftJoin('orders as o', 'o.id', 'h.order_id')
    .where(inScope('h.organization_id', viewer.scope))
    .where((eb) => eb.or([eb('h.order_id', 'is', null), orderExistsFor('h.order_id', viewer)]))
    .$if(!viewer.seesMarkup, (query) => query.where('h.kind', '<>', 'markup change'));

/** What a vendor has, and what was done about it, is between those who sell, in a personal chat like markup. */
const visible = (db: Db, viewer: Viewer) =>
  reachable(db, viewer).$if(!viewer.seesMarkup, (query) => query.where('h.kind', '<>', FINDING));
const FINDING = 'finding';

type Of = { readonly orderId: number | undefined };

export async function countHistory(db: Db, viewer: Viewer, { orderId }: Of): Promise<number> {
  const row = await visible(db, viewer)
    .$if(orderId !== undefined, (query) => query.where('h.order_id', '=', orderId ?? 0))
    .select(sql<number>`count(*)::int`.as('total'))
    .executeTakeFirstOrThrow();
  return row.total;
}

type Rows = ReturnType<typeof visible>;

/** Without what was before and after, and what an undo needs: of a list of prices that is megabytes. */
const entriesOf = (rows: Rows) =>
  rows
    .select(['h.id', 'h.at', 'h.actor_name', 'h.member_id', 'h.organization_id', 'h.order_id', 'h.kind'])
    .select(['h.summary', 'h.undone_by', 'o.number as order_number', 'org.name as organization'])
    .select(sql<boolean>`h.undo is not null`.as('undoable'))
    .orderBy('h.id', 'desc');
const entries = (db: Db, viewer: Viewer) => entriesOf(visible(db, viewer));
export type HistoryRecord = Awaited<ReturnType<ReturnType<typeof entries>['execute']>>[number];

export function loadHistory(
  db: Db,
  viewer: Viewer,
  { orderId }: Of,
  offset: number,
  limit: number,
): Promise<HistoryRecord[]> {
  return entries(db, viewer)
    .$if(orderId !== undefined, (query) => query.where('h.order_id', '=', orderId ?? 0))
    .offset(offset)
    .limit(limit)
    .execute();
}

/** Locks the entry: of two undos at once the second sees what the first one did. */
export async function loadEntry(db: Db, viewer: Viewer, id: number): Promise<HistoryRecord | undefined> {
  await db.selectFrom('history').select('id').where('id', '=', id).forUpdate().execute();
  return entries(db, viewer).where('h.id', '=', id).executeTakeFirst();
}

/** What its undo needs to know. */
export async function loadUndo(db: Db, id: number): Promise<unknown> {
  const row = await db.selectFrom('history').select('undo').where('id', '=', id).executeTakeFirst();
  return row?.undo ?? null;
}

/**
 * The last change that this person made in this conversation and that stands; or the last that can be undone. What they
 * did about a finding there is one of them: else an earlier change than they mean would be taken back.
 */
export function loadLast(
  db: Db,
  viewer: Viewer,
  by: { memberId: number | null; platform: string; conversation: string; since: Date },
  of: 'all' | 'undoable',
): Promise<HistoryRecord | undefined> {
  const rows = viewer.scope.kind === 'customer' ? visible(db, viewer) : reachable(db, viewer);
  return entriesOf(rows)
    .$if(of === 'undoable', (query) => query.where('h.undo', 'is not', null))
    .where('h.kind', '<>', 'undo')
    .where('h.undone_by', 'is', null)
    .where('h.member_id', 'is not distinct from', by.memberId)
    .where('h.platform', '=', by.platform)
    .where('h.conversation', '=', by.conversation)
    .where('h.at', '>', by.since)
    .limit(1)
    .executeTakeFirst();
}

export async function markUndone(db: Db, id: number, by: number): Promise<void> {
  await db.updateTable('history').set({ undone_by: by }).where('id', '=', id).execute();
}
