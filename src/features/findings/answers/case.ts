// A finding with all that decides what can be done about it.
import { type Asked, type Ctx, scopeOf } from '../../../bot/index.ts';
import { parseEmail } from '../../../chat/email.ts';
import type { Db, Scope } from '../../../db/index.ts';
import { nextDue } from '../../../jobs/index.ts';
import { lockServices } from '../../associations/units.ts';
import { viewerHere } from '../../organizations/view.ts';
import { KINDS, type Kind, numberIn, textIn } from '../rules.ts';
import { type FindingRecord, loadFinding, lockFinding } from '../store.ts';
import { MOST_USERS, proposalsFor, type State, stateOf } from './rules.ts';
import {
  type CandidateRecord,
  loadCandidates,
  loadDiffering,
  loadLots,
  loadSiblings,
  loadStanding,
  lockSubscription,
  type Standing,
  serviceOf,
} from './store.ts';
import type { Advice, Differing, Facts, Service } from './types.ts';

export type Case = {
  readonly finding: FindingRecord;
  readonly kind: Kind;
  readonly state: State;
  readonly standing: Standing;
  readonly differing: readonly Differing[];
  readonly candidates: readonly CandidateRecord[];
  readonly siblings: readonly { readonly id: number; readonly kind: string }[];
  readonly advice: Advice;
  /** How many units more or fewer it is about, for what that costs. */
  readonly worth: number;
  readonly nextRun: Date | undefined;
  readonly seesMarkup: boolean;
};

const isKind = (kind: string): kind is Kind => (KINDS as readonly string[]).includes(kind);

/** For whom a finding is looked at. */
export type Looking = Pick<Ctx, 'db' | 'now' | 'settings'> & {
  readonly scope: Scope;
  readonly seesMarkup: boolean;
};

/** The finding of this number, and nobody else answers it meanwhile; with `lock`, nor changes what it is about. */
export function loadCase(asked: Asked, id: number, lock: 'lock' | 'look'): Promise<Case | undefined> {
  const scope = scopeOf(asked.member.organization);
  return caseFor({ ...asked, scope, seesMarkup: viewerHere(asked).seesMarkup }, id, lock);
}

/** With `glance`, nothing is locked. */
export async function caseFor(
  looking: Looking,
  id: number,
  lock: 'lock' | 'look' | 'glance',
): Promise<Case | undefined> {
  const { db, now, scope } = looking;
  const finding = await (lock === 'glance' ? loadFinding : lockFinding)(db, scope, id);
  if (finding === undefined || !isKind(finding.kind)) return undefined;
  const { kind } = finding;
  const about = await serviceOf(db, id);
  if (lock === 'lock' && about !== undefined) {
    await lockServices(db, [about.serviceId]);
    await lockSubscription(db, about.subscriptionId);
  }
  const standing = await loadStanding(db, id);
  const differing =
    kind === 'assignments' && about !== undefined
      ? await loadDiffering(db, id, about.serviceId, MOST_USERS + 1)
      : [];
  const candidates = kind === 'unknown' ? await loadCandidates(db, scope, id) : [];
  const facts: Facts = {
    now,
    foundAt: finding.foundAt,
    isProvider: scope.kind === 'all',
    service: about && (await serviceIn(db, standing)),
    there: thereIn(standing),
    moved: hasMoved(finding, kind, standing),
    changing: standing.changing ?? undefined,
    unanswered: standing.unanswered ?? undefined,
    differing,
    nameless: differing
      .filter(({ user, there }) => there > 0 && parseEmail(user) !== user)
      .map(({ user }) => user),
    otherProduct: standing.otherProduct ?? undefined,
    candidates,
  };
  return {
    finding,
    kind,
    state: stateOf(finding, now),
    standing,
    differing,
    candidates,
    siblings: await loadSiblings(db, scope, id, now),
    advice: proposalsFor({ kind, numbers: finding.numbers }, facts),
    worth: worthOf(finding, kind),
    nextRun: nextRunOf(looking),
    seesMarkup: looking.seesMarkup,
  };
}

async function serviceIn(db: Db, standing: Standing): Promise<Service | undefined> {
  const { units, associated, reserved, status, commitment, subscriptionId } = standing;
  if (units === null || associated === null || reserved === null || subscriptionId === null) return undefined;
  if (status === null || commitment === null) return undefined;
  const { holders, isMachines, maxPerUser, renewsAt } = standing;
  const lots = await loadLots(db, subscriptionId);
  return { units, associated, reserved, holders, status, isMachines, maxPerUser, commitment, renewsAt, lots };
}

function thereIn({ quantity, assigned, statusThere, sku }: Standing): Facts['there'] {
  if (quantity === null || statusThere === null || sku === null) return undefined;
  return { quantity, assigned, status: statusThere, sku };
}

/** What was compared is not what is in our books now. */
function hasMoved({ numbers }: FindingRecord, kind: Kind, standing: Standing): boolean {
  if (kind === 'unknown') return standing.known;
  const { units, associated, status, moved } = standing;
  const differs = (name: string, now: number | null) =>
    now !== null && name in numbers && numberIn(numbers, name) !== now;
  const other = kind === 'status' && status !== null && textIn(numbers, 'here') !== status;
  return moved || other || differs('bought', units) || differs('used', associated);
}

function worthOf({ numbers }: FindingRecord, kind: Kind): number {
  const of = (name: string) => numberIn(numbers, name);
  switch (kind) {
    case 'quantity':
      return of('quantity') - of('bought');
    case 'idle':
      return -of('idle');
    case 'over-assigned':
      return Math.max(of('assigned') - of('quantity'), of('used') - of('bought'));
    case 'missing':
      return -of('bought');
    default:
      return 0;
  }
}

const YEAR_MS = 366 * 24 * 60 * 60_000;

function nextRunOf({ settings, now }: Looking): Date | undefined {
  const { reconcileCron: cron, reconcileTimezone: timezone } = settings;
  return nextDue({ name: 'reconcile', cron, timezone }, now, new Date(now.getTime() + YEAR_MS));
}
