/** The repository describes itself in several places; here they are held against each other. */
import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import cron from 'node-cron';
import { allSamples, cardFiles } from '../cards/gallery.ts';
import { type Command, housekeeping, namesOf, ROLES, register } from '../src/bot/index.ts';
import type { Card, Choice, Execute } from '../src/chat/card.ts';
import { splitWords } from '../src/chat/words.ts';
import { type Config, readConfig } from '../src/config.ts';
import { features, kinds } from '../src/features.ts';

const root = join(import.meta.dirname, '..');
const LONGEST_FILE = 300;

const all = [...features, housekeeping];
const registry = register(all);
const { commands } = registry;

const read = (path: string) => readFile(join(root, path), 'utf8');
const understood = (text: string) => registry.match(splitWords(text))?.command;
const doubles = (names: readonly string[]) => names.filter((name, index) => names.indexOf(name) !== index);

async function sources(folder: string): Promise<string[]> {
  const names = await readdir(join(root, folder), { recursive: true });
  return names.filter((name) => /\.(ts|js)$/.test(name)).map((name) => join(folder, name));
}

/** The cells of the rows between two marks of the README. */
async function tableOf(name: string): Promise<string[][]> {
  const [, section = ''] = (await read('README.md')).split(new RegExp(`<!-- /?${name} -->`));
  const rows = section.split('\n').filter((line) => line.startsWith('| '));
  return rows.slice(2).map((row) =>
    row
      .split(/(?<!\\)\|/)
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

describe('features', () => {
  const defaults = readConfig({}) as Config;
  const queues = all.flatMap(({ work = [] }) => work.map(({ name }) => name));
  const schedules = all.flatMap((feature) => feature.schedules ?? []);

  test('each folder is in the list of features, once, or a kind of sheet', async () => {
    const names = features.map(({ name }) => name);
    const folders = await readdir(join(root, 'src/features'));
    assert.deepEqual(folders.filter((folder) => !names.includes(folder) && !kinds.has(folder)).sort(), []);
    assert.deepEqual(names.filter((name) => !folders.includes(name)).sort(), []);
    assert.deepEqual(doubles(names), []);
  });

  test('no two commands, verbs, queues, schedules or tracked messages share a name', () => {
    assert.deepEqual(doubles(commands.flatMap(namesOf)), []);
    assert.deepEqual(doubles(all.flatMap(({ buttons = [] }) => buttons.map(({ verb }) => verb))), []);
    assert.deepEqual(doubles(queues), []);
    assert.deepEqual(doubles(schedules.map(({ name }) => name)), []);
    assert.deepEqual(doubles(all.flatMap(({ tracks = {} }) => Object.keys(tracks))), []);
  });

  test('each example of a command is that command', () => {
    for (const command of commands) {
      for (const example of command.examples) assert.equal(understood(example)?.name, command.name, example);
    }
  });

  test('each schedule has a time that exists and a queue that is worked on', () => {
    for (const schedule of schedules) {
      assert.ok(cron.validate(schedule.cron(defaults)), `${schedule.name}: ${schedule.cron(defaults)}`);
      assert.ok(Intl.DateTimeFormat('en', { timeZone: schedule.timezone(defaults) }), schedule.name);
      assert.ok(queues.includes(schedule.queue), `${schedule.name}: ${schedule.queue}`);
    }
  });
});

describe('cards', () => {
  test('each card is shown by a feature', async () => {
    const files = await Promise.all((await sources('src/features')).map(read));
    const shown = new Set(
      files.flatMap((file) => [...file.matchAll(/\/cards\/([\w-]+)\.ts'/g)].map(([, card]) => card)),
    );
    assert.deepEqual(
      (await cardFiles()).filter((card) => !shown.has(card)),
      [],
    );
  });

  test('each button of a sample is answered', async () => {
    const dead = Object.entries(await allSamples()).flatMap(([name, card]) =>
      pressable(card)
        .filter((button) => !isAnswered(button, card))
        .map(({ title, verb }) => `${name}: ${title} (${verb})`),
    );
    assert.deepEqual(dead, []);
  });
});

const pressable = ({ actions = [] }: Card): Execute[] =>
  actions.filter((action) => action.type === 'Action.Execute');

/** What a `say` button says is in its data, or chosen from a list. */
function isAnswered({ verb, data }: Execute, card: Card): boolean {
  if (verb !== 'say') return registry.button(verb) !== undefined;
  const texts = 'text' in data ? [String(data.text)] : choicesOf(card).map(({ value }) => value);
  return texts.length > 0 && texts.every((text) => understood(text) !== undefined);
}

const choicesOf = ({ body }: Card): readonly Choice[] =>
  body.flatMap((element) =>
    element.type === 'Input.ChoiceSet' && element.id === 'text' ? element.choices : [],
  );

describe('what is written about the bot', () => {
  test('the README lists the commands, as help does', async () => {
    const expected = commands.map((command) => [`\`${command.usage}\``, command.summary, whoMay(command)]);
    const listed = (await tableOf('commands')).map((cells) =>
      cells.map((cell) => cell.replaceAll('\\|', '|')),
    );
    assert.deepEqual(listed, expected);
  });

  test('the README lists the settings', async () => {
    const asked = new Set<string>();
    const environment = new Proxy({}, { get: (_, name) => void asked.add(String(name)) });
    readConfig(environment);
    const listed = (await tableOf('settings')).map(([name = '']) => name.replaceAll('`', ''));
    assert.deepEqual(listed.sort(), [...asked].sort());
  });

  test('the files that the README and docs/ link to exist', async () => {
    for (const from of [
      'README.md',
      ...(await readdir(join(root, 'docs')))
        .filter((name) => name.endsWith('.md'))
        .map((name) => `docs/${name}`),
    ]) {
      for (const [, link = ''] of (await read(from)).matchAll(/\]\((?!https?:|#)([^)#]+)/g)) {
        await assert.doesNotReject(readFile(join(root, from, '..', link)), `${from} links to ${link}`);
      }
    }
  });
});

function whoMay({ roles }: Command): string {
  const missing = ROLES.filter((role) => !roles.includes(role));
  if (missing.length === 0) return 'everyone';
  return missing.length === 1
    ? `all but ${missing[0]}`
    : ROLES.filter((role) => roles.includes(role)).join(', ');
}

test(`no file is longer than ${LONGEST_FILE} lines`, async () => {
  const paths = [...(await sources('src')), ...(await sources('cards'))];
  const lengths = await Promise.all(
    paths.map(async (path) => ({ path, lines: (await read(path)).split('\n').length - 1 })),
  );
  assert.deepEqual(
    lengths.filter(({ lines }) => lines > LONGEST_FILE).map(({ path, lines }) => `${path}: ${lines}`),
    [],
  );
});
