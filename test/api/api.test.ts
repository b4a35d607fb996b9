import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import { routes } from '../../src/api/index.ts';
import { problemSchema } from '../../src/api/problem.ts';
import { rows } from '../chat/reading.ts';
import { onBothEngines } from '../support/database.ts';
import { channel } from '../support/talk.ts';
import { type Api, type Caller, openTestApi, type Reply } from './support.ts';

/** What comes back is what the description says comes back. */
function assertDescribed(method: string, path: string, { status, body }: Reply): void {
  const [bare = ''] = path.split('?');
  const route = routes.find(
    (one) => one.method === method && new RegExp(`^${one.path.replace(/\{\w+\}/g, '[^/]+')}$`).test(bare),
  );
  if (status >= 400) problemSchema.strict().parse(body);
  else assert.deepEqual(route?.response.schema.parse(body), body, `${method} ${path}`);
}

const fields = ({ body }: Reply): string[] =>
  (body.errors ?? []).map(({ field }: { field: string }) => field);

onBothEngines('the API', (engine) => {
  let api: Api;
  let provider: Caller;
  let reseller: Caller;
  const checked =
    (call: Caller): Caller =>
    async (method, path, body, more) => {
      const reply = await call(method, path, body, more);
      assertDescribed(method, path, reply);
      return reply;
    };
  before(async () => {
    api = await openTestApi(engine);
    provider = checked(await api.withKeyOf('priya', 'billing'));
    reseller = checked(await api.withKeyOf('nora', 'shop'));
  });
  after(async () => {
    await api.close();
    assert.deepEqual(api.faults, []);
  });
  const names = async (call: Caller): Promise<string[]> =>
    (await call('GET', '/organizations')).body.items.map(({ name }: { name: string }) => name);

  test('without a key that works nothing is told', async () => {
    for (const key of [undefined, 'nonsense', `qm_${'x'.repeat(43)}`]) {
      for (const path of ['/organizations', '/orders/10023', '/nothing/here']) {
        const { status, headers, body } = await api.with(key)('GET', path);
        assert.equal(status, 401);
        assert.match(headers.get('www-authenticate') ?? '', /^Bearer realm=/);
        assert.equal(body.status, 401);
      }
    }
    assert.equal((await api.with(undefined)('GET', '/openapi.json')).status, 200);
  });

  test('a revoked key works no more, and when one was used last is known', async () => {
    const call = await api.withKeyOf('priya', 'short lived');
    assert.equal((await call('GET', '/catalog')).status, 200);
    const priya = api.talk.as('priya');
    const row = await api.talk.db
      .selectFrom('api_keys')
      .selectAll()
      .where('name', '=', 'short lived')
      .executeTakeFirstOrThrow();
    assert.ok(row.last_used_at);
    await priya.press(await priya.say(`key revoke ${row.id}`), 'Revoke');
    const { status, headers } = await call('GET', '/catalog');
    assert.equal(status, 401);
    assert.match(headers.get('www-authenticate') ?? '', /error="invalid_token"/);
  });

  test('a reseller’s key sees its own customers, their orders and what it pays itself', async () => {
    assert.deepEqual((await names(provider)).sort(), [
      'Contoso',
      'Fabrikam',
      'HamaraCloud',
      'Northwind Partners',
    ]);
    assert.deepEqual((await names(reseller)).sort(), ['Contoso', 'Northwind Partners']);
    assert.equal((await reseller('GET', '/orders/10025')).status, 404);
    assert.equal((await reseller('GET', '/orders/10025/services')).status, 404);
    assert.equal((await reseller('GET', '/orders?customer=Fabrikam')).status, 400);
    assert.equal((await provider('GET', '/orders/HAMARACLOUD10025')).body.customer, 'Fabrikam');
    const orders: { customer: string }[] = (await reseller('GET', '/orders')).body.items;
    assert.deepEqual([...new Set(orders.map(({ customer }) => customer))], ['Contoso']);
    for (const path of ['/subscriptions', '/invoices', '/subscriptions?customer=contoso'])
      assert.equal((await reseller('GET', path)).status, 200);

    const priceOf = async (call: Caller) => {
      const { items } = (await call('GET', '/catalog?limit=200')).body;
      return items.find(({ name }: { name: string }) => name === 'Office 365 E3').prices[0].priceMinor;
    };
    const list = await priceOf(provider);
    assert.equal(
      await priceOf(reseller),
      Math.floor((list * 10_500 + 5000) / 10_000),
      'with the markup of 5 %',
    );
    const own = (await reseller('GET', '/organizations')).body.items.find(
      ({ name }: { name: string }) => name === 'Northwind Partners',
    );
    assert.equal(own.markupBp, null, 'what is added to one’s own price is nobody’s to see');
    assert.equal(own.parent, null);
  });

  test('what only the provider may is refused to a reseller’s key', async () => {
    const order = { customer: 'Contoso', status: 'Completed', date: '2026-01-01', currency: 'EUR' };
    for (const [path, body] of [
      ['/orders/40001', order],
      ['/prices', { prices: [{ sku: 'X', priceMinor: 1, currency: 'EUR' }] }],
    ] as const) {
      const { status, headers } = await reseller('PUT', path, body);
      assert.equal(status, 403);
      assert.match(headers.get('www-authenticate') ?? '', /insufficient_scope/);
    }
    assert.equal(
      (await reseller('PUT', '/organizations/R-2', { name: 'Sub', kind: 'reseller' })).status,
      422,
    );
    assert.deepEqual(fields(await reseller('PUT', '/organizations/X-1', { name: 'Fabrikam' })), ['/name']);
    assert.deepEqual(
      fields(await reseller('PUT', '/organizations/X-1', { name: 'Mine', parent: 'HamaraCloud' })),
      ['/parent'],
    );
    assert.deepEqual(
      fields(await reseller('PUT', '/organizations/X-1', { name: 'Northwind Partners', city: 'X' })),
      ['/name'],
    );
    const made = await reseller('PUT', '/organizations/N-1', { name: 'Nordic Shop', markupBp: 300 });
    assert.equal(made.status, 201);
    assert.equal(made.body.parent, 'Northwind Partners');
    assert.equal((await provider('PUT', '/organizations/F-1', { name: 'Fabrikam' })).status, 200);
    assert.equal((await reseller('GET', '/organizations/F-1')).status, 404);
    assert.deepEqual(fields(await reseller('PUT', '/organizations/F-1', { name: 'Whatever' })), [
      '/externalId',
    ]);
  });

  test('an organization is made once, changed, and kept where nothing is said', async () => {
    const whole = {
      name: 'Wide World',
      city: 'Turku',
      country: 'FI',
      domains: ['wide.example'],
      markupBp: 750,
      contactEmail: 'W@wide.example',
    };
    const made = await provider('PUT', '/organizations/C%2F7%20%C3%A4', whole);
    assert.equal(made.status, 201);
    assert.equal(made.body.externalId, 'C/7 ä');
    assert.equal(made.body.markupBp, 750);
    const again = await provider('PUT', '/organizations/C%2F7%20%C3%A4', whole);
    assert.equal(again.status, 200);
    assert.deepEqual(again.body, made.body);
    const changed = await provider('PUT', '/organizations/C%2F7%20%C3%A4', {
      name: 'Wide World',
      city: null,
    });
    assert.deepEqual(changed.body, { ...made.body, city: null });
    const bad = await provider('PUT', '/organizations/C-8', {
      name: 'Wide World',
      country: 'Atlantis',
      domains: ['wide.example', '?'],
    });
    assert.equal(bad.status, 422);
    assert.ok(fields(bad).length > 0);
    const { rows } = {
      rows: await api.talk.db.selectFrom('history').selectAll().where('kind', '=', 'import').execute(),
    };
    const own = rows.filter(({ summary }) => summary.includes('Wide World'));
    assert.equal(own.length, 2, 'the same once more is no change');
    assert.ok(own.every(({ actor_name }) => actor_name === 'key billing'));
    const priya = api.talk.as('priya');
    await priya.say('use wide world');
    assert.match(JSON.stringify((await priya.say('history')).card), /key billing/);
  });

  test('of an organization of others no more is said than that its name is taken', async () => {
    await provider('PUT', '/organizations/X-HIDDEN', { name: 'Hidden Co' });
    const { status, body } = await reseller('PUT', '/organizations/MINE-1', { name: 'Hidden Co' });
    assert.equal(status, 422);
    assert.deepEqual(body.errors, [{ field: '/name', reason: 'The name “Hidden Co” is taken.' }]);
  });

  test('an order is imported once; the same again changes nothing, other lines are refused', async () => {
    const body = {
      customer: 'Contoso',
      status: 'Completed',
      vendorStatus: 'Fulfilled',
      createdAt: '2026-02-03T10:00:00Z',
      currency: 'EUR',
      note: 'From billing',
      lines: [
        { product: 'Office 365 E3', quantity: 4, priceMinor: 2450 },
        { product: 'Webex Suite', quantity: 2, priceMinor: 1300, position: 1 },
      ],
    };
    const made = await provider('PUT', '/orders/41000', body);
    assert.equal(made.status, 201);
    assert.equal(made.body.number, 'HAMARACLOUD41000');
    assert.equal(made.body.costMinor, 4 * 2450 + 2 * 1300);
    const again = await provider('PUT', '/orders/hamaracloud41000', body);
    assert.equal(again.status, 200);
    assert.deepEqual(again.body, made.body);
    const { items } = (await reseller('GET', '/orders/41000/services')).body;
    assert.deepEqual(
      items.map(({ service, product, free }: Record<string, unknown>) => [service, product, free]),
      [
        ['HAMARACLOUD41000/1', 'Webex Suite', 2],
        ['HAMARACLOUD41000/2', 'Office 365 E3', 4],
      ],
    );
    await api.talk.as('carla').say('associate 41000/2 alice@contoso.example');
    assert.equal((await provider('GET', '/orders/41000/services')).body.items[1].free, 3);
    const other = await provider('PUT', '/orders/41000', {
      ...body,
      lines: [{ product: 'Webex Suite', quantity: 9 }],
    });
    assert.equal(other.status, 409);
    assert.equal((await provider('PUT', '/orders/41000', { ...body, status: 'In progress' })).status, 409);
    const note = await provider('PUT', '/orders/41000', { ...body, note: null });
    assert.equal(note.body.note, null);
    assert.equal((await provider('PUT', '/orders/10024', { ...body, lines: undefined })).status, 409);
    const bad = await provider('PUT', '/orders/41001', {
      ...body,
      lines: [{ product: 'Nothing', quantity: 1 }, { quantity: 1 }],
    });
    assert.deepEqual([bad.status, fields(bad)], [422, ['/lines/0/product', '/lines/1/product']]);
    assert.equal((await provider('PUT', '/orders/forty', body)).status, 404);
    const subscriptions = (await reseller('GET', '/subscriptions?customer=Contoso&limit=200')).body.items;
    assert.ok(subscriptions.some(({ service }: { service: string }) => service === 'HAMARACLOUD41000/1'));
  });

  test('what is left out of what is here stays; lines, prices and invoices are named alike both ways', async () => {
    const city = await provider('PUT', '/organizations/C%2F7%20%C3%A4', { city: null });
    assert.deepEqual([city.status, city.body.name, city.body.city], [200, 'Wide World', null]);
    assert.deepEqual(fields(await provider('PUT', '/organizations/C-NEW', { city: 'Oslo' })), ['/name']);

    const { body: order } = await provider('GET', '/orders/41000');
    const lines = order.lines.map(({ sku, product, quantity, priceMinor }: Record<string, unknown>) => ({
      ...{ sku, product, quantity, priceMinor },
    }));
    const { customer, status, createdAt, currency } = order;
    const given = { customer, status, createdAt, currency, lines };
    const again = await provider('PUT', '/orders/41000', given);
    assert.deepEqual([again.status, again.body], [200, order]);
    assert.deepEqual((await provider('PUT', '/orders/41000', { note: 'Only this' })).body.note, 'Only this');
    assert.deepEqual(fields(await provider('PUT', '/orders/41002', {})), [
      '/customer',
      '/status',
      '/createdAt',
    ]);
    assert.deepEqual(fields(await provider('PUT', '/orders/41002', { lines: [{ priceMinor: 1 }] })), [
      '/currency',
    ]);
    const unknown = { ...given, lines: [{ sku: 'NOTHING', quantity: 1 }] };
    assert.deepEqual(fields(await provider('PUT', '/orders/41002', unknown)), ['/lines/0/sku']);

    const { items } = (await provider('GET', '/catalog?limit=200')).body;
    const { sku, name, prices } = items.find((one: { sku: string }) => one.sku === 'O365-E3');
    const sent = { prices: prices.map((price: object) => ({ sku, name, ...price })) };
    assert.deepEqual((await provider('PUT', '/prices', sent)).body, { saved: prices.length });
  });

  test('a credit note is called so and is due nowhere', async () => {
    const order = await api.talk.db
      .selectFrom('orders')
      .select(['id as order_id', 'organization_id', 'currency'])
      .where('number', '=', 41000)
      .executeTakeFirstOrThrow();
    const due_at = new Date('2026-10-14T09:30:00Z');
    const bill = { ...order, issued_at: due_at, due_at, lines: '[]' };
    await api.talk.db
      .insertInto('invoices')
      .values([
        { ...bill, number: 'INV-1', amount_minor: 250 },
        { ...bill, number: 'CN-1', amount_minor: -250 },
      ])
      .execute();
    const { items } = (await provider('GET', '/invoices?limit=200')).body;
    const told = (number: string) => {
      const { kind, dueAt } = items.find((one: { number: string }) => one.number === number);
      return [kind, dueAt];
    };
    assert.deepEqual(told('CN-1'), ['credit note', null]);
    assert.deepEqual(told('INV-1'), ['invoice', due_at.toISOString()]);
  });

  test('prices are taken as a whole, as from a sheet', async () => {
    const good = {
      sku: 'NEW-1',
      name: 'New thing',
      offering: 'Webex',
      category: 'Things',
      group: 'New',
      priceMinor: 1999,
      currency: 'EUR',
    };
    const { items } = (await provider('GET', '/catalog?limit=200')).body;
    const known = items.find(({ sku, offering }: Record<string, unknown>) => sku && offering);
    const offering = known.offering;
    const bad = await provider('PUT', '/prices', {
      prices: [
        { sku: known.sku, priceMinor: 1, currency: 'EUR' },
        { ...good, offering: 'Nowhere' },
        { ...good, currency: 'XQX' },
      ],
    });
    assert.equal(bad.status, 422);
    assert.deepEqual(fields(bad), ['/prices/2/currency']);
    const worse = await provider('PUT', '/prices', {
      prices: [
        { sku: known.sku, priceMinor: 1, currency: 'EUR' },
        { ...good, offering: 'Nowhere' },
      ],
    });
    assert.ok(
      fields(worse).every((field) => field.startsWith('/prices/1/')),
      String(fields(worse)),
    );
    const after = (await provider('GET', '/catalog?limit=200')).body.items;
    assert.deepEqual(after, items, 'nothing was saved');
    const saved = await provider('PUT', '/prices', {
      prices: [
        { sku: known.sku, priceMinor: 777, currency: 'EUR' },
        { ...good, offering },
      ],
    });
    assert.deepEqual([saved.status, saved.body], [200, { saved: 2 }]);
    const now = (await provider('GET', '/catalog?limit=200')).body.items;
    assert.equal(now.find(({ sku }: { sku: string }) => sku === known.sku).prices[0].priceMinor, 777);
    assert.equal(now.find(({ sku }: { sku: string }) => sku === 'NEW-1').prices[0].priceMinor, 1999);
  });

  test('prices say in the history what they were; two lists at once both count', async () => {
    const put = (priceMinor: number) =>
      provider('PUT', '/prices', {
        prices: [
          { sku: 'O365-E3', priceMinor, currency: 'EUR' },
          {
            ...{
              sku: 'TWICE-1',
              priceMinor,
              currency: 'EUR',
              name: 'Sent twice',
              category: 'Productivity',
            },
            ...{ group: 'Office 365', offering: 'Microsoft O365' },
          },
        ],
      });
    const [one, other] = await Promise.all([put(2301), put(2301)]);
    assert.deepEqual([one.status, other.status], [200, 200]);
    await put(2302);
    const entry = await api.talk.db
      .selectFrom('history')
      .select(['summary', 'before', 'after'])
      .where('kind', '=', 'price')
      .orderBy('id', 'desc')
      .executeTakeFirstOrThrow();
    assert.equal(
      entry.summary,
      'Saved 2 prices, 2 changed: O365-E3 from €23.01 to €23.02 and TWICE-1 from €23.01 to €23.02',
    );
    const of = (price: number) => ({
      prices: ['O365-E3', 'TWICE-1'].map((sku) => ({ sku, currency: 'EUR', price })),
    });
    assert.deepEqual([entry.before, entry.after], [of(2301), of(2302)]);
  });

  test('who sent prices stands in the history of the provider, and an admin can take them back', async () => {
    const priya = api.talk.as('priya');
    const priceOf = async (sku: string) => {
      const { items } = (await provider('GET', '/catalog?limit=200')).body;
      return items.find((one: { sku: string }) => one.sku === sku)?.prices[0]?.priceMinor;
    };
    const put = (...prices: readonly [sku: string, priceMinor: number][]) =>
      provider('PUT', '/prices', {
        prices: prices.map(([sku, priceMinor]) => ({ sku, priceMinor, currency: 'EUR' })),
      });
    const before = await priceOf('O365-E3');
    await put(['O365-E3', 2511], ['TWICE-1', 2511]);
    const told = await priya.say('history provider');
    assert.match(
      told.text,
      /^History of the provider \(HamaraCloud\)\n.* key billing: Saved 2 prices, 2 changed: O365-E3 from /,
    );
    const [[n = ''] = []] = rows(told);
    await put(['TWICE-1', 2512]);
    assert.match((await priya.say(`undo ${n}`)).text, /TWICE-1 has changed since, so it stays as it is\./);
    assert.equal(await priceOf('O365-E3'), 2511, 'as a whole or not at all');
    await put(['TWICE-1', 2511]);
    assert.match((await priya.say(`undo ${n}`)).text, /^Undone: Saved 2 prices, 2 changed: O365-E3 from/);
    assert.equal(await priceOf('O365-E3'), before);
    assert.match((await priya.say(`undo ${n}`)).text, /It was undone before\./);
    await put(['O365-E3', before]);
    const [[same = ''] = []] = rows(await priya.say('history provider'));
    assert.match((await priya.say(`undo ${same}`)).text, /It can’t be undone\./, 'nothing was changed');

    for (const other of [api.talk.as('nora'), api.talk.as('carla'), api.talk.as('arjun')])
      assert.doesNotMatch((await other.say('history provider')).text, /price/i);
    assert.doesNotMatch((await api.talk.as('priya', channel('all')).say('history provider')).text, /price/i);
    assert.match((await api.talk.as('nora').say(`undo ${n}`)).text, /There is no change \d+/);
  });

  test('pages hold every row once, whatever is added meanwhile', async () => {
    const seen: string[] = [];
    let path: string | undefined = '/orders?limit=2';
    while (path !== undefined) {
      const { body }: Reply = await provider('GET', path);
      assert.ok(body.items.length <= 2);
      seen.push(...body.items.map(({ number }: { number: string }) => number));
      path = body.next === null ? undefined : `/orders?limit=2&cursor=${body.next}`;
    }
    const all = (await provider('GET', '/orders?limit=200')).body.items.map(
      ({ number }: { number: string }) => number,
    );
    assert.deepEqual(seen, all);
    assert.equal(new Set(seen).size, seen.length);
    const drafts = (await provider('GET', '/orders?status=Draft')).body.items;
    assert.deepEqual(
      drafts.map(({ status }: { status: string }) => status),
      ['Draft'],
    );
    const late = (await provider('GET', '/orders?since=2026-11-10T00:00:00Z')).body.items;
    assert.ok(
      late.length > 0 && late.every(({ createdAt }: { createdAt: string }) => createdAt >= '2026-11-10'),
    );
  });

  test('what can’t be read is refused, with what and why', async () => {
    const text = (body: string, type = 'application/json') => ({
      body,
      headers: { authorization: '', 'content-type': type },
    });
    const made = await api.talk.as('priya').say('key new raw');
    const authorization = `Bearer ${/qm_[\w-]{43}/.exec(made.text)?.[0]}`;
    const put = async (body: string, type = 'application/json') =>
      (
        await api.with(undefined)('PUT', '/organizations/C-9', undefined, {
          ...text(body, type),
          headers: { authorization, 'content-type': type },
        })
      ).status;
    assert.equal(await put('{"name":'), 400);
    assert.equal(await put('name=x', 'application/x-www-form-urlencoded'), 415);
    assert.equal(await put('{}', 'text/plain'), 415);
    assert.equal(await put('{}', 'application/json; charset=utf-8'), 422);
    assert.equal(await put('[]'), 422);
    assert.equal(await put(JSON.stringify({ name: 'x'.repeat(MB) })), 413);
    assert.equal(await put(`{"name":"a","name2":"b"}`), 422);
    assert.deepEqual(fields(await provider('GET', '/orders?limit=0&status=Gone')), ['limit', 'status']);
    assert.equal((await provider('GET', '/orders?what=1')).status, 400);
    assert.equal((await provider('GET', '/organizations/%E0%A4%A')).status, 400);
    const { status, headers } = await api.with(undefined)(
      'POST',
      '/orders',
      { a: 1 },
      { headers: { authorization, 'content-type': 'application/json' } },
    );
    assert.deepEqual([status, headers.get('allow')], [405, 'GET, HEAD']);
    assert.equal((await provider('GET', '/nothing')).status, 404);
    assert.equal((await provider('GET', '/orders/10023/services/1')).status, 404);
  });
  const MB = 1024 * 1024;

  test('no body and no query makes a fault', async () => {
    const paths = ['/organizations/A-1', '/orders/45000', '/prices'];
    const keys = [
      'name',
      'kind',
      'parent',
      'domains',
      'markupBp',
      'customer',
      'status',
      'createdAt',
      'currency',
      'lines',
      'prices',
      'sku',
      'priceMinor',
      'note',
      'city',
      'country',
    ];
    const odd = fc.oneof(
      fc.constantFrom(
        'Contoso',
        'Completed',
        'EUR',
        '2026-01-01',
        '\u0000',
        '\ud800',
        '',
        'ZZZ',
        'Office 365 E3',
        2_147_483_647,
        -1,
        1e300,
        null,
        true,
      ),
      fc.string({ unit: 'grapheme' }),
      fc.integer(),
    );
    const value = fc.oneof(
      odd,
      fc.array(odd, { maxLength: 3 }),
      fc.array(fc.dictionary(fc.constantFrom(...keys, 'product', 'quantity'), odd, { maxKeys: 5 }), {
        maxLength: 2,
      }),
    );
    const body = fc.dictionary(fc.constantFrom(...keys), value, { maxKeys: 9 });
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...paths),
        fc.oneof({ weight: 5, arbitrary: body }, { weight: 1, arbitrary: fc.jsonValue() }),
        async (path, sent) => {
          const { status } = await provider('PUT', path, sent ?? null);
          assert.ok(status < 500, `${status}`);
        },
      ),
      { numRuns: 150 },
    );
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('/orders', '/organizations', '/subscriptions', '/catalog'),
        fc.constantFrom('limit', 'cursor', 'customer', 'status', 'since'),
        fc.string(),
        async (path, name, text) => {
          const { status } = await provider('GET', `${path}?${new URLSearchParams({ [name]: text })}`);
          assert.ok(status < 500, `${status}`);
        },
      ),
      { numRuns: 100 },
    );
    assert.deepEqual(api.faults, []);
  });
});
