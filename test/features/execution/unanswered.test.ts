import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Ctx, Working } from '../../../src/bot/index.ts';
import { resumeOrders } from '../../../src/features/execution/start.ts';
import { workOnOrder } from '../../../src/features/execution/work.ts';
import { openProviders, type Provider } from '../../../src/providers/index.ts';
import { onBothEngines } from '../../support/database.ts';
import { enable, type House, openHouse, orderOf, place, stepsOf } from './support.ts';

const NOTHING_HEARD = 'The vendor can’t be reached. What became of it is not known; a retry finds out.';
const LOST = new Error('The connection was lost.');

onBothEngines('an order whose vendor falls silent', (engine) => {
  let house: House;
  before(async () => {
    house = await openHouse(engine);
    await enable(house.db, 'Adatum', 'Microsoft O365', {
      email: 'dana@adatum.example',
      domain: 'adatum.onmicrosoft.com',
      isMigration: true,
    });
  });
  after(() => house.close());

  const enqueued: [queue: string, data: unknown][] = [];
  /** Nothing is begun by itself. */
  const ctx = (): Ctx => ({
    ...house.ctx(),
    jobs: {
      ...house.jobs,
      enqueue: async (_, queue, data) => void enqueued.push([queue, data]),
    },
  });
  /** The answers of a vendor that does what it is asked get lost on the way. */
  const working = (isLost: (key: string) => boolean): Working => {
    const ledger = openProviders(house.db, { clock: () => new Date(), seconds: 0, fail: undefined })(
      'ledger',
    );
    const lossy: Provider = {
      ...ledger,
      async createSubscription(key, wish) {
        const answer = await ledger.createSubscription(key, wish);
        if (isLost(key)) throw LOST;
        return answer;
      },
      async setQuantity(key, subscription, quantity) {
        const answer = await ledger.setQuantity(key, subscription, quantity);
        if (isLost(key)) throw LOST;
        return answer;
      },
    };
    const base = ctx();
    return {
      ...base,
      clock: () => new Date(),
      providers: () => lossy,
      quiet: async () => undefined,
      post: async () => assert.fail('Nothing is posted here.'),
    };
  };
  const ordered = async (quantity: number) => {
    const line = { product: 'Office 365 E1', quantity };
    const number = await place({ ctx }, { of: 'Adatum', offering: 'Microsoft O365', lines: [line] });
    return { number, id: (await orderOf(house.db, number)).id };
  };
  const atLedger = async (quantity: number) =>
    (
      await house.db
        .selectFrom('ledger_subscriptions')
        .select('id')
        .where('sku', '=', 'O365-E1')
        .where('quantity', '=', quantity)
        .execute()
    ).length;

  test('goes on with the same request as long as it is tried by itself', async () => {
    const { number, id } = await ordered(11);
    await assert.rejects(
      workOnOrder(
        working(() => true),
        id,
        false,
      ),
      LOST,
    );
    assert.equal((await stepsOf(house.db, number))[1], 'running: Subscription: 11 × Office 365 E1');
    await workOnOrder(
      working(() => false),
      id,
      false,
    );
    assert.equal((await orderOf(house.db, number)).status, 'Completed');
    assert.equal(await atLedger(11), 1);
  });

  test('fails after the last try, says that nothing was heard, and a retry finds what was bought', async () => {
    const { number, id } = await ordered(12);
    await workOnOrder(
      working(() => true),
      id,
      true,
    );
    const failed = await orderOf(house.db, number);
    assert.deepEqual([failed.status, failed.error], ['Provisioning failed', NOTHING_HEARD]);
    assert.equal(await atLedger(12), 1);

    const nora = house.as('nora');
    await nora.press(await nora.say(`retry ${number}`), 'Retry');
    await house.ended(number, 1);
    assert.equal((await orderOf(house.db, number)).status, 'Completed');
    assert.equal(await atLedger(12), 1, 'it is bought once');
  });

  test('a quantity that nobody knows of is set anew by the retry, which sees what others did meanwhile', async () => {
    const line = { kind: 'increase', service: '10023/1', quantity: 2 } as const;
    const order = { of: 'Contoso', offering: 'UniversalMessaging', lines: [line] };
    const number = await place({ ctx }, order);
    await workOnOrder(
      working(() => true),
      (await orderOf(house.db, number)).id,
      true,
    );
    assert.equal((await orderOf(house.db, number)).error, NOTHING_HEARD);
    const other = await place({ ctx }, { ...order, lines: [{ ...line, quantity: 3 }] });
    await workOnOrder(
      working(() => false),
      (await orderOf(house.db, other)).id,
      true,
    );

    const nora = house.as('nora');
    await nora.press(await nora.say(`retry ${number}`), 'Retry');
    await house.ended(number, 1);
    const bought = await house.db
      .selectFrom('subscriptions as sub')
      .innerJoin('ledger_subscriptions as l', 'l.id', 'sub.provider_subscription')
      .innerJoin('services as s', 's.id', 'sub.service_id')
      .innerJoin('orders as o', 'o.id', 's.order_id')
      .select(['s.units', 'sub.quantity', 'l.quantity as vendor'])
      .where('o.number', '=', 10023)
      .where('s.position', '=', 1)
      .executeTakeFirstOrThrow();
    assert.deepEqual([bought.units, bought.quantity, bought.vendor], [15, 15, 15]);
  });

  test('is taken up again every hour, where nobody has touched it for that long', async () => {
    const left = await ordered(13);
    const busy = await ordered(14);
    for (const { id } of [left, busy])
      await assert.rejects(
        workOnOrder(
          working(() => true),
          id,
          false,
        ),
        LOST,
      );
    const long = new Date(Date.now() - 66 * 60_000);
    await house.db
      .updateTable('order_steps')
      .set({ started_at: long })
      .where('order_id', '=', left.id)
      .execute();
    enqueued.length = 0;
    await resumeOrders(ctx(), new Date(Date.now() - 65 * 60_000));
    const runs = enqueued.filter(([queue]) => queue === 'execution.run');
    assert.deepEqual(runs, [['execution.run', { orderId: left.id }]]);

    await house.jobs.enqueue(house.db, 'execution.resume', {});
    await house.ended(left.number);
    assert.equal((await orderOf(house.db, left.number)).status, 'Completed');
    assert.equal((await orderOf(house.db, busy.number)).status, 'In progress');
    assert.equal(await atLedger(13), 1);
  });

  test('a tenant that the customer has already is moved, and one of somebody else is not', async () => {
    const ledger = openProviders(house.db, { clock: () => new Date(), seconds: 0, fail: undefined })(
      'ledger',
    );
    const wish = { contactEmail: 'dana@adatum.example', isMigration: false };
    await ledger.createTenant('old', { ...wish, domain: 'old.onmicrosoft.com', company: 'Adatum' });
    await ledger.createTenant('theirs', { ...wish, domain: 'theirs.onmicrosoft.com', company: 'Litware' });
    const order = async (domain: string) => {
      await house.db
        .updateTable('enabled_offerings')
        .set({ domain })
        .where('is_migration', '=', true)
        .execute();
      const lines = [{ product: 'Office 365 E3', quantity: 1 }];
      const number = await place(house, { of: 'Adatum', offering: 'Microsoft O365', lines });
      await house.ended(number);
      return number;
    };
    const moved = await order('old.onmicrosoft.com');
    assert.equal((await stepsOf(house.db, moved))[0], 'done: Move of tenant old.onmicrosoft.com');
    assert.equal((await orderOf(house.db, moved)).status, 'Completed');
    const theirs = await order('theirs.onmicrosoft.com');
    assert.deepEqual(
      [(await orderOf(house.db, theirs)).status, (await orderOf(house.db, theirs)).error],
      ['Provisioning failed', 'The domain theirs.onmicrosoft.com belongs to another account.'],
    );
    const tenants = await house.db.selectFrom('ledger_tenants').select('domain').execute();
    assert.equal(tenants.filter(({ domain }) => domain === 'old.onmicrosoft.com').length, 1);
  });
});
