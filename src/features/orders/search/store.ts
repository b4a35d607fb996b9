/** What is looked for in a list of orders. */
import { sql } from 'kysely';
import { type Db, type holdsText, likeText } from '../../../db/index.ts';
import type { OrderStatus } from '../rules.ts';

/** One of these has to be true of an order that is found. */
export type Having = {
  readonly text: string;
  /** The number begins with these digits. */
  readonly begins: string | undefined;
  readonly statuses: readonly OrderStatus[];
  /** Created by somebody of these organizations. */
  readonly organizations: readonly number[];
  /** So many have it that a page of them is met soon by who goes through the list. */
  readonly common?: boolean;
};

/** Statuses are written out: so the database knows which of its lists it is. */
export const isOneOf = (statuses: readonly OrderStatus[]) =>
  sql<boolean>`o.status in (${sql.join(statuses.map((status) => sql.lit(status)))})`;

export function has({ text, begins, statuses, organizations }: Having, holds: typeof holdsText) {
  const any = [
    holds('o.search', text),
    ...(begins === undefined ? [] : [sql`o.search like ${`${begins}%`}`]),
    ...(statuses.length === 0 ? [] : [isOneOf(statuses)]),
    ...(organizations.length === 0
      ? []
      : [sql`o.created_by_organization_id in (${sql.join(organizations)})`]),
  ];
  return sql<boolean>`(${sql.join(any, sql` or `)})`;
}

/** The organizations with `text` in their names that may have ordered for a customer; it may be one itself. */
export async function organizationsNamed(db: Db, customerId: number, text: string): Promise<number[]> {
  const rows = await db
    .selectFrom('organizations')
    .select('id')
    .where('name', 'ilike', likeText(text))
    .where((eb) => eb.or([eb('kind', '<>', 'customer'), eb('id', '=', customerId)]))
    .execute();
  return rows.map(({ id }) => id);
}
