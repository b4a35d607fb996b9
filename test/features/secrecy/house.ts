/** The demo data and more to be secret about: other customers, orders that change the markup, jobs, a run, notes. */

import { record } from '../../../src/bot/index.ts';
import { LETTERS } from '../../../src/features/letters/templates.ts';
import { type CalmTalk, openCalmTalk } from '../../chat/calm.ts';
import { rows } from '../../chat/reading.ts';
import { file } from '../../support/talk.ts';
import { addCustomer, addOrder, MESSAGING, OFFICE, organizationId } from '../orders/stock.ts';
import { addChannel, addFindings, changeLetters, furnish } from './furnish.ts';
import { furnishLedger, type Ordered, order } from './ordered.ts';
import { type Prices, readPrices } from './secrets.ts';
import { WORDS } from './words.ts';

/** Something that a person may or may not see, by all the names it has. */
export type Target = {
  readonly customer: string;
  readonly customerId: number;
  /** Stands in what it has, and in nothing else. */
  readonly word: string;
  /** The first one has a service; none of the provider and of a reseller. */
  readonly orders: readonly string[];
  readonly user: string;
  /** Somebody who has a role there. */
  readonly member: string;
  /** Of a bulk job, of a change in the history, of a key and of a finding; 0 where there is none. */
  readonly job: number;
  readonly change: number;
  readonly key: number;
  readonly finding: number;
};

export type House = {
  readonly talk: CalmTalk;
  readonly targets: readonly Target[];
  readonly prices: Prices;
};

/** Two orders that only change the markup, one of each view. */
export const MARKUP_ONLY = ['20005', '10026'];

export async function openHouse(): Promise<House> {
  const talk = await openCalmTalk('Postgres');
  const { db } = talk;
  await addCustomer(db, 'Tailspin', 'Northwind Partners');
  await addOrder(db, {
    number: 20001,
    of: 'Tailspin',
    services: [[MESSAGING, 40]],
    note: 'Tailspin hesitates',
  });
  await addOrder(db, { number: 20002, of: 'Fabrikam', services: [[OFFICE, 33]], by: 'Frida of Fabrikam' });
  await addOrder(db, { number: 20003, of: 'Fabrikam', status: 'Started' });
  await addOrder(db, {
    number: 20004,
    of: 'Contoso',
    changes: ['increase', 'markup change'],
    services: [[OFFICE, 7]],
  });
  await addOrder(db, { number: 20005, of: 'Contoso', changes: ['markup change'], status: 'Started' });
  for (const [number, markup_bp] of [
    [20004, 3700],
    [20005, 4100],
  ] as const) {
    await db.updateTable('orders').set({ markup_bp }).where('number', '=', number).execute();
    await rememberMarkup(talk, number);
  }
  await addSubscriptions(talk);
  await addPrices(talk);
  const ordered = await furnishAll(db);
  const priya = talk.as('priya');
  await priya.say('note 10025 Fabrikam does not answer');
  await priya.say('grant fred@fabrikam.example customer admin fabrikam');
  await priya.say('grant tilda@tailspin.example customer admin tailspin');
  await talk.as('nora').say('note 10026 Raised once more');
  await talk.as('nora').say('note 20005 Raised once more');
  await priya.say('reconcile now');
  const targets = [
    await target(talk, { customer: 'Contoso', user: 'alice@contoso.example' }, ['10024', ...ordered.contoso]),
    await target(talk, { customer: 'Tailspin', user: 'zoe@tailspin.example' }, [
      '20001',
      ...ordered.tailspin,
    ]),
    await target(talk, { customer: 'Fabrikam', user: 'frank@fabrikam.example' }, [
      '20002',
      ...ordered.fabrikam,
    ]),
    await markupOnly(talk),
    await seller(talk, 'Northwind Partners', 'nora@northwind.example'),
    await seller(talk, 'HamaraCloud', 'arjun@hamaracloud.example'),
  ];
  return { talk, targets, prices: await readPrices(db) };
}

const numbers = ({ draft, machines, waiting, failed }: Ordered) => [draft, machines, waiting, failed];

/** What each organization has in the tables of ordering, with its own word in it. */
async function furnishAll(db: CalmTalk['db']) {
  const all = [
    ['HamaraCloud', '7705100', 0],
    ['Northwind Partners', '7706200', 731],
    ['Fabrikam', '7707300', 5273],
    ['Tailspin', '7708400', 6389],
  ] as const;
  for (const [name, digits, markupBp] of all) await furnish(db, { name, digits, markupBp });
  await addChannel(db, 'Contoso', await organizationId(db, 'Contoso'));
  for (const name of ['Fabrikam', 'Tailspin'] as const) await furnishLedger(db, name, WORDS[name]);
  for (const name of ['Fabrikam', 'Tailspin', 'Contoso'] as const) await addFindings(db, name);
  await changeLetters(db, LETTERS, WORDS.HamaraCloud);
  return {
    contoso: numbers(await order(db, 'Contoso', WORDS.Contoso, 20011)),
    tailspin: numbers(await order(db, 'Tailspin', WORDS.Tailspin, 20021)),
    fabrikam: numbers(await order(db, 'Fabrikam', WORDS.Fabrikam, 20031)),
  };
}

/** The history of an order tells of its markup as well. */
async function rememberMarkup({ db, ctx }: CalmTalk, number: number): Promise<void> {
  const { id: orderId, organization_id: organizationId } = await db
    .selectFrom('orders')
    .select(['id', 'organization_id'])
    .where('number', '=', number)
    .executeTakeFirstOrThrow();
  await record(ctx(), { organizationId, orderId, kind: 'markup change', summary: 'Changed the markup' });
}

type Named = { readonly customer: keyof typeof WORDS; readonly user: string };

/** A customer's order with a user, a job that waits for a yes, and a change. */
async function target(talk: CalmTalk, { customer, user }: Named, orders: readonly string[]): Promise<Target> {
  const by = talk.as(customer === 'Fabrikam' ? 'arjun' : 'nora');
  const [first = ''] = orders;
  await by.say(`associate ${first}/1 ${user}`);
  const [[change = ''] = []] = rows(await by.say(`history ${first}`));
  const preview = await by.say(`bulk ${first}/1`, [file(`${customer}.csv`, `new@${customer}.example,2\n`)]);
  const job = Number(/^Job (\d+)/.exec(preview.text)?.[1]);
  return { ...(await seller(talk, customer, user)), orders, job, change: Number(change) };
}

async function markupOnly(talk: CalmTalk): Promise<Target> {
  const change = await talk.db
    .selectFrom('history')
    .select('id')
    .where('kind', '=', 'markup change')
    .executeTakeFirstOrThrow();
  const contoso = await seller(talk, 'Contoso', 'bob@contoso.example');
  return { ...contoso, orders: MARKUP_ONLY, change: change.id };
}

const MEMBERS: Readonly<Record<keyof typeof WORDS, string>> = {
  HamaraCloud: 'arjun@hamaracloud.example',
  'Northwind Partners': 'nora@northwind.example',
  Contoso: 'chris@contoso.example',
  Tailspin: 'tilda@tailspin.example',
  Fabrikam: 'fred@fabrikam.example',
};

/** An organization with nothing but what all of them have. */
async function seller({ db }: CalmTalk, customer: keyof typeof WORDS, user: string): Promise<Target> {
  const customerId = await organizationId(db, customer);
  const key = await db
    .selectFrom('api_keys')
    .select('id')
    .where('organization_id', '=', customerId)
    .executeTakeFirst();
  const finding = await db
    .selectFrom('findings')
    .select('id')
    .where('organization_id', '=', customerId)
    .executeTakeFirst();
  const none = { orders: [], job: 0, change: 0 };
  const member = MEMBERS[customer];
  return {
    customer,
    customerId,
    word: WORDS[customer],
    user,
    member,
    key: key?.id ?? 0,
    finding: finding?.id ?? 0,
    ...none,
  };
}

/** What is behind the prices of the customer: on what runs on, and on the lines of an order that changes more. */
async function addPrices({ db }: CalmTalk): Promise<void> {
  await db.updateTable('subscriptions').set({ purchase_minor: 6137, markup_bp: 4100 }).execute();
  const mixed = db.selectFrom('orders').select('id').where('number', '=', 20004);
  await db
    .updateTable('requested_changes')
    .set({ purchase_minor: 6137, markup_bp: 3700 })
    .where('order_id', 'in', mixed)
    .execute();
}

/** What runs on of the services that were added here. */
async function addSubscriptions({ db }: CalmTalk): Promise<void> {
  const services = await db
    .selectFrom('services as s')
    .innerJoin('orders as o', 'o.id', 's.order_id')
    .innerJoin('organizations as c', 'c.id', 'o.organization_id')
    .select(['s.id', 's.units', 'c.id as organization_id', 'c.name'])
    .where('o.number', '>=', 20001)
    .execute();
  await db
    .insertInto('subscriptions')
    .values(
      services.map(({ id, units, organization_id, name }) => ({
        organization_id,
        service_id: id,
        quantity: units,
        status: 'active' as const,
        admin_email: `admin@${name.toLowerCase()}.example`,
        first_name: 'Admin',
        last_name: `of ${name}`,
        tenant_name: `${name.toLowerCase()}.onmicrosoft.com`,
        price_minor: 777,
        currency: 'EUR',
      })),
    )
    .execute();
}
