import type { Ctx } from '../../bot/index.ts';
import { loadUntold, wish } from './store.ts';

export const TELL = 'assignments.tell';

/** Has the vendor told who has units of these services, in the transaction that changes it. */
export async function tellSoon(
  ctx: Pick<Ctx, 'db' | 'jobs' | 'now'>,
  services: readonly number[],
): Promise<void> {
  if (services.length === 0) return;
  await wish(ctx.db, services, ctx.now);
  await tellDue(ctx);
}

/** The same for all services of an organization that have changed. */
export const tellAllSoon = async (
  ctx: Pick<Ctx, 'db' | 'jobs' | 'now'>,
  organizationId: number,
): Promise<void> => tellSoon(ctx, await loadUntold(ctx.db, organizationId));

/** Has told what is due. A wish that finds another one waiting is that one; one that is lost so is found at the next tick. */
export const tellDue = ({ db, jobs }: Pick<Ctx, 'db' | 'jobs'>, after?: Date): Promise<void> =>
  jobs.enqueue(db, TELL, {}, { key: after ? after.toISOString() : 'now', ...(after && { after }) });
