import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type FileLinks, fileLinks, keepFile, openFileIn } from '../../src/bot/index.ts';
import type { OutFile } from '../../src/chat/reply.ts';
import type { Opened } from '../../src/db/index.ts';
import { type Door, openDoor, serveFiles } from '../../src/http.ts';
import { openMetrics } from '../../src/metrics.ts';
import { openTestDatabase } from '../support/database.ts';

const HOUR_MS = 60 * 60 * 1000;
const made = new Date('2026-11-21T12:00:00Z');
let opened: Opened;
let door: Door;
let links: FileLinks;
let file: OutFile;
let base: string;
let now = made;

before(async () => {
  opened = await openTestDatabase('PGlite');
  const { db } = opened;
  links = await fileLinks(db);
  const bytes = new TextEncoder().encode('rows');
  file = await keepFile({ db, now }, { name: 'job "7" — Ä.xlsx', contentType: 'text/html', bytes });
  door = openDoor(openMetrics());
  serveFiles(door, links, openFileIn(db), () => now);
  door.open();
  base = `http://127.0.0.1:${await door.listen(0, '127.0.0.1')}`;
});
after(async () => {
  await door.close();
  await opened.close();
});

const get = async (path: string, at = made) => {
  now = at;
  const response = await fetch(base + path);
  return { status: response.status, headers: response.headers, text: await response.text() };
};

test('a link opens a file without a login, as a download that nobody keeps', async () => {
  const { status, headers, text } = await get(links.path(file, made));

  assert.deepEqual([status, text], [200, 'rows']);
  assert.match(headers.get('content-disposition') ?? '', /^attachment; filename="[\w.-]+"$/);
  assert.equal(headers.get('x-content-type-options'), 'nosniff');
  assert.match(headers.get('cache-control') ?? '', /no-store/);
});

test('a link is good for a day, then says so', async () => {
  const path = links.path(file, made);

  assert.equal((await get(path, new Date(made.getTime() + 23 * HOUR_MS))).status, 200);
  const { status, headers, text } = await get(path, new Date(made.getTime() + 25 * HOUR_MS));

  assert.deepEqual([status, text], [410, 'This link has expired. Ask the bot for the file again.']);
  assert.match(headers.get('cache-control') ?? '', /no-store/);
});

test('a file that is no longer kept is told', async () => {
  const { status, text } = await get(links.path({ id: 'f-gone', name: 'a.xlsx' }, made));

  assert.deepEqual([status, text], [410, 'This file is no longer kept.']);
});

for (const [what, forge] of [
  ['another file', (path: string) => path.replace(file.id, '00000000-0000-4000-8000-000000000000')],
  ['a longer time', (path: string) => path.replace(/until=\d+/, 'until=9999999999')],
  ['no time', (path: string) => path.replace(/until=\d+/, '')],
  ['another seal', (path: string) => path.replace(/.$/, (last) => (last === 'A' ? 'E' : 'A'))],
  ['a shorter seal', (path: string) => path.slice(0, -1)],
  ['no seal', (path: string) => path.replace(/&seal=.*/, '')],
  ['a seal of something else', (path: string) => path.replace(/seal=.*/, `seal=${links.seal(path)}`)],
] as const) {
  test(`a link with ${what} leads nowhere`, async () => {
    const forged = forge(links.path(file, made));

    assert.equal((await get(forged)).status, 404);
    assert.equal((await get(forged, new Date(made.getTime() + 48 * HOUR_MS))).status, 404);
  });
}
