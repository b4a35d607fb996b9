/** Every sample of every card, held to our rules and read by the library that shows it. */
import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { describe, test } from 'node:test';
import { allSamples, cardFiles } from '../../cards/gallery.ts';
import { libraryComplaints } from './library.ts';
import { complaints } from './rules.ts';

const folder = new URL('../../cards/', import.meta.url);
const samples = await allSamples();

describe('each sample', () => {
  for (const [name, card] of Object.entries(samples)) {
    test(name, () => {
      assert.deepEqual(complaints(card), []);
      assert.deepEqual(libraryComplaints(card), []);
    });
  }
});

test('each card has one function and its samples', async () => {
  for (const name of await cardFiles()) {
    const file: Record<string, unknown> = await import(new URL(`${name}.ts`, folder).href);
    const camel = name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
    assert.deepEqual(Object.keys(file).sort(), [`${camel}Card`, 'samples'].sort(), name);
    assert.ok(
      Object.keys(samples).some((sample) => sample.startsWith(`${name}.`)),
      `${name} has no sample`,
    );
  }
});

test('cards import nothing but the chat and each other', async () => {
  const files = (await readdir(folder)).filter((file) => file.endsWith('.ts'));
  for (const file of files) {
    const source = await readFile(new URL(file, folder), 'utf8');
    const from = [...source.matchAll(/from '([^']+)'/g)].map(([, path = '']) => path);
    const astray = from.filter((path) => !/^\.\/[a-z-]+\.ts$|^\.\.\/src\/chat\/|^node:/.test(path));
    assert.deepEqual(astray, [], file);
  }
});
