import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Ctx } from '../../src/bot/index.ts';
import type { Db } from '../../src/db/index.ts';
import { atVendor, enable, lotsOf, place, type TestLine } from '../features/execution/support.ts';
import { addCustomer } from '../features/orders/stock.ts';
import { type Home, newHome, onBothEngines } from '../support/database.ts';
import { PEOPLE, settings } from '../support/talk.ts';
import { killAll, startBot } from './bot.ts';
import type { Moment } from './death.ts';
import { inDatabase } from './ledger.ts';
import { type Chance, chance, live } from './mortal.ts';
import { visit } from './visit.ts';

const SETTINGS = { LEDGER_SECONDS: '0' };
const MACHINES = { product: 'Azure Pack virtual machines', quantity: 1, configuration: { cores: 4 } };
const END_CUSTOMER = { firstName: 'Erin', lastName: 'Ek', email: 'erin@adatum.example' };

const ORDERS: readonly (readonly [of: string, offering: string, lines: readonly TestLine[]])[] = [
  ['Adatum', 'Azure Pack', [MACHINES]],
  ['Adatum', 'Azure Pack', [MACHINES]],
  [
    'Adatum',
    'Microsoft O365',
    [
      { product: 'Office 365 E3', quantity: 5 },
      { product: 'Audio Conferencing', quantity: 2 },
    ],
  ],
  ['Adatum', 'Microsoft O365', [{ product: 'Office 365 E1', quantity: 3 }]],
  ['Contoso', 'UniversalMessaging', [{ kind: 'increase', service: '10023/1', quantity: 2 }]],
  ['Contoso', 'UniversalMessaging', [{ kind: 'increase', service: '10023/1', quantity: 3 }]],
  ['Contoso', 'UniversalMessaging', [{ kind: 'decrease', service: '10024/1', quantity: 100 }]],
  ['Contoso', 'Webex', [{ kind: 'suspend', service: '10023/3', quantity: 2 }]],
];

/** Orders are placed while no bot is up, so that none of them has begun. */
const placeAll = (home: Home) =>
  inDatabase(home, async (db) => {
    await addCustomer(db, 'Adatum', 'Northwind Partners');
    await enable(db, 'Adatum', 'Azure Pack', { email: 'dana@adatum.example' });
    await enable(db, 'Adatum', 'Microsoft O365', {
      email: 'dana@adatum.example',
      domain: 'adatum.onmicrosoft.com',
    });
    await hearOfOrders(db);
    const nobody = async () => undefined;
    const ctx = (): Ctx => ({
      db,
      jobs: { enqueue: nobody, work: nobody, stop: nobody },
      settings,
      now: new Date('2026-11-21T12:00:00Z'),
      actor: { kind: 'job', name: 'test' },
    });
    const numbers: number[] = [];
    for (const [of, offering, lines] of ORDERS) {
      const endCustomer = offering === 'Azure Pack' ? { endCustomer: END_CUSTOMER } : {};
      numbers.push(await place({ ctx }, { of, offering, lines, ...endCustomer }));
    }
    return numbers;
  });

/** What `notify here orders` of Priya, in her own chat, comes to. */
async function hearOfOrders(db: Db): Promise<void> {
  const { id, name, organization_id } = await db
    .selectFrom('members')
    .select(['id', 'name', 'organization_id'])
    .where('email', '=', PEOPLE.priya)
    .executeTakeFirstOrThrow();
  const conversation = `personal:member-${id}`;
  const row = { platform: 'console', conversation, kind: 'orders', organization_id, member_id: id };
  const place = JSON.stringify({ platform: 'console', conversation, kind: 'personal', name });
  await db
    .insertInto('notice_channels')
    .values({ ...row, place, asked_by: name })
    .execute();
}

const near =
  (at: string, most: number) =>
  (dice: Chance): Moment => ({
    at,
    nth: dice.between(1, most),
    later: dice.between(0, 5),
    side: dice.side(),
  });
const MOMENTS = [
  near('update "order_steps"', 4),
  near('into "ledger_requests"', 3),
  near('update "ledger_requests"', 2),
  near('into "(services|accounts|invoices)"|update "services"', 2),
  near('update "orders" set "status"', 2),
];

onBothEngines('orders of a bot that is killed again and again', (engine) => {
  let home: Home;
  before(async () => {
    home = await newHome(engine);
  });
  after(async () => {
    killAll();
    await home.remove();
  });

  test('are carried out to their end, each step once', async () => {
    const numbers = await placeAll(home);
    const dice = chance(20_261_122);
    for (const moment of MOMENTS) await live(home, SETTINGS, moment(dice), async () => undefined);

    const bot = await startBot(home, SETTINGS);
    const priya = await visit(bot, PEOPLE.priya);
    const isEndOf =
      (number: number) =>
      ({ text }: { readonly text: string }): boolean =>
        new RegExp(`^Order ${number} of \\w+ (is completed|ended)`).test(text);
    for (const number of numbers) await priya.waitFor(isEndOf(number));
    const entries = await priya.entries();
    for (const number of numbers) assert.equal(entries.filter(isEndOf(number)).length, 1, `${number}`);
    assert.equal((await bot.end('SIGTERM')).code, 0);
    await inDatabase(home, (db) => assertOnce(db, numbers));
  });
});

async function assertOnce(db: Db, numbers: readonly number[]): Promise<void> {
  for (const [index, number] of numbers.entries()) {
    const lines = ORDERS[index]?.[2] ?? [];
    const { id, status } = await db
      .selectFrom('orders')
      .select(['id', 'status'])
      .where('number', '=', number)
      .executeTakeFirstOrThrow();
    assert.equal(status, 'Completed', `${number}`);
    const steps = await db.selectFrom('order_steps').selectAll().where('order_id', '=', id).execute();
    const history = await db.selectFrom('history').select('summary').where('order_id', '=', id).execute();
    for (const { title, state } of steps) {
      assert.equal(state, 'done');
      const told = history.filter(({ summary }) => summary.startsWith(`Done: ${title}`));
      assert.equal(told.length, 1, `${number} ${title}`);
    }
    const count = async (table: 'services' | 'invoices') =>
      (await db.selectFrom(table).select('id').where('order_id', '=', id).execute()).length;
    const isBilled = lines.some(({ kind }) => kind !== 'suspend');
    assert.equal(await count('invoices'), isBilled ? 1 : 0);
    assert.equal(await count('services'), lines.filter(({ kind }) => kind === undefined).length);
  }
  const own = await db
    .selectFrom('ledger_subscriptions')
    .select(['sku', 'quantity'])
    .where('id', 'like', 'sub-%')
    .where('id', 'not like', 'sub-contoso-%')
    .orderBy('sku')
    .execute();
  assert.deepEqual(
    own.map(({ sku, quantity }) => `${quantity} ${sku}`),
    ['1 AP-IAAS', '1 AP-IAAS', '3 O365-E1', '5 O365-E3', '2 O365-MCO'],
  );
  assert.equal(await atVendor(db, '10023/1'), '15 active');
  assert.deepEqual((await lotsOf(db, '10023/1')).sort(), [10, 2, 3]);
  assert.equal(await atVendor(db, '10024/1'), '1900 active');
  assert.equal(await atVendor(db, '10023/3'), '2 suspended');
  const services = await db.selectFrom('services').select(['units', 'reserved']).orderBy('id').execute();
  assert.deepEqual(
    services.slice(0, 4).map(({ units, reserved }) => [units, reserved]),
    [
      [15, 0],
      [5, 0],
      [2, 0],
      [1900, 0],
    ],
  );
  const accounts = await db.selectFrom('accounts').select(['role', 'user_name']).orderBy('role').execute();
  assert.deepEqual(
    accounts.map(({ role, user_name }) => `${role} ${user_name}`),
    ['Reseller nora@northwind.example', 'User erin@adatum.example'],
  );
}
