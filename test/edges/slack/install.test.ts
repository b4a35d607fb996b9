import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createEmulator } from 'emulate';
import { needed, optional } from '../../../src/edges/slack/scopes.ts';
import { installation, openMany, redirectUrl, tokenOf } from './installations.ts';
import { type Answers, closed, openRig, refusal } from './rig.ts';

const granted = {
  ok: true,
  access_token: 'xoxb-given',
  token_type: 'bot',
  scope: 'chat:write',
  bot_user_id: 'UBOT',
  app_id: 'A1',
  team: { id: 'T2', name: 'Contoso' },
  enterprise: null,
  authed_user: { id: 'U1' },
  is_enterprise_install: false,
};
const granting =
  (more: object = {}): Answers =>
  ({ method }) =>
    method === 'oauth.v2.access' ? { body: { ...granted, ...more } } : undefined;

type Many = Awaited<ReturnType<typeof openMany>>;

/** What a browser gets that begins to install the bot. */
async function begin({ at }: Pick<Many, 'at'>) {
  const response = await fetch(`${at.url}/slack/install`, { redirect: 'manual' });
  assert.equal(response.status, 302);
  const to = new URL(response.headers.get('location') ?? '');
  const [cookie = '', ...attributes] = (response.headers.get('set-cookie') ?? '').split('; ');
  return { to, state: to.searchParams.get('state') ?? '', cookie, attributes };
}

/** The browser comes back from Slack. */
async function comeBack({ at }: Pick<Many, 'at'>, query: Record<string, string>, cookie = '') {
  const response = await fetch(`${at.url}/slack/oauth_redirect?${new URLSearchParams(query)}`, {
    headers: { cookie },
    redirect: 'manual',
  });
  return { status: response.status, headers: response.headers, page: await response.text() };
}

const install = async (many: Many) => {
  const { state, cookie } = await begin(many);
  return comeBack(many, { code: 'code', state }, cookie);
};

test('whoever installs the bot is sent to Slack, for what the bot may do and back to the one address', async () => {
  const many = await openMany();
  const { to, state, cookie, attributes } = await begin(many);
  assert.equal(to.origin + to.pathname, `${many.api.url}/oauth/v2/authorize`);
  assert.equal(to.searchParams.get('client_id'), '1.2');
  assert.equal(to.searchParams.get('redirect_uri'), redirectUrl);
  assert.deepEqual(to.searchParams.get('scope')?.split(','), [...needed, ...optional]);
  assert.equal(cookie, `__Host-quartermaster-slack=${state}`);
  assert.deepEqual(attributes.slice(0, 3), ['Secure', 'HttpOnly', 'Path=/']);
  assert.notEqual((await begin(many)).state, state);
});

test('a workspace that is allowed has the bot from then on', async () => {
  const many = await openMany(granting());
  const { status, page, headers } = await install(many);
  assert.equal(status, 200, page);
  assert.match(page, /Quartermaster is now in Contoso\./);
  assert.equal(headers.get('cache-control'), 'no-store');
  assert.match(headers.get('content-security-policy') ?? '', /default-src 'none'/);
  const [exchange] = many.api.of('oauth.v2.access');
  assert.deepEqual(
    [exchange?.code, exchange?.redirect_uri, exchange?.client_id, exchange?.client_secret],
    ['code', redirectUrl, '1.2', 'client-secret'],
  );
  const { version: _, ...kept } = many.installations.rows.get('T2') ?? { version: '' };
  assert.deepEqual(kept, {
    workspace: 'T2',
    name: 'Contoso',
    botUser: 'UBOT',
    bot: 'B1',
    installedBy: 'U1',
    access: { token: 'xoxb-given' },
  });
});

test('a token that expires is kept with what renews it', async () => {
  const many = await openMany(granting({ refresh_token: 'xoxe-1', expires_in: 43_200 }));
  const before = Date.now();
  await install(many);
  const renewal = many.installations.rows.get('T2')?.access?.renewal;
  assert.equal(renewal?.token, 'xoxe-1');
  const hours = ((renewal?.expiresAt.getTime() ?? 0) - before) / 3_600_000;
  assert.ok(hours > 11.9 && hours < 12.1, String(hours));
});

test('an organization has the bot in all of its workspaces', async () => {
  const org = { team: null, enterprise: { id: 'E1', name: 'Starship' }, is_enterprise_install: true };
  const many = await openMany(granting(org));
  const { status, page } = await install(many);
  assert.deepEqual([status, /now in Starship/.test(page)], [200, true]);
  const { workspace, name, enterprise } = many.installations.rows.get('E1') ?? {};
  assert.deepEqual([workspace, name, enterprise], ['E1', 'Starship', 'E1']);
});

test('a workspace of an organization that is allowed may have it too', async () => {
  const many = await openMany(granting({ team: { id: 'T8', name: 'Eight' }, enterprise: { id: 'E1' } }));
  assert.equal((await install(many)).status, 200);
  assert.ok(many.installations.rows.has('T8'));
});

for (const [what, answer] of [
  ['a workspace', { team: { id: 'T666', name: '<b>Evil</b>' } }],
  [
    'an organization',
    { team: null, enterprise: { id: 'E666', name: '<b>Evil</b>' }, is_enterprise_install: true },
  ],
] as const) {
  test(`${what} that the settings do not name is told its id, gets its token back, and is not kept`, async () => {
    const many = await openMany(granting(answer));
    const { status, page } = await install(many);
    assert.equal(status, 403);
    assert.match(page, /&lt;b&gt;Evil&lt;\/b&gt; \([TE]666\) may not have this bot/);
    assert.match(page, /SLACK_WORKSPACES has to name [TE]666\./);
    assert.doesNotMatch(page, /<b>/);
    assert.equal(many.installations.rows.size, 0);
    const revoked = many.api.calls.filter(({ method }) => method === 'auth.revoke').map(tokenOf);
    assert.deepEqual(revoked, ['xoxb-given']);
  });
}

test('who comes back in another browser, or twice, or too late, or with a state of their own, changes nothing', async () => {
  let ahead = 0;
  const many = await openMany(granting(), { now: () => Date.now() + ahead });
  const mine = await begin(many);
  const others = await begin(many);
  const forged = `${'a'.repeat(22)}.9999999999.${'b'.repeat(43)}`;
  const [id, , seal] = mine.state.split('.');
  const prolonged = `${id}.9999999999.${seal}`;
  const as = (state: string) => `__Host-quartermaster-slack=${state}`;
  for (const [state, cookie] of [
    [mine.state, ''],
    [mine.state, others.cookie],
    [forged, as(forged)],
    [prolonged, as(prolonged)],
    ['', as('')],
    ['deleted', as('deleted')],
  ] as const) {
    const { status, headers } = await comeBack(many, { code: 'code', state }, cookie);
    assert.deepEqual([status, many.installations.rows.size], [400, 0], `${state} ${cookie}`);
    assert.equal(headers.get('content-type'), 'text/html; charset=utf-8');
  }
  assert.equal(many.api.of('oauth.v2.access').length, 0, 'Slack is not even asked');
  assert.equal((await comeBack(many, { code: 'code', state: mine.state }, mine.cookie)).status, 200);
  const again = await comeBack(many, { code: 'code', state: mine.state }, mine.cookie);
  assert.equal(again.status, 400);
  assert.match(again.page, /This took too long, or it began in another browser\./);
  ahead = 11 * 60_000;
  assert.equal((await comeBack(many, { code: 'code', state: others.state }, others.cookie)).status, 400);
});

test('who does not go through with it, or comes with a code that Slack does not know, is told so', async () => {
  const many = await openMany(({ method }) =>
    method === 'oauth.v2.access' ? refusal('invalid_code') : undefined,
  );
  const first = await begin(many);
  const denied = await comeBack(many, { error: 'access_denied', state: first.state }, first.cookie);
  assert.equal(denied.status, 400);
  assert.equal((await install(many)).status, 400);
  assert.equal(many.installations.rows.size, 0);
});

for (const [what, answers] of [
  [
    'of a token that does not work',
    (call) => granting()(call) ?? (call.method === 'auth.test' ? refusal('fatal_error') : undefined),
  ],
  ['of a refusal that has one in it', granting({ ok: false, error: 'fatal_error' })],
] as const satisfies readonly (readonly [string, Answers])[]) {
  test(`neither a token nor a secret comes into the log or onto a page: ${what}`, async () => {
    const many = await openMany(answers);
    const { status, page } = await install(many);
    assert.equal(status, 400);
    const shown = (_: string, value: unknown) =>
      value instanceof Error ? { ...value, message: value.message, stack: value.stack } : value;
    assert.doesNotMatch(page + JSON.stringify(many.at.logged, shown), /xoxb-given|client-secret/);
    assert.match(JSON.stringify(many.at.logged), /fatal_error/);
  });
}

test('where Slack went through with it and the token can not be kept, that is what the page says', async () => {
  const many = await openMany(granting());
  const { save } = many.installations;
  many.installations.save = () => Promise.reject(new Error('no space left on device'));
  const { status, page } = await install(many);
  assert.equal(status, 500);
  assert.match(page, /Slack let the bot in, but the bot could not keep what it was given/);
  assert.doesNotMatch(page, /nothing|no space left/);
  assert.equal(many.api.of('auth.revoke').length, 0, 'where the bot was before, that would be its end');
  assert.match(JSON.stringify(many.at.logged), /no space left on device/);
  many.installations.save = save;
  assert.equal((await install(many)).status, 200);
});

test('where Slack did not go through with it, the page does not say what was before', async () => {
  const many = await openMany(({ method }) =>
    method === 'oauth.v2.access' ? refusal('invalid_code') : undefined,
  );
  assert.match(
    (await install(many)).page,
    /Slack did not go through with it, so the bot has kept nothing of it\./,
  );
});

test('a workspace that may not have it, and whose token can not be given back, hears that Slack has the app listed', async () => {
  const many = await openMany(
    (call) =>
      granting({ team: { id: 'T666', name: 'Evil' } })(call) ??
      (call.method === 'auth.revoke' ? refusal('fatal_error') : undefined),
  );
  const { status, page } = await install(many);
  assert.equal(status, 403);
  assert.match(page, /Slack still lists the app there: an admin can remove it\./);
  assert.equal(many.installations.rows.size, 0);
});

test('whoever waits for a workspace to have the bot again is told, and a fault there does not undo it', async () => {
  const told: string[] = [];
  const many = await openMany(granting(), {
    install: {
      installed: async (workspace) => {
        told.push(workspace);
        throw new Error('out of order');
      },
    },
  });
  assert.equal((await install(many)).status, 200);
  assert.deepEqual([told, many.installations.rows.has('T2')], [['T2'], true]);
  assert.match(JSON.stringify(many.at.logged), /out of order/);
});

test('installing it once more puts the new token in place of the one before', async () => {
  const many = await openMany(granting());
  await many.installations.save(installation('T2'));
  await install(many);
  assert.deepEqual(many.installations.rows.get('T2')?.access, { token: 'xoxb-given' });
});

test('the whole way with the emulator: installed by a person, and then answered', async () => {
  const emulator = await createEmulator({
    service: 'slack',
    port: 0,
    seed: {
      slack: {
        channels: [{ name: 'ops' }],
        oauth_apps: [
          {
            client_id: '1.2',
            client_secret: 'client-secret',
            app_id: 'A1',
            name: 'Quartermaster',
            redirect_uris: [redirectUrl],
          },
        ],
        strict_scopes: true,
      },
    },
  });
  closed(() => emulator.close());
  const many = await openMany(undefined, { install: { allowed: [{ id: 'T000000001', domains: 'all' }] } });
  const options = { ...many.options, apiUrl: `${emulator.url}/api/`, team: 'T000000001' };
  const at = await openRig(options);
  closed(() => at.close());

  const { to, state, cookie } = await begin({ at });
  const form = await (await fetch(to)).text();
  const [, user_id = ''] = /name="user_id" value="(\w+)"/.exec(form) ?? [];
  const consent = await fetch(`${to.origin}${to.pathname}/callback`, {
    method: 'POST',
    redirect: 'manual',
    body: new URLSearchParams({
      user_id,
      redirect_uri: to.searchParams.get('redirect_uri') ?? '',
      scope: to.searchParams.get('scope') ?? '',
      state,
      client_id: '1.2',
    }),
  });
  const back = new URL(consent.headers.get('location') ?? '');
  assert.equal(back.origin + back.pathname, redirectUrl);
  const { status, page } = await comeBack({ at }, Object.fromEntries(back.searchParams), cookie);
  assert.equal(status, 200, page);
  assert.deepEqual([...many.installations.rows.keys()], ['T000000001']);

  await at.command({ team_id: 'T000000001', user_id, channel_id: 'D1', trigger_id: '1.1', text: 'orders' });
  const { person } = await at.message();
  assert.deepEqual([person.id, person.email], [`T000000001:${user_id}`, 'admin@emulate.dev']);
  await at.settled();
});
