/** What a reconciliation found, by subscription and by organization. */
import type { Element } from '../src/chat/card.ts';
import { inPicture, type Pair, pairsChart } from './chart.ts';
import { section, subtle } from './elements.ts';
import { count, type Money, number, signed, signedMoney } from './format.ts';
import { type Cell, small, type TableColumn, table } from './table.ts';

export type Difference = {
  readonly subscription: string;
  /** `10023/3`: what the subscription is called under its bars. */
  readonly service: string;
  readonly organization: string;
  readonly before: number;
  readonly counted: number;
  readonly money?: Money | undefined;
};

export type OrganizationDrift = {
  readonly organization: string;
  readonly checked: number;
  readonly changed: number;
  /** Units counted less units recorded. */
  readonly drift: number;
  /** One amount a currency. */
  readonly money: readonly Money[];
};

const MOST = 8;
const DIFFERENCES: readonly TableColumn[] = [
  { title: 'Subscription', width: 4.5 },
  { title: 'Before', width: 1.6, align: 'right' },
  { title: 'Counted', width: 1.8, align: 'right' },
  { title: 'Change', width: 2.6, align: 'right' },
];
const ORGANIZATIONS: readonly TableColumn[] = [
  { title: 'Organization', width: 4.5 },
  { title: 'Changed', width: 3, align: 'right' },
  { title: 'Change', width: 2.6, align: 'right' },
];

/** The largest of the `changed` differences, as a picture and with their numbers. */
export function differencesPart(all: readonly Difference[], changed: number): (Element | undefined)[] {
  if (all.length === 0) return [];
  const shown = all.slice(0, MOST);
  const hidden = changed - shown.length;
  const picture = inPicture(
    shown.map(({ service, before, counted }): Pair => ({ label: service, before, after: counted })),
  );
  return [
    section('Largest differences'),
    pairsChart(
      {
        title: 'Units by subscription',
        of: 'Subscription',
        unit: 'Units',
        before: 'Before',
        after: 'Counted',
      },
      picture.shown,
    ),
    table(DIFFERENCES, shown.map(differenceRow)),
    leftToTable(picture.left),
    hidden > 0 ? subtle(`And ${number(hidden)} more.`) : undefined,
  ];
}

function leftToTable(left: readonly Pair[]): Element | undefined {
  if (left.length === 0) return undefined;
  const named = left.map(({ label, before, after }) => `${label}, ${number(before)} → ${number(after)}`);
  return subtle(`Too far from the others for the picture: ${named.join('; ')}.`);
}

function differenceRow({ subscription, organization, before, counted, money }: Difference): Cell[] {
  return [
    [subscription, small(organization)],
    number(before),
    number(counted),
    [{ text: signed(counted - before), weight: 'bolder' }, ...amounts(money ? [money] : [])],
  ];
}

/** What changed where, if more than one organization was counted. */
export function organizationsPart(all: readonly OrganizationDrift[]): (Element | undefined)[] {
  if (all.length < 2) return [];
  const hidden = all.length - MOST;
  const rows = all
    .slice(0, MOST)
    .map(({ organization, checked, changed, drift, money }): Cell[] => [
      organization,
      `${number(changed)} of ${number(checked)}`,
      [{ text: signed(drift), weight: 'bolder' }, ...amounts(money)],
    ]);
  return [
    section('By organization'),
    table(ORGANIZATIONS, rows),
    hidden > 0 ? subtle(`And ${count(hidden, 'other organization')}.`) : undefined,
  ];
}

/** A preview tells of now, a run of the time at which it was made. */
const LEFT_OUT = {
  done: {
    one: 'was changing just then. It was left out and kept its quantity.',
    several: 'were changing just then. They were left out and kept their quantities.',
  },
  preview: {
    one: 'is changing just now. It is not counted here.',
    several: 'are changing just now. They are not counted here.',
  },
} as const;

/** What is not in the numbers, and why. */
export function leftOutPart(leftOut = 0, mode: 'preview' | 'done'): Element | undefined {
  if (leftOut === 0) return undefined;
  const { one, several } = LEFT_OUT[mode];
  return subtle(`${count(leftOut, 'subscription')} ${leftOut === 1 ? one : several}`, 'medium');
}

/** What is billed no more, and is paid for all the same. */
export function boundLine(bound: number, mode: 'preview' | 'done'): string {
  const billed = mode === 'preview' ? 'would be billed no more' : 'are billed no more';
  const [has, it] = bound === 1 ? ['has', 'it'] : ['have', 'they'];
  const paid = `the vendor is paid for ${bound === 1 ? 'it' : 'them'}`;
  return `${number(bound)} of the units that ${billed} ${has} a yearly commitment: ${paid} until ${it} can be given back, at the latest at renewal.`;
}

export const boundPart = (bound = 0, mode: 'preview' | 'done'): Element | undefined =>
  bound === 0 ? undefined : subtle(boundLine(bound, mode), 'medium');

type Counted = { readonly checked: number; readonly leftOut?: number | undefined };

/** What is said where no quantity differs: no more than what was counted. */
export function noDifference({ checked, leftOut = 0 }: Counted, mode: 'preview' | 'done'): string {
  if (checked === 0)
    return leftOut === 0 ? 'There are no subscriptions to count.' : 'No subscription could be counted.';
  const which = leftOut === 0 ? 'Every quantity' : 'Every quantity that could be counted';
  return `${which} ${mode === 'preview' ? 'is' : 'was'} right.`;
}

/** `3 of 4 subscriptions` where one could not be counted. */
export const checkedOf = ({ checked, leftOut = 0 }: Counted): string =>
  leftOut === 0
    ? count(checked, 'subscription')
    : `${number(checked)} of ${count(checked + leftOut, 'subscription')}`;

export function amounts(all: readonly Money[]) {
  return all.map((amount) => small(signedMoney(amount)));
}
