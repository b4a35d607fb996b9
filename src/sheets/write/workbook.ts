import { Buffer } from 'node:buffer';
import { chunks } from './chunks.ts';
import { sheetNames } from './sheet-names.ts';
import type { SheetOut } from './sheet-out.ts';
import type { ToWriter } from './workbook-worker.ts';
import { withWriter } from './writers.ts';

const CHUNK = 250;

/** Writes an .xlsx workbook. Rejects where the rows can't be had; nothing in them can make it fail. */
export async function writeWorkbook(sheets: readonly SheetOut[]): Promise<Uint8Array> {
  if (sheets.length === 0) throw new Error('a workbook needs a sheet');
  return withWriter(async (writer) => {
    const bytes: Uint8Array[] = [];
    for await (const message of messages(sheets)) bytes.push(await writer.ask(message));
    return Buffer.concat(bytes);
  });
}

async function* messages(sheets: readonly SheetOut[]): AsyncGenerator<ToWriter> {
  yield { kind: 'begin' };
  const nameOf = sheetNames();
  for (const { name, columns, rows } of sheets) {
    const parts = chunks(rows, CHUNK);
    const first = await parts.next();
    yield { kind: 'sheet', name: nameOf(name), columns, rows: first.done ? [] : first.value };
    for await (const part of parts) yield { kind: 'rows', rows: part };
  }
  yield { kind: 'end' };
}
