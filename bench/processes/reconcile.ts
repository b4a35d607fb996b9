/** The run of a month through the queue of the bot, and the files of its lines. */
import { setTimeout } from 'node:timers/promises';
import { sql } from 'kysely';
import type { Db } from '../../src/db/index.ts';
import { countNow } from '../../src/features/reconciliation/count.ts';
import { readRun } from '../../src/features/reconciliation/report.ts';
import { RUN_QUEUE } from '../../src/features/reconciliation/run.ts';
import { findProvider, loadRun } from '../../src/features/reconciliation/store.ts';
import { csvOf, workbookOf } from '../../src/features/reconciliation/workbook.ts';
import type { Running } from '../../src/start.ts';
import { now } from '../support/numbers.ts';
import { fillOrders } from './fill.ts';

const POLL_MS = 20;

/** Orders with a subscription each: ten units of it are recorded, one is used. */
export async function fillSubscriptions(db: Db, subscriptions: number): Promise<void> {
  await fillOrders(db, subscriptions);
  await sql`drop index subscriptions_search`.execute(db);
  await sql`
    insert into subscriptions (organization_id, service_id, quantity, status, admin_email, first_name, last_name,
      price_minor, currency)
    select o.organization_id, s.id, s.units, 'active', 'carla@contoso.example', 'Carla', 'Diaz', 199, 'EUR'
    from orders o join services s on s.order_id = o.id where o.number >= 1000000`.execute(db);
  await sql`create index subscriptions_search on subscriptions using gin (trigrams(search))`.execute(db);
  await sql`analyze`.execute(db);
}

export type Ran = {
  readonly previewMs: number;
  /** When it was asked for, and when it had ended. */
  readonly from: number;
  readonly until: number;
  readonly changed: number;
};

/** Every quantity is wrong; then the clock asks for the run of a month of its own. */
export async function reconcile({ opened: { db }, jobs }: Running, round: number): Promise<Ran> {
  await sql`update subscriptions set quantity = 10 where status = 'active'`.execute(db);
  await sql`vacuum analyze subscriptions`.execute(db);
  const began = now();
  await countNow(db, { kind: 'all' });
  const previewMs = now() - began;
  const due = new Date(Date.UTC(2030, round, 15));
  const asked = now();
  await jobs.enqueue(db, RUN_QUEUE, { due: due.toISOString() });
  for (;;) {
    const { rows } = await sql<{ changed: number }>`
      select changed from reconciliation_runs
      where period = ${due.toISOString().slice(0, 7)} and finished_at is not null`.execute(db);
    const [run] = rows;
    if (run !== undefined) return { previewMs, from: asked, until: now(), changed: run.changed };
    await setTimeout(POLL_MS);
  }
}

/** Writes the workbook and the CSV of the last run. */
export async function exportLast({ opened: { db } }: Running) {
  const { rows } = await sql<{ id: number }>`select max(id) as id from reconciliation_runs`.execute(db);
  const run = await loadRun(db, rows[0]?.id ?? 0);
  const provider = await findProvider(db);
  if (run === undefined || provider === undefined) throw new Error('There was no run.');
  const read = await readRun(db, run, { about: provider, reader: provider });
  if (read === undefined) throw new Error('The run has no lines.');
  const settings = { orderPrefix: 'HAMARACLOUD' };
  const began = now();
  const xlsx = await workbookOf(db, run, read, settings);
  const written = now();
  const csv = await csvOf(db, run, read, settings);
  return {
    xlsxMs: written - began,
    csvMs: now() - written,
    xlsxBytes: xlsx.byteLength,
    csvBytes: csv.byteLength,
  };
}
