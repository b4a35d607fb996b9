import { promises as fs } from 'node:fs';
import path from 'node:path';
import { FileMigrationProvider, Migrator } from 'kysely/migration';
import type { Db } from './open.ts';

const FOLDER = path.join(import.meta.dirname, '../../migrations');

/** Brings the tables to the newest step. Several copies of the bot may call it at once: one does it, the others wait. */
export async function migrate(db: Db): Promise<void> {
  const provider = new FileMigrationProvider({ fs, path, migrationFolder: FOLDER });
  const { error, results } = await new Migrator({ db, provider }).migrateToLatest();
  if (error === undefined) return;
  const failed = results?.find((step) => step.status === 'Error')?.migrationName ?? 'before the first step';
  throw new Error(`The database could not be brought up to date (${failed}).`, { cause: error });
}
