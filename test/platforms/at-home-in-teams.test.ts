/** The whole bot with its credentials, and what Microsoft has on its side: keys, tokens, the Connector, a SharePoint. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { test } from 'node:test';
import { readConfig } from '../../src/config.ts';
import { openLog } from '../../src/log.ts';
import { type Running, start } from '../../src/start.ts';
import { type Call, cardIn, isMessage, openConnector } from '../edges/teams/connector.ts';
import { dialogIn, fetched, handedIn, readIn } from '../edges/teams/dialog.ts';
import { listen } from '../edges/teams/listen.ts';
import { ISSUER, openMicrosoft, SERVICE_URL, token } from '../edges/teams/microsoft.ts';
import { inChannel } from '../edges/teams/talk.ts';
import { newHome } from '../support/database.ts';

const TENANT = '11111111-2222-3333-4444-555555555555';
const APP = '00000000-0000-0000-0000-00000000000a';
const BOT = { id: `28:${APP}`, name: 'Quartermaster' };
const CARLA = { id: '29:carla', name: 'Carla Diaz', aadObjectId: 'aad-carla' };
const ROWS = 600;

const personal = { id: `a:with-${CARLA.id}`, conversationType: 'personal', tenantId: TENANT };
const channel = {
  conversation: { ...inChannel.conversation, tenantId: TENANT },
  channelData: { ...inChannel.channelData, tenant: { id: TENANT } },
};
const mentioned = (words: string) => ({
  ...channel,
  text: `<at>Quartermaster</at> ${words}`,
  entities: [{ type: 'mention', text: '<at>Quartermaster</at>', mentioned: BOT }],
});

type Button = {
  readonly title: string;
  readonly type: string;
  readonly data: Record<string, unknown>;
  readonly verb?: string;
};
const buttonIn = (call: Call, title: string): Button => {
  const { actions = [] } = (cardIn(call) ?? {}) as { actions?: Button[] };
  const found = actions.find((one) => one.title.startsWith(title));
  assert.ok(found, `no ${title} among ${actions.map((one) => one.title)}`);
  return found;
};
const pressed = ({ verb, data }: Button, replyToId: string) => ({
  type: 'invoke',
  name: 'adaptiveCard/action',
  replyToId,
  value: { action: { type: 'Action.Execute', verb, data }, trigger: 'manual' },
});
const isIn = (conversation: string) => (call: Call) => isMessage(call) && call.path.includes(conversation);
const says = (words: RegExp) => (call: Call) => isMessage(call) && words.test(JSON.stringify(call.body));

test('a bot that is at home in Teams', async (t) => {
  const home = await newHome('PGlite');
  t.after(home.remove);
  const connector = await openConnector([
    {
      ...CARLA,
      email: 'carla@contoso.example',
      userPrincipalName: 'carla@contoso.example',
      tenantId: TENANT,
    },
  ]);
  t.after(connector.close);
  const rows = Array.from({ length: ROWS }, (_, row) => `row${row}@contoso.example,1\n`).join('');
  const sharePoint = await listen(createServer((_, response) => void response.end(rows)));
  t.after(sharePoint.close);
  const microsoft = await openMicrosoft(t, {
    'smba.trafficmanager.net': Number(new URL(connector.serviceUrl).port),
    'contoso.sharepoint.com': sharePoint.port,
  });

  let running: Running | undefined;
  const startBot = async () => {
    const config = readConfig({
      PORT: '0',
      HOST: '127.0.0.1',
      DATA_DIR: home.dataDir,
      DEMO: '1',
      PUBLIC_URL: 'https://bot.example.com',
      MicrosoftAppId: APP,
      MicrosoftAppPassword: 'the secret',
      MicrosoftAppTenantId: TENANT,
      LOG_LEVEL: 'fatal',
    });
    assert.ok(!('problems' in config), JSON.stringify(config));
    running = await start(config, openLog(config.logLevel));
  };
  const restart = async () => {
    await running?.stop();
    await startBot();
  };
  await startBot();
  t.after(() => running?.stop());

  const send = async (activity: object, from: string = TENANT) => {
    const now = Math.floor(Date.now() / 1000);
    const claims = { iss: ISSUER, aud: APP, serviceurl: SERVICE_URL, nbf: now - 60, exp: now + 600 };
    const response = await fetch(`http://127.0.0.1:${running?.port}/api/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: token(claims) },
      body: JSON.stringify({
        type: 'message',
        id: randomUUID(),
        channelId: 'msteams',
        serviceUrl: SERVICE_URL,
        from: CARLA,
        recipient: BOT,
        conversation: personal,
        channelData: { tenant: { id: from } },
        ...activity,
      }),
    });
    const text = await response.text();
    return { status: response.status, body: text === '' ? undefined : (JSON.parse(text) as unknown) };
  };
  /** The first call like this that was not there before, as a person sees it come. */
  const next = async (act: () => Promise<unknown>, is: (call: Call) => boolean): Promise<Call> => {
    const before = new Set(connector.calls);
    await act();
    return connector.call((call) => !before.has(call) && is(call));
  };

  await t.test('greets who added it, with a token of its own', async () => {
    const added = { type: 'conversationUpdate', membersAdded: [BOT] };
    const greeting = await next(() => send(added), isIn(personal.id));

    assert.match(greeting.authorization ?? '', /^Bearer token-/);
    assert.match(JSON.stringify(greeting.body), /What you can type/);
    assert.equal(microsoft.grants[0]?.form.get('client_secret'), 'the secret');
  });

  await t.test('talks to nobody of another tenant', async () => {
    assert.equal((await send({ text: 'orders' }, '99999999-2222-3333-4444-555555555555')).status, 401);
  });

  await t.test(
    'opens a form as a dialog, keeps what was typed, and does what was asked after a restart',
    async () => {
      const page = await next(() => send({ text: 'home' }), isIn(personal.id));
      const { data } = buttonIn(page, 'Associate users');
      const form = await send(fetched(data));
      assert.match(dialogIn(form).title, /Associate/);

      const searched = await send({
        type: 'invoke',
        name: 'application/search',
        value: { queryText: '10024', dataset: 'free-services', queryOptions: { skip: 0, top: 15 } },
      });
      assert.match(JSON.stringify(searched.body), /"value":"10024\/1"/);

      const typed = { service: '10024/1', units: '2', users: 'nobody' };
      const refused = await send(handedIn(form, 'Associate', typed));
      assert.match(readIn(refused), /“nobody” is not an e-mail address/);
      assert.match(readIn(refused), /"value":"nobody"/);

      await restart();
      const done = await next(
        () => send(handedIn(refused, 'Associate', { ...typed, users: 'dave@contoso.example' })),
        isIn(personal.id),
      );
      assert.match(JSON.stringify(done.body), /dave@contoso\.example now has 2/);
    },
  );

  await t.test(
    'answers in a channel for the asker alone, and for everybody when that is shared',
    async () => {
      const answer = await next(() => send(mentioned('free 10024/1')), says(/1,998 of 2,000/));
      assert.equal(answer.targeted, true);
      assert.equal((answer.body.recipient as { id: string }).id, CARLA.id);

      const shared = await next(
        () => send({ ...channel, ...pressed(buttonIn(answer, 'Share in channel'), '1') }),
        says(/1,998 of 2,000/),
      );
      assert.equal(shared.targeted, false);
    },
  );

  await t.test('is searched from where people write', async () => {
    const { body } = await send({
      ...channel,
      type: 'invoke',
      name: 'composeExtension/query',
      value: { commandId: 'orders', parameters: [{ name: 'words', value: '10023' }] },
    });
    assert.match(JSON.stringify(body), /HAMARACLOUD10023|10023 · /);
  });

  await t.test('takes the file of a channel in private, and posts what came of it there', async () => {
    const asked = await next(() => send(mentioned('bulk 10024/1')), isIn(personal.id));
    assert.match(JSON.stringify(asked.body), /For Sales › Orders: send the file here/);

    const file = {
      contentType: 'application/vnd.microsoft.teams.file.download.info',
      name: 'users.csv',
      content: { downloadUrl: 'https://contoso.sharepoint.com/users.csv', uniqueId: '1', fileType: 'csv' },
    };
    const preview = await next(() => send({ attachments: [file] }), says(/600 of 600 rows are valid/));
    assert.ok(preview.path.includes(personal.id), preview.path);

    const end = await next(
      async () => {
        await send(pressed(buttonIn(preview, 'Run 600 valid rows'), '2'));
        await restart();
      },
      (call) => says(/: 600 done/)(call) && call.path.includes(channel.conversation.id),
    );
    assert.match(JSON.stringify(end.body), /job-1-result\.xlsx/);
  });
});
