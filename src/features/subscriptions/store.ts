import { sql } from 'kysely';
import { type Db, inScope, orderExistsFor, type Viewer } from '../../db/index.ts';

/** Subscriptions that the viewer may see and that have to do with `text`: product, order, status, admin or tenant. */
function searched(db: Db, viewer: Viewer, text: string) {
  const query = db
    .selectFrom('subscriptions as sub')
    .innerJoin('services as s', 's.id', 'sub.service_id')
    .innerJoin('orders as o', 'o.id', 's.order_id')
    .innerJoin('products as p', 'p.id', 's.product_id')
    .where(inScope('sub.organization_id', viewer.scope))
    .where(orderExistsFor('o.id', viewer));
  if (text === '') return query;
  const like = `%${text.replace(/[\\%_]/g, '\\$&')}%`;
  return query.where(
    sql<boolean>`(
      p.name ilike ${like}
      or o.number || '/' || s.position ilike ${like}
      or sub.status ilike ${like}
      or sub.tenant_name ilike ${like}
      or sub.admin_email ilike ${like}
      or sub.first_name || ' ' || sub.last_name ilike ${like})`,
  );
}

export async function countSubscriptions(db: Db, viewer: Viewer, text: string): Promise<number> {
  const row = await searched(db, viewer, text)
    .select(sql<number>`count(*)::int`.as('total'))
    .executeTakeFirstOrThrow();
  return row.total;
}

export type Page = { readonly text: string; readonly offset: number; readonly limit: number };

export function loadSubscriptions(db: Db, viewer: Viewer, { text, offset, limit }: Page) {
  return searched(db, viewer, text)
    .select(['p.name as product', 'o.number', 's.position', 'sub.quantity', 'sub.status'])
    .select(['sub.price_minor', 'sub.currency', 'sub.admin_email', 'sub.first_name', 'sub.last_name'])
    .select('sub.tenant_name')
    .orderBy('o.number')
    .orderBy('s.position')
    .offset(offset)
    .limit(limit)
    .execute();
}
export type Subscription = Awaited<ReturnType<typeof loadSubscriptions>>[number];
