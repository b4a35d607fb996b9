import { createHash } from 'node:crypto';
import type { Role } from '../../bot/index.ts';
import type { Scope } from '../../db/index.ts';

/** Who may reconcile: the provider, and a reseller for its own customers. */
export const RECONCILERS: readonly Role[] = ['provider admin', 'account manager', 'reseller admin'];

/** One active subscription: what is recorded, and what was counted. */
export type Line = {
  readonly subscriptionId: number;
  readonly organization: { readonly id: number; readonly name: string; readonly parentId: number | null };
  /** `10023/3` */
  readonly service: string;
  readonly product: string;
  readonly before: number;
  readonly counted: number;
  /** Of one unit and month. */
  readonly priceMinor: number;
  readonly currency: string;
};

export type Amount = { readonly minor: number; readonly currency: string };

type Sums = {
  readonly checked: number;
  readonly changed: number;
  /** Units counted less units recorded. */
  readonly drift: number;
  /** What that is a month, one amount a currency; currencies in which nothing changes are left out. */
  readonly money: readonly Amount[];
};

export type Summary = Sums & {
  /** The lines that differ, the largest difference first. */
  readonly differences: readonly Line[];
  /** The organizations with a difference, the largest first. */
  readonly organizations: readonly (Sums & { readonly organization: string })[];
};

export type Wish =
  | { readonly kind: 'menu' }
  | { readonly kind: 'preview' }
  | { readonly kind: 'now' }
  | { readonly kind: 'past'; readonly period: string }
  | { readonly kind: 'no such month'; readonly typed: string }
  | { readonly kind: 'unclear'; readonly typed: string };

/** What the words after `reconcile` ask for. */
export function understand(words: readonly string[]): Wish {
  const typed = words.join(' ');
  const word = typed.toLowerCase();
  if (word === '') return { kind: 'menu' };
  if (word === 'preview' || word === 'now') return { kind: word };
  const [, year = '', month = ''] = /^(\d{4})[-/.](\d{1,2})$/.exec(word) ?? [];
  if (year === '') return { kind: 'unclear', typed };
  if (Number(month) < 1 || Number(month) > 12) return { kind: 'no such month', typed };
  return { kind: 'past', period: `${year}-${month.padStart(2, '0')}` };
}

/** The year and month of a moment, as the calendar of that time zone has it: `2026-11`. */
export function periodOf(at: Date, timeZone: string): string {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    year: 'numeric',
    month: '2-digit',
  });
  const parts = new Map(format.formatToParts(at).map(({ type, value }) => [type, value]));
  return `${parts.get('year')?.padStart(4, '0')}-${parts.get('month')}`;
}

export const driftOf = ({ before, counted }: Line): number => counted - before;

export const moneyOf = (line: Line): Amount => ({
  minor: driftOf(line) * line.priceMinor,
  currency: line.currency,
});

export const changesOf = <L extends Line>(lines: readonly L[]): L[] =>
  lines.filter((line) => driftOf(line) !== 0);

export function summarize(lines: readonly Line[]): Summary {
  const differences = changesOf(lines).sort(
    (a, b) =>
      Math.abs(driftOf(b)) - Math.abs(driftOf(a)) ||
      Math.abs(moneyOf(b).minor) - Math.abs(moneyOf(a).minor) ||
      a.subscriptionId - b.subscriptionId,
  );
  return { ...sumsOf(lines), differences, organizations: organizationsOf(lines) };
}

function sumsOf(lines: readonly Line[]): Sums {
  let changed = 0;
  let drift = 0;
  const byCurrency = new Map<string, number>();
  for (const line of lines) {
    if (driftOf(line) === 0) continue;
    const { minor, currency } = moneyOf(line);
    changed++;
    drift += driftOf(line);
    byCurrency.set(currency, (byCurrency.get(currency) ?? 0) + minor);
  }
  const money = [...byCurrency]
    .map(([currency, minor]) => ({ minor, currency }))
    .filter(({ minor }) => minor !== 0)
    .sort((a, b) => a.currency.localeCompare(b.currency));
  return { checked: lines.length, changed, drift, money };
}

function organizationsOf(lines: readonly Line[]): Summary['organizations'] {
  return [...Map.groupBy(lines, ({ organization }) => organization.id).values()]
    .map((own) => ({ organization: own[0]?.organization.name ?? '', ...sumsOf(own) }))
    .filter(({ changed }) => changed > 0)
    .sort((a, b) => Math.abs(b.drift) - Math.abs(a.drift) || a.organization.localeCompare(b.organization));
}

/** Names exactly these changes: a preview can be carried out only while the plan is still the same. */
export function planOf(lines: readonly Line[]): string {
  const hash = createHash('sha256');
  for (const { subscriptionId, before, counted } of changesOf(lines)) {
    hash.update(`${subscriptionId}:${before}>${counted} `);
  }
  return hash.digest('base64url').slice(0, 22);
}

/** The lines of the organizations in a scope. For a customer there are none: reconciliation is not theirs. */
export function linesFor(scope: Scope, lines: readonly Line[]): readonly Line[] {
  switch (scope.kind) {
    case 'all':
      return lines;
    case 'reseller':
      return lines.filter(({ organization: { id, parentId } }) =>
        [id, parentId].includes(scope.organizationId),
      );
    case 'customer':
      return [];
  }
}

/** Was the run of this time missed? What was due before the bot was set up was never its to do. */
export function wasMissed(due: Date, known: { setUpAt: Date | undefined; alreadyRun: boolean }): boolean {
  return !known.alreadyRun && known.setUpAt !== undefined && known.setUpAt < due;
}
