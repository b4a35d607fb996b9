import assert from 'node:assert/strict';
import { Buffer } from 'node:buffer';
import { defaultLimits, type Limits, type ReadSheet, type Row, readSheet } from '../../src/sheets/index.ts';
import { parse } from '../../src/sheets/parse.ts';
import { unpacked } from '../../src/sheets/row-chunk.ts';
import { rowSink } from '../../src/sheets/row-sink.ts';

type Sheet = Extract<ReadSheet, { kind: 'sheet' }>;

export async function sheetOf(bytes: Uint8Array, limits?: Partial<Limits>, name = 'list'): Promise<Sheet> {
  const read = await readSheet({ name, bytes }, limits);
  if (read.kind === 'unreadable') assert.fail(`${read.sentence} (${read.detail})`);
  return read;
}

export async function sentenceOf(
  bytes: Uint8Array,
  limits?: Partial<Limits>,
  name = 'list',
): Promise<string> {
  const read = await readSheet({ name, bytes }, limits);
  if (read.kind === 'sheet') assert.fail(`${read.rows.length} rows of ${read.format}`);
  return read.sentence;
}

/** The cells of every row, without a worker; for tests that read many files. */
export async function cellsHere(bytes: Uint8Array, limits: Partial<Limits> = {}): Promise<string[][]> {
  return (await rowsHere(bytes, limits)).map(({ cells }) => [...cells]);
}

export async function rowsHere(bytes: Uint8Array, limits: Partial<Limits> = {}): Promise<Row[]> {
  const allowed = { ...defaultLimits, ...limits };
  const rows: Row[] = [];
  const sink = rowSink(allowed, (more) => rows.push(...unpacked(more)));
  await parse({ name: 'list', bytes, limits: allowed }, sink);
  sink.flush();
  return rows;
}

/** What reading comes to: the rows, or what was thrown. */
export async function outcomeHere(bytes: Uint8Array): Promise<string> {
  try {
    return JSON.stringify(await rowsHere(bytes));
  } catch (thrown) {
    return String(thrown);
  }
}

export const ascii = (text: string): Uint8Array => Buffer.from(text, 'latin1');
