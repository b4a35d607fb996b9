import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { test } from 'node:test';
import manifest from '../../../manifest/slack/manifest.json' with { type: 'json' };
import { command, path } from '../../../src/edges/slack/index.ts';
import * as scopes from '../../../src/edges/slack/scopes.ts';

const { optional } = scopes;
const folder = new URL('../../../src/edges/slack/', import.meta.url);

/** What each call and event needs. Source: https://docs.slack.dev/reference/methods and /reference/events */
const scopesFor: Record<string, string[]> = {
  'auth.test': [],
  'chat.postMessage': ['chat:write'],
  'chat.postEphemeral': ['chat:write'],
  'chat.update': ['chat:write'],
  'chat.getPermalink': [],
  'conversations.history': ['im:history', ...optional],
  'conversations.replies': ['im:history', ...optional],
  'conversations.info': ['channels:read', 'groups:read', 'im:read', 'mpim:read'],
  'conversations.open': ['im:write'],
  'files.info': ['files:read'],
  'files.list': ['files:read'],
  'files.getUploadURLExternal': ['files:write'],
  'files.completeUploadExternal': ['files:write'],
  'users.info': ['users:read', 'users:read.email'],
};
const scopesForEvent: Record<string, string[]> = {
  app_mention: ['app_mentions:read'],
  'message.im': ['im:history'],
};

async function callsInCode(): Promise<string[]> {
  const files = (await readdir(folder, { recursive: true })).filter((file) => file.endsWith('.ts'));
  const sources = await Promise.all(files.map((file) => readFile(new URL(file, folder), 'utf8')));
  const calls = sources.flatMap((source) =>
    [...source.matchAll(/\b(?:client|once)\.(\w+\.\w+)\(/g)].map(([, name]) => name ?? ''),
  );
  return [...new Set(calls)].sort();
}

test('the manifest asks for the scopes that the code needs, and for no other', async () => {
  const calls = await callsInCode();
  const downloads = ['files:read'];
  const needed = [
    ...calls.flatMap((call) => scopesFor[call] ?? [`(unknown: ${call})`]),
    ...manifest.settings.event_subscriptions.bot_events.flatMap((event) => scopesForEvent[event] ?? [event]),
    ...downloads,
    'commands',
  ];

  assert.deepEqual(manifest.oauth_config.scopes.bot, [...new Set(needed)].sort());
  assert.deepEqual([...scopes.needed, ...scopes.optional].sort(), manifest.oauth_config.scopes.bot);
});

/** Slack wants what is optional in both lists. */
test('what an admin may leave out is what a message is looked for with', () => {
  assert.deepEqual(manifest.oauth_config.scopes.bot_optional, optional);
});

test('everything comes in at the address of the edge', () => {
  const urls = [
    manifest.settings.event_subscriptions.request_url,
    manifest.settings.interactivity.request_url,
    ...manifest.features.slash_commands.map(({ url }) => url),
  ];

  assert.deepEqual(
    urls.map((url) => new URL(url).pathname),
    [path, path, path],
  );
});

test('the slash command is that of the edge, with mentions as ids', () => {
  assert.deepEqual(
    manifest.features.slash_commands.map((slash) => [slash.command, slash.should_escape]),
    [[command, true]],
  );
});

/** Source: https://github.com/slackapi/manifest-schema, schemas/manifest.schema.2.0.0.json */
test('the manifest is within Slack’s limits', () => {
  const { name, description, long_description } = manifest.display_information;

  assert.ok(name.length <= 35 && description.length <= 140);
  assert.ok(long_description.length >= 175 && long_description.length <= 4_000);
  assert.ok(manifest.features.slash_commands.every((slash) => slash.command.length <= 32));
});
