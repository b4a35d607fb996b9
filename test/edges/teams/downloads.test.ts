import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { LookupFunction } from 'node:net';
import { type TestContext, test } from 'node:test';
import { Unreadable } from '../../../src/chat/inbound.ts';
import { download } from '../../../src/edges/teams/files/download.ts';
import { mayConnect } from '../../../src/edges/teams/identity/hosts.ts';
import { listen } from './listen.ts';
import { openTalk } from './talk.ts';

const MB = 1024 * 1024;
const CSV = 'alice@contoso.example,2\n';

async function openFiles(t: TestContext) {
  const asked: { url: string; authorization: string | undefined }[] = [];
  const server: Server = createServer((request, response) => {
    asked.push({ url: request.url ?? '', authorization: request.headers.authorization });
    const answers: Record<string, () => void> = {
      '/users.csv': () => response.end(CSV),
      '/moved': () => redirect('/users.csv'),
      '/round': () => redirect('/round'),
      '/away': () => redirect('http://192.0.2.1/users.csv'),
      '/page': () => response.setHeader('content-type', 'text/html; charset=utf-8') && response.end('<html>'),
      '/large': () => response.setHeader('content-length', 3 * MB) && response.end(Buffer.alloc(3 * MB)),
      // Without a length, the end is known only when it comes.
      '/endless': () => {
        response.write(Buffer.alloc(MB));
        response.write(Buffer.alloc(MB));
        response.end(Buffer.alloc(MB));
      },
      '/cut': () => {
        response.setHeader('content-length', 100);
        response.write('alice');
        response.destroy();
      },
      '/expired': () => status(403),
      '/broken': () => status(500),
    };
    const redirect = (location: string) => {
      response.setHeader('location', location);
      status(302);
    };
    const status = (code: number) => {
      response.statusCode = code;
      response.end();
    };
    (answers[request.url ?? ''] ?? (() => status(404)))();
  });
  const { port, close } = await listen(server);
  t.after(close);
  return { url: `http://127.0.0.1:${port}`, asked };
}

test('an attachment of a personal chat is read by its link, without a token', async (t) => {
  const files = await openFiles(t);
  const talk = await openTalk(t);

  await talk.send({
    text: '',
    attachments: [
      { contentType: 'text/html', content: '<p>users.csv</p>' },
      {
        contentType: 'application/vnd.microsoft.teams.file.download.info',
        contentUrl: 'https://contoso.sharepoint.com/users.csv',
        name: 'users.csv',
        content: { downloadUrl: `${files.url}/moved`, fileType: 'csv' },
      },
      { contentType: 'text/csv', contentUrl: `${files.url}/users.csv`, name: 'more.csv' },
    ],
  });

  const [inbound] = talk.heard;
  assert.ok(inbound?.kind === 'message');
  assert.deepEqual(
    inbound.attachments.map(({ name }) => name),
    ['users.csv', 'more.csv'],
  );
  assert.equal(files.asked.length, 0);
  const bytes = await inbound.attachments[0]?.read(MB);
  assert.equal(Buffer.from(bytes ?? []).toString(), CSV);
  assert.deepEqual(files.asked, [
    { url: '/moved', authorization: undefined },
    { url: '/users.csv', authorization: undefined },
  ]);
});

const failing = [
  ['/away', "I can't fetch users.csv: its link does not lead to Teams or SharePoint."],
  ['/round', 'I could not fetch users.csv from Teams. Attach it again.'],
  [
    '/page',
    'Teams gave me a web page instead of users.csv. Attach it from Teams on a computer or in the browser.',
  ],
  ['/large', 'users.csv is larger than 2 MB.'],
  ['/endless', 'users.csv is larger than 2 MB.'],
  ['/cut', 'I could not fetch users.csv from Teams. Attach it again.'],
  ['/expired', 'I may not fetch users.csv any more: its link has expired. Attach it again.'],
  ['/broken', 'I could not fetch users.csv from Teams. Attach it again.'],
] as const;

for (const [path, message] of failing) {
  test(`a file at ${path} is not read, and the sentence says why`, async (t) => {
    const files = await openFiles(t);

    await assert.rejects(
      download({ name: 'users.csv', url: files.url + path, limit: 2 * MB, local: true }),
      (error) => error instanceof Unreadable && error.message === message,
    );
  });
}

const foreign = [
  'http://contoso.sharepoint.com/a.csv',
  'https://contoso.sharepoint.com:8443/a.csv',
  'https://user@contoso.sharepoint.com/a.csv',
  'https://contoso.sharepoint.com@127.0.0.1/a.csv',
  'https://contoso.sharepoint.com.evil.example/a.csv',
  'https://evilsharepoint.com/a.csv',
  'https://sharepoint.com/a.csv',
  'https://127.0.0.1/a.csv',
  'https://2130706433/a.csv',
  'https://0x7f.1/a.csv',
  'https://[::1]/a.csv',
  'https://[::ffff:127.0.0.1]/a.csv',
  'https://169.254.169.254/latest/meta-data',
  'https://localhost/a.csv',
  'ftp://contoso.sharepoint.com/a.csv',
  'file:///etc/passwd',
  'data:text/csv,a',
  '//contoso.sharepoint.com/a.csv',
  '',
];

test('no link leads anywhere but to SharePoint', async () => {
  const resolve: LookupFunction = (host) => assert.fail(`looked up ${host}`);
  for (const url of foreign) {
    await assert.rejects(
      download({ name: 'a.csv', url, limit: MB, local: false, resolve }),
      (error) => error instanceof Unreadable && error.message.includes('does not lead to Teams'),
      url,
    );
  }
});

test('a name that leads into the open internet is followed', () => {
  for (const address of [
    '13.107.136.10',
    '20.190.1.1',
    '52.104.0.1',
    '2603:1061:1300::1',
    '2620:1ec:8f8::10',
  ]) {
    assert.equal(mayConnect(address, false), true, address);
    assert.equal(mayConnect(address, true), false, address);
  }
});

test('a name of SharePoint that leads into a private net is not followed', async () => {
  const inside = [
    '127.0.0.1',
    '10.0.0.8',
    '192.168.1.1',
    '169.254.169.254',
    '::1',
    'fd00::1',
    '::ffff:10.0.0.8',
  ];
  for (const address of inside) {
    const family = address.includes(':') ? 6 : 4;
    // The second of two answers is the one a rebinding name hides.
    const resolve: LookupFunction = (_, { all }, done) =>
      all
        ? done(null, [
            { address: '20.190.1.1', family: 4 },
            { address, family },
          ])
        : done(null, address, family);
    const url = 'https://contoso.sharepoint.com/a.csv';
    await assert.rejects(download({ name: 'a.csv', url, limit: MB, local: false, resolve }), (error) => {
      assert.ok(error instanceof Unreadable && error.cause instanceof Error);
      assert.equal(error.cause.message, `contoso.sharepoint.com leads to ${address}`);
      return true;
    });
  }
});
