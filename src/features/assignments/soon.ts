import type { Ctx } from '../../bot/index.ts';
import { loadUntoldAndRefused, loadUntoldOf } from './store.ts';

export const TELL = 'assignments.tell';

/** Has the provider told who has units of these services, in the transaction that changes it. */
export async function tellSoon(
  ctx: Pick<Ctx, 'db' | 'jobs'>,
  services: readonly number[],
  after?: Date,
): Promise<void> {
  for (const service of services)
    await ctx.jobs.enqueue(ctx.db, TELL, { service }, { ...(after && { after }) });
}

/** The same for all services of an organization that have changed. */
export const tellAllSoon = async (ctx: Pick<Ctx, 'db' | 'jobs'>, organizationId: number): Promise<void> =>
  tellSoon(ctx, await loadUntoldOf(ctx.db, organizationId));

/** Tells what no copy of the bot was there to tell, and asks once more for what was refused. */
export const tellWhatIsLeft = async (ctx: Pick<Ctx, 'db' | 'jobs'>): Promise<void> =>
  tellSoon(ctx, await loadUntoldAndRefused(ctx.db));
