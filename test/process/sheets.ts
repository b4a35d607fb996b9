/** Sheets that are sent through the console, and the jobs they become. */
import assert from 'node:assert/strict';
import type { Entry } from '../../src/edges/console/index.ts';
import { type Cells, csv } from '../features/bulk/support.ts';
import type { Home } from '../support/database.ts';
import { inDatabase } from './ledger.ts';
import type { Visit } from './visit.ts';

export const STORAGE = '10024/1';
/** One unit a user and no more; two people of the demo data have one. */
export const LICENCE = '10023/2';
export const LICENSED = ['alice@contoso.example', 'carol@contoso.example'];

export const sell = (home: Home, units: number) =>
  inDatabase(home, (db) =>
    db.updateTable('services').set({ units }).where('units', 'in', [5, 2000]).execute(),
  );

/** So many rows, in turn for so many people, with up to `most` units. */
export const people = (rows: number, users: number, most: number, name = 'person'): Cells[] =>
  Array.from({ length: rows }, (_, row) => [`${name}${row % users}@contoso.example`, 1 + (row % most)]);

export const showSheet = (carla: Visit, service: string, rows: readonly Cells[]): Promise<Entry> =>
  carla.say(`bulk ${service}`, { name: 'users.csv', content: csv(rows) });

/** The number of the job that a preview is of. */
export function jobOf({ text }: Entry): number {
  const job = /^Job (\d+): [\d,]+ of [\d,]+ rows are valid/.exec(text)?.[1];
  assert.ok(job, text);
  return Number(job);
}

export const isEndOf =
  (job: number) =>
  ({ text }: Entry): boolean =>
    text.startsWith(`Job ${job} (Contoso): `);
