import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import { readConfig } from '../../src/config.ts';
import { openLog } from '../../src/log.ts';
import { type Running, start } from '../../src/start.ts';
import { type Home, newHome } from '../support/database.ts';
import {
  BOT_TOKEN,
  type Client,
  consoleClient,
  openWorkspace,
  SIGNING_SECRET,
  slackClient,
  teamsClient,
} from './clients.ts';

const CARLA = 'carla@contoso.example';

describe('the console, Teams and Slack', () => {
  let home: Home;
  let running: Running;
  let base: string;
  let clients: readonly Client[];
  const closing: (() => Promise<void>)[] = [];

  before(async () => {
    home = await newHome('PGlite');
    const workspace = await openWorkspace(CARLA);
    const config = readConfig({
      PORT: '0',
      DATA_DIR: home.dataDir,
      SLACK_BOT_TOKEN: BOT_TOKEN,
      SLACK_SIGNING_SECRET: SIGNING_SECRET,
      SLACK_API_URL: workspace.apiUrl,
      LOG_LEVEL: 'error',
    });
    assert.ok(!('problems' in config));
    running = await start(config, openLog(config.logLevel));
    base = `http://127.0.0.1:${running.port}`;
    const teams = await teamsClient(base, CARLA);
    clients = [consoleClient(base, 'member-4'), teams.client, await slackClient(base, workspace.apiUrl)];
    closing.push(running.stop, teams.close, workspace.close, home.remove);
  });
  after(async () => {
    for (const close of closing) await close();
  });

  /** What each answers, by its platform. */
  const ask = async (act: (client: Client) => Promise<unknown>) => {
    const answers: [string, unknown][] = [];
    for (const client of clients) answers.push([client.platform, await act(client)]);
    return answers;
  };
  const sameEverywhere = (answers: readonly [string, unknown][], said: string) => {
    const [[, first] = []] = answers;
    for (const [platform, answer] of answers) assert.deepEqual(answer, first, `${said} in ${platform}`);
  };

  for (const said of [
    'help',
    'help associate',
    'orders',
    'orders historical',
    'order 10023',
    'ORDER hamaracloud10023',
    'order 10026',
    'services 10023',
    'free 10023',
    'free 10023/1',
    'free universal',
    'user alice@contoso.example',
    'assocaite',
    'reconcile preview',
    'associate 10023/2 a@contoso.example b@contoso.example c@contoso.example d@contoso.example',
    'subscriptions',
    'jobs',
    'notify list',
  ]) {
    test(`answer the same to: ${said}`, async () => {
      const answers = await ask((client) => client.say(said));

      sameEverywhere(answers, said);
      assert.match(JSON.stringify(answers), /"text":".+/);
    });
  }

  test('answer with the same form, which opens in a window in Slack', async () => {
    const answers = await ask((client) => client.say('associate 10023/1'));

    const text = 'Associate users with a service';
    assert.deepEqual(Object.fromEntries(answers), {
      console: { text, buttons: ['Associate', 'Free units'] },
      teams: { text, buttons: ['Associate', 'Free units'] },
      slack: { text, buttons: ['Open the form', 'Free units'] },
    });
  });

  test('answer the same to an association and its undo', async () => {
    const answers = await ask(async (client) => [
      await client.say('associate 10023/1 dave@contoso.example 2'),
      await client.press('Undo'),
      await client.say('free 10023/1'),
    ]);

    sameEverywhere(answers, 'associate, then Undo');
    assert.match(JSON.stringify(answers[0]), /dave@contoso\.example now has 2.+Undone.+7 of 10 units free/);
  });

  test('answer the same to a note with marks in it, and to its undo', async () => {
    const answers = await ask(async (client) => [
      await client.say('note 10023 a < b & c > d *bold* _it_ `code`'),
      await client.press('Undo'),
    ]);

    sameEverywhere(answers, 'note, then Undo');
    assert.match(JSON.stringify(answers[0]), /a < b & c > d \*bold\* _it_ `code`.+Undo.+Undone/);
  });

  test('all hear of a job in the channel that asked for it, wherever it was started', async () => {
    for (const client of clients) await client.sayInChannel('notify here jobs');

    await startJob(base);

    for (const client of clients) {
      const shown = await client.channelShows(/Job \d+ \(Contoso\): 2 done/);
      assert.match(shown, /2 done, 0 failed, 0 skipped of 2 rows/);
    }
  });
});

/** Carla attaches a sheet in the console and runs it. */
async function startJob(base: string): Promise<void> {
  const personId = 'member-4';
  const conversation = `personal:${personId}`;
  const post = async (path: string, body: string, headers: Record<string, string>) => {
    const response = await fetch(base + path, { method: 'POST', headers, body });
    assert.ok(response.ok, await response.clone().text());
    return response.json();
  };
  const json = { 'content-type': 'application/json' };
  const upload = await post('/console/uploads', 'x1@contoso.example,1\nx2@contoso.example,2\n', {
    'content-type': 'application/octet-stream',
    'x-file-name': 'sheet.csv',
  });
  const attachments = [(upload as { id: string }).id];
  const say = { id: randomUUID(), personId, conversation, text: 'bulk 10024/1', attachments };
  await post('/console/messages', JSON.stringify(say), json);
  const client = consoleClient(base, personId);
  const { text } = await client.say('jobs');
  const job = /Job (\d+)/.exec(text)?.[1];
  await client.say(`job ${job}`);
  await client.press('Run 2 valid rows');
}
