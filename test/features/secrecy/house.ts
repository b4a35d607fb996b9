/** The demo data and more to be secret about: other customers, orders that change the markup, jobs, a run, notes. */

import { record } from '../../../src/bot/index.ts';
import { type CalmTalk, openCalmTalk } from '../../chat/calm.ts';
import { rows } from '../../chat/reading.ts';
import { file } from '../../support/talk.ts';
import { addCustomer, addOrder, MESSAGING, OFFICE, organizationId } from '../orders/stock.ts';

/** Something that a person may or may not see, by all the names it has. */
export type Target = {
  readonly customer: string;
  readonly customerId: number;
  readonly order: string;
  readonly user: string;
  /** Of a bulk job and of a change in the history; 0 where there is none. */
  readonly job: number;
  readonly change: number;
};

export type House = {
  readonly talk: CalmTalk;
  readonly targets: readonly Target[];
};

/** Two orders that only change the markup, one of each view. */
export const MARKUP_ONLY = ['10026', '20005'];

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
  const priya = talk.as('priya');
  await priya.say('note 10025 Fabrikam does not answer');
  await priya.say('grant fred@fabrikam.example customer admin fabrikam');
  await talk.as('nora').say('note 10026 Raised once more');
  await talk.as('nora').say('note 20005 Raised once more');
  await priya.say('reconcile now');
  return {
    talk,
    targets: [
      await target(talk, 'Contoso', '10024', 'alice@contoso.example'),
      await target(talk, 'Tailspin', '20001', 'zoe@tailspin.example'),
      await target(talk, 'Fabrikam', '20002', 'frank@fabrikam.example'),
      await markupOnly(talk),
    ],
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

/** A customer's order with a user, a job that waits for a yes, and a change. */
async function target(talk: CalmTalk, customer: string, order: string, user: string): Promise<Target> {
  const by = talk.as(customer === 'Fabrikam' ? 'arjun' : 'nora');
  await by.say(`associate ${order}/1 ${user}`);
  const [[change = ''] = []] = rows(await by.say(`history ${order}`));
  const preview = await by.say(`bulk ${order}/1`, [file(`${customer}.csv`, `new@${customer}.example,2\n`)]);
  const job = Number(/^Job (\d+)/.exec(preview.text)?.[1]);
  const customerId = await organizationId(talk.db, customer);
  return { customer, customerId, order, user, job, change: Number(change) };
}

async function markupOnly(talk: CalmTalk): Promise<Target> {
  const change = await talk.db
    .selectFrom('history')
    .select('id')
    .where('kind', '=', 'markup change')
    .executeTakeFirstOrThrow();
  const customerId = await organizationId(talk.db, 'Contoso');
  return {
    customer: 'Contoso',
    customerId,
    order: '20005',
    user: 'bob@contoso.example',
    job: 0,
    change: change.id,
  };
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
