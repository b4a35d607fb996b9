import { type RawBuilder, sql } from 'kysely';

/**
 * Of a decrease `c` of the subscription `sub` with the service `s`: how many of its units were on the bill. Units that nobody
 * uses are taken off it by a reconciliation, and are not taken off again when they are given back. Null for all else.
 */
export const billedOfDecrease: RawBuilder<number | null> = sql<number | null>`
  case when c.kind = 'decrease' then
    coalesce(c.billed, least(c.quantity, greatest(0, sub.quantity - s.units + c.quantity))) end`;
