import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Ctx, Working } from '../../../src/bot/index.ts';
import { workOnOrder } from '../../../src/features/execution/work.ts';
import { openProviders, type Provider } from '../../../src/providers/index.ts';
import { onBothEngines } from '../../support/database.ts';
import { type House, openHouse, orderOf, place } from './support.ts';

const LOST = new Error('The connection was lost.');
const LINE = { kind: 'decrease', service: '10023/1', quantity: 6 } as const;

onBothEngines('units given back, whose vendor falls silent', (engine) => {
  let house: House;
  before(async () => {
    house = await openHouse(engine);
  });
  after(() => house.close());

  const ctx = (): Ctx => ({ ...house.ctx(), jobs: { ...house.jobs, enqueue: async () => undefined } });
  /** The vendor does what it is asked, or never hears of it; its answer gets lost. */
  const silent = (hears: boolean): Working => {
    const ledger = openProviders(house.db, { clock: () => new Date(), seconds: 0, fail: undefined })(
      'ledger',
    );
    const lossy: Provider = {
      ...ledger,
      async setQuantity(key, subscription, quantity) {
        if (hears) await ledger.setQuantity(key, subscription, quantity);
        throw LOST;
      },
    };
    return {
      ...ctx(),
      clock: () => new Date(),
      providers: () => lossy,
      quiet: async () => undefined,
      post: async () => assert.fail('Nothing is posted here.'),
    };
  };
  const counts = () =>
    house.db
      .selectFrom('services as s')
      .innerJoin('orders as o', 'o.id', 's.order_id')
      .innerJoin('subscriptions as sub', 'sub.service_id', 's.id')
      .innerJoin('ledger_subscriptions as l', 'l.id', 'sub.provider_subscription')
      .select(['s.units', 's.associated', 's.reserved', 'l.quantity as vendor'])
      .where('o.number', '=', 10023)
      .where('s.position', '=', 1)
      .executeTakeFirstOrThrow();

  test('stay held until it is known what became of them', async () => {
    const number = await place({ ctx }, { of: 'Contoso', offering: 'UniversalMessaging', lines: [LINE] });
    await workOnOrder(silent(true), (await orderOf(house.db, number)).id, true);
    assert.equal((await orderOf(house.db, number)).status, 'Provisioning failed');
    assert.deepEqual(await counts(), { units: 10, associated: 3, reserved: 6, vendor: 4 });

    // The vendor has four: a fifth user would have a unit that is not there.
    const nora = house.as('nora');
    const refused = await nora.say('associate 10023/1 dave@contoso.example 2');
    assert.match(refused.text, /1 unit is free; this needs 2/);

    await nora.press(await nora.say(`retry ${number}`), 'Retry');
    await house.ended(number, 1);
    assert.equal((await orderOf(house.db, number)).status, 'Completed');
    assert.deepEqual(await counts(), { units: 4, associated: 3, reserved: 0, vendor: 4 });
  });

  test('and come back where the retry is refused', async () => {
    const line = { ...LINE, service: '10024/1', quantity: 500 };
    const number = await place({ ctx }, { of: 'Contoso', offering: 'UniversalMessaging', lines: [line] });
    await workOnOrder(silent(false), (await orderOf(house.db, number)).id, true);
    const reserved = async () => (await house.as('nora').say('free 10024/1')).text.includes('1,500 of 2,000');
    assert.equal(await reserved(), true);
    house.vendor.fail = 'Not today';
    const nora = house.as('nora');
    await nora.press(await nora.say(`retry ${number}`), 'Retry');
    await house.ended(number, 1);
    house.vendor.fail = undefined;
    assert.match((await nora.say('free 10024/1')).text, /2,000 of 2,000/);
  });
});
