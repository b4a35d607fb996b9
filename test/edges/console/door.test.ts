import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { closeAfterEach, JSON_TYPE, message, open, post, raw, rawPath, upload } from './requests.ts';

closeAfterEach();

describe('the door of the console', () => {
  test('answers only to a name of this machine', async () => {
    const { url } = await open();
    for (const host of ['localhost', 'localhost:3978', '127.0.0.1:1', '[::1]:3978']) {
      assert.equal((await raw(url, 'GET', { host })).status, 200, host);
    }
    for (const host of [
      'evil.example',
      'localhost.evil.example',
      '127.0.0.1.nip.io',
      'localhost:x',
      '10.0.0.1',
    ]) {
      assert.equal((await raw(url, 'GET', { host })).status, 403, host);
    }
  });

  test('takes changes only from its own page', async () => {
    const here = await open();
    const { host } = new URL(here.url);
    const send = (headers: Record<string, string>) =>
      post(here, 'messages', message('hello'), { ...JSON_TYPE, ...headers }).then(({ status }) => status);
    assert.equal(await send({ origin: here.url }), 200);
    assert.equal(await send({ origin: `http://127.0.0.1:1`, host }), 403);
    assert.equal(await send({ origin: 'https://evil.example' }), 403);
    assert.equal(await send({ origin: 'null' }), 403);
    assert.equal(await send({ 'sec-fetch-site': 'cross-site' }), 403);
    assert.equal(await send({ 'content-type': 'text/plain' }), 415);
    assert.equal(await send({ 'content-type': 'application/json; charset=utf-8' }), 200);
    assert.equal((await upload(here, 'a.csv', Buffer.from('x'), { 'content-type': 'text/csv' })).status, 415);
    assert.equal(here.heard.length, 2);
  });

  test('says what a browser may do with the page', async () => {
    const { url } = await open();
    const { headers } = await raw(url, 'GET', {});
    assert.match(String(headers['content-security-policy']), /script-src 'self'.*frame-ancestors 'none'/);
    assert.doesNotMatch(String(headers['content-security-policy']), /unsafe/);
    assert.equal(headers['x-content-type-options'], 'nosniff');
    assert.equal(headers['referrer-policy'], 'no-referrer');
  });

  test('serves its own files and nothing else', async () => {
    const { url } = await open();
    for (const path of [
      '/',
      '/console/cards',
      '/console/assets/app.js',
      '/console/assets/adaptivecards.min.js',
    ]) {
      assert.equal((await raw(url + path, 'GET', {})).status, 200, path);
    }
    const astray = [
      '/console',
      '/console/nothing',
      '/console/assets/',
      '/console/assets/../index.ts',
      '/console/assets/..%2Findex.ts',
      '/console/assets/%2e%2e%2f%2e%2e%2fpackage.json',
      '/console/assets/%00',
      '/console/assets/%',
      '/console/assets/__proto__',
      '//evil.example/',
    ];
    for (const path of astray) {
      assert.equal((await rawPath(url, path)).status, 404, path);
    }
    assert.equal((await raw(url, 'DELETE', {})).status, 404);
  });

  test('does not send again what the browser has', async () => {
    const { url } = await open();
    const first = await raw(`${url}/console/assets/app.js`, 'GET', {});
    const again = await raw(`${url}/console/assets/app.js`, 'GET', {
      'if-none-match': String(first.headers.etag),
    });
    assert.equal(again.status, 304);
  });
});

describe('a fault', () => {
  test('of the transcript is logged and said without details', async () => {
    const here = await open();
    here.transcript.append = async () => {
      throw new Error('the disk is full of secrets');
    };
    const body = message('x');
    const { status, body: answer } = await post(here, 'messages', body);
    assert.equal(status, 500);
    assert.doesNotMatch(answer, /secrets/);
    assert.equal(here.errors.length, 1);
    assert.equal((await post(here, 'messages', body)).status, 500, 'is tried again with the same id');
    assert.equal(here.errors.length, 2);
  });
});

describe('a file of the bot', () => {
  const files = {
    r1: {
      name: 'résultat "7".html',
      contentType: 'text/html\r\nx: y',
      bytes: Buffer.from('<script>1</script>'),
    },
  };

  test('is a download, whatever it is', async () => {
    const { url } = await open({ files });
    const { status, headers, body } = await raw(`${url}/console/files/r1/whatever.html`, 'GET', {});
    assert.equal(status, 200);
    assert.equal(body, '<script>1</script>');
    assert.equal(headers['content-type'], 'application/octet-stream');
    assert.equal(headers['x-content-type-options'], 'nosniff');
    assert.equal(
      headers['content-disposition'],
      `attachment; filename="r_sultat _7_.html"; filename*=UTF-8''r%C3%A9sultat%20%227%22.html`,
    );
  });

  test('that is no more is not found', async () => {
    const { url } = await open({ files });
    assert.equal((await raw(`${url}/console/files/r2/x`, 'GET', {})).status, 404);
  });
});
