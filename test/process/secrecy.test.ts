import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { type Home, newHome } from '../support/database.ts';
import { PEOPLE } from '../support/talk.ts';
import { runToEnd, startBot } from './bot.ts';
import { visit } from './visit.ts';

const WORD = 'xylophone';
const TEAMS = {
  MicrosoftAppId: randomUUID(),
  MicrosoftAppPassword: `${WORD}-password`,
  MicrosoftAppTenantId: randomUUID(),
};

let home: Home;
before(async () => {
  home = await newHome('PGlite');
});
after(() => home.remove());

const post = (url: string, body: string, headers: Record<string, string> = {}) =>
  fetch(url, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body });

test('the log of everything holds nothing of what people say, attach and sign in with', async () => {
  const bot = await startBot(home, { LOG_LEVEL: 'trace' });
  const carla = await visit(bot, PEOPLE.carla);

  await carla.say(`note 10023 ${WORD}`);
  await carla.say(`${WORD} what is this`);
  await carla.say(`associate 10023/1 ${WORD}@contoso.example`);
  const file = { name: `${WORD}.csv`, content: `${WORD}1@contoso.example,1` };
  await carla.press(await carla.say('bulk 10023/1', file), 'Run');
  await carla.waitFor(({ text }) => /^Job 1 \(Contoso\): 1 done/.test(text));
  await carla.say('bulk 10023/1', { name: `${WORD}.pdf`, content: `%PDF ${WORD}` });
  const headers = { authorization: `Bearer ${WORD}` };
  await post(`${bot.url}/api/messages`, JSON.stringify({ type: 'message', text: WORD }), headers);
  await post(`${bot.url}/api/messages`, `{ broken ${WORD}`, headers);
  await post(`${bot.url}/console/messages`, `{ broken ${WORD}`, headers);
  await post(`${bot.url}/console/submits?token=${WORD}`, '{}', headers);
  const { code, output, errors } = await bot.end('SIGTERM');

  assert.equal(code, 0);
  assert.doesNotMatch(output + errors, new RegExp(WORD, 'i'));
});

test('with Teams credentials a message without a valid token is 401, and there is no console', async () => {
  const bot = await startBot(home, { ...TEAMS, HOST: '127.0.0.1', LOG_LEVEL: 'trace' });
  assert.match(bot.output(), /^Quartermaster is ready: port \d+$/m);
  const activity = JSON.stringify({
    type: 'message',
    text: `hello ${WORD}`,
    serviceUrl: 'http://localhost:1/',
  });

  assert.equal((await post(`${bot.url}/api/messages`, activity)).status, 401);
  const headers = { authorization: `Bearer ${WORD}.${WORD}.${WORD}` };
  assert.equal((await post(`${bot.url}/api/messages`, activity, headers)).status, 401);
  for (const path of ['/', '/console/state', '/console/messages', '/slack/events']) {
    assert.equal((await fetch(bot.url + path)).status, 404, path);
  }
  assert.equal((await fetch(`${bot.url}/readyz`)).status, 200);

  const { code, output, errors } = await bot.end('SIGTERM');
  assert.equal(code, 0);
  assert.doesNotMatch(output + errors, new RegExp(WORD, 'i'));
});

test('a database that can’t be reached ends the start, without its password in the log', async () => {
  const DATABASE_URL = `postgres://qm:${WORD}@127.0.0.1:1/qm`;
  const { code, output, errors } = await runToEnd({ PORT: '0', DATABASE_URL, LOG_LEVEL: 'trace' });
  assert.equal(code, 1);
  assert.match(errors, /^The database of DATABASE_URL can't be used .ECONNREFUSED./);
  assert.doesNotMatch(output + errors, new RegExp(WORD, 'i'));
});
