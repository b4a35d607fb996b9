/** What tests of ordering do again and again. */
import type { Reply } from '../../../src/chat/reply.ts';
import type { Db } from '../../../src/db/index.ts';
import { choices } from '../../chat/reading.ts';
import type { Speaker } from '../../support/talk.ts';

export const choiceOf = (reply: Reply, input: string, title: string): string => {
  const found = choices(reply, input).find((one) => one.title.startsWith(title));
  if (found === undefined) throw new Error(`There is no ${title} to choose.`);
  return found.value;
};

/** Goes to the products of Microsoft's corporate Office 365. */
export async function toProducts(who: Speaker): Promise<Reply> {
  const services = await who.say('new order');
  const categories = await who.press(services, 'Next', {
    choice: choiceOf(services, 'choice', 'Microsoft O365'),
  });
  const groups = await who.press(categories, 'Next', { choice: choiceOf(categories, 'choice', 'Corporate') });
  return who.press(groups, 'Next', { choice: choiceOf(groups, 'choice', 'Office 365') });
}

export const numberIn = (reply: Reply): string => /\b(100[2-9]\d)\b/.exec(reply.text)?.[1] ?? '';

export function orderOf(db: Db, number: string | number) {
  return db.selectFrom('orders').selectAll().where('number', '=', Number(number)).executeTakeFirstOrThrow();
}

export async function linesOf(db: Db, number: string | number) {
  const { id } = await orderOf(db, number);
  return db
    .selectFrom('requested_changes as c')
    .leftJoin('products as p', 'p.id', 'c.product_id')
    .select([
      'c.id',
      'c.kind',
      'p.name',
      'c.quantity',
      'c.price_minor',
      'c.purchase_minor',
      'c.subscription_id',
    ])
    .where('c.order_id', '=', id)
    .orderBy('c.id')
    .execute();
}

export async function historyOf(db: Db, number: string | number): Promise<string[]> {
  const { id } = await orderOf(db, number);
  const rows = await db
    .selectFrom('history')
    .select('summary')
    .where('order_id', '=', id)
    .orderBy('id')
    .execute();
  return rows.map(({ summary }) => summary);
}

/** What the provider asks for a product, from now on. */
export async function setPrice(db: Db, product: string, price_minor: number): Promise<void> {
  await db
    .updateTable('prices')
    .set({ price_minor })
    .where('product_id', 'in', (eb) => eb.selectFrom('products').select('id').where('name', '=', product))
    .execute();
}

export function subscriptionOf(db: Db, order: number, position: number) {
  return db
    .selectFrom('subscriptions as sub')
    .innerJoin('services as s', 's.id', 'sub.service_id')
    .innerJoin('orders as o', 'o.id', 's.order_id')
    .select(['sub.id', 'sub.quantity', 'sub.status', 's.id as serviceId'])
    .where('o.number', '=', order)
    .where('s.position', '=', position)
    .executeTakeFirstOrThrow();
}
