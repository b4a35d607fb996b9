import { Buffer } from 'node:buffer';
import { setImmediate as turn } from 'node:timers/promises';
import { parentPort } from 'node:worker_threads';
import { newWorkbook, type WorkbookInProgress } from './exceljs-workbook.ts';
import type { ColumnOut, RowOut } from './sheet-out.ts';

/** Each is answered with the bytes of the workbook that were written since the one before. */
export type ToWriter =
  /** Whatever was begun before is dropped. */
  | { readonly kind: 'begin' }
  | {
      readonly kind: 'sheet';
      readonly name: string;
      readonly columns: readonly ColumnOut[];
      readonly rows: readonly RowOut[];
    }
  | { readonly kind: 'rows'; readonly rows: readonly RowOut[] }
  | { readonly kind: 'end' };

let workbook: WorkbookInProgress | undefined;

parentPort?.on('message', async (message: ToWriter) => {
  const written = await take(message);
  parentPort?.postMessage(Buffer.concat(written));
});

async function take(message: ToWriter): Promise<Uint8Array[]> {
  if (message.kind === 'begin') workbook = newWorkbook();
  if (workbook === undefined) throw new Error(`${message.kind} before a workbook was begun`);
  switch (message.kind) {
    case 'begin':
      break;
    case 'sheet':
      workbook.beginSheet(message.name, message.columns, message.rows);
      break;
    case 'rows':
      workbook.addRows(message.rows);
      break;
    case 'end':
      await workbook.end();
      break;
  }
  // The zip stream does its part between two chunks of rows.
  await turn();
  const written = workbook.written();
  if (message.kind === 'end') workbook = undefined;
  return written;
}
