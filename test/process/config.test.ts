import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { readConfig } from '../../src/config.ts';
import { runToEnd, type Settings } from './bot.ts';

/** What the bot needs to be installed in many workspaces of Slack. */
const SLACK_MANY = {
  SLACK_CLIENT_ID: '1.2',
  SLACK_CLIENT_SECRET: 'hush',
  SLACK_SIGNING_SECRET: 'hush',
  SLACK_WORKSPACES: 'T0123ABCD=*',
  PUBLIC_URL: 'https://bot.example.com',
  SECRET_KEY: 'hushhushhushhushhushhushhushhush',
};
const TENANT = '11111111-2222-3333-4444-555555555555';
const TEAMS = {
  MicrosoftAppId: '00000000-0000-0000-0000-00000000000a',
  MicrosoftAppPassword: 'p4ss',
  MicrosoftAppTenantId: TENANT,
};
const { MicrosoftAppPassword: _, ...NO_PASSWORD } = TEAMS;
const PEM = generateKeyPairSync('rsa', { modulusLength: 2048 })
  .privateKey.export({ type: 'pkcs8', format: 'pem' })
  .toString();

/** Settings, and how the lines that are told of them begin and end. */
const WRONG: readonly (readonly [settings: Settings, ...lines: RegExp[]])[] = [
  [{ PORT: 'http' }, /^PORT is not a whole number, for example 3978 \(it is "http"\)\.$/],
  [{ PORT: '65536' }, /^PORT is more than 65535, for example 3978/],
  [{ PORT: '-1' }, /^PORT is less than 0/],
  [{ PORT: '-1.5' }, /^PORT is not a whole number/],
  [{ HOST: '0.0.0.0' }, /^HOST is "0\.0\.0\.0", but without .* this machine only/],
  [
    {
      HOST: '192.168.1.7',
      SLACK_BOT_TOKEN: 'xoxb-1',
      SLACK_SIGNING_SECRET: 's',
      SLACK_API_URL: 'http://localhost:1/',
    },
    /^HOST is /,
  ],
  [{ PUBLIC_URL: 'bot.example.com' }, /^PUBLIC_URL is not an address like https:\/\/bot\.example\.com/],
  [{ PUBLIC_URL: 'ftp://bot.example.com' }, /^PUBLIC_URL is not an address/],
  [{ DATABASE_URL: 'mysql://qm:hush@db/qm' }, /^DATABASE_URL is not an address like postgres:\/\//],
  [{ DATABASE_URL: 'qm:hush@db' }, /^DATABASE_URL is not an address/],
  [{ SMTP_URL: 'https://qm:hush@mail' }, /^SMTP_URL is not an address like smtp:\/\//],
  [{ DEMO: 'yes' }, /^DEMO is neither 0 nor 1, for example 0 \(it is "yes"\)\.$/],
  [{ ADMINS: 'ada@example.com, grace' }, /^ADMINS has "grace", which is not an e-mail address/],
  [{ ORDER_PREFIX: '10' }, /^ORDER_PREFIX is not 1 to 20 letters/],
  [{ BULK_BATCH_ROWS: '0' }, /^BULK_BATCH_ROWS is less than 1, for example 1000/],
  [{ BULK_BATCH_ROWS: '1e9' }, /^BULK_BATCH_ROWS is more than 10000/],
  [{ RECONCILE_CRON: 'monthly' }, /^RECONCILE_CRON is not a cron expression, for example 0 6 25 \* \*/],
  [{ RECONCILE_TIMEZONE: 'Mars/Olympus' }, /^RECONCILE_TIMEZONE is not a time zone/],
  [{ LOG_LEVEL: 'loud' }, /^LOG_LEVEL is not one of fatal, error/],
  [
    { MicrosoftAppId: TEAMS.MicrosoftAppId },
    /^MicrosoftAppPassword is missing/,
    /^MicrosoftAppTenantId is missing/,
  ],
  [{ MicrosoftAppPassword: 'hush' }, /^MicrosoftAppId is missing/],
  [{ CertificatePrivateKey: 'hush' }, /^MicrosoftAppId is missing/],
  [
    { ...TEAMS, MicrosoftAppId: 'app' },
    /^MicrosoftAppId is no application id like 0000.* \(it is "app"\)\.$/,
  ],
  [{ ...TEAMS, MicrosoftAppTenantId: 'contoso.com' }, /^MicrosoftAppTenantId is no tenant id like 1111/],
  [
    { ...TEAMS, MicrosoftAppType: 'UserAssignedMSI' },
    /^MicrosoftAppType is UserAssignedMSI, which needs no pass/,
  ],
  [{ ...TEAMS, CertificateThumbprint: 'AB', CertificatePrivateKey: PEM }, /two proofs: leave one out/],
  [{ ...NO_PASSWORD, CertificateThumbprint: 'AB' }, /^CertificatePrivateKey is missing/],
  [{ ...NO_PASSWORD, CertificatePrivateKey: PEM }, /^CertificateThumbprint is missing/],
  [
    { ...NO_PASSWORD, CertificateThumbprint: 'AB', CertificatePrivateKey: 'hush' },
    /^CertificatePrivateKey is no private key of RSA as PEM/,
  ],
  [{ ...TEAMS, TEAMS_TENANTS: `${TENANT}, contoso` }, /^TEAMS_TENANTS has "contoso", which is no tenant id/],
  [
    { ...TEAMS, MicrosoftAppType: 'MultiTenant', MicrosoftAppTenantId: '' },
    /^TEAMS_TENANTS is missing: the tenants whose people the bot talks to/,
  ],
  [{ ...TEAMS, TEAMS_GRAPH_FILES: 'yes' }, /^TEAMS_GRAPH_FILES is neither 0 nor 1/],
  [{ TEAMS_GRAPH_FILES: '1' }, /^MicrosoftAppId is missing/],
  [{ ...TEAMS, MicrosoftAppType: 'Multi' }, /^MicrosoftAppType is not one of SingleTenant, MultiTenant/],
  [{ SLACK_BOT_TOKEN: 'xoxb-hush' }, /^SLACK_SIGNING_SECRET is missing/],
  [{ SLACK_BOT_TOKEN: 'xoxb-hush', SLACK_SIGNING_SECRET: '…' }, /^SLACK_SIGNING_SECRET holds a placeholder/],
  [{ SLACK_SIGNING_SECRET: 'hush' }, /^SLACK_BOT_TOKEN is missing/],
  [{ SLACK_APP_TOKEN: 'xapp-hush' }, /^SLACK_BOT_TOKEN is missing/],
  [
    { SLACK_CLIENT_ID: '1.2', SLACK_APP_TOKEN: 'xapp-hush' },
    /^SLACK_CLIENT_SECRET is missing/,
    /^PUBLIC_URL is missing/,
    /^SECRET_KEY is missing: .* at least 32 random characters, .*openssl rand/,
    /^SLACK_WORKSPACES is missing: who may have the bot, for example T0123ABCD=\*/,
  ],
  [{ ...SLACK_MANY, SLACK_CLIENT_ID: '' }, /^SLACK_CLIENT_ID is missing/],
  [{ ...SLACK_MANY, SLACK_SIGNING_SECRET: '' }, /^SLACK_SIGNING_SECRET is missing/],
  [
    { ...SLACK_MANY, SLACK_BOT_TOKEN: 'xoxb-hush' },
    /^SLACK_BOT_TOKEN is for one workspace, SLACK_CLIENT_ID for many/,
  ],
  [{ ...SLACK_MANY, PUBLIC_URL: 'http://bot.example.com' }, /^PUBLIC_URL is without https/],
  [{ ...SLACK_MANY, SECRET_KEY: 'hush' }, /^SECRET_KEY is too short: at least 32 random characters/],
  [{ ...SLACK_MANY, SECRET_KEY: `${SLACK_MANY.SECRET_KEY}, hush` }, /^SECRET_KEY is too short/],
  [
    { ...SLACK_MANY, SLACK_WORKSPACES: 'T0123ABCD' },
    /^SLACK_WORKSPACES has "T0123ABCD", which does not say whose e-mail addresses/,
  ],
  [
    { ...SLACK_MANY, SLACK_WORKSPACES: 'T0123ABCD=* contoso=contoso.com T9=contoso T8=' },
    /"contoso=contoso\.com"/,
    /"T9=contoso"/,
    /"T8="/,
  ],
  [
    { PORT: 'x', DEMO: '2', HOST: '0.0.0.0', SLACK_SIGNING_SECRET: 'hush' },
    /^PORT /,
    /^DEMO /,
    /^SLACK_BOT_TOKEN /,
    /^HOST /,
  ],
];

describe('a wrong setting', () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'quartermaster-config-'));
  });
  after(() => rm(folder, { recursive: true }));

  for (const [settings, ...expected] of WRONG) {
    test(`stops the start with one line each: ${Object.entries(settings).join(' ').slice(0, 200)}`, async () => {
      const DATA_DIR = join(folder, 'data');
      const { code, output, errors } = await runToEnd({ DATA_DIR, ...settings });
      const lines = errors.trimEnd().split('\n');
      assert.equal(lines.length, expected.length, errors);
      for (const [index, line] of lines.entries()) assert.match(line, expected[index] ?? /^$/);
      assert.doesNotMatch(errors, /hush|p4ss/);
      assert.deepEqual([code, output, existsSync(DATA_DIR)], [1, '', false]);
    });
  }
});

describe('the settings', () => {
  const configOf = (settings: Settings) => {
    const config = readConfig(settings);
    assert.ok(!('problems' in config));
    return config;
  };

  test('need not be there: then only this machine reaches the bot, with demo data and a quiet log', () => {
    const { host, port, local, demo, logLevel, dataDir, databaseUrl } = configOf({});
    assert.deepEqual(
      { host, port, local, demo, logLevel, dataDir, databaseUrl },
      {
        host: '127.0.0.1',
        port: 3978,
        local: true,
        demo: true,
        logLevel: 'warn',
        dataDir: './data',
        databaseUrl: undefined,
      },
    );
  });

  test('that are empty or blank are not there', () => {
    const names = [
      'PORT',
      'HOST',
      'DATA_DIR',
      'DATABASE_URL',
      'DEMO',
      'LOG_LEVEL',
      'MicrosoftAppId',
      'ADMINS',
    ];
    for (const blank of ['', '  ']) {
      assert.deepEqual(configOf(Object.fromEntries(names.map((name) => [name, blank]))), configOf({}));
    }
  });

  test('with credentials open the bot to the network, without demo data', () => {
    for (const credentials of [TEAMS, { SLACK_BOT_TOKEN: 'xoxb-1', SLACK_SIGNING_SECRET: 's' }]) {
      const { host, local, demo, logLevel } = configOf(credentials);
      assert.deepEqual([host, local, demo, logLevel], ['0.0.0.0', false, false, 'info']);
    }
    assert.equal(configOf({ ...TEAMS, HOST: '10.0.0.1', DEMO: '1' }).demo, true);
  });

  test('of Teams say whose people are talked to: those of the own tenant, and of others by name', () => {
    const other = '22222222-2222-3333-4444-55555555555A';
    assert.deepEqual(configOf(TEAMS).teams?.tenants, [TENANT]);
    assert.deepEqual(configOf({ ...TEAMS, TEAMS_TENANTS: other }).teams?.tenants, [
      other.toLowerCase(),
      TENANT,
    ]);
    assert.equal(configOf({ ...TEAMS, TEAMS_TENANTS: '*' }).teams?.tenants, 'all');
  });

  test('of Teams say whether files of channels are read by Graph', () => {
    assert.equal(configOf(TEAMS).teams?.graphFiles, false);
    assert.equal(configOf({ ...TEAMS, TEAMS_GRAPH_FILES: '1' }).teams?.graphFiles, true);
  });

  test('take a private key in one line too', () => {
    const inOneLine = PEM.replaceAll('\n', '\\n');
    const settings = { ...NO_PASSWORD, CertificateThumbprint: 'AB', CertificatePrivateKey: inOneLine };
    assert.deepEqual(configOf(settings).teams?.certificate, { thumbprint: 'AB', privateKey: PEM });
  });

  test('name the first admins in any way that one lists things', () => {
    assert.deepEqual(configOf({ ADMINS: 'Ada@Example.com; grace@example.com\nalan@example.com' }).admins, [
      'ada@example.com',
      'grace@example.com',
      'alan@example.com',
    ]);
  });

  test('say in which workspaces of Slack the bot may be, and for whom each of them vouches', () => {
    const { slack, local, host } = configOf({
      ...SLACK_MANY,
      PUBLIC_URL: 'https://bot.example.com/',
      SLACK_WORKSPACES: 'T0123ABCD=*, T0456=Contoso.com+contoso.co.uk\nE0789=northwind.example',
      SECRET_KEY: `${'n'.repeat(32)} ${'o'.repeat(32)}`,
    });
    assert.deepEqual([local, host], [false, '0.0.0.0']);
    assert.deepEqual(slack, {
      signingSecret: 'hush',
      oauth: {
        clientId: '1.2',
        clientSecret: 'hush',
        redirectUrl: 'https://bot.example.com/slack/oauth_redirect',
        allowed: [
          { id: 'T0123ABCD', domains: 'all' },
          { id: 'T0456', domains: ['contoso.com', 'contoso.co.uk'] },
          { id: 'E0789', domains: ['northwind.example'] },
        ],
        keys: ['n'.repeat(32), 'o'.repeat(32)],
      },
    });
  });

  test('can’t be changed once they are read', () => {
    assert.throws(() => Object.assign(configOf({}), { port: 1 }), TypeError);
  });
});
