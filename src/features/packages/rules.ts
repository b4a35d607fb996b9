/** What becomes of a user when a row asks for something, as decisions on plain values. */
import {
  DETAILS,
  type Details,
  type Holding,
  LICENCES,
  type Licence,
  type Mode,
  type Package,
  type Snapshot,
  type UserState,
  type Wish,
} from './types.ts';

/** What decisions rest on besides the user. */
export type World = {
  readonly mode: Mode;
  readonly packages: ReadonlyMap<number, Package>;
  /** The packages of which the customer has a service. */
  readonly sold: ReadonlySet<number>;
};

export type Change = {
  readonly kind: 'change';
  /** The package that the user gets. */
  readonly give: Package | undefined;
  /** What is taken back. */
  readonly take: readonly Holding[];
  readonly licences: readonly Licence[];
  readonly details: Details;
  /** The user leaves the organization. */
  readonly leaves: boolean;
};
export type Refusal =
  | { readonly why: 'no such package' }
  | { readonly why: 'no service'; readonly wants: Package }
  | { readonly why: 'has another'; readonly wants: Package; readonly has: Holding }
  | { readonly why: 'no number'; readonly wants: Package }
  | { readonly why: 'no location'; readonly wants: Package }
  | { readonly why: 'nobody yet' };
export type Decision =
  | Change
  | { readonly kind: 'nothing'; readonly why: 'same' | 'was not there' }
  | { readonly kind: 'refused'; readonly refusals: readonly Refusal[] };

const NOBODY: Omit<UserState, 'email'> = { packages: [], licences: [], details: {}, others: [] };

export function decide(user: UserState | undefined, wish: Wish, world: World): Decision {
  const { packages, licences, details, others } = user ?? NOBODY;
  if (leaves(user, wish)) {
    if (user === undefined) return { kind: 'nothing', why: 'was not there' };
    if (others.length > 0 && packages.length + licences.length === 0) return { kind: 'nothing', why: 'same' };
    return { kind: 'change', give: undefined, take: packages, licences: [], details, leaves: true };
  }
  const changed = { ...details, ...wish.details };
  const wants = wish.give === undefined ? undefined : world.packages.get(wish.give);
  if (wish.give !== undefined && wants === undefined) return refused([{ why: 'no such package' }]);
  const give = packages.some(({ product }) => product === wants?.id) ? undefined : wants;
  if (give !== undefined) {
    const refusals = refusalsOf(give, packages, changed, wish, world);
    if (refusals.length > 0) return refused(refusals);
  }
  const nowLicences = licencesAfter(licences, wish, give !== undefined && world.mode === 'add-only');
  if (user === undefined && give === undefined && nowLicences.length === 0) return decideNobody(wish);
  const off = new Set(wish.off);
  const take = packages.filter(({ product }) => off.has(product));
  const sameUser = user !== undefined && isSame(licences, nowLicences) && sameDetails(details, changed);
  if (give === undefined && take.length === 0 && sameUser) return { kind: 'nothing', why: 'same' };
  return { kind: 'change', give, take, licences: nowLicences, details: changed, leaves: false };
}

/** All packages are FALSE, the one that the user has among them. */
function leaves(user: UserState | undefined, { leave, off = [] }: Wish): boolean {
  return leave === true && (user?.packages ?? []).every(({ product }) => off.includes(product));
}

/** A package that the user keeps although all packages of the sheet are FALSE. */
export function keptOf(user: UserState | undefined, { leave, off = [] }: Wish): Holding | undefined {
  return leave === true ? user?.packages.find(({ product }) => !off.includes(product)) : undefined;
}

function refusalsOf(
  wants: Package,
  has: readonly Holding[],
  details: Details,
  { off = [] }: Wish,
  { sold }: World,
): Refusal[] {
  const other = has.find(({ product }) => !off.includes(product));
  const reachable = details.phone_number !== undefined || details.extension !== undefined;
  return [
    ...(sold.has(wants.id) ? [] : [{ why: 'no service', wants } as const]),
    ...(other === undefined ? [] : [{ why: 'has another', wants, has: other } as const]),
    ...(wants.calling && !reachable ? [{ why: 'no number', wants } as const] : []),
    ...(wants.calling && details.location === undefined ? [{ why: 'no location', wants } as const] : []),
  ];
}

/** Where services are only added, the platform gives all basic licences to who gets a package. */
function licencesAfter(before: readonly Licence[], { licences = {} }: Wish, all: boolean): Licence[] {
  return LICENCES.filter((name) => all || (licences[name] ?? before.includes(name)));
}

/** A user who is not there, and a row that gives nothing. */
function decideNobody({ off = [], licences, details }: Wish): Decision {
  if (off.length > 0 || licences !== undefined) return { kind: 'nothing', why: 'was not there' };
  return details === undefined ? { kind: 'nothing', why: 'same' } : refused([{ why: 'nobody yet' }]);
}

const refused = (refusals: readonly Refusal[]): Decision => ({ kind: 'refused', refusals });

const isSame = (one: readonly string[], other: readonly string[]): boolean =>
  one.length === other.length && one.every((each) => other.includes(each));
const sameDetails = (one: Details, other: Details): boolean =>
  DETAILS.every((name) => one[name] === other[name]);

export function snapshot(user: UserState | undefined): Snapshot {
  if (user === undefined) return null;
  const { packages, licences, details } = user;
  return { packages: packages.map(({ service, units }) => [service, units] as const), licences, details };
}

const snapshotOfNobody: NonNullable<Snapshot> = { packages: [], licences: [], details: {} };

/** What a user has now that a job did not leave so. */
export function differences(user: Snapshot, left: Snapshot): string[] {
  const [now, then] = [user ?? snapshotOfNobody, left ?? snapshotOfNobody];
  const [had = [], has = []] = [then, now].map(({ packages }) => packages.map((pair) => pair.join(' ')));
  return [
    ...(isSame(has, had) ? [] : ['the package']),
    ...(isSame(now.licences, then.licences) ? [] : ['the licences']),
    ...DETAILS.filter((name) => now.details[name] !== then.details[name]).map(
      (name) => `the ${name.replaceAll('_', ' ')}`,
    ),
  ];
}
