import { parentPort, workerData } from 'node:worker_threads';
import { parse, parseTops } from './parse.ts';
import type { RowChunk } from './row-chunk.ts';
import { rowSink } from './row-sink.ts';
import { Refusal, unreadable } from './sentences.ts';
import type { RowFacts, SheetFacts, Source } from './source.ts';
import type { Top } from './top.ts';

export type FromReader =
  | { readonly kind: 'rows'; readonly rows: RowChunk }
  | { readonly kind: 'sheet'; readonly facts: SheetFacts & RowFacts }
  | { readonly kind: 'tops'; readonly tops: readonly Top[] }
  | { readonly kind: 'unreadable'; readonly sentence: string; readonly detail?: string };

const tell = (message: FromReader) => parentPort?.postMessage(message);
const hand = (rows: RowChunk) =>
  parentPort?.postMessage({ kind: 'rows', rows } satisfies FromReader, [rows.rows.buffer]);

const source: Source = workerData;
try {
  if (source.tops) tell({ kind: 'tops', tops: await parseTops(source) });
  else await handSheet();
} catch (thrown) {
  tell({ kind: 'unreadable', ...explained(thrown) });
}

async function handSheet(): Promise<void> {
  const sink = rowSink(source.limits, hand);
  const facts = await parse(source, sink);
  sink.flush();
  tell({ kind: 'sheet', facts: { ...facts, ...sink.facts } });
}

function explained(thrown: unknown): { sentence: string; detail?: string } {
  if (!(thrown instanceof Refusal)) return { sentence: unreadable, detail: told(thrown) };
  if (thrown.cause === undefined) return { sentence: thrown.message };
  return { sentence: thrown.message, detail: told(thrown.cause) };
}

function told(thrown: unknown): string {
  return thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown);
}
