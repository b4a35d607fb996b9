/** Who may import whom, as data; every import of `src/`, `cards/` and `migrations/` is held to it, types as well. */
import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { basename, dirname, join, normalize } from 'node:path';
import { describe, test } from 'node:test';

type Room = { readonly rooms: readonly string[]; readonly packages: readonly string[] };
const may = (rooms: string, packages = ''): Room => ({
  rooms: rooms.split(' '),
  packages: packages.split(' '),
});

/** A room may import itself, then the rooms and the packages named here. A room that is not here may not exist. */
const TABLE: Readonly<Record<string, Room>> = {
  chat: may(''),
  cards: may('chat'),
  sheets: may('', '@e965/xlsx exceljs papaparse yauzl'),
  db: may('', '@electric-sql/pglite kysely pg'),
  migrations: may('', 'kysely'),
  mail: may('db', 'nodemailer'),
  jobs: may('db', 'node-cron pg-boss'),
  providers: may('db'),
  bot: may('chat db jobs providers', 'zod'),
  features: may('bot chat cards db jobs providers', 'kysely zod'),
  'features/bulk': may('bot chat cards db jobs providers sheets', 'kysely zod'),
  'features/reconciliation': may('bot chat cards db jobs providers sheets', 'kysely zod'),
  api: may('bot chat db features jobs', 'kysely zod'),
  'edges/console': may('chat', 'adaptivecards'),
  'edges/slack': may('chat', '@slack/bolt @slack/logger @slack/oauth @slack/types @slack/web-api'),
  'edges/teams': may('chat', 'botbuilder botframework-connector'),
  'config.ts': may('config-slack.ts config-teams.ts', 'node-cron zod'),
  'config-slack.ts': may(''),
  'config-teams.ts': may(''),
  'log.ts': may('', 'pino'),
  'metrics.ts': may('', 'prom-client'),
  demo: may('db'),
  'http.ts': may('api bot chat metrics.ts', 'restify'),
  'features.ts': may('bot features features/bulk features/reconciliation'),
  'edges.ts': may(
    'bot cards chat config.ts config-slack.ts db edges/console edges/slack edges/teams http.ts log.ts mail',
    'restify',
  ),
  'start.ts': may(
    'api bot chat config.ts db demo edges.ts features features/bulk features/reconciliation features.ts http.ts jobs log.ts metrics.ts providers',
    'kysely',
  ),
  'main.ts': may('config.ts db http.ts log.ts start.ts'),
};

type Ban = { readonly does: string; readonly words: RegExp; readonly where?: RegExp; readonly but?: RegExp };

/** What only some files may do. */
const BANS: readonly Ban[] = [
  { does: 'reads the environment', words: /process\.env|node:process/, but: /^src\/(config|main)\.ts$/ },
  {
    does: 'asks the clock',
    words: /new Date\(\s*\)|Date\.now\(|performance\.now\(/,
    // The clock itself, the edges, and the place that measures how long an answer took.
    but: /^src\/(start\.ts|edges\/.*|bot\/dispatch\.ts)$/,
  },
  {
    does: 'names a platform',
    words: /['"`](slack|teams|msteams|console)['"`]/i,
    where: /^src\/(bot|chat|db|features|jobs|sheets)\//,
  },
  {
    does: 'has SQL',
    words: /\b(selectFrom|insertInto|updateTable|deleteFrom)\(|\bsql`/,
    but: /^src\/(features\/[^/]+\/([^/]+\/)?store|(bot|db)\/.*|api\/store|providers\/.*|demo\/.*|start)\.ts$|^migrations\//,
  },
  { does: 'uses kysely', words: /from 'kysely/, where: /^src\/features\//, but: /\/store\.ts$/ },
  { does: 'does more than decide', words: /\b(async|await)\b/, where: /\/rules\.ts$/ },
];

/** Of another feature these are its own business. */
const PRIVATE = ['index.ts', 'replies.ts', 'store.ts'];

type Files = ReadonlyMap<string, string>;
type Import = { readonly from: string; readonly to: string };

const IMPORTS = [
  /^(?:import|export)\b[^'"`;]*?\bfrom\s*['"]([^'"]+)['"]/gm,
  /^import\s*['"]([^'"]+)['"]/gm,
  /\bimport\(\s*['"`]([^'"`]+)['"`]/g,
  /\bcreateRequire\([^)]*\)(?:\.resolve)?\(\s*['"`]([^'"`$]+)/g,
  /\bnew URL\(\s*['"`]([^'"`]+\.ts)['"`],\s*import\.meta\.url/g,
];

function importsOf(from: string, source: string): Import[] {
  const names = IMPORTS.flatMap((pattern) => [...source.matchAll(pattern)].map(([, name = '']) => name));
  return names.map((name) => ({
    from,
    to: name.startsWith('.') ? normalize(join(dirname(from), name)) : name,
  }));
}

const isFile = (path: string) => /^(src|cards|migrations)\//.test(path);
const featureOf = (path: string) => /^src\/features\/([^/]+)\//.exec(path)?.[1];
const packageOf = (name: string) => name.split('/', name.startsWith('@') ? 2 : 1).join('/');

/** `src/edges/slack/text.ts` is in `edges/slack`, `src/config.ts` is a room of its own. */
function roomOf(path: string): string {
  const folders = path.replace(/^src\//, '').split('/');
  const inner = folders.slice(0, 2).join('/');
  return inner in TABLE ? inner : (folders[0] ?? path);
}

function complaints(files: Files): string[] {
  const imports = [...files].flatMap(([path, source]) => importsOf(path, source));
  const own = imports.filter(({ to }) => isFile(to));
  const byFeature = own.map(({ from, to }) => ({ from: featureOf(from) ?? '', to: featureOf(to) ?? '' }));
  return [
    ...imports.filter((one) => !isAllowed(one)).map(({ from, to }) => `${from} imports ${to}`),
    ...[...files].flatMap(([path, source]) => bansBroken(path, source)),
    ...cycles(own).map((path) => `cycle of files: ${path}`),
    ...cycles(byFeature.filter(({ from, to }) => from !== '' && to !== '' && from !== to)).map(
      (path) => `cycle of features: ${path}`,
    ),
  ];
}

function isAllowed({ from, to }: Import): boolean {
  if (to.startsWith('node:')) return true;
  const room = TABLE[roomOf(from)];
  if (room === undefined) return false;
  if (!isFile(to)) return room.packages.includes(packageOf(to));
  const [mine, theirs] = [featureOf(from), featureOf(to)];
  if (theirs === undefined || mine === theirs) {
    return roomOf(from) === roomOf(to) || room.rooms.includes(roomOf(to));
  }
  if (mine !== undefined) return !PRIVATE.includes(basename(to));
  return basename(to) !== 'store.ts' && room.rooms.includes(roomOf(to));
}

function bansBroken(path: string, source: string): string[] {
  const code = source.replace(/^\s*(\/\*[\s\S]*?\*\/|\/\/.*$)/gm, '');
  const broken = BANS.filter(
    ({ words, where, but }) => (where?.test(path) ?? true) && !but?.test(path) && words.test(code),
  );
  return broken.map(({ does }) => `${path} ${does}`);
}

/** The cycles of a graph, as `a > b > a`. */
function cycles(edges: readonly Import[]): string[] {
  const next = Map.groupBy(edges, ({ from }) => from);
  const done = new Set<string>();
  const walk = (at: string, path: readonly string[]): string[] => {
    if (path.includes(at)) return [[...path.slice(path.indexOf(at)), at].join(' > ')];
    if (done.has(at)) return [];
    const found = (next.get(at) ?? []).flatMap(({ to }) => walk(to, [...path, at]));
    done.add(at);
    return found;
  };
  return [...next.keys()].flatMap((start) => walk(start, []));
}

async function readAll(): Promise<Files> {
  const root = join(import.meta.dirname, '..');
  const lists = ['src', 'cards', 'migrations'].map(async (folder) => {
    const names = await readdir(join(root, folder), { recursive: true });
    return names.filter((name) => name.endsWith('.ts')).map((name) => join(folder, name));
  });
  const paths = (await Promise.all(lists)).flat();
  return new Map(
    await Promise.all(paths.map(async (path) => [path, await readFile(join(root, path), 'utf8')] as const)),
  );
}

test('each file keeps to the table', async () => {
  assert.deepEqual(complaints(await readAll()), []);
});

describe('a violation is seen', () => {
  const planted: readonly (readonly [path: string, source: string, complaint: string])[] = [
    ['src/chat/a.ts', "import type { Db } from '../db/index.ts';", 'src/chat/a.ts imports src/db/index.ts'],
    ['cards/a.ts', "export {\n  a,\n} from '../src/bot/index.ts';", 'cards/a.ts imports src/bot/index.ts'],
    [
      'src/bot/a.ts',
      "const a = await import('../features/orders/find.ts');",
      'src/bot/a.ts imports src/features/orders/find.ts',
    ],
    [
      'src/edges/slack/a.ts',
      "import '../teams/index.ts';",
      'src/edges/slack/a.ts imports src/edges/teams/index.ts',
    ],
    [
      'src/edges/teams/a.ts',
      "import { App } from '@slack/bolt/dist';",
      'src/edges/teams/a.ts imports @slack/bolt/dist',
    ],
    ['src/bot/a.ts', "import type { Activity } from 'botbuilder';", 'src/bot/a.ts imports botbuilder'],
    [
      'src/features/orders/a.ts',
      "import { readSheet } from '../../sheets/index.ts';",
      'src/features/orders/a.ts imports src/sheets/index.ts',
    ],
    [
      'src/features/bulk/a.ts',
      "import { load } from '../orders/store.ts';",
      'src/features/bulk/a.ts imports src/features/orders/store.ts',
    ],
    [
      'src/start.ts',
      "import { load } from './features/orders/store.ts';",
      'src/start.ts imports src/features/orders/store.ts',
    ],
    [
      'src/features/orders/list.ts',
      "import { sql } from 'kysely';",
      'src/features/orders/list.ts uses kysely',
    ],
    ['src/features/orders/list.ts', "db.selectFrom('orders')", 'src/features/orders/list.ts has SQL'],
    [
      'src/features/orders/list.ts',
      "if (place.platform === 'slack') return;",
      'src/features/orders/list.ts names a platform',
    ],
    [
      'src/features/orders/rules.ts',
      'export async function decide() {}',
      'src/features/orders/rules.ts does more than decide',
    ],
    ['src/bot/once.ts', 'const now = new Date();', 'src/bot/once.ts asks the clock'],
    ['src/log.ts', 'const level = process.env.LOG_LEVEL;', 'src/log.ts reads the environment'],
    ['src/attic/a.ts', "import { b } from './b.ts';", 'src/attic/a.ts imports src/attic/b.ts'],
  ];
  for (const [path, source, complaint] of planted) {
    test(complaint, () => assert.deepEqual(complaints(new Map([[path, source]])), [complaint]));
  }

  test('a cycle of files, also by types', () => {
    const files = new Map([
      ['src/chat/a.ts', "import type { B } from './b.ts';"],
      ['src/chat/b.ts', "import type { A } from './a.ts';"],
    ]);
    assert.deepEqual(complaints(files), ['cycle of files: src/chat/a.ts > src/chat/b.ts > src/chat/a.ts']);
  });

  test('a cycle of features, through different files', () => {
    const files = new Map([
      ['src/features/orders/a.ts', "import { b } from '../bulk/b.ts';"],
      ['src/features/bulk/c.ts', "import { d } from '../orders/d.ts';"],
    ]);
    assert.deepEqual(complaints(files), ['cycle of features: orders > bulk > orders']);
  });
});
