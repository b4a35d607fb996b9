import { readFile } from 'node:fs/promises';
import { readSheet } from '../../src/sheets/index.ts';
import { peakMemory } from './reading.ts';

/** What one file cost, and what its sender would be told. */
export type Outcome = { readonly ms: number; readonly peak: number; readonly told: string };

const file = process.argv[2] ?? '';

const bytes = await readFile(file);
const began = performance.now();
const read = await readSheet({ name: file, bytes });
const ms = performance.now() - began;
const told = read.kind === 'sheet' ? `${read.rows.length} rows` : read.sentence;
const outcome: Outcome = { ms, peak: peakMemory(), told };
process.stdout.write(JSON.stringify(outcome));
