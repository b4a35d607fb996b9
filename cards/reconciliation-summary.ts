/** What a reconciliation would change, or has changed. */
import type { Action, Card } from '../src/chat/card.ts';
import { actionButton, asking, commandButton, type Question } from './buttons.ts';
import { drifts, eur, longDrifts, longest, many, once } from './demo.ts';
import {
  boundPart,
  checkedOf,
  type Difference,
  differencesPart,
  leftOutPart,
  noDifference,
  type OrganizationDrift,
  organizationsPart,
} from './differences.ts';
import { callout, card, facts, lead, subtle } from './elements.ts';
import { count, dateTime, list, type Money, period, signed, signedMoney } from './format.ts';
import { type OtherRun, othersActions, othersPart } from './month.ts';

export type ReconciliationSummary = {
  /** Whose subscriptions were counted. */
  readonly organization: string;
  /** `2026-11` */
  readonly period: string;
  readonly mode: 'preview' | 'done';
  readonly at: string;
  /** Who had it run: a person, or the schedule. */
  readonly by?: string | undefined;
  /** The number of the run. */
  readonly number?: number | undefined;
  /** What the other runs of its month changed, the newest first; nothing, where one run alone is told of. */
  readonly others?: readonly OtherRun[] | undefined;
  /** When the next run is due. */
  readonly next?: string | undefined;
  readonly checked: number;
  readonly changed: number;
  /** Units counted less units recorded, over all. */
  readonly drift: number;
  /** What it changes a month, one amount a currency. */
  readonly money: readonly Money[];
  /** Subscriptions that were not counted, since they are changing just now. */
  readonly leftOut?: number | undefined;
  /** Units of yearly commitments that are billed no more. */
  readonly bound?: number | undefined;
  /** How many findings wait for an answer. */
  readonly findings?: number | undefined;
  /** The largest first. */
  readonly differences: readonly Difference[];
  readonly organizations: readonly OrganizationDrift[];
  /** Name of the workbook with every line. */
  readonly workbook?: string | undefined;
  /** The workbook and the CSV of this run can be had. */
  readonly exports?: boolean | undefined;
  /** Where a preview can be carried out by who reads it, and of which organization. */
  readonly run?: { readonly plan: string; readonly once: string; readonly organization?: number } | undefined;
  /** The name that commands about it need, where it is not all that the reader sees. */
  readonly of?: string | undefined;
};

export function reconciliationSummaryCard(data: ReconciliationSummary): Card {
  const preview = data.mode === 'preview';
  return card({
    organization: data.organization,
    title: `${preview ? 'Preview of the reconciliation' : 'Reconciliation'}, ${period(data.period)}`,
    body: [
      lead(answer(data)),
      preview && data.changed > 0 ? subtle('Nothing has been changed yet.') : undefined,
      findingsPart(data.findings),
      facts([
        ['Checked', checkedOf(data)],
        ['Changed', count(data.changed, 'subscription')],
        ['Units', signed(data.drift)],
        ['Money a month', sum(data.money)],
        ['Run', data.number === undefined ? undefined : `${data.number}`],
        [preview ? 'As of' : 'At', dateTime(data.at)],
        ['Run by', data.by],
        ['Next run', data.next === undefined ? undefined : dateTime(data.next)],
      ]),
      leftOutPart(data.leftOut, data.mode),
      boundPart(data.bound, data.mode),
      ...differencesPart(data.differences, data.changed),
      ...organizationsPart(data.organizations),
      ...othersPart(data),
      data.workbook === undefined ? undefined : subtle(`Every line is in ${data.workbook}.`, 'medium'),
    ],
    actions: actions(data),
  });
}

function answer(data: ReconciliationSummary): string {
  const { mode, changed } = data;
  if (changed === 0) return noDifference(data, mode);
  const what = count(changed, 'subscription');
  return mode === 'preview'
    ? `${what} would change.`
    : `${what} now ${changed === 1 ? 'has' : 'have'} the quantity that is really used.`;
}

function sum(all: readonly Money[]): string {
  return all.length === 0 ? 'no change' : list(all.map(signedMoney));
}

const findingsPart = (waiting = 0) =>
  waiting === 0
    ? undefined
    : callout(`${count(waiting, 'finding')} ${waiting === 1 ? 'waits' : 'wait'} for an answer.`, 'warning');

function actions(data: ReconciliationSummary): (Action | undefined)[] {
  const { mode, run, period: month, findings = 0, exports, of, number: id, others } = data;
  const about = of === undefined ? '' : ` ${of}`;
  const alone = id === undefined || others !== undefined ? '' : ` run ${id}`;
  return [
    mode === 'preview' && run
      ? asking(actionButton('Reconcile now', 'reconciliation.run', run, 'positive'), question(data))
      : undefined,
    findings > 0 ? commandButton('Findings', 'findings') : undefined,
    exports ? commandButton('Workbook and CSV', `reconcile ${month}${alone} export${about}`) : undefined,
    ...othersActions(data),
    commandButton('Subscriptions', 'subscriptions'),
    alone === '' ? undefined : commandButton(`All of ${period(month)}`, `reconcile ${month}${about}`),
    mode === 'done' ? commandButton('Preview the next', `reconcile preview${about}`) : undefined,
  ];
}

const question = ({ period: month, changed, drift, money }: ReconciliationSummary): Question => ({
  title: `Reconcile ${period(month)} now?`,
  text: `${count(changed, 'subscription')} ${changed === 1 ? 'gets' : 'get'} the quantity that is really used: ${unitsIn(drift)}, ${priced(money)}. What is billed follows from it.`,
  yes: 'Reconcile now',
});

const unitsIn = (drift: number): string =>
  drift === 0 ? 'as many units in all' : `${signed(drift)} ${Math.abs(drift) === 1 ? 'unit' : 'units'}`;

/** Of many currencies the first, so that a question has room for it. */
function priced(all: readonly Money[]): string {
  if (all.length === 0) return 'for the same money';
  const more = all.length - MOST_ASKED;
  const named = all.slice(0, MOST_ASKED).map(signedMoney);
  return `${list([...named, ...(more > 0 ? [count(more, 'more amount')] : [])])} a month`;
}
const MOST_ASKED = 4;

const november: ReconciliationSummary = {
  organization: 'HamaraCloud and its customers',
  period: '2026-11',
  mode: 'done',
  at: '2026-11-25T06:00:00Z',
  by: 'the schedule',
  number: 14,
  others: [],
  next: '2026-12-25T06:00:00Z',
  checked: 214,
  changed: 3,
  drift: -4,
  money: [eur(-5040)],
  leftOut: 2,
  bound: 7,
  findings: 5,
  differences: drifts,
  organizations: [
    { organization: 'Contoso', checked: 180, changed: 2, drift: -5, money: [eur(-8620)] },
    { organization: 'Fabrikam', checked: 34, changed: 1, drift: 1, money: [] },
  ],
  workbook: 'reconciliation-2026-11.xlsx',
  exports: true,
};

const byHand: OtherRun = {
  id: 12,
  at: '2026-11-10T12:00:00Z',
  by: 'Nora Reseller',
  organization: 'Northwind Partners',
  changed: 1,
  drift: -7,
  money: [eur(-8820)],
};

const [largest, ...smaller] = november.differences;
const ofNorthwind: ReconciliationSummary = {
  ...november,
  organization: 'Northwind Partners and its customers',
  checked: 180,
  changed: 2,
  drift: -5,
  money: [eur(-8620)],
  leftOut: 0,
  findings: 1,
  differences: [largest, smaller[0]].filter((difference) => difference !== undefined),
  organizations: november.organizations.slice(0, 1),
};

export const samples: Record<string, Card> = {
  done: reconciliationSummaryCard(november),
  reseller: reconciliationSummaryCard({ ...ofNorthwind, by: 'Rita Resell', others: undefined }),
  'other runs': reconciliationSummaryCard({
    ...november,
    findings: 0,
    others: [{ ...byHand, id: 13, organization: undefined, by: 'Priya Raman' }, byHand],
  }),
  preview: reconciliationSummaryCard({
    ...november,
    mode: 'preview',
    by: undefined,
    number: undefined,
    others: undefined,
    workbook: undefined,
    exports: undefined,
    run: { plan: '2026-11:9', once },
  }),
  right: reconciliationSummaryCard({
    ...november,
    changed: 0,
    drift: 0,
    money: [],
    leftOut: 1,
    bound: 0,
    findings: 0,
    differences: [],
    organizations: [],
  }),
  'all left out': reconciliationSummaryCard({
    ...november,
    checked: 0,
    changed: 0,
    drift: 0,
    money: [],
    leftOut: 3,
    bound: 0,
    findings: 0,
    differences: [],
    organizations: [],
  }),
  nothing: reconciliationSummaryCard({
    ...november,
    checked: 0,
    changed: 0,
    drift: 0,
    money: [],
    leftOut: 0,
    bound: 0,
    findings: 0,
    differences: [],
    organizations: [],
    workbook: undefined,
    exports: undefined,
  }),
  few: reconciliationSummaryCard({
    ...ofNorthwind,
    changed: 1,
    drift: -7,
    money: [eur(-8820)],
    findings: 0,
    bound: 1,
    differences: november.differences.slice(0, 1),
  }),
  long: reconciliationSummaryCard({
    ...november,
    organization: longest.organization,
    others: many(12, (index) => ({
      ...byHand,
      id: 123_456 + index,
      by: 'Maximiliane Oberhuber-Schwarzenbergerova',
      organization: longest.organization,
      changed: 120_000,
      drift: -45_000,
      money: [eur(123_456_789), { minor: -450_000, currency: 'USD' }],
    })),
    by: 'Maximiliane Oberhuber-Schwarzenbergerova',
    checked: 120_000,
    changed: 1200,
    drift: 45_000,
    money: [eur(123_456_789), { minor: -450_000, currency: 'USD' }, { minor: 9000, currency: 'JPY' }],
    leftOut: 1234,
    bound: 12_345,
    findings: 2345,
    differences: longDrifts,
    organizations: many(12, () => ({
      organization: longest.organization,
      checked: 10_000,
      changed: 100,
      drift: 4500,
      money: [eur(123_456_789), { minor: -450_000, currency: 'USD' }],
    })),
  }),
};
