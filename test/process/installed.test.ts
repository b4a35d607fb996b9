import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type TestContext, test } from 'node:test';
import { createEmulator } from 'emulate';
import { newHome } from '../support/database.ts';
import { type Bot, killAll, startBot } from './bot.ts';

const SIGNING_SECRET = '8f742231b10e8888abcd99yyyzzz85a5';
const [OLD, NEW] = ['o'.repeat(32), 'n'.repeat(32)];

/** Where the bot is from outside does not change with its port. */
const PUBLIC_URL = 'http://localhost:3978';

const openSlack = () =>
  createEmulator({
    service: 'slack',
    port: 0,
    seed: {
      slack: {
        oauth_apps: [
          {
            client_id: '1.2',
            client_secret: 'client-secret',
            app_id: 'A1',
            name: 'Quartermaster',
            redirect_uris: [`${PUBLIC_URL}/slack/oauth_redirect`],
          },
        ],
        strict_scopes: true,
      },
    },
  });

/** Installs the bot as an admin of the workspace does in a browser; gives what the last page says. */
async function installIn(bot: Bot): Promise<string> {
  const begun = await fetch(`${bot.url}/slack/install`, { redirect: 'manual' });
  const to = new URL(begun.headers.get('location') ?? '');
  const [cookie = ''] = (begun.headers.get('set-cookie') ?? '').split(';');
  const [, user_id = ''] = /name="user_id" value="(\w+)"/.exec(await (await fetch(to)).text()) ?? [];
  const given = Object.fromEntries(
    ['redirect_uri', 'scope', 'state', 'client_id'].map((name) => [name, to.searchParams.get(name) ?? '']),
  );
  const consent = await fetch(`${to.origin}${to.pathname}/callback`, {
    method: 'POST',
    redirect: 'manual',
    body: new URLSearchParams({ user_id, ...given }),
  });
  const { pathname, search } = new URL(consent.headers.get('location') ?? '');
  const last = await fetch(bot.url + pathname + search, { headers: { cookie } });
  return last.text();
}

/** Slack from outside: the emulator, and the `response_url` that it has not. */
async function openFront(t: TestContext) {
  const emulator = await openSlack();
  const answers: ((text: string) => void)[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = Buffer.concat(chunks);
    if (request.url === '/answer') {
      response.end('ok');
      return answers.shift()?.(String(JSON.parse(body.toString()).text));
    }
    const { host: _, connection: __, 'transfer-encoding': ___, ...headers } = request.headers;
    const forwarded = await fetch(`${emulator.url}${request.url}`, {
      method: request.method ?? 'GET',
      headers: headers as Record<string, string>,
      redirect: 'manual',
      ...(body.length > 0 && { body }),
    });
    const location = forwarded.headers.get('location');
    response.writeHead(forwarded.status, {
      'content-type': forwarded.headers.get('content-type') ?? 'text/plain',
      ...(location !== null && { location }),
    });
    response.end(Buffer.from(await forwarded.arrayBuffer()));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  t.after(async () => {
    server.closeAllConnections();
    await new Promise<void>((done) => server.close(() => done()));
    await emulator.close();
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { url, answer: () => new Promise<string>((done) => answers.push(done)) };
}

/** Types a command; gives the words that came back to its `response_url`. */
async function answerTo(
  front: Awaited<ReturnType<typeof openFront>>,
  bot: Bot,
  text: string,
  team_id = 'T000000001',
): Promise<string> {
  const answer = front.answer();
  const body = new URLSearchParams({
    command: '/qm',
    text,
    team_id,
    user_id: 'U000000001',
    user_name: 'admin',
    channel_id: 'C000000001',
    trigger_id: `${team_id}.${text}.${bot.pid}.${Math.random()}`,
    response_url: `${front.url}/answer`,
  }).toString();
  const at = String(Math.floor(Date.now() / 1_000));
  const seal = createHmac('sha256', SIGNING_SECRET).update(`v0:${at}:${body}`).digest('hex');
  const response = await fetch(`${bot.url}/slack/events`, {
    method: 'POST',
    body,
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      'x-slack-request-timestamp': at,
      'x-slack-signature': `v0=${seal}`,
    },
  });
  assert.equal(response.status, 200);
  return answer;
}

test('the bot is installed in a browser, and knows the workspace after restarts that bring a new key', async (t) => {
  const home = await newHome('PGlite');
  t.after(() => home.remove());
  const front = await openFront(t);
  t.after(killAll);
  const start = (SECRET_KEY: string) =>
    startBot(home, {
      SECRET_KEY,
      PUBLIC_URL,
      SLACK_CLIENT_ID: '1.2',
      SLACK_CLIENT_SECRET: 'client-secret',
      SLACK_SIGNING_SECRET: SIGNING_SECRET,
      SLACK_WORKSPACES: 'T000000001=emulate.dev',
      SLACK_API_URL: `${front.url}/api/`,
      ADMINS: 'admin@emulate.dev',
    });

  const first = await start(OLD);
  assert.match(await answerTo(front, first, 'members'), /^I am not set up in this Slack workspace\./);
  assert.match(await installIn(first), /Quartermaster is now in /);
  assert.match(await answerTo(front, first, 'members'), /admin@emulate\.dev/);
  assert.match(await answerTo(front, first, 'members', 'T666'), /^I am not set up in this Slack workspace\./);
  await first.end('SIGTERM');

  for (const keys of [`${OLD} ${NEW}`, `${NEW} ${OLD}`]) {
    const next = await start(keys);
    assert.match(await answerTo(front, next, 'members'), /admin@emulate\.dev/);
    await next.end('SIGTERM');
  }

  // Too soon: the token is still sealed with the older key.
  const early = await start(NEW);
  assert.match(
    await answerTo(front, early, 'members'),
    /until whoever runs me mends it\. Nothing is lost\.$/,
  );
  const said = await early.end('SIGTERM');
  assert.match(said.output + said.errors, /No key of SECRET_KEY opens its token/);

  const last = await start(`${NEW} ${OLD}`);
  assert.match(await answerTo(front, last, 'members'), /admin@emulate\.dev/);
  const { output, errors } = await last.end('SIGTERM');
  assert.doesNotMatch(output + errors, /xoxb-|client-secret/);
});
