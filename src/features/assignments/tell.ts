import { chunksOf, record, type Working } from '../../bot/index.ts';
import { inTransaction } from '../../db/index.ts';
import type { Assignment, RefusedAssignment } from '../../providers/index.ts';
import { notAssigned, refusalOf, unknownThere } from './replies.ts';
import { differences } from './rules.ts';
import { tellDue } from './soon.ts';
import {
  type Asking,
  type Claim,
  claimDue,
  claimThis,
  forget,
  isUntold,
  loadHolders,
  loadService,
  postpone,
  type Service,
  saveAnswered,
  saveAsking,
  saveTold,
} from './store.ts';

/** How many users a vendor is told of at once. */
const AT_ONCE = 1000;
/** So often it is looked whether the vendor has all; where others change it all the time, later once more. */
const MOST_LOOKS = 5;
const LATER_MS = 60_000;
/** What a vendor refused is asked again after this time. */
const AGAIN_MS = 60 * 60_000;
/** Somebody else tells of the same service. */
const BUSY_MS = 1_000;

/** Tells the vendors all that is due. What goes wrong with one service does not keep the others waiting. */
export async function tellVendors(given: Working): Promise<void> {
  const working: Working = { ...given, actor: { kind: 'job', name: 'Assignments' } };
  const faults: unknown[] = [];
  for (;;) {
    const claim = await claimDue(working.db, working.clock());
    if (claim === undefined) break;
    const wait = await tellOf(working, claim).catch((fault: unknown) => {
      faults.push(fault);
      return LATER_MS;
    });
    if (wait !== undefined) await tellAgain(working, claim, wait);
    if (working.jobs.isStopping?.()) return tellDue(working);
    await working.quiet();
  }
  if (faults.length > 0) throw faults[0];
}

/** Tells the vendor of this service before something that rests on it. Resolves to how long to wait, where it must. */
export async function tellNow(working: Working, service: number): Promise<number | undefined> {
  if (!(await isUntold(working.db, service))) return undefined;
  const claim = await claimThis(working.db, service);
  if (claim === undefined) return BUSY_MS;
  try {
    const wait = await tellOf(working, claim);
    if (wait !== undefined) await tellAgain(working, claim, wait);
    return wait;
  } catch (fault) {
    await tellAgain(working, claim, LATER_MS);
    throw fault;
  }
}

async function tellAgain(working: Working, claim: Claim, ms: number): Promise<void> {
  const at = new Date(working.clock().getTime() + ms);
  await postpone(working.db, claim, at);
  await tellDue(working, at);
}

/**
 * Brings what the vendor knows of a service in line with who has its units. What is asked is the difference to what the
 * vendor says that it has, and the end is a look that finds none. What was asked is kept until it is answered, so that a
 * vendor that takes its time, or a bot that was killed, leaves nothing open. Resolves to how long to wait, if it must.
 */
async function tellOf(working: Working, claim: Claim): Promise<number | undefined> {
  const service = await loadService(working.db, claim.service);
  if (service === undefined || service.subscription === null) {
    await forget(working.db, claim);
    return undefined;
  }
  const at: At = { working, claim, service, subscription: service.subscription };
  const refused = new Map<string, Refused>();
  if (claim.asking !== undefined) {
    const answer = await ask(at, claim.asking);
    if (answer.kind === 'pending') return answer.afterMs;
    remember(refused, claim.asking.assignments, answer);
  }
  for (let looks = 0; looks < MOST_LOOKS; looks++) {
    const { revision, wanted } = await look(at);
    if (wanted === undefined) return keep(at, revision, [unknownThere(at.subscription)]);
    const open = wanted.filter(({ userName, units }) => refused.get(userName)?.units !== units);
    if (open.length === 0) return keep(at, revision, [...refused.values()]);
    for (const chunk of chunksOf(open, AT_ONCE)) {
      const answer = await ask(at, await saveAsking(working.db, claim.service, chunk));
      if (answer.kind === 'pending') return answer.afterMs;
      if (answer.kind === 'refused') return keep(at, revision, [answer.reason]);
      remember(refused, chunk, answer);
      await working.quiet();
    }
  }
  return LATER_MS;
}

type At = {
  readonly working: Working;
  readonly claim: Claim;
  readonly service: Service;
  readonly subscription: string;
};

const vendorOf = ({ working, service }: At) => working.providers(service.provider);

/** What the vendor lacks, at which revision; `wanted` is missing where it does not know the subscription. */
async function look(at: At): Promise<{ revision: number; wanted: Assignment[] | undefined }> {
  const { revision, units } = await loadHolders(at.working.db, at.service.id);
  const there = await vendorOf(at).inspect(at.subscription);
  if (there === undefined) return { revision, wanted: undefined };
  const theirs = new Map(there.assignments.map(({ userName, units }) => [userName, units]));
  return { revision, wanted: differences(units, theirs) };
}

async function ask(at: At, { key, assignments }: Asking) {
  const { working, service, subscription } = at;
  const answer = await vendorOf(at).assign(key, subscription, assignments);
  const didSome = answer.kind === 'done' && answer.value.refused.length < assignments.length;
  if (answer.kind !== 'pending')
    await saveAnswered(working.db, service.id, didSome ? working.clock() : undefined);
  return answer;
}

/** What was refused is not asked again at once; another number of units is another question. */
type Refused = RefusedAssignment & Assignment;

function remember(
  refused: Map<string, Refused>,
  asked: readonly Assignment[],
  answer: Exclude<Awaited<ReturnType<typeof ask>>, { kind: 'pending' }>,
): void {
  const reasons = new Map(
    answer.kind === 'refused'
      ? asked.map(({ userName }) => [userName, answer.reason])
      : answer.value.refused.map(({ userName, reason }) => [userName, reason]),
  );
  for (const one of asked) {
    const reason = reasons.get(one.userName);
    if (reason !== undefined) refused.set(one.userName, { ...one, reason });
  }
}

/** Keeps how far the vendor was told. That it refused somebody stands in the history once, whatever it says each time. */
async function keep(
  { working, claim, service }: At,
  revision: number,
  refused: readonly (RefusedAssignment | string)[],
): Promise<undefined> {
  const now = working.clock();
  const whom = refused.map((one) => (typeof one === 'string' ? '' : one.userName)).sort();
  const error = refused.length === 0 ? null : refusalOf(refused);
  const again = error === null ? null : new Date(now.getTime() + AGAIN_MS);
  await inTransaction(working, async (inside) => {
    await saveTold(inside.db, claim, { revision, error, refused: whom, again, now });
    if (error === null || whom.every((one) => claim.refused.includes(one))) return;
    const ref = `${service.number}/${service.position}`;
    const { organizationId, orderId, product } = service;
    const summary = notAssigned({ product, ref }, error);
    await record({ ...inside, now }, { organizationId, orderId, kind: 'assignment refused', summary });
  });
}
