import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { Worker } from 'node:worker_threads';
import { type RowOut, type SheetOut, warmWriter, writeWorkbook } from '../../src/sheets/index.ts';
import { cellsHere } from './support.ts';

const IDLE_MS = 60_000;

/** The threads that were started since the test began. */
let started: Worker[] = [];
const note = (worker: Worker) => started.push(worker);

beforeEach(() => {
  started = [];
  process.on('worker', note);
});
afterEach(async () => {
  process.off('worker', note);
  await Promise.all(started.map((worker) => worker.terminate()));
});

const list = (rows: SheetOut['rows']): SheetOut => ({ name: 'List', columns: [], rows });

async function writtenAndRead(text: string): Promise<string[][]> {
  return cellsHere(await writeWorkbook([list([[text]])]));
}

test('one writer writes one workbook after the other, each whole and for itself', async () => {
  for (const text of ['anna', 'bo', 'cy']) assert.deepEqual(await writtenAndRead(text), [[text]]);
  assert.equal(started.length, 1);
});

test('a writer that was warmed is the one that writes', async () => {
  warmWriter();
  warmWriter();
  assert.deepEqual(await writtenAndRead('anna'), [['anna']]);
  assert.equal(started.length, 1);
});

test('two write at once, the third waits, and one stays', async () => {
  const all = await Promise.all(['a', 'b', 'c', 'd', 'e'].map(writtenAndRead));
  assert.deepEqual(all, [[['a']], [['b']], [['c']], [['d']], [['e']]]);
  assert.ok(started.length <= 4, `${started.length} writers`);
  const before = started.length;
  await writtenAndRead('f');
  assert.equal(started.length, before);
});

test('rows that fail to come leave nothing behind in the writer', async () => {
  async function* broken(): AsyncGenerator<RowOut> {
    for (let at = 0; at < 600; at += 1) yield [`left behind ${at}`];
    throw new Error('the database went away');
  }
  await assert.rejects(writeWorkbook([list(broken())]), /the database went away/);
  assert.deepEqual(await writtenAndRead('anna'), [['anna']]);
  assert.equal(started.length, 1);
});

test('a writer that dies at work rejects its workbook, and the next one gets another', async () => {
  async function* deadly(): AsyncGenerator<RowOut> {
    for (let at = 0; at < 600; at += 1) yield ['anna'];
    await started[0]?.terminate();
    yield ['bo'];
  }
  await assert.rejects(writeWorkbook([list(deadly())]), /the workbook writer stopped/);
  assert.deepEqual(await writtenAndRead('anna'), [['anna']]);
  assert.equal(started.length, 2);
});

test('a writer that dies while it waits is replaced', async () => {
  warmWriter();
  // Node tells of a new thread a moment later.
  await turn();
  await started[0]?.terminate();
  assert.deepEqual(await writtenAndRead('anna'), [['anna']]);
  assert.equal(started.length, 2);
});

test('a writer that nobody needs for a minute ends', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  await writtenAndRead('anna');
  const ended = new Promise((resolve) => started[0]?.once('exit', resolve));
  t.mock.timers.tick(IDLE_MS - 1);
  await writtenAndRead('bo');
  assert.equal(started.length, 1);
  t.mock.timers.tick(IDLE_MS);
  await ended;
});

test('a writer that waits does not keep the process', { timeout: 30_000 }, async () => {
  const script = join(import.meta.dirname, 'writers-process.ts');
  const { stdout } = await promisify(execFile)(process.execPath, [script], { timeout: 20_000 });
  assert.equal(stdout, 'written');
});
