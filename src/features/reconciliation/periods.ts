import type { Ctx } from '../../bot/index.ts';
import { nextDue, type Tick } from '../../jobs/index.ts';
import { periodAfter, periodOf } from './rules.ts';
import { scheduledRunExists } from './store.ts';

/** As far as a pattern is looked ahead. */
const YEAR_MS = 366 * 24 * 60 * 60_000;

export const tickOf = ({ settings }: Pick<Ctx, 'settings'>): Tick => ({
  name: 'reconcile',
  cron: settings.reconcileCron,
  timezone: settings.reconcileTimezone,
});

/** When the next scheduled run is due, if it is at all. */
export const nextRun = (ctx: Pick<Ctx, 'settings' | 'now'>): Date | undefined =>
  nextDue(tickOf(ctx), ctx.now, new Date(ctx.now.getTime() + YEAR_MS));

/** To which period belongs what is changed now: once this month was closed by its scheduled run, to the next. */
export async function openPeriod({
  db,
  settings,
  now,
}: Pick<Ctx, 'db' | 'settings' | 'now'>): Promise<string> {
  let period = periodOf(now, settings.reconcileTimezone);
  while (await scheduledRunExists(db, period)) period = periodAfter(period);
  return period;
}
