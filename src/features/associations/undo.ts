import { z } from 'zod';
import { tellSoon } from '../assignments/soon.ts';
import type { Undoers, Undone } from '../history/undoers.ts';
import { findService } from '../orders/find.ts';
import type { View } from '../organizations/view.ts';
import { give } from './associate.ts';
import { shift } from './move.ts';
import { isSuspended } from './rules.ts';
import { loadHeld, lockServices, takeUnits } from './store.ts';
import { removeIdleUsers } from './users/store.ts';

const impossible = (reason: string): Undone => ({ kind: 'impossible', reason });
const MOVED_ON = 'The units have moved on since.';

const associated = z.object({
  ref: z.string(),
  users: z.array(z.object({ user: z.string(), added: z.number(), units: z.number(), created: z.boolean() })),
});

/** Takes back what an association gave, from users who still have just what they had after it. */
async function undoAssociate(view: View, data: unknown): Promise<Undone> {
  const { ref, users } = associated.parse(data);
  const service = await findService(view, ref);
  if (service === undefined) return impossible(`There is no service ${ref} any more.`);
  await lockServices(view.db, [service.id]);
  const held = await loadHeld(
    view.db,
    service.id,
    users.map(({ user }) => user),
  );
  const changed = users.filter(({ user, units }) => held.get(user) !== units).map(({ user }) => user);
  if (changed.length > 0)
    return impossible(`The units of ${changed.slice(0, 3).join(', ')} have changed since.`);
  for (const { user, units, added } of users) {
    if (!(await takeUnits(view.db, service.id, user, units, added))) throw new Error('Changed under a lock.');
  }
  await tellSoon(view, [service.id]);
  const made = users.filter(({ created }) => created).map(({ user }) => user);
  if (made.length > 0) await removeIdleUsers(view.db, service.organization_id, made, { blank: true });
  return { kind: 'undone', service: (await findService(view, ref)) ?? service };
}

const released = z.object({ ref: z.string(), user: z.string(), units: z.number(), left: z.number() });

async function undoRelease(view: View, data: unknown): Promise<Undone> {
  const { ref, user, units, left } = released.parse(data);
  const service = await findService(view, ref);
  if (service === undefined) return impossible(`There is no service ${ref} any more.`);
  const held = (await loadHeld(view.db, service.id, [user])).get(user) ?? 0;
  if (held !== left) return impossible(MOVED_ON);
  const outcome = await give(view, service, [{ user, units }]);
  if (outcome.kind === 'associated') return { kind: 'undone', service: outcome.service };
  if (outcome.kind === 'suspended') return impossible(isSuspended(service.product, service.ref));
  return impossible(
    outcome.kind === 'no free units'
      ? `The units are in use again: ${outcome.free} of ${service.product} are free.`
      : MOVED_ON,
  );
}

const moved = z.object({
  user: z.string(),
  units: z.number(),
  from: z.string(),
  to: z.string(),
  now: z.number(),
});

async function undoMove(view: View, data: unknown): Promise<Undone> {
  const { user, units, from, to, now } = moved.parse(data);
  const [source, target] = [await findService(view, to), await findService(view, from)];
  if (source === undefined || target === undefined) return impossible('One of the services is no more.');
  if ((await loadHeld(view.db, source.id, [user])).get(user) !== now) return impossible(MOVED_ON);
  const outcome = await shift(view, { user, from: source, to: target, units });
  if (outcome.kind === 'suspended') return impossible(isSuspended(target.product, target.ref));
  return outcome.kind === 'moved' ? { kind: 'undone', service: outcome.to } : impossible(MOVED_ON);
}

/** How changes of who has units are undone. */
export const undoAssociations: Undoers = {
  associate: undoAssociate,
  release: undoRelease,
  move: undoMove,
};
