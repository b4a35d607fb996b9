import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { test } from 'node:test';
import type { AppsManifestValidateArguments } from '@slack/web-api';
import manifest from '../../../manifest/slack/manifest.json' with { type: 'json' };
import many from '../../../manifest/slack/many-workspaces.json' with { type: 'json' };
import socket from '../../../manifest/slack/socket-mode.json' with { type: 'json' };
import { shortcuts } from '../../../src/edges/slack/home/shortcuts.ts';
import { command, path } from '../../../src/edges/slack/index.ts';
import {
  events,
  forLinks,
  forLooking,
  forNoticing,
  needed,
  optional,
} from '../../../src/edges/slack/scopes.ts';
import { wrongWith } from './manifest-rules.ts';

const manifests = { 'manifest.json': manifest, 'many-workspaces.json': many, 'socket-mode.json': socket };
const folder = new URL('../../../src/edges/slack/', import.meta.url);

for (const [name, one] of Object.entries(manifests)) {
  test(`Slack takes ${name}`, () => assert.deepEqual(wrongWith(one), []));
}

/** Slack's own types know each word: the compiler holds this. */
const known = {
  display_information: { name: 'Quartermaster' },
  features: { shortcuts: [...shortcuts] },
  oauth_config: { scopes: { bot: [...needed, ...optional], bot_optional: [...optional] } },
  settings: { event_subscriptions: { bot_events: [...events] } },
} satisfies AppsManifestValidateArguments['manifest'];

type Manifest = typeof manifest;
type Changes = { readonly [Key in keyof Manifest]?: Partial<Manifest[Key]> };
const { features, oauth_config, settings, display_information } = manifest;
const [slash] = features.slash_commands;

for (const [what, changes] of [
  ['a long name', { display_information: { ...display_information, name: 'x'.repeat(36) } }],
  ['a short description', { display_information: { ...display_information, long_description: 'Too short' } }],
  ['a colour by its name', { display_information: { ...display_information, background_color: 'navy' } }],
  ['a command without its slash', { features: { slash_commands: [{ ...slash, command: 'qm' }] } }],
  ['a long command', { features: { slash_commands: [{ ...slash, command: `/${'q'.repeat(32)}` }] } }],
  ['eleven shortcuts', { features: { shortcuts: Array(11).fill(features.shortcuts[0]) } }],
  ['a long shortcut', { features: { shortcuts: [{ ...features.shortcuts[0], name: 'x'.repeat(25) }] } }],
  ['a shortcut of no sort', { features: { shortcuts: [{ ...features.shortcuts[0], type: 'channel' }] } }],
  ['a domain with its scheme', { features: { unfurl_domains: ['https://quartermaster.example'] } }],
  ['six domains', { features: { unfurl_domains: [1, 2, 3, 4, 5, 6].map((n) => `a${n}.example`) } }],
  ['links of no domain', { features: { unfurl_domains: undefined } }],
  ['an address without a scheme', { oauth_config: { redirect_urls: ['quartermaster.example/x'] } }],
  [
    'an optional scope that is not asked for',
    { oauth_config: { scopes: { ...oauth_config.scopes, bot_optional: ['calls:read'] } } },
  ],
  [
    'an event named twice',
    { settings: { event_subscriptions: { request_url: 'https://a.example/', bot_events: ['x', 'x'] } } },
  ],
  ['events that go nowhere', { settings: { event_subscriptions: { bot_events: [] } } }],
  ['buttons that go nowhere', { settings: { interactivity: { is_enabled: true } } }],
  ['a key that nobody knows', { settings: { token_rotation: true } }],
] as const) {
  test(`Slack would refuse ${what}`, () => {
    const changed = { ...manifest };
    for (const [part, more] of Object.entries(changes)) {
      Object.assign(changed, { [part]: { ...manifest[part as keyof Changes], ...more } });
    }
    assert.notDeepEqual(wrongWith(changed), []);
  });
}

async function sources(): Promise<string[]> {
  const files = (await readdir(folder, { recursive: true })).filter((file) => file.endsWith('.ts'));
  return Promise.all(files.map((file) => readFile(new URL(file, folder), 'utf8')));
}
const found = async (pattern: RegExp) =>
  [
    ...new Set(
      (await sources()).flatMap((source) => [...source.matchAll(pattern)].map(([, name]) => name ?? '')),
    ),
  ].sort();

/** What each call needs. Source: https://docs.slack.dev/reference/methods */
const scopesFor: Record<string, readonly string[]> = {
  'auth.test': [],
  'chat.postMessage': ['chat:write'],
  'chat.postEphemeral': ['chat:write'],
  'chat.update': ['chat:write'],
  'chat.delete': ['chat:write'],
  'chat.unfurl': ['links:write'],
  'chat.getPermalink': [],
  'conversations.history': ['im:history', ...forLooking],
  'conversations.replies': ['im:history', ...forLooking],
  'conversations.info': ['channels:read', 'groups:read', 'im:read', 'mpim:read'],
  'conversations.open': ['im:write'],
  'files.info': ['files:read'],
  'files.list': ['files:read'],
  'files.getUploadURLExternal': ['files:write'],
  'files.completeUploadExternal': ['files:write'],
  'oauth.v2.access': [],
  'users.info': ['users:read', 'users:read.email'],
  'views.open': [],
  'views.publish': [],
  'views.push': [],
  'views.update': [],
};

/** And each event. Source: https://docs.slack.dev/reference/events */
const scopesForEvent: Record<(typeof events)[number], readonly string[]> = {
  app_home_opened: [],
  app_mention: ['app_mentions:read'],
  app_uninstalled: [],
  link_shared: ['links:read'],
  'message.channels': ['channels:history'],
  'message.groups': ['groups:history'],
  'message.im': ['im:history'],
  tokens_revoked: [],
};

test('the manifest asks for the scopes that the code needs, and for no other', async () => {
  const calls = await found(/\b(?:client|once)\.((?:\w+\.)+\w+)\(/g);
  const downloads = ['files:read'];
  const asked = [
    ...calls.flatMap((call) => scopesFor[call] ?? [`(unknown: ${call})`]),
    ...events.flatMap((event) => scopesForEvent[event]),
    ...downloads,
    'commands',
  ];

  assert.deepEqual(oauth_config.scopes.bot, [...new Set(asked)].sort());
  assert.deepEqual(known.oauth_config.scopes.bot.sort(), oauth_config.scopes.bot);
});

/** Slack wants what is optional in both lists. */
test('what an admin may leave out is what nothing but an extra rests on', () => {
  assert.deepEqual(oauth_config.scopes.bot_optional, optional);
  assert.deepEqual([...new Set([...forLooking, ...forNoticing, ...forLinks])].sort(), [...optional].sort());
});

test('the bot is told of what it listens to, and of nothing else', async () => {
  const told = settings.event_subscriptions.bot_events;
  const heard = await found(/\bapp\.event\(\s*'([a-z_]+)'/g);

  assert.deepEqual(told, events);
  assert.deepEqual([...new Set(told.map((event) => event.replace(/\..*/, '')))].sort(), heard);
});

test('the shortcuts are those of the edge', () => {
  assert.deepEqual(features.shortcuts, shortcuts);
});

test('the slash command is that of the edge, with mentions as ids', () => {
  assert.deepEqual(
    features.slash_commands.map((one) => [one.command, one.should_escape]),
    [[command, true]],
  );
});

test('the home that the code draws is there, and the messages that people write', async () => {
  assert.ok((await found(/\b(?:client|once)\.(views\.publish)\(/g)).length > 0);
  assert.deepEqual(features.app_home, {
    home_tab_enabled: true,
    messages_tab_enabled: true,
    messages_tab_read_only_enabled: false,
  });
});

for (const one of [manifest, many]) {
  test('everything comes in at the address of the edge', () => {
    const { event_subscriptions, interactivity } = one.settings;
    const urls = [
      event_subscriptions.request_url,
      interactivity.request_url,
      interactivity.message_menu_options_url,
      ...one.features.slash_commands.map(({ url }) => url),
    ];

    assert.deepEqual(urls, Array(4).fill(`https://quartermaster.example${path}`));
    assert.deepEqual(one.features.unfurl_domains, ['quartermaster.example']);
  });
}

test('many workspaces install the same app by themselves, and their tokens are renewed', () => {
  assert.deepEqual(many, {
    ...manifest,
    oauth_config: {
      redirect_urls: ['https://quartermaster.example/slack/oauth_redirect'],
      ...oauth_config,
    },
    settings: { ...settings, org_deploy_enabled: true, token_rotation_enabled: true },
  });
});

/** A token of the settings is not renewed, and Slack never turns rotation off again. */
test('the token of one workspace is good until somebody revokes it', () => {
  assert.deepEqual([settings.token_rotation_enabled, socket.settings.token_rotation_enabled], [false, false]);
});

test('in Socket Mode the same app has no address, and so no links', () => {
  const without = (list: readonly string[]) => list.filter((one) => !/^link/.test(one));
  const { unfurl_domains: _, ...same } = features;
  const { url: __, ...bare } = slash as { readonly url: string };

  assert.deepEqual(socket, {
    ...manifest,
    features: { ...same, slash_commands: [bare] },
    oauth_config: {
      scopes: {
        bot: without(oauth_config.scopes.bot),
        bot_optional: without(oauth_config.scopes.bot_optional),
      },
    },
    settings: {
      ...settings,
      event_subscriptions: { bot_events: without(settings.event_subscriptions.bot_events) },
      interactivity: { is_enabled: true },
      socket_mode_enabled: true,
    },
  });
});
