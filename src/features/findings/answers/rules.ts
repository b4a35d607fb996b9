/** What can be done about a finding now, as decisions on plain values. */
import { createHash } from 'node:crypto';
import { SELLERS } from '../../../bot/index.ts';
import { MOST_QUANTITY } from '../../ordering/rules.ts';
import { nextRenewal, openLots, reducible, type SeatLot, windowEnds } from '../../subscriptions/rules.ts';
import type { FindingAnswer, Kind, Numbers } from '../rules.ts';
import type {
  Advice,
  Differing,
  Facts,
  Found,
  How,
  Lead,
  Obstacle,
  Proposal,
  Service,
  There,
} from './types.ts';

/** Who does something about findings: the provider, and a reseller for its own customers. */
export const ANSWERERS = SELLERS;

export type State = 'open' | 'snoozed' | 'answered' | 'gone';
type Remembered = {
  readonly stillFound: boolean;
  readonly answer: FindingAnswer | null;
  readonly snoozedUntil: Date | null;
};
export function stateOf({ stillFound, answer, snoozedUntil }: Remembered, now: Date): State {
  if (!stillFound) return 'gone';
  if (answer === null) return 'open';
  if (answer !== 'snoozed') return 'answered';
  return snoozedUntil !== null && snoozedUntil <= now ? 'open' : 'snoozed';
}

/** So many users are taken over at once. */
export const MOST_USERS = 1000;

type Part = Partial<Advice>;

/** What may be done about a finding of this kind now. */
export function proposalsFor({ kind, numbers }: Found, facts: Facts): Advice {
  const part = notNow(facts) ?? ADVICE[kind](facts, numbers);
  return {
    proposals: [...(part.proposals ?? []), { how: 'leave' }],
    obstacles: part.obstacles ?? [],
    leads: part.leads ?? [],
  };
}

/**
 * As long as our books are not as they were compared, or an order changes them or may have changed the vendor's, nothing is
 * done: what such an order left there would be bought twice, once adopted and once when the order is tried again.
 */
function notNow({ moved, changing, unanswered }: Facts): Part | undefined {
  if (changing !== undefined) return hindered({ kind: 'changing', order: changing });
  if (unanswered !== undefined) return hindered({ kind: 'unanswered', order: unanswered });
  return moved ? hindered({ kind: 'moved' }) : undefined;
}

const hindered = (...obstacles: readonly Obstacle[]): Part => ({ obstacles });

const ADVICE: Readonly<Record<Kind, (facts: Facts, numbers: Numbers) => Part>> = {
  quantity: (facts) => both(facts, ofQuantity),
  assignments: (facts) => both(facts, ofAssignments),
  'over-assigned': (facts) => both(facts, ofOverAssigned),
  idle: (facts) => both(facts, ofIdle),
  status: (facts) => both(facts, ofStatus),
  product: (facts) => both(facts, ofProduct),
  units: (facts, numbers) => both(facts, ofUnits(usersIn(numbers)[0]?.user)),
  missing: ({ service }) =>
    service === undefined
      ? hindered({ kind: 'several' })
      : { proposals: [{ how: 'close', units: service.units, users: service.holders }] },
  unknown: ({ candidates }) =>
    candidates.length === 0
      ? hindered({ kind: 'nothing to map' })
      : { proposals: [{ how: 'map', candidates }] },
};

const ofUnits =
  (user: string | undefined) =>
  ({ associated }: Service): Part =>
    associated === 0 || user === undefined ? {} : { leads: [{ to: 'release', user }] };

export type Named = { readonly user: string; readonly here?: number; readonly there?: number };

/** Users that a finding names, with their units where it has them. */
export function usersIn({ users }: Numbers): Named[] {
  if (!Array.isArray(users)) return [];
  return users.flatMap((one: unknown): Named[] => {
    const [user, here, there]: unknown[] = Array.isArray(one) ? one : [one];
    if (typeof user !== 'string') return [];
    return typeof here === 'number' && typeof there === 'number' ? [{ user, here, there }] : [{ user }];
  });
}

type OfBoth = (service: Service, there: There, facts: Facts) => Part;
function both(facts: Facts, advice: OfBoth): Part {
  const { service, there } = facts;
  if (service === undefined) return hindered({ kind: 'several' });
  return there === undefined ? {} : advice(service, there, facts);
}

const takenOf = ({ associated, reserved }: Service): number => associated + reserved;
const releaseForm = ({ associated }: Service): Lead[] => (associated > 0 ? [{ to: 'release' }] : []);

function ofQuantity(service: Service, { quantity }: There, facts: Facts): Part {
  const taken = takenOf(service);
  if (quantity < taken)
    return { obstacles: [{ kind: 'taken', units: quantity, taken }], leads: releaseForm(service) };
  const adopt: Proposal = { how: 'adopt', units: quantity, before: service.units };
  if (service.isMachines || service.status !== 'active') return { proposals: [adopt] };
  const more = service.units - quantity;
  // What was added at the vendor is known since it was seen.
  const bound =
    more < 0 ? boundBy(service, -more, facts, [{ quantity: -more, addedAt: facts.foundAt }]) : undefined;
  const stays = more > 0 || service.units > 0;
  const obstacles = bound === undefined ? [] : [bound];
  if (obstacles.length > 0 || !stays) return { proposals: [adopt], obstacles };
  if (Math.max(Math.abs(more), service.units) > MOST_QUANTITY)
    return { proposals: [adopt], obstacles: [{ kind: 'too many to order' }] };
  const change = more > 0 ? 'increase' : 'decrease';
  return { proposals: [adopt, { how: 'order', change, by: Math.abs(more), units: quantity }] };
}

/** What the commitment says against giving so many units back. */
function boundBy(
  { commitment, renewsAt, lots }: Service,
  of: number,
  { now }: Facts,
  added: readonly SeatLot[] = [],
): Obstacle | undefined {
  const all = [...lots, ...added];
  const may = reducible(all, now, commitment, renewsAt);
  if (may >= of) return undefined;
  const [first] = openLots(all, now);
  return {
    kind: 'bound',
    may,
    of,
    until: first && windowEnds(first),
    renewsAt: renewsAt === null ? undefined : nextRenewal(renewsAt, now),
  };
}

function ofAssignments(service: Service, _: There, { differing, nameless }: Facts): Part {
  const [more, less] = [differing.filter(hasMoreThere), differing.filter(hasMoreHere)];
  if (more.length + less.length === 0) return {};
  const tell: Proposal = { how: 'tell', get: less.length, lose: more.length };
  const obstacle = notTakenOver(service, differing, nameless);
  if (obstacle === undefined)
    return { proposals: [{ how: 'takeover', get: more.length, lose: less.length }, tell] };
  const short = obstacle.kind === 'too few free' ? obstacle.needs - obstacle.free : 0;
  return {
    proposals: [tell],
    obstacles: [obstacle],
    ...(short > 0 && { leads: [{ to: 'increase', by: short }] }),
  };
}

export const hasMoreThere = ({ here, there }: Differing): boolean => there > here;
export const hasMoreHere = ({ here, there }: Differing): boolean => here > there;
const sum = (of: readonly number[]): number => of.reduce((all, one) => all + one, 0);

/** Why what the vendor has can't be written down here. */
function notTakenOver(
  service: Service,
  differing: readonly Differing[],
  nameless: readonly string[],
): Obstacle | undefined {
  if (differing.length > MOST_USERS) return { kind: 'too many users' };
  const more = differing.filter(hasMoreThere);
  if (more.length > 0 && service.status !== 'active') return { kind: 'suspended' };
  if (nameless.length > 0) return { kind: 'nameless', users: nameless };
  const max = service.maxPerUser;
  const beyond = max === null ? [] : more.filter(({ there }) => there > max).map(({ user }) => user);
  if (max !== null && beyond.length > 0) return { kind: 'too many for a user', max, users: beyond };
  const needs = sum(differing.map(({ here, there }) => there - here));
  const free = service.units - takenOf(service);
  return needs > free ? { kind: 'too few free', needs, free } : undefined;
}

function ofOverAssigned(service: Service, { assigned }: There): Part {
  const by = Math.max(assigned, service.associated) - service.units;
  const leads = releaseForm(service);
  if (by <= 0) return { obstacles: [{ kind: 'quantity first' }], leads };
  if (service.status !== 'active') return { obstacles: [{ kind: 'suspended' }], leads };
  if (service.units + by > MOST_QUANTITY) return { obstacles: [{ kind: 'too many to order' }], leads };
  return { proposals: [{ how: 'order', change: 'increase', by }], leads };
}

function ofIdle(service: Service, { quantity, assigned }: There, facts: Facts): Part {
  const of = Math.min(
    quantity - Math.max(assigned, service.associated),
    service.units - takenOf(service),
    service.units - 1,
  );
  if (of <= 0) return {};
  const bound = boundBy(service, of, facts);
  const by = bound?.kind === 'bound' ? bound.may : of;
  return {
    proposals: by > 0 ? [{ how: 'release', by, of }] : [],
    obstacles: bound === undefined ? [] : [bound],
  };
}

function ofStatus({ status }: Service, { status: there, quantity }: There): Part {
  if (there !== 'active' && there !== 'suspended') return {};
  if (status === 'cancelled') return { proposals: [{ how: 'adopt', status: there, units: quantity }] };
  const change = status === 'active' ? 'resume' : 'suspend';
  return {
    proposals: [
      { how: 'adopt', status: there },
      { how: 'order', change, status: there },
    ],
  };
}

function ofProduct(_: Service, { sku }: There, { isProvider, otherProduct }: Facts): Part {
  if (otherProduct !== undefined) return hindered({ kind: 'other product', product: otherProduct });
  return isProvider ? { proposals: [{ how: 'same', sku }] } : hindered({ kind: 'provider only' });
}

const DEFAULTS: readonly How[] = ['adopt', 'takeover', 'close', 'same'];

/**
 * The one that is meant by a press: `accept` is to take what the vendor says, or else to leave it as it is; `first` is what
 * is proposed above all.
 */
export function chosen({ proposals }: Advice, how: How | 'accept' | 'first'): Proposal | undefined {
  if (how === 'first') return proposals[0];
  if (how !== 'accept') return proposals.find((one) => one.how === how);
  return proposals.find((one) => DEFAULTS.includes(one.how)) ?? proposals.find((one) => one.how === 'leave');
}

/** Does it move units or money at once? What only begins an order is looked at when the order is placed. */
export function asksFirst(proposal: Proposal): boolean {
  switch (proposal.how) {
    case 'adopt':
    case 'takeover':
    case 'tell':
    case 'close':
    case 'map':
      return true;
    case 'order':
      return 'status' in proposal || proposal.units !== undefined;
    case 'release':
    case 'same':
    case 'leave':
      return false;
  }
}

/** Stands for what a confirmation showed: where another one would be shown now, it is shown first. */
export function basisOf(proposal: Proposal, differing: readonly Differing[]): string {
  const users = proposal.how === 'takeover' || proposal.how === 'tell' ? differing : [];
  return createHash('sha256')
    .update(JSON.stringify([proposal, users]))
    .digest('base64url')
    .slice(0, 22);
}

export const UNTILS = ['day', 'week', 'run', 'renewal'] as const;
export type Until = (typeof UNTILS)[number];
const DAY = 86_400_000;

/** Until when a finding is put off; nothing where that is not known. */
export function snoozedUntil(
  until: Until,
  {
    now,
    run,
    renewsAt,
  }: { readonly now: Date; readonly run: Date | undefined; readonly renewsAt: Date | undefined },
): Date | undefined {
  switch (until) {
    case 'day':
      return new Date(now.getTime() + DAY);
    case 'week':
      return new Date(now.getTime() + 7 * DAY);
    case 'run':
      return run;
    case 'renewal':
      // The units can be given back on that day, of which the vendor keeps the time.
      return renewsAt && new Date(renewsAt.toISOString().slice(0, 10));
  }
}

/** When a commitment lets go of units that are not used. */
export const renewalOf = ({ obstacles }: Advice): Date | undefined =>
  obstacles.flatMap((one) => (one.kind === 'bound' ? (one.renewsAt ?? []) : []))[0];
