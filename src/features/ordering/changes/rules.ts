/** Which changes of a subscription are possible, and why others are not. */
import { count, date, number } from '../../../../cards/format.ts';
import { openLots, reducible, type SeatLot, windowEnds } from '../../subscriptions/rules.ts';
import { type ChangeKind, MOST_QUANTITY, type Problem } from '../rules.ts';

export type Changeable = {
  readonly number: number;
  readonly position: number;
  readonly product: string;
  readonly quantity: number;
  readonly status: 'active' | 'suspended' | 'cancelled';
  readonly commitment: 'monthly' | 'yearly';
  readonly renewsAt: Date | null;
  readonly associated: number;
  readonly reserved: number;
  readonly isConfigured: boolean;
};

export const refOf = ({ number: order, position }: Pick<Changeable, 'number' | 'position'>): string =>
  `${order}/${position}`;

/** `increase by 4`, `suspend` */
export const inWords = ({
  kind,
  quantity,
}: {
  readonly kind: string;
  readonly quantity: number | null;
}): string =>
  quantity !== null && (kind === 'increase' || kind === 'decrease') ? `${kind} by ${number(quantity)}` : kind;

/** Can it be changed in this way at all, whatever the quantity? */
export function mayChange(kind: ChangeKind, { status, quantity, isConfigured }: Changeable): boolean {
  if (kind === 'resume') return status === 'suspended';
  if (status !== 'active') return false;
  if (kind === 'suspend') return true;
  return !isConfigured && (kind === 'increase' || quantity > 1);
}

/** Why it can't be changed so; nothing where it can. */
export function refusalOf(kind: ChangeKind, subscription: Changeable): string | undefined {
  if (mayChange(kind, subscription)) return undefined;
  const { product, status, isConfigured } = subscription;
  const what = `${product} (${refOf(subscription)})`;
  if (status === 'cancelled') return `${what} is cancelled.`;
  if (kind === 'resume') return `${what} is not suspended.`;
  if (status === 'suspended')
    return kind === 'suspend' ? `${what} is suspended already.` : `${what} is suspended. Resume it first.`;
  return isConfigured
    ? `The quantity of ${what} is always one: each configuration is bought separately.`
    : `${what} has one unit; suspend it to stop it.`;
}

/** Why the quantity can't be this much less or more. */
export function quantityProblem(
  kind: 'increase' | 'decrease',
  subscription: Changeable,
  by: number,
  { lots, now }: { readonly lots: readonly SeatLot[]; readonly now: Date },
): Problem | undefined {
  const { quantity } = subscription;
  if (kind === 'increase') {
    if (quantity + by <= MOST_QUANTITY) return undefined;
    return {
      sentence: `${refOf(subscription)} has ${count(quantity, 'unit')}; ${number(MOST_QUANTITY)} are the most there can be.`,
    };
  }
  return tooMany(subscription, by) ?? inUse(subscription, by) ?? committed(subscription, by, lots, now);
}

function tooMany(subscription: Changeable, by: number): Problem | undefined {
  const { quantity } = subscription;
  if (by < quantity) return undefined;
  return {
    sentence: `${refOf(subscription)} has ${count(quantity, 'unit')}; at least one stays. To stop all of it, suspend it.`,
  };
}

function inUse(subscription: Changeable, by: number): Problem | undefined {
  const { quantity, associated, reserved, product } = subscription;
  const free = quantity - associated - reserved;
  if (by <= free) return undefined;
  const users = associated > 0 ? [`${number(associated)} ${associated === 1 ? 'is' : 'are'} with users`] : [];
  const held = reserved > 0 ? [`${number(reserved)} reserved by running jobs`] : [];
  const release = Math.min(by - free, associated);
  const rest = [...users, ...held].join(', ');
  return {
    sentence: `${product} (${refOf(subscription)}) has ${count(Math.max(free, 0), 'free unit')}; ${rest}. Release ${number(release)} first.`,
    button: { title: `Users of ${refOf(subscription)}`, command: `services ${refOf(subscription)}` },
  };
}

function committed(
  subscription: Changeable,
  by: number,
  lots: readonly SeatLot[],
  now: Date,
): Problem | undefined {
  const { commitment, renewsAt, product } = subscription;
  const may = reducible(lots, now, commitment, renewsAt);
  if (by <= may) return undefined;
  const open = openLots(lots, now);
  const last = open.at(-1);
  const until = last === undefined ? '' : ` (until ${date(windowEnds(last).toISOString())})`;
  const when = renewsAt === null ? 'at renewal' : `at renewal on ${date(renewsAt.toISOString())}`;
  const bound = `${product} (${refOf(subscription)}) is bought for a year.`;
  return {
    sentence:
      may === 0
        ? `${bound} No unit can be given back now, only ${when}.`
        : `${bound} ${count(may, 'unit')} can be given back now${until}; the others ${when}.`,
  };
}
