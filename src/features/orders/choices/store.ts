/** Orders and services that fit what is being typed. */
import { sql } from 'kysely';
import {
  type Db,
  holdsText,
  inScope,
  isIn,
  likeText,
  orderExistsFor,
  type Viewer,
} from '../../../db/index.ts';
import { hasUnits, isSuspended } from '../store.ts';
import type { OrderLine, Range, ServiceLine, Units, Word } from './rules.ts';

const inRanges = (column: string, ranges: readonly Range[]) =>
  sql<boolean>`(${sql.join(
    ranges.map(({ from, to }) => sql`${sql.ref(column)} between ${from} and ${to}`),
    sql` or `,
  )})`;

const visible = (db: Db, viewer: Viewer) =>
  db
    .selectFrom('orders as o')
    .where(inScope('o.organization_id', viewer.scope))
    .where(orderExistsFor('o.id', viewer));

/** What an order is about, in a few words; a change of the markup is nobody's to find. */
const what = sql<string | null>`coalesce(
  nullif(o.description, ''),
  (select p.name from services s join products p on p.id = s.product_id where s.order_id = o.id
    order by s.position limit 1),
  (select p.name from requested_changes c join products p on p.id = c.product_id
    where c.order_id = o.id and c.kind <> 'markup change' order by c.id limit 1))`;

const lines = (db: Db, viewer: Viewer) =>
  visible(db, viewer)
    .innerJoin('organizations as customer', 'customer.id', 'o.organization_id')
    .select(['o.id', 'o.number', 'o.status', 'customer.name as customer', what.as('what')]);

/** The exact number first. */
export function ordersNumbered(
  db: Db,
  viewer: Viewer,
  ranges: readonly Range[],
  most: number,
): Promise<OrderLine[]> {
  return lines(db, viewer).where(inRanges('o.number', ranges)).orderBy('o.number').limit(most).execute();
}

/** So many of the newest orders are gone through, before the index of texts is asked for rarer ones. */
const NEAR = 2_000;

/** Orders with `text` in them, the newest first. */
export async function ordersWith(db: Db, viewer: Viewer, text: string, most: number): Promise<OrderLine[]> {
  const near = visible(db, viewer)
    .select(['o.id', 'o.search', 'o.status', 'o.created_at'])
    .orderBy('o.created_at', 'desc')
    .orderBy('o.id', 'desc')
    .limit(NEAR);
  const holds =
    text === ''
      ? sql<boolean>`true`
      : sql<boolean>`(${isIn('n.search', text)} or
    lower(n.status) like ${`${text.toLowerCase()}%`})`;
  const met = await db
    .selectFrom(near.as('n'))
    .select('n.id')
    .where(holds)
    .orderBy('n.created_at', 'desc')
    .orderBy('n.id', 'desc')
    .limit(most)
    .execute();
  const rare = met.length < most && [...text].length >= 3 ? await rareOnes(db, viewer, text, most) : [];
  const ids = [...new Set([...met, ...rare].map(({ id }) => id))];
  if (ids.length === 0) return [];
  return lines(db, viewer)
    .where('o.id', 'in', ids)
    .orderBy('o.created_at', 'desc')
    .orderBy('o.id', 'desc')
    .limit(most)
    .execute();
}

const rareOnes = (db: Db, viewer: Viewer, text: string, most: number) =>
  visible(db, viewer).select('o.id').where(holdsText('o.search', text)).limit(most).execute();

/** So many orders whose number begins with what is typed are looked at. */
const MOST_ORDERS = 200;

/** What a word may mean: these products, orders and customers. */
async function meaningOf(db: Db, viewer: Viewer, { text, ranges, position }: Word) {
  const products =
    position === undefined
      ? await db.selectFrom('products').select('id').where('name', 'ilike', likeText(text)).execute()
      : [];
  const orders =
    ranges.length === 0
      ? []
      : await visible(db, viewer)
          .select('o.id')
          .where(inRanges('o.number', ranges))
          .orderBy('o.number')
          .limit(MOST_ORDERS)
          .execute();
  const customers =
    viewer.scope.kind === 'customer' || position !== undefined
      ? []
      : await db
          .selectFrom('organizations')
          .select('id')
          .where('kind', '=', 'customer')
          .where(inScope('organizations.id', viewer.scope))
          .where('name', 'ilike', likeText(text))
          .execute();
  return { products, orders, customers, position };
}

type Meaning = Awaited<ReturnType<typeof meaningOf>>;
const idsOf = (rows: readonly { readonly id: number }[]) => rows.map(({ id }) => id);

const fits = ({ products, orders, customers, position }: Meaning) =>
  sql<boolean>`((
    s.product_id = any(${idsOf(products)}::int[]) or s.order_id = any(${idsOf(orders)}::int[])
      or s.organization_id = any(${idsOf(customers)}::int[]))
    and ${position ? sql<boolean>`s.position::text like ${`${position}%`}` : sql<boolean>`true`})`;

const FREE = sql<number>`s.units - s.associated - s.reserved`;
const AMOUNT = { any: sql<number>`0`, free: FREE, used: sql<number>`s.associated` };

export type SoughtServices = {
  readonly words: readonly Word[];
  readonly units: Units;
  /** Only those of which this user has units. */
  readonly user?: string | undefined;
};

const isOfUser = (email: string) =>
  sql<boolean>`exists (select from associations a join users u on u.id = a.user_id
    where a.service_id = s.id and u.email = ${email})`;

/** Services with units that fit every word. */
export async function servicesFitting(
  db: Db,
  viewer: Viewer,
  { words, units, user }: SoughtServices,
  most: number,
): Promise<ServiceLine[]> {
  const meanings: Meaning[] = [];
  for (const word of words) meanings.push(await meaningOf(db, viewer, word));
  const exact = words.flatMap(({ exactly }) => exactly ?? []);
  // Those to be shown first: else what is said of each is read for all there are.
  const page = db
    .selectFrom('services as s')
    .where(inScope('s.organization_id', viewer.scope))
    .where(orderExistsFor('s.order_id', viewer))
    .where(hasUnits('s.product_id'))
    .$if(units !== 'any', (query) => query.where(AMOUNT[units], '>', 0))
    .$if(units === 'free', (query) => query.where((eb) => eb.not(isSuspended)))
    .$if(user !== undefined, (query) => query.where(isOfUser(user ?? '')))
    .where((eb) => eb.and(meanings.map(fits)))
    .select(['s.id', AMOUNT[units].as('amount')])
    .select(
      sql<boolean>`s.order_id in (select id from orders where number = any(${exact}::int[]))`.as('named'),
    )
    .orderBy('named', 'desc')
    .orderBy('amount', 'desc')
    .orderBy('s.order_id', 'desc')
    .orderBy('s.position')
    .limit(most);
  return db
    .selectFrom(page.as('found'))
    .innerJoin('services as s', 's.id', 'found.id')
    .innerJoin('orders as o', 'o.id', 's.order_id')
    .innerJoin('products as p', 'p.id', 's.product_id')
    .innerJoin('organizations as customer', 'customer.id', 's.organization_id')
    .select(['o.number', 's.position', 'p.name as product', 's.units', 's.associated', FREE.as('free')])
    .select([isSuspended.as('suspended'), 'customer.name as customer'])
    .orderBy('found.named', 'desc')
    .orderBy('found.amount', 'desc')
    .orderBy('s.order_id', 'desc')
    .orderBy('s.position')
    .execute();
}
