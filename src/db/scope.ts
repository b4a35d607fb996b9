import { type RawBuilder, sql } from 'kysely';
import type { Db } from './open.ts';

/** The organizations somebody may see: all of them, a reseller with its customers, or one customer. */
export type Scope =
  | { readonly kind: 'all' }
  | { readonly kind: 'reseller'; readonly organizationId: number }
  | { readonly kind: 'customer'; readonly organizationId: number };

/** Whose data a query may return, and whether markup exists for them. */
export type Viewer = { readonly scope: Scope; readonly seesMarkup: boolean };

/** Is the organization in this column one of the scope's? */
export function inScope(column: string, scope: Scope): RawBuilder<boolean> {
  switch (scope.kind) {
    case 'all':
      return sql<boolean>`true`;
    case 'customer':
      return sql<boolean>`${sql.ref(column)} = ${scope.organizationId}`;
    case 'reseller':
      return sql<boolean>`${sql.ref(column)} in (
        select id from organizations where ${scope.organizationId} in (id, parent_id))`;
  }
}

/**
 * May this viewer see the order in this column? An order whose only requested change is a markup change
 * does not exist for who sees no markup.
 */
export function orderExistsFor(
  orderIdColumn: string,
  viewer: Pick<Viewer, 'seesMarkup'>,
): RawBuilder<boolean> {
  if (viewer.seesMarkup) return sql<boolean>`true`;
  return sql<boolean>`not exists (
    select from orders as hidden where hidden.id = ${sql.ref(orderIdColumn)} and hidden.markup_only)`;
}

/** Is the organization one of this scope's? */
export async function isInScope(db: Db, scope: Scope, organizationId: number): Promise<boolean> {
  const row = await db
    .selectFrom('organizations')
    .select('id')
    .where('id', '=', organizationId)
    .where(inScope('organizations.id', scope))
    .executeTakeFirst();
  return row !== undefined;
}
