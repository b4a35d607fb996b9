import assert from 'node:assert/strict';
import { type OutgoingHttpHeaders, request } from 'node:http';
import { after, before, test } from 'node:test';
import { problemSchema } from '../../src/api/problem.ts';
import { onBothEngines } from '../support/database.ts';
import { type Api, openTestApi } from './support.ts';

type Sent = {
  readonly headers?: OutgoingHttpHeaders;
  readonly body?: string | Buffer;
  readonly chunks?: number;
};
type Got = {
  readonly status: number;
  readonly headers: NodeJS.Dict<string | string[]>;
  readonly text: string;
};

const MB = 1024 * 1024;
const JSON_TYPE = { 'content-type': 'application/json' };

/** As it is written here, with nothing put right by a client. */
function send(
  url: URL,
  method: string,
  path: string,
  { headers = {}, body, chunks = 0 }: Sent,
): Promise<Got> {
  return new Promise((resolve, reject) => {
    const options = { host: url.hostname, port: url.port, path: `${url.pathname}${path}`, method, headers };
    const sent = request({ ...options, agent: false }, async (response) => {
      let text = '';
      for await (const chunk of response) text += chunk;
      resolve({ status: response.statusCode ?? 0, headers: response.headers, text });
    });
    sent.once('error', reject);
    for (let at = 0; at < chunks; at++) sent.write('x'.repeat(64 * 1024));
    sent.end(body);
  });
}

const told = ({ status, text }: Got): string => {
  const { detail, errors = [] } = problemSchema.strict().parse(JSON.parse(text));
  return [`${status} ${detail}`, ...errors.map(({ field, reason }) => `${field}: ${reason}`)].join('\n');
};

onBothEngines('the API and who means it ill', (engine) => {
  let api: Api;
  let url: URL;
  let key: string;
  before(async () => {
    api = await openTestApi(engine);
    url = new URL(api.url);
    key = /qm_[\w-]{43}/.exec((await api.talk.as('priya').say('key new raw')).text)?.[0] ?? '';
  });
  after(async () => {
    await api.close();
    assert.deepEqual(api.faults, []);
  });
  const call = (method: string, path: string, { headers, ...sent }: Sent = {}) =>
    send(url, method, path, { ...sent, headers: { authorization: `Bearer ${key}`, ...headers } });
  const put = (path: string, body: string | Buffer, headers: OutgoingHttpHeaders = JSON_TYPE) =>
    call('PUT', path, { body, headers });

  test('methods and paths that there are not', async () => {
    const head = await call('HEAD', '/orders?limit=1');
    assert.deepEqual([head.status, head.text], [200, '']);
    assert.equal((await call('HEAD', '/openapi.json')).status, 200);
    for (const [method, path, allow] of [
      ['OPTIONS', '/orders', 'GET, HEAD'],
      ['POST', '/openapi.json', 'GET, HEAD'],
      ['TRACE', '/orders/10023', 'GET, HEAD, PUT'],
      ['HEAD', '/prices', 'PUT'],
    ] as const) {
      const got = await call(method, path);
      assert.deepEqual([got.status, got.headers.allow], [405, allow], `${method} ${path}`);
      if (method !== 'HEAD') assert.equal(told(got), `405 This path takes ${allow}.`);
    }
    for (const path of ['', '/', '?x=1', '//orders', '/Orders', '/orders%2F10023', '/orders/10023/'])
      assert.match(told(await call('GET', path)), /^404 There is nothing at this path/, path);
    assert.match(told(await call('GET', '/orders/%ZZ')), /^400 The path is not encoded/);
    assert.match(told(await call('GET', '/orders/%00')), /^404 /);
    assert.match(
      told(await call('GET', `/orders/${'x'.repeat(5000)}`)),
      /number: Up to 40 characters fit here; these/,
    );
    assert.match(
      told(await call('GET', '/organizations/%00')),
      /externalId: A string without control characters/,
    );
    assert.equal((await send(url, 'GET', 'x/orders', {})).status, 404, 'not of the API');
  });

  test('headers that hold no key say how to send one, those that hold another that it does not work', async () => {
    const odd = ['', 'Basic abc', 'Bearer', key, `Bearer ${key} ${key}`, `Bearer ${key}, Bearer ${key}`];
    for (const authorization of [undefined, ...odd]) {
      const got = await send(url, 'GET', '/orders', {
        headers: authorization === undefined ? {} : { authorization },
      });
      assert.equal(told(got), '401 Send a key in the header: Authorization: Bearer …', authorization);
      assert.equal(got.headers['www-authenticate'], 'Bearer realm="quartermaster"');
    }
    for (const other of [`qm_${'A'.repeat(43)}`, `"${key}"`, `${key}x`, key.slice(0, -1)]) {
      const got = await call('GET', '/orders', { headers: { authorization: `Bearer ${other}` } });
      assert.match(told(got), /^401 The key does not work/, other);
    }
    for (const authorization of [`bearer ${key}`, `BEARER   ${key}  `])
      assert.equal((await call('GET', '/orders?limit=1', { headers: { authorization } })).status, 200);
  });

  test('queries that are odd', async () => {
    const cases: readonly (readonly [string, string])[] = [
      ['limit=', 'limit: The least here is 1; this is 0.'],
      ['limit=abc', 'limit: A whole number is needed.'],
      ['limit=1.5', 'limit: A whole number is needed; this is 1.5.'],
      ['limit=-1', 'limit: The least here is 1; this is -1.'],
      ['limit=9e99', 'limit: The most here is 200; this is 9e+99.'],
      ['limit=Infinity', 'limit: A whole number is needed; this is too large.'],
      ['limit=1&limit=2', 'limit: The name is there more than once.'],
      ['Limit=1', 'Limit: The name is unknown. Known here: limit, cursor, customer, status, since.'],
      ['__proto__=1', '__proto__: The name is unknown. Known here: limit, cursor, customer, status, since.'],
      ...['', 'abc', 'MQ==', 'LTE', 'MDE', 'MjE0NzQ4MzY0OA', 'x'.repeat(5000)].map(
        (cursor) => [`cursor=${cursor}`, 'cursor: A cursor is what “next” of the page before said.'] as const,
      ),
      ['since=2026', 'since: A time in UTC such as 2026-09-14T09:30:00Z is needed; this is “2026”.'],
      [
        'since=0000-01-01T00:00:00Z',
        'since: A time after the year 0 is needed; this is “0000-01-01T00:00:00Z”.',
      ],
      ['customer=', 'customer: At least 1 character is needed; there is none.'],
      ['customer=nobody', 'customer: There is no customer “nobody”.'],
      ['customer=%00', 'customer: A string without control characters is needed.'],
    ];
    for (const [query, expected] of cases) {
      const [first = '', ...rest] = told(await call('GET', `/orders?${query}`)).split('\n');
      assert.deepEqual([first.slice(0, 4), rest], ['400 ', [expected]], query);
    }
    assert.match(
      told(await call('GET', '/orders/10023?x=1')),
      /x: The name is unknown: nothing is taken here\./,
    );
    for (const path of ['/orders', '/invoices', '/subscriptions', '/organizations', '/catalog'])
      assert.deepEqual(JSON.parse((await call('GET', `${path}?cursor=MjE0NzQ4MzY0Nw`)).text), {
        items: [],
        next: null,
      });
  });

  test('bodies that are no JSON, or too much of it', async () => {
    const NOT_JSON = /^400 The body is not JSON in UTF-8\.$/;
    for (const body of [
      '',
      ' ',
      '{"name":',
      '{"name":NaN}',
      '['.repeat(500_000),
      Buffer.from('{"name":"\xe4"}', 'latin1'),
    ])
      assert.match(told(await put('/organizations/A', body)), NOT_JSON);
    assert.match(told(await put('/organizations/A', Buffer.from('{"name":"x"}', 'utf16le'))), NOT_JSON);
    assert.match(told(await put('/organizations/A', '{}', {})), /^415 The body has to be JSON/);
    const zipped = await put('/organizations/A', 'x', { ...JSON_TYPE, 'content-encoding': 'gzip' });
    assert.match(told(zipped), /^415 The body has to be sent as it is, without a Content-Encoding\./);
    assert.match(told(await put('/prices', 'x'.repeat(MB + 1))), /^413 /);
    assert.match(told(await call('PUT', '/prices', { chunks: 17, headers: JSON_TYPE })), /^413 /);
    const deep = '['.repeat(400_000) + ']'.repeat(400_000);
    assert.match(told(await put('/prices', deep)), /Arrays and objects may be 20 deep at most\./);
    assert.equal(
      told(await put('/prices', '{"prices":[{"sku":"a","sku":"b","priceMinor":1,"currency":"EUR"}]}')),
      '400 The body of the request can’t be used.\n/prices/0/sku: The name is there more than once.',
    );
    const many = JSON.parse((await put('/prices', `{"prices":[${'1,'.repeat(5000)}1]}`)).text);
    assert.deepEqual(
      [many.errors.length, many.detail],
      [100, 'The body of the request can’t be used. The first 100 of its errors:'],
    );
    const body = '{"prices":[{}]}';
    const read = await call('GET', '/orders?limit=1', { body, headers: { 'content-length': body.length } });
    assert.equal(read.status, 200, 'a body where none is asked for is left aside');
  });

  test('values that are odd, each named with the reason', async () => {
    const price = (priceMinor: string, currency = 'EUR') =>
      put('/prices', `{"prices":[{"sku":"O365-E3","priceMinor":${priceMinor},"currency":"${currency}"}]}`);
    const cases: readonly (readonly [Promise<Got>, string])[] = [
      [put('/organizations/A', 'null'), ': An object is needed; this is null.'],
      [
        put('/organizations/A', '{"name":"x","__proto__":{}}'),
        '/__proto__: The name is unknown. Known here: name, ',
      ],
      [price('1e400'), '/prices/0/priceMinor: A whole number is needed; this is too large.'],
      [price('1e300'), '/prices/0/priceMinor: The most here is 2,147,483,647; this is 1e+300.'],
      [price('-1'), '/prices/0/priceMinor: The least here is 0; this is -1.'],
      [
        price('1', 'eur'),
        '/prices/0/currency: A currency code of three capital letters such as EUR is needed; this is “eur”.',
      ],
      [
        put(
          '/prices',
          JSON.stringify({
            prices: ['O365-E3', 'o365-e3'].map((sku) => ({ sku, priceMinor: 1, currency: 'EUR' })),
          }),
        ),
        '/prices/1/sku: o365-e3 is in /prices/0 already.',
      ],
      [
        put('/prices', '{"prices":[{"sku":"NEW","priceMinor":1,"currency":"EUR"}]}'),
        '/prices/0/name: NEW is new, so it needs the name of the product.',
      ],
    ];
    for (const [got, expected] of cases) {
      const [first = '', reason = ''] = told(await got).split('\n');
      assert.deepEqual([first.slice(0, 4), reason.slice(0, expected.length)], ['422 ', expected]);
    }
  });

  test('orders of a number that can’t be one, and of more money than can be counted', async () => {
    const order = { customer: 'Contoso', status: 'Completed', createdAt: '2026-01-01', currency: 'EUR' };
    for (const number of ['0', '-1', '1e3', '2147483648', '%F0%9F%98%80', '%D9%A3'])
      assert.match(
        told(await put(`/orders/${number}`, JSON.stringify(order))),
        /^404 .*can’t be the number of an order/,
      );
    const line = { product: 'Office 365 E3', quantity: 1_000_000, priceMinor: 2_147_483_647 };
    const rich = await put(
      '/orders/61000',
      JSON.stringify({ ...order, lines: Array.from({ length: 5 }, () => line) }),
    );
    assert.equal(
      told(rich),
      '422 The order was not saved.\n/lines: The lines cost more together than can be counted.',
    );
    for (const createdAt of ['0000-01-01', '9999-12-31'])
      assert.match(
        told(await put('/orders/61000', JSON.stringify({ ...order, createdAt }))),
        /^422 .*\n\/createdAt: /,
      );
  });

  test('of many that write the same at once each is answered, and one order comes of it', async () => {
    const order = { customer: 'Contoso', status: 'Completed', createdAt: '2026-01-01', currency: 'EUR' };
    const at = Array.from({ length: 10 }, (_, index) => index);
    const lines = (quantity: number) => [{ product: 'Office 365 E3', quantity, priceMinor: 100 }];
    const all = await Promise.all(
      at.map((index) => put('/orders/62000', JSON.stringify({ ...order, lines: lines(1 + (index % 2)) }))),
    );
    const statuses = all.map(({ status }) => status).sort();
    assert.deepEqual(statuses, [200, 200, 200, 200, 201, 409, 409, 409, 409, 409]);
    for (const got of all.filter(({ status }) => status === 409))
      assert.match(told(got), /\n\/lines: Order 62000 is here with other lines\./);
    const made = await Promise.all(
      at.map((index) => put('/organizations/RACE', `{"name":"Race ${index % 2}"}`)),
    );
    assert.equal(made.filter(({ status }) => status === 201).length, 1);
    assert.ok(made.every(({ status }) => status < 300));
  });
});
