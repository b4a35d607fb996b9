import { Buffer } from 'node:buffer';
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { turns } from '../turns.ts';
import { chunks } from './chunks.ts';
import { sheetNames } from './sheet-names.ts';
import type { SheetOut } from './sheet-out.ts';
import type { ToWriter } from './workbook-worker.ts';

const WRITERS = 2;
const CHUNK = 1_000;
const inTurn = turns(WRITERS);

/** Writes an .xlsx workbook. Rejects where the rows can't be had; nothing in them can make it fail. */
export async function writeWorkbook(sheets: readonly SheetOut[]): Promise<Uint8Array> {
  if (sheets.length === 0) throw new Error('a workbook needs a sheet');
  return inTurn(() => writeInWorker(sheets));
}

async function writeInWorker(sheets: readonly SheetOut[]): Promise<Uint8Array> {
  const worker = new Worker(new URL('./workbook-worker.ts', import.meta.url));
  try {
    const ask = asker(worker);
    const bytes: Uint8Array[] = [];
    for await (const message of messages(sheets)) bytes.push(await ask(message));
    return Buffer.concat(bytes);
  } finally {
    await worker.terminate();
  }
}

async function* messages(sheets: readonly SheetOut[]): AsyncGenerator<ToWriter> {
  const nameOf = sheetNames();
  for (const { name, columns, rows } of sheets) {
    const parts = chunks(rows, CHUNK);
    const first = await parts.next();
    yield { kind: 'sheet', name: nameOf(name), columns, rows: first.done ? [] : first.value };
    for await (const part of parts) yield { kind: 'rows', rows: part };
  }
  yield { kind: 'end' };
}

/** Sends one message and waits for its answer, so that no more than a chunk is ever on its way. */
function asker(worker: Worker): (message: ToWriter) => Promise<Uint8Array> {
  const stopped = Promise.withResolvers<never>();
  worker.on('error', stopped.reject);
  worker.on('exit', () => stopped.reject(new Error('the workbook writer stopped')));
  // It may stop while nobody waits; the next question is told.
  stopped.promise.catch(() => undefined);
  return async (message) => {
    worker.postMessage(message);
    const [bytes]: Uint8Array[] = await Promise.race([once(worker, 'message'), stopped.promise]);
    if (bytes === undefined) throw new Error('the workbook writer gave no answer');
    return bytes;
  };
}
