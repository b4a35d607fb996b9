import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { readConfig } from '../../src/config.ts';
import { openLog } from '../../src/log.ts';
import { type Running, start } from '../../src/start.ts';
import { type Home, newHome } from '../support/database.ts';
import {
  APP,
  buttonsIn,
  type Call,
  openWorkspace,
  personIn,
  SIGNING_SECRET,
  until,
  type View,
  type Workspace,
} from './slack-workspace.ts';

const people = [
  { name: 'carla', real_name: 'Carla Diaz', email: 'carla@contoso.example' },
  { name: 'ada', real_name: 'Ada Berg', email: 'ada@hamara.example' },
];

describe('a bot that somebody installs in their workspace of Slack', () => {
  let home: Home;
  let workspace: Workspace;
  let running: Running | undefined;
  let carla: ReturnType<typeof personIn>;
  let ada: ReturnType<typeof personIn>;
  let ops: string;

  const startBot = async () => {
    const config = readConfig({
      PORT: '0',
      HOST: '127.0.0.1',
      DATA_DIR: home.dataDir,
      ADMINS: 'ada@hamara.example',
      PUBLIC_URL: APP.publicUrl,
      SLACK_CLIENT_ID: APP.clientId,
      SLACK_CLIENT_SECRET: APP.clientSecret,
      SLACK_SIGNING_SECRET: SIGNING_SECRET,
      SLACK_WORKSPACES: `${workspace.team}=*`,
      SLACK_API_URL: `${workspace.url}/api/`,
      SECRET_KEY: Buffer.alloc(32, 7).toString('base64'),
      LOG_LEVEL: 'fatal',
    });
    assert.ok(!('problems' in config), JSON.stringify(config));
    running = await start(config, openLog(config.logLevel));
  };
  const restart = async () => {
    await running?.stop();
    await startBot();
  };
  const base = () => `http://127.0.0.1:${running?.port}`;
  /** The first call of a method that was not there before. */
  const next = async (method: string, act: () => Promise<unknown>, is = (_: Call): boolean => true) => {
    const before = new Set(workspace.calls);
    await act();
    return until(method, () =>
      workspace.calls.find((call) => !before.has(call) && call.method.startsWith(method) && is(call)),
    );
  };
  const openedView = async (act: () => Promise<unknown>): Promise<View> => {
    const { body, answer } = await next('views.open', act);
    assert.equal(answer.ok, true, JSON.stringify(answer));
    return { ...(body.view as View), id: (answer.view as View).id ?? '' };
  };

  /** The messages with these words, once there are any. */
  const messages = (words: RegExp) => {
    const found = workspace.of('chat.postMessage').filter(({ body }) => words.test(String(body.text)));
    return found.length > 0 ? found : undefined;
  };

  before(async () => {
    home = await newHome('PGlite');
    workspace = await openWorkspace(people);
    await startBot();
    carla = personIn(workspace, 'carla', base);
    ada = personIn(workspace, 'ada', base);
    const { channels = [] } = await carla.client.conversations.list({});
    ops = channels.find(({ name }) => name === 'ops')?.id ?? '';
  });
  after(async () => {
    await running?.stop();
    await workspace.close();
    await home.remove();
  });

  test('is installed by OAuth', async () => {
    const begun = await fetch(`${base()}/slack/install`, { redirect: 'manual' });
    const page = begun.headers.get('location') ?? '';
    const cookie = begun.headers
      .getSetCookie()
      .map((one) => one.replace(/;.*/, ''))
      .join('; ');
    assert.ok(page.startsWith(`${workspace.url}/oauth/v2/authorize?`), page);

    const back = await workspace.consent(page, carla.user);
    const done = await fetch(back.replace(APP.publicUrl, base()), { headers: { cookie } });

    assert.equal(done.status, 200, await done.clone().text());
    assert.match(await done.text(), /Installed/);
  });

  test('opens a form in a window, tells what is wrong beside its field, and does what was asked', async () => {
    const view = await openedView(() => carla.command(ops, 'associate'));
    const ids = view.blocks.map(({ element }) => element?.action_id ?? '');
    const services = ids.find((id) => id.startsWith('service@free-services')) ?? '';
    const offered = await carla.search(view, services, '10024');
    assert.deepEqual(
      offered.map(({ text, value }) => [text.text, value]),
      [['10024/1 · UniversalMessaging Small Business Edition (1GB) · 2,000 free', '10024/1']],
    );
    const typed = (users: string, service?: object) => ({
      [services]: { selected_option: service ?? null },
      from: { selected_option: { value: 'entered' } },
      users: { value: users },
      units: { value: '1' },
    });

    const refused = await carla.submit(view, typed('nobody'));
    assert.equal(refused.response_action, 'errors', JSON.stringify(refused).slice(0, 300));
    const block = (field: string) =>
      view.blocks.find(({ element }) => element?.action_id === field)?.block_id ?? '';
    assert.deepEqual(refused.errors, {
      [block(services)]: 'Choose a service.',
      [block('users')]: '“nobody” is not an e-mail address.',
    });

    const { body } = await next('response/', async () => {
      const done = await carla.submit(view, typed('dave@contoso.example 2', offered[0]));
      assert.deepEqual(done, { response_action: 'clear' });
    });
    assert.deepEqual([body.response_type, body.replace_original], ['ephemeral', false]);
    assert.match(String(body.text), /dave@contoso\.example now has 2 \(new user\)/);
  });

  test('knows an open window after a restart, and what was handed in before it', async () => {
    const view = await openedView(() => carla.command(ops, 'note 10023'));
    const noted = { note: { value: 'Renewed by phone' } };
    await restart();

    const { body } = await next('response/', () => carla.submit(view, noted));
    assert.match(String(body.text), /Renewed by phone/);
    await restart();
    const before = workspace.of('chat.postMessage').length;
    await carla.submit(view, noted);

    const { body: history } = await next('response/', () => carla.command(ops, 'history 10023'));
    assert.equal(String(history.text).match(/Renewed by phone/g)?.length, 1, String(history.text));
    assert.equal(workspace.of('chat.postMessage').length, before);
  });

  test('draws the home of a person', async () => {
    const opened = { type: 'app_home_opened', tab: 'home', channel: 'D0', event_ts: '1.1' };
    const { body, answer } = await next('views.publish', () => carla.event(opened));

    assert.deepEqual([answer.ok, body.user_id], [true, carla.user]);
    assert.match(JSON.stringify(body.view), /1,998 of 2,000 free/);
  });

  test('does a bulk job of a file handed in with a window, through a restart, and answers in its thread', async () => {
    const { channel } = await carla.client.conversations.open({ users: 'U0QM' });
    const direct = channel?.id ?? '';
    const view = await openedView(() => carla.command(direct, 'bulk 10024/1'));
    const rows = Array.from({ length: 600 }, (_, row) => `row${row}@contoso.example,1`).join('\n');
    const file = await carla.share(direct, 'users.csv', rows);

    const preview = await next('chat.postMessage', () =>
      carla.submit(view, { 'quartermaster-file': { files: [file] } }),
    );
    assert.match(String(preview.body.text), /600 of 600 rows are valid/);
    const ts = String(preview.answer.ts);
    await carla.press(direct, ts, buttonsIn(preview.body.blocks).get('Run 600 valid rows') ?? '');
    await restart();

    const done = await until('The end of the job', () => messages(/: 600 done/));
    assert.deepEqual(
      done.map(({ body }) => body.text),
      ['Job 1 (Contoso): 600 done, 0 failed, 0 skipped of 600 rows.'],
    );
    const { body: shared } = await until('The workbook', () =>
      workspace.of('files.completeUploadExternal').at(0),
    );
    assert.deepEqual(
      [(shared.files as { title: string }[]).map(({ title }) => title), shared.channel_id, shared.thread_ts],
      [['job-1-result.xlsx'], direct, String(done[0]?.answer.ts)],
    );
  });

  test('answers in the thread it was asked in, where everybody may read it', async () => {
    await ada.client.conversations.invite({ channel: ops, users: 'U0QM' });
    await next('chat.postMessage', () => ada.command(ops, 'use contoso here'));
    const { ts: thread_ts = '' } = await ada.client.chat.postMessage({
      channel: ops,
      text: 'Two more people',
    });
    const file = await carla.share(ops, 'two.csv', 'x1@contoso.example,1\nx2@contoso.example,1\n');
    const said = {
      type: 'app_mention',
      channel: ops,
      text: '<@U0QM> bulk 10024/1',
      files: [file],
      thread_ts,
    };

    const preview = await next('chat.postEphemeral', () => carla.event({ ...said, ts: '1.2' }));
    assert.deepEqual([preview.body.user, preview.body.thread_ts], [carla.user, thread_ts]);
    const run = buttonsIn(preview.body.blocks).get('Run 2 valid rows') ?? '';
    await carla.press(ops, String(preview.answer.message_ts), run, { thread_ts, is_ephemeral: true });

    const [done] = await until('The end of the job', () => messages(/Job 2 .*: 2 done/));
    assert.deepEqual([done?.body.channel, done?.body.thread_ts], [ops, thread_ts]);
  });
});
