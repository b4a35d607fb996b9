import { readFile } from 'node:fs/promises';
import { readSheet } from '../../src/sheets/index.ts';
import { tellReading } from './reading.ts';

const file = process.argv[2] ?? '';

await tellReading(async () => {
  const read = await readSheet({ name: file, bytes: await readFile(file) });
  if (read.kind === 'unreadable') throw new Error(read.sentence);
  return read.rows.map(({ cells }) => cells);
});
