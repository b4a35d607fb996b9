// Why nothing is offered to a customer, and why not an add-on.
import type { Reply } from '../../chat/reply.ts';
import { unpricedCurrency } from '../catalog/offered.ts';
import type { View } from '../organizations/view.ts';
import { addOnAlone, nothingForSale, nothingPriced } from './replies.ts';
import { aloneOf } from './rules.ts';
import { type FoundProduct, loadLines, loadSubscribed } from './store.ts';

/** Where nothing at all has a price in the currency of the customer, that is the reason. */
export async function notPricedFor({ db, customer, member }: View): Promise<Reply | undefined> {
  const currency = await unpricedCurrency(db, customer.id);
  return currency === undefined ? undefined : nothingPriced(customer.name, currency, member.role);
}

export const notOffered = async (view: View, offering: string): Promise<Reply> =>
  (await notPricedFor(view)) ?? nothingForSale(view.customer.name, offering);

/** An add-on whose product the customer does not have, and that is not in the order it would come into either. */
export async function refusedAlone(
  { db, customer }: View,
  { id, name, addOnOf, addOnOfName }: FoundProduct,
  orderId: number | undefined,
): Promise<Reply | undefined> {
  if (addOnOf === null || addOnOfName === null) return undefined;
  const lines = orderId === undefined ? [] : await loadLines(db, [orderId]);
  const has = new Set(await loadSubscribed(db, customer.id));
  const wanted = { kind: 'new subscription', productId: id, addOnOf } as const;
  const isAlone = aloneOf([...lines, wanted], has).includes(wanted);
  return isAlone ? addOnAlone(customer.name, name, addOnOfName) : undefined;
}
