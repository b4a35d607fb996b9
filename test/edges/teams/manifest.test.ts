import assert from 'node:assert/strict';
import { test } from 'node:test';
import { commandLists } from '../../../manifest/teams/commands.ts';
import { register } from '../../../src/bot/index.ts';
import { splitWords } from '../../../src/chat/words.ts';
import { features } from '../../../src/features.ts';
import { filling, manifestOf, unpacked } from './app-package.ts';

const manifest = manifestOf(await unpacked());
const [bot] = manifest.bots;
const registry = register(features);

/** Source: https://learn.microsoft.com/microsoft-365/extensibility/schema */
test('the manifest keeps to the lengths that Teams allows', () => {
  assert.equal(manifest.manifestVersion, '1.29');
  assert.ok(manifest.name.short.length <= 30);
  assert.ok(manifest.name.full.length <= 100);
  assert.ok(manifest.description.short.length <= 80);
  assert.ok(manifest.description.full.length <= 4000);
  assert.ok(manifest.developer.name.length <= 32);
});

test('the manifest is filled with the settings of the bot', () => {
  const id = filling.MicrosoftAppId.toLowerCase();
  assert.deepEqual([manifest.id, bot.botId, manifest.version], [id, id, '1.2.3']);
  assert.equal(manifest.developer.privacyUrl, 'https://bot.contoso.com/privacy');
  assert.doesNotMatch(JSON.stringify(manifest), /quartermaster\.example|00000000-0000/);
});

test('the bot is in personal chats, teams and group chats, and is handed files', () => {
  assert.deepEqual(bot.scopes, ['personal', 'team', 'groupChat']);
  assert.equal(bot.supportsFiles, true);
  assert.equal(bot.isNotificationOnly, false);
});

test('each kind of place has its own menu of ten commands at most', () => {
  const { scopes, commandLists: lists } = bot;
  assert.deepEqual(
    lists.flatMap((list: { scopes: string[] }) => list.scopes),
    scopes,
  );
  for (const { commands } of lists) {
    const titles = commands.map(({ title }: { title: string }) => title);
    assert.ok(titles.length <= 10, titles.join());
    assert.equal(new Set(titles).size, titles.length, titles.join());
    assert.ok(titles.includes('help'));
  }
});

test('what a menu offers is a command, and its description is what help says, with an example', () => {
  for (const { commands } of bot.commandLists) {
    for (const { title, description } of commands) {
      const command = registry.match(splitWords(title))?.command;
      assert.equal(command?.name, title);
      assert.ok(description.startsWith(command?.summary), description);
      assert.ok(title.length <= 32 && description.length <= 128, description);
      const example = description.slice((command?.summary.length ?? 0) + 2);
      if (example !== '') assert.equal(registry.match(splitWords(example))?.command.name, title, example);
    }
  }
});

test('the menu of a personal chat alone has what takes a file: Teams hands a bot none elsewhere', () => {
  const withBulk = commandLists(false).filter(({ commands }) =>
    commands.some(({ title }) => title === 'bulk'),
  );
  assert.deepEqual(
    withBulk.map(({ scopes }) => scopes),
    [['personal']],
  );
});

/** Slash commands are targeted messages: a bot that takes none must not be offered behind a slash. */
test('a slash finds commands where others read, and only if the bot takes messages for it alone', () => {
  const triggers = (takesTargeted: boolean) => commandLists(takesTargeted).map((list) => list.triggers);
  assert.deepEqual(triggers(false), [['mention'], ['mention'], ['mention']]);
  assert.deepEqual(triggers(true), [['mention'], ['mention', 'slash'], ['mention', 'slash']]);
  assert.equal(bot.supportsTargetedMessages, true);
  assert.deepEqual(bot.commandLists, commandLists(bot.supportsTargetedMessages));
});
