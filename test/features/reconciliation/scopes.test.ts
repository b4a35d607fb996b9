import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Reply } from '../../../src/chat/reply.ts';
import { reconciliation } from '../../../src/features/reconciliation/index.ts';
import { askedBy, contoso, litware, northwind, provider } from './setup.ts';
import { db, ids, say, tick, withStock } from './stock.ts';

const NOW = '2026-11-20T12:00:00Z';

withStock();

const quantityOf = async (id: number) =>
  (await db.selectFrom('subscriptions').select('quantity').where('id', '=', id).executeTakeFirstOrThrow())
    .quantity;

function dataOf(reply: Reply): Record<string, unknown> {
  const action = reply.card?.actions?.find((one) => one.type === 'Action.Execute' && one.verb !== 'say');
  assert.ok(action?.type === 'Action.Execute');
  return action.data as Record<string, unknown>;
}

describe('of one organization', () => {
  test('a preview tells of its subscriptions alone', async () => {
    const reseller = await say(askedBy(db, provider, NOW), 'reconcile preview northwind');
    const customer = await say(askedBy(db, northwind, NOW), 'reconcile preview contoso');

    assert.match(reseller.text, /of Northwind Partners and its customers: 2 of 3 subscriptions would change/);
    assert.match(customer.text, /2026-11 of Contoso: 2 of 3 subscriptions would change/);
    assert.doesNotMatch(JSON.stringify([reseller, customer]), /Fabrikam/);
  });

  test('a run leaves all others as they are, and can be shown', async () => {
    const reply = await say(askedBy(db, provider, NOW), 'reconcile now fabrikam');
    const shown = await say(askedBy(db, provider, NOW), 'reconcile 2026-11 fabrikam');

    assert.match(reply.text, /^Reconciliation 2026-11 of Fabrikam: 1 of 1 subscription changed/);
    assert.match(shown.text, /^Reconciliation 2026-11 of Fabrikam: 1 of 1 subscription changed/);
    assert.equal(await quantityOf(ids.fabrikam), 0);
    assert.equal(await quantityOf(ids.webex), 10);
    assert.match(JSON.stringify(shown.card), /reconcile 2026-11 export Fabrikam/);
  });

  test('the button of a preview does that, and nothing where it is not one’s own to see', async () => {
    const data = dataOf(await say(askedBy(db, provider, NOW), 'reconcile preview fabrikam'));
    const [button] = reconciliation.buttons ?? [];

    const refused = await button?.run(askedBy(db, northwind, NOW), data);
    assert.match(refused?.text ?? '', /^This preview is out of date/);
    assert.equal(await quantityOf(ids.fabrikam), 5);

    const done = await button?.run(askedBy(db, provider, NOW), data);
    assert.match(done?.text ?? '', /of Fabrikam: 1 of 1 subscription changed/);
    assert.equal(await quantityOf(ids.fabrikam), 0);
    assert.equal(await quantityOf(ids.webex), 10);
  });

  test('a name that one may not see is no organization', async () => {
    for (const what of ['preview', 'now', '2026-11', '2026-11 export']) {
      const reply = await say(askedBy(db, northwind, NOW), `reconcile ${what} fabrikam`);
      assert.match(reply.text, /no organization .*fabrikam/i, what);
    }
    assert.equal(await quantityOf(ids.fabrikam), 5);
  });

  test('a month is shown as far as it is of that organization', async () => {
    await tick(db);

    const ofContoso = await say(askedBy(db, provider, NOW), 'reconcile 2026-11 contoso');
    const ofLitware = await say(askedBy(db, provider, NOW), 'reconcile 2026-11 litware');
    const other = await say(askedBy(db, litware, NOW), 'reconcile 2026-11');

    assert.match(ofContoso.text, /^Reconciliation 2026-11 of Contoso: 2 of 3 subscriptions changed/);
    assert.match(ofLitware.text, /^There was no reconciliation of Litware in November 2026\./);
    assert.match(other.text, /^There was no reconciliation in November 2026\./);
  });
});

describe('what is changing just now', () => {
  const begin = async (subscription: number, status: string) => {
    const order = await db
      .insertInto('orders')
      .values({
        number: 10_100 + subscription,
        organization_id: contoso.id,
        name: 'Change',
        description: '',
        status,
        provider_status: null,
        error: null,
        created_by: 'Nora',
        created_by_organization_id: contoso.id,
        created_at: new Date(NOW),
        note: null,
        payment_details: null,
        add_ons: null,
        cost_minor: null,
        currency: 'EUR',
        markup_bp: null,
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    await db
      .insertInto('requested_changes')
      .values({
        order_id: order.id,
        kind: 'increase',
        product_id: null,
        quantity: 2,
        subscription_id: subscription,
        purchase_minor: null,
        price_minor: null,
        markup_bp: null,
        configuration: null,
        error: null,
      })
      .execute();
  };

  test('is left out and counted: an order under way, a job that holds units', async () => {
    await begin(ids.webex, 'In progress');
    await begin(ids.office, 'Completed');
    await db.updateTable('services').set({ reserved: 3 }).where('position', '=', 1).execute();

    const preview = await say(askedBy(db, provider, NOW), 'reconcile preview contoso');
    const reply = await say(askedBy(db, provider, NOW), 'reconcile now contoso');

    assert.match(
      preview.text,
      /: 1 of 1 subscription would change.* 2 are changing just now and left out\.$/,
    );
    assert.match(reply.text, /: 1 of 1 subscription changed.* 2 were changing just then and left out\.$/);
    assert.equal(await quantityOf(ids.webex), 10);
    assert.equal(await quantityOf(ids.office), 2);
  });
});

describe('a past run never changes', () => {
  test('whatever is renamed, changes hands or costs something else since', async () => {
    await tick(db);
    const months = ['2026-11', '2026-11 contoso', '2026-11 northwind'];
    const shown = () =>
      Promise.all(
        months.map(async (month) => {
          const { text, card } = await say(askedBy(db, provider, NOW), `reconcile ${month}`);
          return { text, body: card?.body };
        }),
      );
    const earlier = await shown();

    await db
      .updateTable('organizations')
      .set({ name: 'Contoso Group' })
      .where('id', '=', contoso.id)
      .execute();
    await db.updateTable('organizations').set({ name: 'Northwind World' }).where('id', '=', 2).execute();
    await db.updateTable('products').set({ name: 'Renamed' }).where('name', '=', 'Webex Suite').execute();
    await db.updateTable('subscriptions').set({ price_minor: 7, currency: 'USD', quantity: 99 }).execute();
    assert.deepEqual(await shown(), earlier);

    await db
      .updateTable('organizations')
      .set({ parent_id: litware.id })
      .where('id', '=', contoso.id)
      .execute();
    const before = await say(askedBy(db, northwind, NOW), 'reconcile 2026-11');
    const after = await say(askedBy(db, litware, NOW), 'reconcile 2026-11 contoso');
    assert.match(before.text, /of Northwind Partners and its customers: 2 of 3/);
    assert.match(after.text, /^There was no reconciliation of Contoso Group in November 2026\./);
  });
});
