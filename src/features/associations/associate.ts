import { record } from '../../bot/index.ts';
import { tellSoon } from '../assignments/soon.ts';
import { type FoundService, findService } from '../orders/find.ts';
import type { View } from '../organizations/view.ts';
import { type Decision, decideAssociate, type Wanted } from './rules.ts';
import { giveUnits, loadHeld, lockServices } from './store.ts';
import { ensureUsers } from './users/store.ts';

export type AssociatedUser = {
  readonly user: string;
  readonly added: number;
  /** All that the user has of the service now. */
  readonly units: number;
  readonly created: boolean;
};

type Refused = Exclude<Decision, { kind: 'associate' }>;
type Given = {
  readonly kind: 'associated';
  readonly users: readonly AssociatedUser[];
  readonly service: FoundService;
};
export type Associated = (Given & { readonly historyId: number }) | Refused;

/** Gives each user their units of the service; all of them, or none where one can't have them. */
export async function associate(
  view: View,
  service: FoundService,
  wanted: readonly Wanted[],
): Promise<Associated> {
  const outcome = await give(view, service, wanted);
  if (outcome.kind !== 'associated') return outcome;
  return { ...outcome, historyId: await remember(view, service, outcome.users) };
}

/** The same, without a word in the history. */
export async function give(
  view: View,
  service: FoundService,
  wanted: readonly Wanted[],
): Promise<Given | Refused> {
  const users = wanted.map(({ user }) => user);
  await lockServices(view.db, [service.id]);
  const current = (await findService(view, service.ref)) ?? service;
  const decision = decideAssociate(current, await loadHeld(view.db, service.id, users), wanted);
  if (decision.kind !== 'associate') return decision;

  const organizationId = service.organization_id;
  const { created, ids } = await ensureUsers(view.db, organizationId, users);
  const { max_units_per_user: maxPerUser } = service;
  const outcome = await giveUnits(
    view.db,
    { serviceId: service.id, organizationId, maxPerUser, from: 'free', ids },
    wanted,
  );
  if (outcome === 'too few units' || outcome.refused.length > 0) {
    throw new Error(`The units of ${service.ref} changed under a lock.`);
  }
  await tellSoon(view, [service.id]);
  const given = new Map(outcome.given.map(({ user, units }) => [user, units]));
  const associated = wanted.map(({ user, units: added }) => {
    return { user, added, units: given.get(user) ?? added, created: created.has(user) };
  });
  return {
    kind: 'associated',
    users: associated,
    service: (await findService(view, service.ref)) ?? service,
  };
}

function remember(view: View, service: FoundService, users: readonly AssociatedUser[]): Promise<number> {
  const names = users.map(({ user, added }) => `${user} (${added})`).join(', ');
  return record(view, {
    organizationId: service.organization_id,
    orderId: service.order_id,
    kind: 'associate',
    summary: `Associated ${names} with ${service.product} (${service.ref})`,
    before: { users: users.map(({ user, added, units }) => ({ user, units: units - added })) },
    after: { users: users.map(({ user, units }) => ({ user, units })) },
    undo: { ref: service.ref, users },
  });
}
