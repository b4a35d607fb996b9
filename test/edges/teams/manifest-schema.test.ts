/** The manifest is held to the schema that Microsoft publishes, as its own package brings it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import schema from '@microsoft/app-manifest/build/json-schemas/teams/v1.29/MicrosoftTeams.schema.json' with {
  type: 'json',
};
import Ajv from 'ajv-draft-04';
import { commandLists } from '../../../manifest/teams/commands.ts';
import { manifestOf, unpacked } from './app-package.ts';

const manifest = manifestOf(await unpacked());
const [bot] = manifest.bots;
const isValid = new Ajv.default({ strict: false, validateFormats: false, allErrors: true }).compile(schema);

function wrongWith(one: object): string[] {
  isValid(one);
  return (isValid.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

test('Microsoft’s schema of the version that the manifest names takes it', () => {
  assert.equal(manifest.manifestVersion, schema.properties.manifestVersion.const);
  assert.equal(manifest.$schema.match(/v[\d.]+/)?.[0], `v${manifest.manifestVersion}`);
  assert.deepEqual(wrongWith(manifest), []);
});

test('it takes the slash commands as well', () => {
  const slashed = { ...bot, supportsTargetedMessages: true, commandLists: commandLists(true) };
  assert.deepEqual(wrongWith({ ...manifest, bots: [slashed] }), []);
});

for (const [what, changed, said] of [
  ['another version', { manifestVersion: '1.28' }, '/manifestVersion must be equal to constant'],
  ['a key that it does not know', { commands: [] }, ' must NOT have additional properties'],
  ['an id that is none', { id: 'quartermaster' }, '/id must match pattern'],
  ['a long name', { name: { short: 'x'.repeat(31) } }, '/name/short must NOT have more than 30 characters'],
  ['a colour by its name', { accentColor: 'navy' }, '/accentColor must match pattern'],
  [
    'a place that there is not',
    { bots: [{ ...bot, scopes: ['channel'] }] },
    '/bots/0/scopes/0 must be equal to one of the allowed values',
  ],
  [
    'a menu for each of four places',
    { bots: [{ ...bot, commandLists: [...bot.commandLists, bot.commandLists[0]] }] },
    '/bots/0/commandLists must NOT have more than 3 items',
  ],
] as const) {
  test(`it refuses ${what}`, () => {
    const [first = '', ...others] = wrongWith({ ...manifest, ...changed });
    assert.ok(first.startsWith(said), first);
    assert.deepEqual(others, []);
  });
}
