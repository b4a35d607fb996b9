import { sql } from 'kysely';
import type { Db } from '../../../db/index.ts';

export type Balance = {
  readonly free: number;
  readonly revision: number;
  readonly suspended: boolean;
  /** It is machines, of which there are no units to give away. */
  readonly machines: boolean;
};

/** How many units are free, a number that changes with every change of who has units, and whether any may be given. */
export async function loadBalance(db: Db, serviceId: number): Promise<Balance> {
  return db
    .selectFrom('services as s')
    .innerJoin('products as p', 'p.id', 's.product_id')
    .leftJoin('product_groups as g', 'g.id', 'p.product_group_id')
    .leftJoin('offerings as f', 'f.id', 'g.offering_id')
    .leftJoin('subscriptions as sub', 'sub.service_id', 's.id')
    .select(['s.revision', sql<number>`s.units - s.associated - s.reserved`.as('free')])
    .select(sql<boolean>`coalesce(sub.status = 'suspended', false)`.as('suspended'))
    .select(sql<boolean>`coalesce(f.kind = 'virtual machines', false)`.as('machines'))
    .where('s.id', '=', serviceId)
    .executeTakeFirstOrThrow();
}
