import { record } from '../../bot/index.ts';
import { tellSoon } from '../assignments/soon.ts';
import { type FoundService, findService } from '../orders/find.ts';
import type { View } from '../organizations/view.ts';
import { decideRelease, type ReleaseDecision } from './rules.ts';
import { loadHeld, lockServices, takeUnits } from './store.ts';

export type Released =
  | {
      readonly kind: 'released';
      readonly historyId: number;
      readonly units: number;
      readonly left: number;
      readonly service: FoundService;
    }
  | Exclude<ReleaseDecision, { kind: 'release' }>
  | { readonly kind: 'moved on' };

/** Takes units back from a user: all of them where no number is said. */
export async function release(
  view: View,
  service: FoundService,
  user: string,
  units: number | undefined,
): Promise<Released> {
  await lockServices(view.db, [service.id]);
  const held = (await loadHeld(view.db, service.id, [user])).get(user) ?? 0;
  const decision = decideRelease(held, units);
  if (decision.kind !== 'release') return decision;
  if (!(await takeUnits(view.db, service.id, user, held, decision.units))) return { kind: 'moved on' };
  await tellSoon(view, [service.id]);
  const historyId = await record(view, {
    organizationId: service.organization_id,
    orderId: service.order_id,
    kind: 'release',
    summary: `Released ${decision.units} of ${service.product} (${service.ref}) from ${user}`,
    before: { user, units: held },
    after: { user, units: decision.left },
    undo: { ref: service.ref, user, units: decision.units, left: decision.left },
  });
  const now = (await findService(view, service.ref)) ?? service;
  return { kind: 'released', historyId, units: decision.units, left: decision.left, service: now };
}
