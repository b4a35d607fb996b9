import { sql } from 'kysely';
import type { Db } from '../../../db/index.ts';

type Bought = {
  readonly organizationId: number;
  readonly orderId: number;
  readonly changeId: number;
  readonly productId: number;
  readonly quantity: number;
  readonly person: { readonly email: string; readonly first: string; readonly last: string };
  readonly tenant: string | null;
  readonly price: {
    readonly minor: number;
    readonly purchaseMinor: number | null;
    readonly currency: string;
  };
  readonly markupBp: number | null;
  readonly configuration: unknown;
  readonly providerSubscription: string | null;
  readonly at: Date;
  readonly renewsAt: Date;
};

/** What a line of an order brings: a service in the next place, and the subscription that runs on. */
export async function addSubscription(
  db: Db,
  bought: Bought,
): Promise<{ readonly subscription: number; readonly position: number }> {
  const service = await db
    .insertInto('services')
    .values((eb) => ({
      order_id: bought.orderId,
      position: eb
        .selectFrom('services')
        .select(sql<number>`coalesce(max(position), 0) + 1`.as('position'))
        .where('order_id', '=', bought.orderId),
      product_id: bought.productId,
      units: bought.quantity,
    }))
    .returning(['id', 'position'])
    .executeTakeFirstOrThrow();
  const { id } = await db
    .insertInto('subscriptions')
    .values({
      organization_id: bought.organizationId,
      service_id: service.id,
      quantity: bought.quantity,
      status: 'active',
      admin_email: bought.person.email,
      first_name: bought.person.first,
      last_name: bought.person.last,
      tenant_name: bought.tenant,
      price_minor: bought.price.minor,
      currency: bought.price.currency,
      provider_subscription: bought.providerSubscription,
      purchase_minor: bought.price.purchaseMinor,
      markup_bp: bought.markupBp,
      configuration: bought.configuration === null ? null : JSON.stringify(bought.configuration),
      started_at: bought.at,
      renews_at: bought.renewsAt,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await addLot(db, id, bought.quantity, bought.at);
  await db
    .updateTable('requested_changes')
    .set({ subscription_id: id, error: null })
    .where('id', '=', bought.changeId)
    .execute();
  return { subscription: id, position: service.position };
}

/** What the provider made of a subscription that is in our books already. */
export async function linkSubscription(
  db: Db,
  id: number,
  provider: { readonly subscription: string; readonly coAdministrator: string | null },
): Promise<void> {
  await db
    .updateTable('subscriptions')
    .set({ provider_subscription: provider.subscription, co_administrator: provider.coAdministrator })
    .where('id', '=', id)
    .execute();
}

export async function addLot(
  db: Db,
  subscription_id: number,
  quantity: number,
  added_at: Date,
): Promise<void> {
  await db.insertInto('seat_lots').values({ subscription_id, quantity, added_at }).execute();
}

/** Takes units out of the lots, the youngest first. */
export async function takeFromLots(db: Db, subscriptionId: number, quantity: number): Promise<void> {
  await sql`
    with newest as (
      select id, quantity,
        coalesce(sum(quantity) over (order by added_at desc, id desc
          rows between unbounded preceding and 1 preceding), 0) as before
      from seat_lots where subscription_id = ${subscriptionId})
    update seat_lots l
    set quantity = l.quantity - least(n.quantity, greatest(0, ${quantity}::integer - n.before))
    from newest n where n.id = l.id and n.before < ${quantity}::integer`.execute(db);
}

/** Keeps units from being given away; false where they are not free. */
export async function holdUnits(db: Db, serviceId: number, quantity: number): Promise<boolean> {
  const row = await db
    .updateTable('services')
    .set((eb) => ({ reserved: eb('reserved', '+', quantity) }))
    .where('id', '=', serviceId)
    .where(sql<number>`units - associated - reserved`, '>=', quantity)
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}

export async function letGoOfUnits(db: Db, serviceId: number, quantity: number): Promise<void> {
  await db
    .updateTable('services')
    .set((eb) => ({ reserved: eb('reserved', '-', quantity) }))
    .where('id', '=', serviceId)
    .execute();
}

export async function addUnits(db: Db, subscriptionId: number, quantity: number): Promise<void> {
  await addBought(db, subscriptionId, quantity);
  await db
    .updateTable('subscriptions')
    .set((eb) => ({ quantity: eb('quantity', '+', quantity) }))
    .where('id', '=', subscriptionId)
    .execute();
}

/** The same units, of which none is billed yet. */
export async function addBought(db: Db, subscriptionId: number, quantity: number): Promise<void> {
  await db
    .updateTable('services')
    .set((eb) => ({ units: eb('units', '+', quantity) }))
    .where('id', '=', (eb) =>
      eb.selectFrom('subscriptions').select('service_id').where('id', '=', subscriptionId),
    )
    .execute();
}

/** Gives up units that were held. What is billed stays, as long as it fits; resolves to by how much that falls. */
export async function removeHeldUnits(
  db: Db,
  {
    subscriptionId,
    serviceId,
    quantity,
  }: Readonly<Record<'subscriptionId' | 'serviceId' | 'quantity', number>>,
): Promise<number> {
  const { units } = await db
    .updateTable('services')
    .set((eb) => ({ units: eb('units', '-', quantity), reserved: eb('reserved', '-', quantity) }))
    .where('id', '=', serviceId)
    .returning('units')
    .executeTakeFirstOrThrow();
  const { rows } = await sql<{ fell: number }>`
    update subscriptions sub set quantity = least(sub.quantity, ${units}::integer)
    from subscriptions before
    where sub.id = ${subscriptionId} and before.id = sub.id
    returning before.quantity - sub.quantity as fell`.execute(db);
  return rows[0]?.fell ?? 0;
}

export async function setSubscriptionStatus(
  db: Db,
  id: number,
  status: 'active' | 'suspended',
): Promise<void> {
  await db.updateTable('subscriptions').set({ status }).where('id', '=', id).execute();
}

export type InvoiceLine = {
  readonly change: number;
  readonly kind: string;
  readonly product: string;
  readonly quantity: number;
  readonly priceMinor: number;
  readonly amountMinor: number;
};

/** The lines of an order that are on an invoice, and how many invoices it has. */
export async function loadInvoiced(
  db: Db,
  orderId: number,
): Promise<{ readonly invoices: number; readonly changes: readonly number[] }> {
  const rows = await db.selectFrom('invoices').select('lines').where('order_id', '=', orderId).execute();
  const changes = rows.flatMap(({ lines }) => (lines as InvoiceLine[]).map(({ change }) => change));
  return { invoices: rows.length, changes };
}

export async function addInvoice(
  db: Db,
  invoice: {
    readonly number: string;
    readonly orderId: number;
    readonly organizationId: number;
    readonly currency: string;
    readonly lines: readonly InvoiceLine[];
    readonly issuedAt: Date;
    readonly dueAt: Date;
  },
): Promise<void> {
  await db
    .insertInto('invoices')
    .values({
      number: invoice.number,
      order_id: invoice.orderId,
      organization_id: invoice.organizationId,
      amount_minor: invoice.lines.reduce((sum, { amountMinor }) => sum + amountMinor, 0),
      currency: invoice.currency,
      lines: JSON.stringify(invoice.lines),
      issued_at: invoice.issuedAt,
      due_at: invoice.dueAt,
    })
    .execute();
}

/** The domain is the customer's; one that is taken stays whose it is. */
export async function addDomain(db: Db, domain: string, organization_id: number): Promise<void> {
  await db
    .insertInto('domains')
    .values({ domain: domain.toLowerCase(), organization_id })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}
