import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { createServer as createHttpServer } from 'node:http';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { type Home, newHome, onBothEngines } from '../support/database.ts';
import { PEOPLE } from '../support/talk.ts';
import { type Bot, runToEnd, type Settings, settingsOf, startBot } from './bot.ts';
import { visit } from './visit.ts';

const portOf = ({ url }: Bot) => new URL(url).port;
const lines = (text: string) => text.split('\n').filter((line) => line !== '');

onBothEngines('the process', (engine) => {
  let home: Home;
  before(async () => {
    home = await newHome(engine);
  });
  after(() => home.remove());

  test('says in one line where it is, and is healthy, ready and measured', async () => {
    const bot = await startBot(home);
    assert.match(bot.output(), /^Quartermaster is ready: http:\/\/localhost:\d+\/\n$/);
    const get = async (path: string) => {
      const response = await fetch(bot.url + path);
      return { status: response.status, text: await response.text() };
    };
    assert.deepEqual(await get('/healthz'), { status: 200, text: '{"alive":true}' });
    assert.deepEqual(await get('/readyz'), { status: 200, text: '{"ready":true}' });
    const { status, text } = await get('/metrics');
    assert.equal(status, 200);
    assert.match(text, /^quartermaster_ready 1$/m);
    assert.equal((await get('/')).status, 200);
    assert.equal((await get('/nothing')).status, 404);
    assert.deepEqual((await bot.end('SIGTERM')).code, 0);
  });

  test('stops with code 0 when it is asked to, and what was done is there after the next start', async () => {
    const first = await startBot(home);
    const done = await (await visit(first, PEOPLE.carla)).say('associate 10023/1 dora@contoso.example 2');
    assert.match(done.text, /dora@contoso\.example now has 2/);
    const ended = await first.end('SIGTERM');
    assert.deepEqual([ended.code, ended.errors], [0, '']);

    const second = await startBot(home);
    const carla = await visit(second, PEOPLE.carla);
    assert.match((await carla.say('user dora@contoso.example')).text, /has 2 units/);
    assert.equal((await second.end('SIGINT')).code, 0);
  });

  test('answers what is under way before it stops', async () => {
    const bot = await startBot(home);
    const carla = await visit(bot, PEOPLE.carla);
    const rows = Array.from({ length: 30_000 }, (_, index) => `user${index}@contoso.example,1`);
    const answer = carla.say('bulk 10024/1', { name: 'users.csv', content: rows.join('\n') });
    answer.catch(() => undefined);
    await carla.waitFor(({ text }) => text === 'bulk 10024/1');

    const { code, output, errors } = await bot.end('SIGTERM');

    assert.deepEqual([code, errors, output.split('\n').length], [0, '', 2], output);
    const next = await startBot(home);
    const entries = await (await visit(next, PEOPLE.carla)).entries();
    assert.match(entries.at(-1)?.text ?? '', /30,000 of 30,000 rows are valid/);
    await next.end('SIGTERM');
  });

  test('starts again after it was killed, and what was done is there', async () => {
    const first = await startBot(home);
    await (await visit(first, PEOPLE.carla)).say('associate 10023/1 emil@contoso.example 3');
    await first.end('SIGKILL');

    const second = await startBot(home);
    const carla = await visit(second, PEOPLE.carla);
    assert.match((await carla.say('user emil@contoso.example')).text, /has 3 units/);
    const told = (await carla.entries()).filter(({ text }) => /emil@contoso\.example now has 3/.test(text));
    assert.equal(told.length, 1);
    await second.end('SIGTERM');
  });
});

describe('a data folder', () => {
  let home: Home;
  let first: Bot;
  before(async () => {
    home = await newHome('PGlite');
    first = await startBot(home);
  });
  after(async () => {
    await first.end('SIGTERM');
    assert.equal(existsSync(join(home.dataDir, 'quartermaster.lock')), false);
    await home.remove();
  });

  for (const [where, port] of [
    ['on another port', () => '0'],
    ['on the same port', () => portOf(first)],
  ] as const) {
    test(`is refused to a second process ${where}, with the id of the first`, async () => {
      const second = await runToEnd({ ...settingsOf(home), PORT: port() });
      assert.equal(second.code, 1);
      assert.equal(second.output, '');
      assert.equal(lines(second.errors).length, 1, second.errors);
      assert.match(second.errors, new RegExp(`^Process ${first.pid} is already running on this data folder`));
      assert.equal((await fetch(`${first.url}/readyz`)).status, 200);
    });
  }
});

test('a port that another program has is told in one sentence', async () => {
  const home = await newHome('PGlite');
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  const address = other.address();
  const port = String(typeof address === 'object' ? address?.port : '');

  const ended = await runToEnd({ ...settingsOf(home), PORT: port });

  assert.equal(ended.code, 1);
  assert.deepEqual(lines(ended.errors), [`Port ${port} is in use. Stop the other program, or set PORT.`]);
  assert.equal(existsSync(join(home.dataDir, 'quartermaster.lock')), false);
  other.close();
  await home.remove();
});

describe('a Slack that can’t be used', () => {
  let home: Home;
  before(async () => {
    home = await newHome('PGlite');
  });
  after(() => home.remove());

  const slack = {
    SLACK_BOT_TOKEN: 'xoxb-1',
    SLACK_SIGNING_SECRET: '8f742231b10e8888abcd99yyyzzz85a5',
    LOG_LEVEL: 'warn',
  };
  const startWith = async (answer: object | undefined, more: Settings = {}) => {
    const server = createHttpServer((_, response) => {
      if (answer === undefined) response.destroy();
      else response.setHeader('content-type', 'application/json').end(JSON.stringify(answer));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
    const ended = await runToEnd({ ...settingsOf(home), ...slack, SLACK_API_URL: url, ...more });
    server.close();
    assert.deepEqual([ended.code, ended.output], [1, '']);
    return { said: lines(ended.errors), url };
  };

  test('is told in one sentence where it does not answer', async () => {
    const { said, url } = await startWith(undefined);

    assert.equal(said.length, 1, said.join('\n'));
    assert.ok(said[0]?.startsWith(`Slack can’t be reached at ${url} (`), said[0]);
    assert.match(said[0] ?? '', /\)\. See whether this machine reaches it, then start the bot again\.$/);
  });

  test('is told in one sentence where it does not know the token', async () => {
    const { said } = await startWith({ ok: false, error: 'invalid_auth' });

    assert.deepEqual(said, [
      'Slack does not accept SLACK_BOT_TOKEN (invalid_auth). Install the app again and set SLACK_BOT_TOKEN to its new token.',
    ]);
  });
});
