import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { describe, test } from 'node:test';
import { promisify } from 'node:util';
import { packApp } from '../../../manifest/teams/package.ts';
import bot from '../../../package.json' with { type: 'json' };
import { filling, manifestOf, opened, type Picture, readPng, unpacked } from './app-package.ts';

const entries = await unpacked();
const pictureOf = (name: string) => readPng(entries.get(name) ?? Buffer.alloc(0));

test('the package has the manifest and both icons, in no folder', () => {
  assert.deepEqual([...entries.keys()], ['manifest.json', 'color.png', 'outline.png']);
});

test('the same settings make the same package', async () => {
  assert.deepEqual(await packApp(filling), await packApp(filling));
});

/** Source: https://learn.microsoft.com/microsoftteams/platform/concepts/build-and-test/apps-package */
describe('icons', () => {
  const see = ({ pixels }: Picture, is: (alpha: number) => boolean) =>
    pixels.filter(([, , , alpha]) => is(alpha)).length;

  test('the colour icon is 192 by 192 and filled to its edges', () => {
    const picture = pictureOf('color.png');
    assert.deepEqual([picture.width, picture.height], [192, 192]);
    assert.equal(
      see(picture, (alpha) => alpha < 255),
      0,
    );
    assert.ok(new Set(picture.pixels.map(String)).size > 2);
  });

  test('the outline icon is 32 by 32, white and else transparent', () => {
    const picture = pictureOf('outline.png');
    assert.deepEqual([picture.width, picture.height], [32, 32]);
    const visible = picture.pixels.filter(([, , , alpha]) => alpha > 0);
    assert.ok(visible.length > 50, 'there is a drawing');
    assert.ok(see(picture, (alpha) => alpha === 0) > 500, 'and ground that is seen through');
    assert.deepEqual(new Set(visible.map((rgba) => rgba.slice(0, 3).join())), new Set(['255,255,255']));
  });
});

describe('no package is made, and one line each says why,', () => {
  const { MicrosoftAppId: id, PUBLIC_URL: address, version } = filling;
  for (const [what, without, said] of [
    ['without settings', { version }, ['MicrosoftAppId is missing', 'PUBLIC_URL is missing']],
    [
      'with empty settings',
      { MicrosoftAppId: ' ', PUBLIC_URL: '', version },
      ['MicrosoftAppId is missing', 'PUBLIC_URL is missing'],
    ],
    [
      'with the name of the app as its id',
      { ...filling, MicrosoftAppId: 'quartermaster' },
      ['MicrosoftAppId (quartermaster) is no'],
    ],
    [
      'with the id of an example',
      { ...filling, MicrosoftAppId: '00000000-0000-0000-0000-000000000000' },
      ['MicrosoftAppId (0'],
    ],
    [
      'for an address without https',
      { MicrosoftAppId: id, PUBLIC_URL: 'http://bot.contoso.com', version },
      ['PUBLIC_URL (http'],
    ],
    [
      'for an address of this machine',
      { ...filling, PUBLIC_URL: 'https://localhost:3978' },
      ['PUBLIC_URL (https://localhost'],
    ],
    ['for a number', { ...filling, PUBLIC_URL: 'https://192.0.2.1' }, ['PUBLIC_URL (https://192']],
    ['for no address', { ...filling, PUBLIC_URL: 'bot.contoso.com' }, ['PUBLIC_URL (bot']],
    [
      'with a version that Teams refuses',
      { MicrosoftAppId: id, PUBLIC_URL: address, version: '1.2.3-beta.1' },
      ['The version in package.json (1.2.3-beta.1)'],
    ],
  ] as const) {
    test(what, async () => {
      const packed = await packApp(without);
      assert.ok('problems' in packed);
      assert.deepEqual(
        packed.problems.map((problem, index) => problem.startsWith(said[index] ?? '?') || problem),
        said.map(() => true),
      );
    });
  }
});

describe('the script', () => {
  const root = join(import.meta.dirname, '../../..');
  const run = (env: Record<string, string>, ...words: string[]) =>
    promisify(execFile)(process.execPath, ['manifest/teams/make.ts', ...words], { cwd: root, env });

  test('writes the package, and says where it is, and what is still to be filled in', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'qm-package-'));
    try {
      const { MicrosoftAppId, PUBLIC_URL } = filling;
      const path = join(folder, 'new', 'app.zip');
      const { stdout, stderr } = await run({ MicrosoftAppId, PUBLIC_URL }, path);
      const [where, advice, ...more] = stdout.split('\n');
      assert.equal(where, `The app package for Teams is ${relative(root, path)}`);
      assert.match(advice ?? '', /privacy or terms page find nothing yet: put yours into developer/);
      assert.deepEqual(more, ['']);
      assert.equal(stderr, '');
      const made = manifestOf(await opened(await readFile(path)));
      assert.equal(made.version, bot.version);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  test('fails with what is missing, a line each', async () => {
    await assert.rejects(run({}), ({ code, stderr }: { code: number; stderr: string }) => {
      assert.equal(code, 1);
      assert.match(stderr, /^MicrosoftAppId is missing: .*\nPUBLIC_URL is missing: .*\n$/);
      return true;
    });
  });
});
