import { promises as fs } from 'node:fs';
import path from 'node:path';
import { FileMigrationProvider, Migrator } from 'kysely/migration';
import type { Db } from './open.ts';

const FOLDER = path.join(import.meta.dirname, '../../migrations');

const migratorFor = (db: Db) =>
  new Migrator({ db, provider: new FileMigrationProvider({ fs, path, migrationFolder: FOLDER }) });

/** How many steps were taken, and which are still to be. */
export async function migrationsOf(db: Db): Promise<{ done: number; pending: string[] }> {
  const steps = await migratorFor(db).getMigrations();
  const pending = steps.filter((step) => step.executedAt === undefined).map(({ name }) => name);
  return { done: steps.length - pending.length, pending };
}

/** Brings the tables to the newest step. Several copies of the bot may call it at once: one does it, the others wait. */
export async function migrate(db: Db): Promise<void> {
  const { error, results } = await migratorFor(db).migrateToLatest();
  if (error === undefined) return;
  const failed = results?.find((step) => step.status === 'Error')?.migrationName ?? 'before the first step';
  throw new Error(`The database could not be brought up to date (${failed}).`, { cause: error });
}
