import { sql } from 'kysely';
import { type Db, inScope, orderExistsFor, type Viewer } from '../../db/index.ts';

const invoices = (db: Db, viewer: Viewer, organizationId: number) =>
  db
    .selectFrom('invoices as i')
    .where('i.organization_id', '=', organizationId)
    .where(inScope('i.organization_id', viewer.scope))
    .where(orderExistsFor('i.order_id', viewer));

/** Credit notes are among them. */
export function countInvoices(
  db: Db,
  viewer: Viewer,
  organizationId: number,
): Promise<{ readonly total: number; readonly credits: number }> {
  return invoices(db, viewer, organizationId)
    .select(sql<number>`count(*)::int`.as('total'))
    .select(sql<number>`(count(*) filter (where i.amount_minor < 0))::int`.as('credits'))
    .executeTakeFirstOrThrow();
}

/** The newest first. */
export function loadInvoices(
  db: Db,
  viewer: Viewer,
  organizationId: number,
  { offset, limit }: { readonly offset: number; readonly limit: number },
) {
  return invoices(db, viewer, organizationId)
    .innerJoin('orders as o', 'o.id', 'i.order_id')
    .select(['i.number', 'o.number as order', 'o.description', 'i.currency', 'i.issued_at', 'i.due_at'])
    .select(sql<number>`i.amount_minor::float8`.as('amount_minor'))
    .orderBy('i.id', 'desc')
    .offset(offset)
    .limit(limit)
    .execute();
}
export type Invoice = Awaited<ReturnType<typeof loadInvoices>>[number];
