import { record } from '../../bot/index.ts';
import { tellSoon } from '../assignments/soon.ts';
import { type FoundService, findService } from '../orders/find.ts';
import type { View } from '../organizations/view.ts';
import { type Decision, decideAssociate, decideRelease, type ReleaseDecision } from './rules.ts';
import { giveUnits, loadHeld, lockServices, takeUnits } from './store.ts';

type Refused =
  | { readonly kind: 'same service' }
  | { readonly kind: 'other customer' }
  | Exclude<ReleaseDecision, { kind: 'release' }>
  | Exclude<Decision, { kind: 'associate' }>
  | { readonly kind: 'moved on' };
type Shifted = {
  readonly kind: 'moved';
  readonly units: number;
  /** What the user has of the two services now. */
  readonly left: number;
  readonly now: number;
  readonly from: FoundService;
  readonly to: FoundService;
};
export type Moved = (Shifted & { readonly historyId: number }) | Refused;

type Move = {
  readonly user: string;
  readonly from: FoundService;
  readonly to: FoundService;
  readonly units?: number;
};

/** Moves a user's units from one service to another in one step: the user never has neither. */
export async function move(view: View, moving: Move): Promise<Moved> {
  const outcome = await shift(view, moving);
  return outcome.kind === 'moved'
    ? { ...outcome, historyId: await remember(view, moving, outcome) }
    : outcome;
}

/** The same, without a word in the history. */
export async function shift(view: View, { user, from, to, units }: Move): Promise<Shifted | Refused> {
  if (from.id === to.id) return { kind: 'same service' };
  if (from.organization_id !== to.organization_id) return { kind: 'other customer' };
  await lockServices(view.db, [from.id, to.id]);
  const held = (await loadHeld(view.db, from.id, [user])).get(user) ?? 0;
  const taking = decideRelease(held, units);
  if (taking.kind !== 'release') return taking;

  const target = (await findService(view, to.ref)) ?? to;
  const giving = decideAssociate(target, await loadHeld(view.db, to.id, [user]), [
    { user, units: taking.units },
  ]);
  if (giving.kind !== 'associate') return giving;
  const given = await giveUnits(
    view.db,
    {
      serviceId: to.id,
      organizationId: to.organization_id,
      maxPerUser: to.max_units_per_user,
      from: 'free',
    },
    giving.wanted,
  );
  if (given === 'too few units' || given.refused.length > 0) return { kind: 'moved on' };
  if (!(await takeUnits(view.db, from.id, user, held, taking.units))) {
    throw new Error(`The units of ${user} in ${from.ref} changed under a lock.`);
  }
  await tellSoon(view, [from.id, to.id]);
  const now = given.given[0]?.units ?? taking.units;
  const [source, destination] = [await findService(view, from.ref), await findService(view, to.ref)];
  const { units: taken, left } = taking;
  return { kind: 'moved', units: taken, left, now, from: source ?? from, to: destination ?? to };
}

function remember(view: View, { user, from, to }: Move, { units, left, now }: Shifted): Promise<number> {
  return record(view, {
    organizationId: from.organization_id,
    orderId: from.order_id,
    kind: 'move',
    summary: `Moved ${units} of ${user} from ${from.product} (${from.ref}) to ${to.product} (${to.ref})`,
    before: { user, [from.ref]: left + units, [to.ref]: now - units },
    after: { user, [from.ref]: left, [to.ref]: now },
    undo: { user, units, from: from.ref, to: to.ref, now },
  });
}
