import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import type { Asked } from '../../../src/bot/index.ts';
import type { Reply } from '../../../src/chat/reply.ts';
import { splitWords } from '../../../src/chat/words.ts';
import type { Db } from '../../../src/db/index.ts';
import { subscriptions } from '../../../src/features/subscriptions/index.ts';
import {
  askedBy,
  contoso,
  fabrikam,
  furnish,
  type House,
  northwind,
  openHouse,
  provider,
  subscribe,
} from '../reconciliation/setup.ts';

const NOW = '2026-11-20T12:00:00Z';

let house: House;
let db: Db;

before(async () => {
  house = await openHouse();
  db = house.db;
});
after(() => house.close());
beforeEach(async () => {
  await furnish(db);
  const ofContoso = { of: contoso, order: 10023, used: 1 } as const;
  await subscribe(db, {
    ...ofContoso,
    product: 'Office 365 E3',
    quantity: 5,
    priceMinor: 1260,
    tenant: 'contoso.onmicrosoft.com',
  });
  await subscribe(db, {
    ...ofContoso,
    position: 2,
    product: 'Webex_Suite',
    quantity: 2,
    status: 'suspended',
  });
  await subscribe(db, { of: fabrikam, order: 10028, product: 'Office 365 E3', quantity: 3, used: 0 });
});

function say(asked: Asked, text: string): Promise<Reply> {
  const [command] = subscriptions.commands;
  assert.ok(command && 'run' in command);
  return command.run({ ...asked, text }, splitWords(text).slice(1));
}

function press(asked: Asked, values: unknown): Promise<Reply> {
  const [button] = subscriptions.buttons ?? [];
  assert.ok(button);
  return button.run(asked, values);
}

test('lists what the customer has, with quantity, status, price, admin and tenant', async () => {
  const reply = await say(askedBy(db, contoso, NOW), 'subscriptions');

  assert.equal(
    reply.text,
    [
      'Contoso: 2 subscriptions.',
      '10023/1 5 × Office 365 E3: Active, 100 bought · 5 billed, €12.60 a unit, Alice Ahlberg <alice@contoso.example>, contoso.onmicrosoft.com',
      '10023/2 2 × Webex_Suite: Suspended, €1.00 a unit, Alice Ahlberg <alice@contoso.example>',
    ].join('\n'),
  );
  const card = JSON.stringify(reply.card);
  for (const shown of ['Office 365 E3', 'Active', '€12.60', 'Alice Ahlberg', 'contoso.onmicrosoft.com']) {
    assert.ok(card.includes(shown), shown);
  }
});

for (const [text, found] of [
  ['OFFICE', 1],
  ['10023', 2],
  ['10023/2', 1],
  ['suspended', 1],
  ['onmicrosoft', 1],
  ['alice ahl', 2],
  ['_', 1],
  ['%', 0],
  ['10028', 0],
] as const) {
  test(`finds ${found} with "${text}"`, async () => {
    const reply = await say(askedBy(db, contoso, NOW), `subscriptions ${text}`);

    const total =
      found === 0 ? 'no subscriptions' : found === 1 ? '1 subscription' : `${found} subscriptions`;
    assert.equal(reply.text.split('\n')[0], `Contoso: ${total} with “${text}”.`);
  });
}

test('asks who sees several customers for which', async () => {
  const reply = await say(askedBy(db, provider, NOW), 'subscriptions');

  assert.equal(reply.text, 'Which customer?');
});

test('shows a reseller its only customer, and never that of another', async () => {
  const reply = await say(askedBy(db, northwind, NOW), 'subscriptions');

  assert.match(reply.text, /^Contoso: 2 subscriptions/);
});

test('leaves out what came with an order that does not exist for the reader', async () => {
  const order = await db
    .selectFrom('orders')
    .select('id')
    .where('number', '=', 10023)
    .executeTakeFirstOrThrow();
  await db
    .insertInto('requested_changes')
    .values({ order_id: order.id, kind: 'markup change', product_id: null, quantity: null })
    .execute();

  const customer = await say(askedBy(db, contoso, NOW), 'subscriptions');
  const reseller = await say(askedBy(db, northwind, NOW), 'subscriptions');

  assert.equal(customer.text, 'Contoso: no subscriptions.');
  assert.match(reseller.text, /^Contoso: 2 subscriptions/);
});

test('turns pages in place, also past the last one', async () => {
  for (let position = 3; position <= 12; position++) {
    await subscribe(db, {
      of: contoso,
      order: 10023,
      position,
      product: `P${position}`,
      quantity: 1,
      used: 1,
    });
  }
  const asked = askedBy(db, contoso, NOW);

  const first = await say(asked, 'subscriptions 10023');
  const second = await press(asked, { text: '10023', page: 2 });
  const beyond = await press(asked, { text: '10023', page: '9' });

  assert.match(first.text, /^Contoso: 12 subscriptions with “10023”\. Page 1 of 2\.\n10023\/1 /);
  assert.match(
    second.text,
    /^Contoso: 12 subscriptions with “10023”\. Page 2 of 2\.\n10023\/11 .*\n10023\/12 [^\n]*$/,
  );
  assert.equal(second.position, 'instead');
  assert.equal(beyond.text, second.text);
  await assert.rejects(async () => press(asked, { page: 'x' }));
});

test('finds a subscription by the new name of its product', async () => {
  await db.updateTable('products').set({ name: 'Webex Deluxe' }).where('name', '=', 'Webex_Suite').execute();

  const found = await say(askedBy(db, contoso, NOW), 'subscriptions DELUXE');
  const gone = await say(askedBy(db, contoso, NOW), 'subscriptions suite');

  assert.match(found.text, /^Contoso: 1 subscription with “DELUXE”/);
  assert.match(gone.text, /^Contoso: no subscriptions with “suite”/);
});
