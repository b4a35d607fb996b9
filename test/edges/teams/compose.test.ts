/** What the manifest says of the app where people write. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { register } from '../../../src/bot/index.ts';
import { TOPICS } from '../../../src/chat/edge.ts';
import { AT_MESSAGE, commands, topicOf } from '../../../src/edges/teams/extension/commands.ts';
import { features } from '../../../src/features.ts';
import { filling, manifestOf, unpacked } from './app-package.ts';

const manifest = manifestOf(await unpacked());
const [extension, ...others] = manifest.composeExtensions;

test('the app has one extension, of the same bot, with the commands that the code knows', () => {
  assert.deepEqual(others, []);
  assert.equal(extension.botId, filling.MicrosoftAppId.toLowerCase());
  assert.deepEqual(
    extension.commands.map(({ id, type }: { id: string; type: string }) => [id, type]),
    commands.map(({ id, type }) => [id, type]),
  );
});

test('each search is one that the bot can do, with one parameter, and shows something at once', () => {
  const registry = register(features);
  const searches = extension.commands.filter(({ type }: { type: string }) => type === 'query');
  assert.deepEqual(
    searches.map(({ id }: { id: string }) => topicOf(id)),
    [...TOPICS],
  );
  for (const { id, parameters, initialRun, context } of searches) {
    assert.ok(registry.lookUp(id) !== undefined, id);
    assert.equal(parameters.length, 1);
    assert.equal(initialRun, true);
    assert.deepEqual(context, ['compose', 'commandBox']);
  }
});

test('the command at a message opens a dialog, and is offered there alone', () => {
  const found = extension.commands.find(({ id }: { id: string }) => id === AT_MESSAGE);
  assert.deepEqual([found.type, found.context, found.fetchTask], ['action', ['message'], true]);
});

test('links of the bot’s own address are told of, and of no other', () => {
  assert.deepEqual(extension.messageHandlers, [
    { type: 'link', value: { domains: ['bot.contoso.com'], supportsAnonymizedPayloads: false } },
  ]);
});

/** Source: https://learn.microsoft.com/microsoft-365/extensibility/schema/root-compose-extensions-commands */
test('titles and descriptions are as short as Teams wants them', () => {
  for (const { title, description, parameters = [] } of extension.commands) {
    assert.ok(title.length <= 32 && description.length <= 128, title);
    for (const one of parameters) assert.ok(one.title.length <= 32 && one.description.length <= 128);
  }
});
