import { sql } from 'kysely';
import type { Db, Scope } from '../../../db/index.ts';
import { linesOf } from '../counting/store.ts';

/** A line of the billing material. */
export type BillingLine = {
  readonly id: number;
  readonly run: number;
  readonly customer: string;
  readonly reseller: string | null;
  readonly service: string;
  readonly product: string;
  readonly before: number;
  readonly counted: number;
  readonly after: number;
  readonly leftOut: boolean;
  readonly priceMinor: number;
  readonly currency: string;
};

const AT_ONCE = 5_000;

/** The lines of a run that were of these scopes, customer by customer, a part of them at a time. */
export async function* billingLines(
  db: Db,
  run: number,
  scopes: readonly Scope[],
  { changedOnly = false }: { readonly changedOnly?: boolean } = {},
): AsyncGenerator<BillingLine> {
  for (let [customer, id] = ['', 0]; ; ) {
    const { rows } = await sql<BillingLine>`
      select subscription_id as id, run_id as run, organization as customer, reseller, service, product, before, counted, after,
        left_out as "leftOut", price_minor as "priceMinor", currency
      from (${linesOf(run, scopes)}) as l
      where (organization, subscription_id) > (${customer}, ${id}::int)
        and (after <> before or not ${changedOnly}::boolean)
      order by organization, subscription_id limit ${AT_ONCE}`.execute(db);
    yield* rows;
    const last = rows.at(-1);
    if (last === undefined || rows.length < AT_ONCE) return;
    [customer, id] = [last.customer, last.id];
  }
}
