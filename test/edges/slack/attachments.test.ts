import assert from 'node:assert/strict';
import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, test } from 'node:test';
import { Unreadable } from '../../../src/chat/inbound.ts';
import { attachmentOf, mayHaveToken, type SlackFile } from '../../../src/edges/slack/requests/attachments.ts';
import { webClient } from '../../../src/edges/slack/web-api.ts';

const servers: Server[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise<void>((done) => server.close(() => done()));
  }
});

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Reads a file as a message of Slack brings it, the server being Slack. */
function read(origin: string, file: SlackFile, limit = 1_000): Promise<Uint8Array> {
  const log = { info() {}, warn() {}, error() {} };
  const client = webClient({ apiUrl: origin, log }, 'x');
  return attachmentOf({ client, token: 'xoxb-secret', apiOrigin: origin, log }, file).read(limit);
}

for (const [url, may] of [
  ['https://files.slack.com/files-pri/T1-F1/a.csv', true],
  ['https://contoso.slack.com/files/a.csv', true],
  ['https://a.slack-files.com/a.csv', true],
  ['http://files.slack.com/a.csv', false],
  ['https://files.slack.com:8443/a.csv', false],
  ['https://files.slack.com.evil.example/a.csv', false],
  ['https://evilslack.com/a.csv', false],
  ['https://user@files.slack.com/a.csv', false],
  ['https://files.slack-gov.com/a.csv', true],
  ['https://slack-gov.com.evil.example/a.csv', false],
  ['http://127.0.0.1:4003/a.csv', true],
  ['http://127.0.0.1:4004/a.csv', false],
] as const) {
  test(`${url} ${may ? 'gets' : 'never gets'} the token`, () => {
    assert.equal(mayHaveToken(new URL(url), 'http://127.0.0.1:4003'), may);
  });
}

test('a redirect is followed within Slack', async () => {
  const origin = await serve((request, response) => {
    if (request.url === '/a') response.writeHead(302, { location: '/b' }).end();
    else response.end(request.headers.authorization);
  });

  const bytes = await read(origin, { name: 'a.csv', url_private: `${origin}/a` });

  assert.equal(Buffer.from(bytes).toString(), 'Bearer xoxb-secret');
});

test('a redirect out of Slack is not followed', async () => {
  const reached: (string | undefined)[] = [];
  const elsewhere = await serve((request, response) => {
    reached.push(request.headers.authorization);
    response.end('stolen');
  });
  const origin = await serve(
    (_, response) => void response.writeHead(302, { location: `${elsewhere}/x` }).end(),
  );

  await assert.rejects(
    read(origin, { name: 'a.csv', url_private: `${origin}/a` }),
    new Unreadable('a.csv is not kept in Slack. Please attach the file itself.'),
  );
  assert.deepEqual(reached, []);
});

test('redirects come to an end', async () => {
  const origin = await serve((_, response) => void response.writeHead(302, { location: '/again' }).end());

  await assert.rejects(read(origin, { name: 'a.csv', url_private: `${origin}/a` }), Unreadable);
});

test('a file that is larger than it says is not read to its end', async () => {
  const origin = await serve((_, response) => {
    const more = () => {
      while (response.write(Buffer.alloc(64_000)));
    };
    response.on('drain', more);
    more();
  });

  await assert.rejects(
    read(origin, { name: 'a.csv', size: 3, url_private: `${origin}/a` }, 2_000_000),
    new Unreadable('a.csv is larger than the 2 MB I can read.'),
  );
});

test('a file that says it is too large is not fetched', async () => {
  let fetched = 0;
  const origin = await serve((_, response) => {
    fetched += 1;
    response.end();
  });

  await assert.rejects(read(origin, { name: 'a.csv', size: 2_000, url_private: `${origin}/a` }), Unreadable);
  assert.equal(fetched, 0);
});

test('Slack’s sign-in page is not taken for the file', async () => {
  const origin = await serve(
    (_, response) =>
      void response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end('<html>'),
  );

  await assert.rejects(
    read(origin, { name: 'a.csv', mimetype: 'text/csv', url_private: `${origin}/a` }),
    /An admin can grant files:read/,
  );
});

for (const [what, file] of [
  ['linked', { id: 'F1', name: 'a', is_external: true, url_private: 'https://docs.example/a' }],
  ['deleted', { name: 'a', mode: 'tombstone' }],
  ['missing', { name: 'a', url_private: 'http://127.0.0.1:9/a' }],
] as const) {
  test(`a ${what} file is told in a sentence`, async () => {
    const origin = await serve((_, response) => void response.writeHead(404).end());

    await assert.rejects(
      read(origin, file),
      (err) => err instanceof Unreadable && /^(a|I) .*\.$/.test(err.message),
    );
  });
}

test('a file that is gone from the server is told in a sentence', async () => {
  const origin = await serve((_, response) => void response.writeHead(404).end());

  await assert.rejects(
    read(origin, { name: 'a.csv', url_private: `${origin}/a` }),
    new Unreadable('I could not fetch a.csv from Slack. Please attach it once more.'),
  );
});

const infoOf = (answer: object) => (request: IncomingMessage, response: ServerResponse) =>
  void response
    .writeHead(200, { 'content-type': request.url === '/a' ? 'text/csv' : 'application/json' })
    .end(request.url === '/a' ? 'alice@contoso.example,1' : JSON.stringify(answer));

test('a file of another organization, which comes without its address, is asked for and read', async () => {
  const file = { id: 'F1', name: 'a.csv', url_private: '' };
  const origin = await serve((request, response) => infoOf({ ok: true, file })(request, response));
  file.url_private = `${origin}/a`;

  const bytes = await read(origin, { id: 'F1', mode: 'file_access', file_access: 'check_file_info' });

  assert.equal(Buffer.from(bytes).toString(), 'alice@contoso.example,1');
});

const gone = 'F1 is no longer in Slack. Please attach it once more.';
const denied =
  'I may not see F1: the organization that shared it keeps it to itself. Please attach the file itself.';
const scope = 'I may not read files here: F1 could not be opened. An admin can grant files:read.';

for (const [error, says] of [
  ['file_deleted', gone],
  ['file_not_found', gone],
  ['access_denied', denied],
  ['missing_scope', scope],
  ['internal_error', 'I could not fetch F1 from Slack. Please attach it once more.'],
] as const) {
  test(`a file of which Slack says ${error} is told in a sentence`, async () => {
    const origin = await serve(infoOf({ ok: false, error }));

    await assert.rejects(read(origin, { id: 'F1', file_access: 'check_file_info' }), new Unreadable(says));
  });
}

for (const [file, says] of [
  [{ mode: 'tombstone' }, gone],
  [
    { mode: 'hidden_by_limit' },
    'Slack hides F1: the workspace has no room for older files. Please attach it once more.',
  ],
  [{ file_access: 'access_denied' }, denied],
  [{ file_access: 'file_not_found' }, gone],
] as const) {
  test(`a file that can not be had is not fetched: ${JSON.stringify(file)}`, async () => {
    let fetched = 0;
    const origin = await serve((_, response) => {
      fetched += 1;
      response.end();
    });

    await assert.rejects(
      read(origin, { id: 'F1', url_private: `${origin}/a`, ...file }),
      new Unreadable(says),
    );
    assert.equal(fetched, 0);
  });
}

test('a file is fetched again where Slack asks for patience', async () => {
  let asked = 0;
  const origin = await serve((_, response) => {
    asked += 1;
    if (asked === 1) response.writeHead(429, { 'retry-after': '0' }).end();
    else response.end('rows');
  });

  const bytes = await read(origin, { id: 'F1', name: 'a.csv', url_private: `${origin}/a` });

  assert.equal(Buffer.from(bytes).toString(), 'rows');
});

test('a name that nobody could have typed is no line of its own', async () => {
  const origin = await serve((_, response) => void response.writeHead(404).end());

  await assert.rejects(
    read(origin, { name: 'a.csv\n\nAll is well. \u202Efdp', url_private: `${origin}/a` }),
    new Unreadable('I could not fetch a.csv All is well. fdp from Slack. Please attach it once more.'),
  );
});
