import type { HomePage } from '../../../cards/home-page.ts';
import type { OrderStatus } from '../../../cards/status.ts';
import { type Asked, CHANGERS, SELLERS, scopeOf } from '../../bot/index.ts';
import type { Reply } from '../../chat/reply.ts';
import { quoted } from '../../chat/words.ts';
import { openFindings } from '../findings/open.ts';
import { begunIn } from '../orders/rules.ts';
import { viewerHere } from '../organizations/view.ts';
import { homePage } from './replies.ts';
import { commonFor, type Found, itemsOf, MARKUP_ONLY, needsOf } from './rules.ts';
import {
  loadFailedOrders,
  loadFreeOfCustomers,
  loadFreeOfServices,
  loadItems,
  loadLatestOrders,
  loadOwnJobs,
  loadRunning,
  loadWaiting,
} from './store.ts';

const MOST_NAMED = 3;
const MOST_JOBS = 3;
const MOST_FREE = 5;
const MOST_ORDERS = 5;
const MOST_ITEMS = 2;
/** What failed longer ago was seen to. */
const OF_LATE_MS = 7 * 24 * 60 * 60 * 1000;

/** `home`: what needs this person, what they have, and what goes on, over all the customers they may see. */
export async function showHome(asked: Asked): Promise<Reply> {
  const { member } = asked;
  return homePage({
    organization: member.organization.name,
    needs: needsOf(await found(asked)),
    jobs: await running(asked),
    free: await freeUnits(asked),
    orders: await latest(asked),
    common: commonFor(member.role),
  });
}

const isCustomer = ({ member }: Asked): boolean => member.organization.kind === 'customer';
const mayChange = ({ member }: Asked): boolean => CHANGERS.includes(member.role);
const sells = ({ member }: Asked): boolean => SELLERS.includes(member.role);
/** Jobs of the provider itself. */
const seesOwn = ({ member }: Asked): boolean => member.role === 'provider admin';

async function found(asked: Asked): Promise<Found> {
  const { db, member, now } = asked;
  const scope = scopeOf(member.organization);
  const since = new Date(now.getTime() - OF_LATE_MS);
  const mine = { seesOwn: seesOwn(asked), memberId: member.id ?? -1, since };
  return {
    waiting: sells(asked)
      ? await loadWaiting(db, { organization: member.organization, memberId: member.id, now }, MOST_NAMED)
      : [],
    failed: mayChange(asked) ? await loadFailedOrders(db, viewerHere(asked), MOST_NAMED) : [],
    jobs: mayChange(asked) ? await loadOwnJobs(db, scope, mine, MOST_JOBS) : [],
    findings: sells(asked) ? await openFindings(db, scope, now) : 0,
    isCustomer: isCustomer(asked),
  };
}

async function running(asked: Asked): Promise<HomePage['jobs']> {
  if (!mayChange(asked)) return [];
  const jobs = await loadRunning(asked.db, scopeOf(asked.member.organization), seesOwn(asked), MOST_JOBS);
  return jobs.map(({ id, file, customer, valid, done, failed }) => ({
    job: id,
    what: isCustomer(asked) ? file : `${customer}, ${file}`,
    total: valid,
    done,
    failed,
  }));
}

async function freeUnits(asked: Asked): Promise<HomePage['free']> {
  const viewer = viewerHere(asked);
  if (isCustomer(asked)) {
    const services = await loadFreeOfServices(asked.db, viewer, MOST_FREE);
    const rows = services.map(({ name, units, free, number, position }) => {
      const ref = `${number}/${position}`;
      return { name: `${name} (${ref})`, units, free, command: `service ${ref}` };
    });
    return { of: 'services', rows, more: moreThan(services) };
  }
  const customers = await loadFreeOfCustomers(asked.db, viewer, MOST_FREE);
  const rows = customers.map(({ name, units, free }) => ({
    name,
    units,
    free,
    command: `use ${quoted(name)}`,
  }));
  return { of: 'customers', rows, more: moreThan(customers) };
}

const moreThan = (rows: readonly { readonly total: number }[]): number =>
  (rows[0]?.total ?? rows.length) - rows.length;

async function latest(asked: Asked): Promise<HomePage['orders']> {
  const orders = await loadLatestOrders(asked.db, viewerHere(asked), MOST_ORDERS);
  const items = await loadItems(
    asked.db,
    orders.map(({ id }) => id),
  );
  return orders.map((order) => {
    const own = items.filter(({ orderId }) => orderId === order.id);
    return {
      number: `${asked.settings.orderPrefix}${order.number}`,
      short: String(order.number),
      ...(!isCustomer(asked) && { customer: order.customer }),
      items: order.markupOnly ? [MARKUP_ONLY] : itemsOf(own, MOST_ITEMS),
      status: order.status as OrderStatus,
      waits: order.waits,
      begun: begunIn(order, asked.member.id),
    };
  });
}
