import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';

const folder = new URL('../../../manifest/teams/', import.meta.url);
const manifest = JSON.parse(await readFile(new URL('manifest.json', folder), 'utf8'));

/** Source: https://learn.microsoft.com/microsoft-365/extensibility/schema */
test('the manifest keeps to the lengths and numbers that Teams allows', () => {
  assert.ok(manifest.name.short.length <= 30);
  assert.ok(manifest.name.full.length <= 100);
  assert.ok(manifest.description.short.length <= 80);
  assert.ok(manifest.description.full.length <= 4000);
  const [bot] = manifest.bots;
  assert.deepEqual(bot.scopes, ['personal', 'team', 'groupChat']);
  assert.equal(bot.supportsFiles, true);
  for (const { commands } of bot.commandLists) {
    assert.ok(commands.length <= 10);
    for (const { title, description } of commands) assert.ok(title.length <= 32 && description.length <= 128);
  }
});

for (const [icon, side] of [
  [manifest.icons.color, 192],
  [manifest.icons.outline, 32],
] as const) {
  test(`${icon} is a picture of ${side} by ${side}`, async () => {
    const bytes = await readFile(new URL(icon, folder));
    assert.equal(bytes.subarray(1, 4).toString(), 'PNG');
    assert.deepEqual([bytes.readUInt32BE(16), bytes.readUInt32BE(20)], [side, side]);
  });
}
