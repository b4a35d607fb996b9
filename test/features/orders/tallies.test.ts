import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import { type CalmTalk, openCalmTalk } from '../../chat/calm.ts';
import { onBothEngines } from '../../support/database.ts';
import { addOrder, OFFICE, WEBEX } from './stock.ts';

onBothEngines('what the database keeps for a lookup', (engine) => {
  let talk: CalmTalk;
  before(async () => {
    talk = await openCalmTalk(engine);
  });
  after(() => talk.close());

  const kept = async () => {
    const { rows } = await sql`
      select organization_id, what, key, sum(count)::int as count, sum(units)::int as units,
        sum(associated)::int as associated, sum(reserved)::int as reserved
      from tallies group by 1, 2, 3 having sum(count) <> 0 order by 1, 2, 3`.execute(talk.db);
    return rows;
  };
  const counted = async () => {
    const { rows } = await sql`
      select organization_id, 'orders' as what, status as key, count(*)::int as count, 0 as units,
        0 as associated, 0 as reserved from orders group by 1, 3
      union all
      select o.organization_id, 'services', s.product_id::text, count(*)::int, sum(s.units)::int,
        sum(s.associated)::int, sum(s.reserved)::int from services s join orders o on o.id = s.order_id group by 1, 3
      union all
      select organization_id, 'subscriptions', status, count(*)::int, sum(quantity)::int, 0, 0
      from subscriptions group by 1, 3
      order by 1, 2, 3`.execute(talk.db);
    return rows;
  };

  test('counts what there is, whatever changes, and however often its rows are joined', async () => {
    const { db } = talk;
    assert.deepEqual(await kept(), await counted());
    await addOrder(db, { number: 10401, of: 'Contoso', status: 'Started', services: [[OFFICE, 7]] });
    await addOrder(db, {
      number: 10402,
      of: 'Fabrikam',
      services: [
        [WEBEX, 3],
        [OFFICE, 2],
      ],
    });
    await talk.as('carla').say('associate 10401/1 alice@contoso.example');
    await talk.as('carla').say('release 10023/1 bob@contoso.example');
    await db.updateTable('orders').set({ status: 'Draft' }).where('number', 'in', [10401, 10025]).execute();
    await db.updateTable('subscriptions').set({ status: 'suspended', quantity: 4 }).execute();
    assert.deepEqual(await kept(), await counted());

    const before = await kept();
    await sql`select join_tallies(array(select id from organizations))`.execute(db);
    assert.deepEqual(await kept(), before);
    const { rows } = await sql`select count(*)::int as rows from tallies`.execute(db);
    assert.deepEqual(rows, [{ rows: before.length }]);
    await db
      .updateTable('services')
      .set((eb) => ({ units: eb('units', '+', 5) }))
      .execute();
    assert.deepEqual(await kept(), await counted());
  });

  test('knows of each order whether it changes nothing but the markup, line by line', async () => {
    const { db } = talk;
    await addOrder(db, { number: 10403, of: 'Contoso', changes: ['markup change'] });
    const carla = talk.as('carla');
    const finds = async () => / 1 order,/.test((await carla.say('orders historical 10403')).text);
    const order = db.selectFrom('orders').select('id').where('number', '=', 10403);
    assert.equal(await finds(), false);

    await db
      .insertInto('requested_changes')
      .values({ order_id: order, kind: 'increase', product_id: null, quantity: 1 })
      .execute();
    assert.equal(await finds(), true);
    await db
      .updateTable('requested_changes')
      .set({ kind: 'markup change' })
      .where('order_id', '=', order)
      .execute();
    assert.equal(await finds(), false);
    await db.deleteFrom('requested_changes').where('order_id', '=', order).execute();
    assert.equal(await finds(), true);
  });

  test('finds an order by the new name of its product', async () => {
    const carla = talk.as('carla');
    await talk.db.updateTable('products').set({ name: 'Webex Deluxe' }).where('name', '=', WEBEX).execute();
    assert.match((await carla.say('orders historical DELUXE')).text, /^Contoso: 1 order,/);
    assert.match((await carla.say('orders historical "webex suite"')).text, /^Contoso: 0 orders,/);
  });
});
