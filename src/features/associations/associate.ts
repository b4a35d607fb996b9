import { record } from '../../bot/index.ts';
import { type FoundService, findService } from '../orders/find.ts';
import type { View } from '../organizations/view.ts';
import { type Decision, decideAssociate, total, type Wanted } from './rules.ts';
import { ensureUsers, giveUnits, loadHeld } from './store.ts';

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
  const held = await loadHeld(
    view.db,
    service.id,
    wanted.map(({ user }) => user),
  );
  const decision = decideAssociate(service, held, wanted);
  if (decision.kind !== 'associate') return decision;

  const organizationId = service.organization_id;
  const created = await ensureUsers(
    view.db,
    organizationId,
    wanted.map(({ user }) => user),
  );
  const { max_units_per_user: maxPerUser } = service;
  const outcome = await giveUnits(
    view.db,
    { serviceId: service.id, organizationId, maxPerUser, from: 'free' },
    wanted,
  );
  if (outcome === 'too few units') {
    const now = await findService(view, service.ref);
    return { kind: 'no free units', asked: total(wanted), free: now?.free ?? 0 };
  }
  const given = new Map(outcome.given.map(({ user, units }) => [user, units]));
  const users = wanted.flatMap(({ user, units: added }) => {
    const units = given.get(user);
    return units === undefined ? [] : [{ user, added, units, created: created.has(user) }];
  });
  if (users.length === 0)
    return { kind: 'too many for a user', max: maxPerUser ?? 0, users: outcome.refused };
  return { kind: 'associated', users, service: (await findService(view, service.ref)) ?? service };
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
