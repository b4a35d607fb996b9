/** From which services the units of a package come, as decisions on plain values. Services are in the order of their numbers. */
import type { Need } from '../bulk/kind.ts';
import type { PackageService } from './types.ts';

type Counts = ReadonlyMap<number, number>;

/**
 * Units that have to be free before a sheet starts: what its rows give, less what the rows that go first bring back.
 * What does not fit is put on the last service, so that the shortage is seen.
 */
export function needsOf(services: readonly PackageService[], wanted: Counts, back: Counts): Need[] {
  return [...wanted].flatMap(([product, count]) => {
    const of = open(services, product);
    const returned = of.reduce((sum, { id }) => sum + (back.get(id) ?? 0), 0);
    const most = Math.max(0, count - returned);
    const taken = slots(of, ({ free }) => free, most);
    const last = of.at(-1);
    const short = last === undefined ? [] : Array<number>(most - taken.length).fill(last.id);
    const needed = counted([...taken, ...short]);
    return of.flatMap(({ id, ref, name, free }) => {
      const units = needed.get(id) ?? 0;
      return units > 0 ? [{ serviceId: id, ref, product: name, units, free }] : [];
    });
  });
}

export type Source = { readonly service: number; readonly from: 'free' | 'reserved' };
export type Shared = {
  /** A unit for each who gets one, in order; those beyond the end get none. */
  readonly sources: readonly Source[];
  /** Services of which units are held for these rows that none of them needs any more. */
  readonly back: readonly number[];
};

/**
 * Units of one package for the rows of a batch: first those that are held for them, then free ones, where more are
 * needed than was planned. Not more than `planned` of the held ones are theirs: the rest is for later batches.
 */
export function share(
  services: readonly PackageService[],
  product: number,
  held: Counts,
  planned: number,
  takers: number,
): Shared {
  const of = open(services, product);
  const reserved = slots(of, ({ id, suspended }) => (suspended ? 0 : (held.get(id) ?? 0)), planned);
  const free = slots(of, (service) => service.free, Math.max(0, takers - reserved.length));
  return {
    sources: [
      ...reserved.slice(0, takers).map((service) => ({ service, from: 'reserved' as const })),
      ...free.map((service) => ({ service, from: 'free' as const })),
    ],
    back: reserved.slice(takers),
  };
}

const open = (services: readonly PackageService[], product: number) =>
  services.filter((service) => service.product === product && !service.ended);

/** One entry a unit: the service it is of. */
function slots(
  of: readonly PackageService[],
  units: (one: PackageService) => number,
  most: number,
): number[] {
  const found: number[] = [];
  for (const service of of) {
    const left = Math.min(units(service), most - found.length);
    for (let unit = 0; unit < left; unit++) found.push(service.id);
  }
  return found;
}

export function counted(ids: Iterable<number>): Map<number, number> {
  const counts = new Map<number, number>();
  for (const id of ids) counts.set(id, (counts.get(id) ?? 0) + 1);
  return counts;
}

type Exchange = {
  readonly take: readonly (readonly [service: number, units: number])[];
  readonly give: readonly (readonly [service: number, units: number])[];
};

/**
 * Of those who give units back and get others, the ones for whom there are not enough, each with the service that is
 * short. Whoever is left out gives nothing back either, so that others may have to be left out as well.
 */
export function whoIsShort<T extends Exchange>(all: readonly T[], free: Counts): Map<T, number> {
  const balance = new Map(free);
  const add = (pairs: Exchange['take'], sign: 1 | -1) => {
    for (const [id, units] of pairs) balance.set(id, (balance.get(id) ?? 0) + sign * units);
  };
  for (const { take, give } of all) {
    add(take, 1);
    add(give, -1);
  }
  const short = new Map<T, number>();
  for (;;) {
    const lacking = [...balance].find(([, units]) => units < 0)?.[0];
    if (lacking === undefined) return short;
    const last = all.findLast((one) => !short.has(one) && one.give.some(([id]) => id === lacking));
    if (last === undefined) return short;
    short.set(last, lacking);
    add(last.give, 1);
    add(last.take, -1);
  }
}
