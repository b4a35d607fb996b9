import { sql } from 'kysely';
import type { Json } from '../../../chat/place.ts';
import type { Db, Tables } from '../../../db/index.ts';

export type NewOrder = {
  readonly organizationId: number;
  readonly status: 'Started' | 'Completed';
  readonly description: string;
  readonly offeringId: number | null;
  readonly draft: Json | null;
  readonly createdBy: string;
  readonly createdByMember: number | null;
  readonly createdByOrganizationId: number;
  readonly at: Date;
  readonly placedAt: Date | null;
  readonly markupBp: number | null;
};

/** Takes the next number. The order is in the currency of its customer. */
export function insertOrder(db: Db, order: NewOrder): Promise<{ id: number; number: number }> {
  const { organizationId, at } = order;
  return db
    .insertInto('orders')
    .values({
      number: sql<number>`nextval('order_numbers')`,
      organization_id: organizationId,
      name: `Order #${at.toISOString().slice(0, 10).split('-').reverse().join('-')}`,
      description: order.description,
      status: order.status,
      provider_status: null,
      error: null,
      created_by: order.createdBy,
      created_by_member: order.createdByMember,
      created_by_organization_id: order.createdByOrganizationId,
      created_at: at,
      note: null,
      payment_details: null,
      add_ons: null,
      cost_minor: null,
      currency: sql<string>`(select currency from organizations where id = ${organizationId})`,
      markup_bp: order.markupBp,
      offering_id: order.offeringId,
      draft: order.draft === null ? null : JSON.stringify(order.draft),
      placed_at: order.placedAt,
    })
    .returning(['id', 'number'])
    .executeTakeFirstOrThrow();
}

export type NewLine = {
  readonly kind: Tables['requested_changes']['kind'];
  readonly productId: number | null;
  readonly quantity: number | null;
  readonly subscriptionId?: number;
  readonly markupBp?: number;
  readonly configuration?: Json;
  readonly purchaseMinor?: number | null;
  readonly priceMinor?: number | null;
};

/** In the place of those it has. */
export async function replaceLines(db: Db, orderId: number, lines: readonly NewLine[]): Promise<void> {
  await db.deleteFrom('requested_changes').where('order_id', '=', orderId).execute();
  if (lines.length === 0) return;
  await db
    .insertInto('requested_changes')
    .values(
      lines.map((line) => ({
        order_id: orderId,
        kind: line.kind,
        product_id: line.productId,
        quantity: line.quantity,
        subscription_id: line.subscriptionId ?? null,
        markup_bp: line.markupBp ?? null,
        configuration: line.configuration === undefined ? null : JSON.stringify(line.configuration),
        purchase_minor: line.purchaseMinor ?? null,
        price_minor: line.priceMinor ?? null,
      })),
    )
    .execute();
}
