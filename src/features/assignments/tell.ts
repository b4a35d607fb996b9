import { chunksOf, record, type Working } from '../../bot/index.ts';
import { inTransaction } from '../../db/index.ts';
import type { Assignment, Provider, RefusedAssignment } from '../../providers/index.ts';
import { notAssigned, refusalOf, unknownThere } from './replies.ts';
import { differences, keyOf } from './rules.ts';
import { tellSoon } from './soon.ts';
import { loadHolders, loadService, saveTold, type Told } from './store.ts';

/** How many users a provider is told of at once. */
const AT_ONCE = 1000;
/** So often it is looked whether the provider has all; where others change it all the time, later once more. */
const MOST_LOOKS = 5;
const LATER_MS = 60_000;

/**
 * Brings what the provider knows of a service in line with who has its units. What is told is the difference to what the
 * provider says that it has, and the end is a look that finds none: that holds also where two copies tell at the same
 * time, or where one was killed in between.
 */
export async function tellProvider(given: Working, serviceId: number): Promise<void> {
  const working: Working = { ...given, actor: { kind: 'job', name: 'Assignments' } };
  const service = await loadService(working.db, serviceId);
  if (service === undefined || service.subscription === null) return;
  const provider = working.providers(service.provider);
  const refused = new Map<string, RefusedAssignment>();
  for (let look = 0; look < MOST_LOOKS; look++) {
    const { revision, units } = await loadHolders(working.db, serviceId);
    const there = await provider.inspect(service.subscription);
    if (there === undefined) return toldNow(working, service, revision, unknownThere(service.subscription));
    const theirs = new Map(there.assignments.map(({ userName, units }) => [userName, units]));
    const wanted = differences(units, theirs).filter(({ userName }) => !refused.has(userName));
    if (wanted.length === 0)
      return toldNow(
        working,
        service,
        revision,
        refused.size === 0 ? null : refusalOf([...refused.values()]),
      );
    const outcome = await tell(working, provider, service, service.subscription, wanted);
    if (outcome.kind === 'pending') return tellSoon(working, [serviceId], later(working, outcome.afterMs));
    if (outcome.kind === 'refused') return toldNow(working, service, revision, outcome.reason);
    for (const one of outcome.refused) refused.set(one.userName, one);
  }
  await tellSoon(working, [serviceId], later(working, LATER_MS));
}

const later = (working: Working, ms: number) => new Date(working.clock().getTime() + ms);

type Outcome =
  | { readonly kind: 'done'; readonly refused: readonly RefusedAssignment[] }
  | { readonly kind: 'pending'; readonly afterMs: number }
  | { readonly kind: 'refused'; readonly reason: string };

async function tell(
  working: Working,
  provider: Provider,
  { id, times }: Told,
  subscription: string,
  wanted: readonly Assignment[],
): Promise<Outcome> {
  const refused: RefusedAssignment[] = [];
  for (const chunk of chunksOf(wanted, AT_ONCE)) {
    const answer = await provider.assign(keyOf(id, times, chunk), subscription, chunk);
    if (answer.kind !== 'done') return answer;
    refused.push(...answer.value.refused);
    await working.quiet();
  }
  return { kind: 'done', refused };
}

/** Writes down that the provider knows, or why it does not; a reason stands in the history once. */
async function toldNow(
  working: Working,
  service: Told,
  revision: number,
  error: string | null,
): Promise<void> {
  await inTransaction(working, async (inside) => {
    await saveTold(inside.db, service.id, { revision, error });
    if (error === null || error === service.error) return;
    await record(
      { ...inside, now: working.clock() },
      {
        organizationId: service.organizationId,
        orderId: service.orderId,
        kind: 'assignment refused',
        summary: notAssigned(
          { product: service.product, ref: `${service.number}/${service.position}` },
          error,
        ),
      },
    );
  });
}
