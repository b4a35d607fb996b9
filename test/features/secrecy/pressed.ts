/** Everything that can be pressed and sent, filled in with everything there is. */
import { SHARE } from '../../../src/bot/share.ts';
import type { Db } from '../../../src/db/index.ts';
import { HOWS } from '../../../src/features/findings/answers/types.ts';
import { features } from '../../../src/features.ts';
import { FURNISHED_AT } from './furnish.ts';
import type { Target } from './house.ts';

export const verbs = features.flatMap((feature) => (feature.buttons ?? []).map(({ verb }) => verb));

type Values = Readonly<Record<string, unknown>>;
export type Press = { readonly verb: string; readonly values: Values };

/** The ids of what is sold. */
export type Sold = {
  readonly licences: number;
  readonly machines: number;
  readonly product: number;
  readonly region: number;
  readonly machine: string;
};

export async function readSold(db: Db): Promise<Sold> {
  const id = async (table: 'offerings' | 'products', name: string) =>
    (await db.selectFrom(table).select('id').where('name', '=', name).executeTakeFirstOrThrow()).id;
  const region = await db.selectFrom('regions').select('id').executeTakeFirstOrThrow();
  const of = (table: 'hardware_profiles' | 'machine_templates') =>
    db.selectFrom(table).select('id').where('region_id', '=', region.id).executeTakeFirstOrThrow();
  const [profile, template] = [await of('hardware_profiles'), await of('machine_templates')];
  return {
    licences: await id('offerings', 'Microsoft O365'),
    machines: await id('offerings', 'Azure Pack'),
    product: await id('products', 'Office 365 E3'),
    region: region.id,
    machine: `${profile.id}-${template.id}`,
  };
}

type About = { readonly target: Target; readonly order: string; readonly sold: Sold };

/** What is the same field in different forms. */
function common({
  target: { customer, customerId, user, member, job, key, finding },
  order,
  sold,
}: About): Values {
  const neutral = 'neutral@nobody.example';
  return {
    ...{
      order,
      service: `${order}/1`,
      user,
      users: user,
      units: '1',
      job,
      key,
      finding,
      page: 1,
      plan: 'none',
      all: true,
    },
    ...{ view: 'historical', filter: 'all', query: order, text: order, note: 'Noted', from: `${order}/1` },
    ...{ to: '10024/1', choice: `${job} ${order}/1`, id: customerId, organization: customerId, more: true },
    ...{ customer, of: customer, in: customer, group: '', ref: '', percent: '12', markup: '1200', basis: '' },
    ...{ account: `${customerId}-${sold.machines}`, offering: sold.licences, product: String(sold.product) },
    ...{ contactName: 'Nobody', contactEmail: neutral, domain: 'neutral.onmicrosoft.com', migrate: 'true' },
    ...{ confirmed: 'true', quantity: '1', seen: '', description: 'Neutral', payment: 'Neutral', kind: '' },
    ...{
      sku: 'O365-E3',
      price: '18.22',
      currency: 'EUR',
      region: String(sold.region),
      machine: sold.machine,
    },
    ...{
      go: 'next',
      extra: 'vpn',
      profile: '1',
      template: '1',
      storage: '1',
      step: 'category',
      shared: false,
    },
    ...{ person: member, role: 'customer', asked: FURNISHED_AT.toISOString(), reason: 'No', email: neutral },
    ...{
      name: 'Neutral',
      company: 'Neutral',
      firstName: 'No',
      lastName: 'Body',
      parent: '',
      userName: neutral,
    },
    ...{
      letter: 'welcome customer',
      subject: 'Neutral',
      body: 'Neutral',
      show: 'sent',
      what: 'region',
      item: 0,
    },
  };
}

/** What a verb takes besides, or another of what others take. */
const SPECIAL: Readonly<Record<string, (about: About) => readonly Values[]>> = {
  undo: ({ target }) => [{ id: target.change }],
  move: ({ order }) => [{ from: '10024/1', to: `${order}/1` }, {}],
  'catalog.page': ({ target }) =>
    ['customer', 'reseller', 'provider'].map((view) => ({ view, query: '', of: target.customer })),
  'catalog.search': ({ target }) =>
    ['customer', 'reseller', 'provider'].map((view) => ({ view, text: '', group: target.customer })),
  'catalog.enable': ({ sold }) => [{}, { offering: sold.machines }],
  'catalog.markup.confirm': ({ order }) => [{}, { ref: `${order}/1` }],
  'catalog.markup': ({ order }) => [{}, { of: `${order}/1` }],
  'ordering.choose': ({ sold }) => [
    { step: 'service', choice: String(sold.licences) },
    { choice: 'Corporate' },
  ],
  'ordering.change': () => ['increase', 'decrease', 'suspend', 'resume'].map((kind) => ({ kind })),
  'machines.step': () => ['region', 'sizes', 'vpn', 'ipv4'].map((step) => ({ step })),
  'machines.which': ({ order, sold }) => [{ choice: `${order} ${sold.machine}` }],
  'machines.item': ({ sold }) => [{ offering: sold.machines, item: `region ${sold.region}` }],
  'machines.offered': ({ sold }) => [{ offering: sold.machines }],
  'machines.extra': () => [{}, { extra: 'ipv4', go: 'stay' }, { go: 'buy' }],
  'organizations.use': ({ target }) => [
    { choice: `${target.customerId} orders` },
    { choice: `${target.customerId} orders historical all` },
    { choice: String(target.customerId), next: 'orders' },
    { choice: target.customer, next: 'orders' },
  ],
  'home.begin': () => [{ text: 'associate' }, { text: 'new order' }, { text: 'bulk' }],
  'organizations.page': ({ target }) => [{ text: '' }, { text: target.word }],
  'organizations.change': ({ target }) => [{ name: target.customer, city: 'Nowhere' }, { more: false }],
  'organizations.create': ({ target }) => [{ kind: 'customer', parent: target.customer }],
  'access.grant': ({ target }) => [
    {},
    { person: 'neutral@nobody.example', in: target.customer },
    { person: 'neutral@nobody.example', role: 'reseller admin' },
    { person: 'neutral@nobody.example', role: 'provider admin' },
  ],
  'bulk.customer': ({ target }) => [{ choice: `${target.job} ${target.customerId}` }],
  'bulk.option': ({ target }) => [{ choice: `${target.job} add` }],
  'bulk.missing': () => [{}],
  'jobs.page': () => [{ page: 1 }],
  'orders.find': () => [{ show: 'order' }, { show: 'services' }],
  'invoices.page': ({ target }) => [{}, { of: target.customer }],
  'approvals.approve': () => [{}, { shared: true }],
  'approvals.refuse': () => [{}, { shared: true }],
  'accounts.open': accountsOf,
  'accounts.save': accountsOf,
  'accounts.sync': accountsOf,
  'accounts.back': accountsOf,
  'accounts.credentials': accountsOf,
  'findings.reopen': ({ target: { finding } }) => [{ finding: finding || 1 }],
  'findings.show': () => [{}],
  'findings.snooze': () => [{ until: 'day' }],
  'findings.answer': () => ['accept', 'first', ...HOWS].map((how) => ({ how })),
  'findings.page': ({ target }) => [{}, { text: target.word }],
  'findings.answered': ({ target }) => [{}, { text: target.word }],
  'deliveries.page': () => [{ show: 'all' }, { show: 'dead' }],
  'watches.set': () => [{ below: '5' }],
  'deliveries.revive': () => [{ platform: 'test', conversation: 'nowhere' }],
  [SHARE]: ({ target, order }) =>
    [`order ${order}`, `organization ${target.customer}`].map((text) => ({
      text,
      about: target.customerId,
      to: 'channel:licences',
      seal: 'none',
    })),
};

function accountsOf({ target: { customerId }, sold }: About): Values[] {
  return [sold.licences, sold.machines].map((offering) => ({ account: `${customerId}-${offering}` }));
}

/** Buttons that name no order: once a target is enough. */
const NO_ORDER =
  /^(access|accounts|catalog\.(page|search|enable|price)|alias|deliveries|findings|jobs|key|keys|letters|members|organizations|undo|bulk)\b/;

/** Every button, filled in with every name of each target. */
export function pressesAbout(targets: readonly Target[], sold: Sold): Press[] {
  return targets.flatMap((target) =>
    [...verbs, SHARE].flatMap((verb) => {
      const orders = target.orders.length === 0 ? ['99999'] : target.orders;
      return (NO_ORDER.test(verb) ? orders.slice(0, 1) : orders).flatMap((order) => {
        const about = { target, order, sold };
        const special = SPECIAL[verb]?.(about) ?? [{}];
        return special.map((values) => ({ verb, values: { ...common(about), ...values } }));
      });
    }),
  );
}
