import type { Ctx } from '../../bot/index.ts';
import { ensureUsers, giveUnits, removeIdleUsers, takeAll } from '../associations/units.ts';
import { saveUsers, type UserNow } from './store.ts';
import type { Source } from './supply.ts';

/** What is to be done with one user, decided and covered by units. */
export type Step = UserNow & {
  readonly take: readonly { readonly service: number; readonly into: 'free' | 'reserved' }[];
  readonly give: readonly (Source & { readonly units: number })[];
  /** Nothing is left of the user but what others gave. */
  readonly leaves: boolean;
};

/**
 * Carries out steps for users of one organization in a few statements, whatever their number. The services are locked
 * and the units counted before: who is short is not among them. Resolves to the units that are now held, by service.
 */
export async function carryOut(
  { db }: Ctx,
  organizationId: number,
  job: number | null,
  steps: readonly Step[],
): Promise<Map<number, number>> {
  if (steps.length === 0) return new Map();
  const staying = steps.filter(({ leaves }) => !leaves).map(({ email }) => email);
  if (staying.length > 0) await ensureUsers(db, organizationId, staying, job);
  const held = await take(db, steps);
  await give(db, organizationId, job, steps);
  await saveUsers(db, organizationId, job, steps);
  const leaving = steps.filter(({ leaves }) => leaves).map(({ email }) => email);
  if (leaving.length > 0) await removeIdleUsers(db, organizationId, leaving);
  return held;
}

/** Steps of the same service and source together, in the order of the services. */
function grouped<T extends { readonly service: number }>(
  steps: readonly Step[],
  partsOf: (step: Step) => readonly T[],
  key: (part: T) => string,
) {
  const parts = steps.flatMap((step) => partsOf(step).map((part) => ({ email: step.email, part })));
  return [...Map.groupBy(parts, ({ part }) => `${part.service} ${key(part)}`).values()].sort(
    ([one], [other]) => (one?.part.service ?? 0) - (other?.part.service ?? 0),
  );
}

async function take(db: Ctx['db'], steps: readonly Step[]): Promise<Map<number, number>> {
  const held = new Map<number, number>();
  for (const group of grouped(
    steps,
    (step) => step.take,
    ({ into }) => into,
  )) {
    const [first] = group;
    if (first === undefined) continue;
    const { service, into } = first.part;
    const users = group.map(({ email }) => email);
    const taken = await takeAll(db, service, users, into);
    const units = taken.reduce((sum, one) => sum + one.units, 0);
    if (into === 'reserved') held.set(service, units);
  }
  return held;
}

async function give(
  db: Ctx['db'],
  organizationId: number,
  job: number | null,
  steps: readonly Step[],
): Promise<void> {
  for (const group of grouped(
    steps,
    (step) => step.give,
    ({ from }) => from,
  )) {
    const [first] = group;
    if (first === undefined) continue;
    const { service: serviceId, from } = first.part;
    const wanted = group.map(({ email, part }) => ({ user: email, units: part.units }));
    // A user has one package at a time, which was looked at before.
    const taking = { serviceId, organizationId, maxPerUser: null, from, ...(job !== null && { job }) };
    const outcome = await giveUnits(db, taking, wanted);
    if (outcome === 'too few units')
      throw new Error(`Service ${serviceId} has fewer units than were counted.`);
  }
}
