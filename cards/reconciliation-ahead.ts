/** What the next reconciliation would change, some days before it, and what had better be answered until then. */
import type { Action, Card, Choice, Element } from '../src/chat/card.ts';
import { actionButton, commandButton } from './buttons.ts';
import { drifts, eur, longDrifts, longest, many } from './demo.ts';
import {
  boundPart,
  checkedOf,
  type Difference,
  differencesPart,
  leftOutPart,
  noDifference,
} from './differences.ts';
import { callout, card, facts, lead, section, subtle } from './elements.ts';
import { choiceInput } from './fields.ts';
import { count, dateTime, list, type Money, number, period, signed, signedMoney } from './format.ts';
import { type Cell, small, type TableColumn, table } from './table.ts';

export type OpenFinding = {
  /** `finding 12` shows it. */
  readonly n: number;
  /** `7 of 10 units of Office 365 E3 are idle` */
  readonly what: string;
  readonly organization?: string | undefined;
  /** `10023/2`, or the vendor's name for it. */
  readonly about: string;
  /** `Release 7 idle units`: what is proposed above all, where that is more than to leave it. */
  readonly proposal?: string | undefined;
};

export type ReconciliationAhead = {
  /** Whose subscriptions were counted. */
  readonly organization: string;
  /** `2026-11` */
  readonly period: string;
  readonly due: string;
  readonly at: string;
  readonly checked: number;
  readonly changed: number;
  /** Units counted less units recorded, over all. */
  readonly drift: number;
  /** What it changes a month, one amount a currency. */
  readonly money: readonly Money[];
  readonly leftOut: number;
  /** Units of yearly commitments that would be billed no more. */
  readonly bound?: number | undefined;
  /** The largest first. */
  readonly differences: readonly Difference[];
  /** The largest of those that wait for an answer. */
  readonly findings: readonly OpenFinding[];
  /** How many findings wait in all. */
  readonly waiting: number;
  /** Why this may not be all. */
  readonly trouble?: string | undefined;
};

const MOST_FINDINGS = 4;
const COLUMNS: readonly TableColumn[] = [
  { title: 'Finding', width: 5 },
  { title: 'Where', width: 3 },
];

export function reconciliationAheadCard(data: ReconciliationAhead): Card {
  const shown = data.findings.slice(0, MOST_FINDINGS);
  return card({
    organization: data.organization,
    title: `Reconciliation ahead, ${period(data.period)}`,
    body: [
      lead(`${answer(data)} The run is due on ${dateTime(data.due)}.`),
      subtle(`As of ${dateTime(data.at)}. Nothing has been changed yet.`),
      data.trouble === undefined ? undefined : callout(data.trouble, 'warning'),
      data.changed === 0
        ? undefined
        : facts([
            ['Checked', checkedOf(data)],
            ['Would change', count(data.changed, 'subscription')],
            ['Units', signed(data.drift)],
            ['Money a month', data.money.length === 0 ? 'no change' : list(data.money.map(signedMoney))],
          ]),
      leftOutPart(data.leftOut, 'preview'),
      boundPart(data.bound, 'preview'),
      ...differencesPart(data.differences, data.changed),
      ...findingsPart(shown, data.waiting),
    ],
    actions: [
      ...findingActions(shown),
      data.waiting > shown.length ? commandButton('All findings', 'findings') : undefined,
      data.changed > 0 ? commandButton('Preview now', 'reconcile preview') : undefined,
    ],
  });
}

function answer(data: ReconciliationAhead): string {
  const { checked, changed } = data;
  if (changed === 0) return noDifference(data, 'preview');
  return `${number(changed)} of ${count(checked, 'subscription')} would change.`;
}

function findingsPart(shown: readonly OpenFinding[], waiting: number): (Element | undefined)[] {
  if (shown.length === 0) return [];
  const hidden = waiting - shown.length;
  const value = String(shown[0]?.n);
  return [
    section('Findings that wait for an answer'),
    table(COLUMNS, shown.map(findingRow)),
    hidden > 0 ? subtle(`And ${number(hidden)} more.`) : undefined,
    ...(shown.length > 1
      ? [choiceInput({ id: 'finding', label: 'Finding', choices: choicesOf(shown), style: 'compact', value })]
      : []),
    choiceInput({ id: 'until', label: 'Ask again', choices: UNTILS, style: 'compact', value: 'run' }),
  ];
}

const UNTILS: readonly Choice[] = [
  { title: 'At this reconciliation', value: 'run' },
  { title: 'In a day', value: 'day' },
  { title: 'In a week', value: 'week' },
];

const choicesOf = (shown: readonly OpenFinding[]): Choice[] =>
  shown.map(({ n, about, proposal }) => ({
    title: [String(n), proposal, about].filter((part) => part !== undefined).join(' · '),
    value: String(n),
  }));

/** What can be done about the only finding, or about the one that is chosen. */
function findingActions(shown: readonly OpenFinding[]): Action[] {
  const [first, ...others] = shown;
  if (first === undefined) return [];
  const only = others.length === 0;
  const data = only ? { finding: first.n } : {};
  const press = (
    title: string,
    verb: string,
    more: Readonly<Record<string, string>>,
    style?: 'positive',
  ) => ({
    ...actionButton(title, verb, { ...data, ...more }, style),
    associatedInputs: 'auto' as const,
  });
  const proposal = only ? first.proposal : 'As proposed';
  return [
    ...(proposal !== undefined && shown.some((one) => one.proposal !== undefined)
      ? [press(proposal, 'findings.answer', { how: 'first' }, 'positive')]
      : []),
    press('Leave it so', 'findings.answer', { how: 'leave' }),
    press('Snooze', 'findings.snooze', {}),
    press(only ? `Finding ${first.n}` : 'Open', 'findings.show', {}),
  ];
}

function findingRow({ n, what, organization, about, proposal }: OpenFinding): Cell[] {
  const proposed = proposal === undefined ? '' : `: ${proposal}`;
  return [
    [what, small(`Finding ${n}${proposed}`)],
    organization === undefined ? about : [about, small(organization)],
  ];
}

const november: ReconciliationAhead = {
  organization: 'HamaraCloud and its customers',
  period: '2026-11',
  due: '2026-11-25T06:00:00Z',
  at: '2026-11-23T06:00:00Z',
  checked: 214,
  changed: 3,
  drift: -4,
  money: [eur(-5040)],
  leftOut: 1,
  bound: 7,
  differences: drifts,
  findings: [
    {
      n: 12,
      what: '7 of 12 units of Office 365 E3 are idle',
      about: '10023/2',
      organization: 'Contoso',
      proposal: 'Release 7 idle units',
    },
    {
      n: 15,
      what: 'Webex Suite: 3 units here, 2 at the vendor',
      about: '10028/1',
      organization: 'Fabrikam',
      proposal: 'Set to 2 here',
    },
  ],
  waiting: 2,
};

export const samples: Record<string, Card> = {
  provider: reconciliationAheadCard(november),
  reseller: reconciliationAheadCard({
    ...november,
    organization: 'Northwind Partners and its customers',
    checked: 180,
    changed: 2,
    drift: -5,
    money: [eur(-8620)],
    leftOut: 0,
    differences: november.differences.slice(0, 2),
    findings: november.findings.slice(0, 1),
    waiting: 1,
  }),
  findings: reconciliationAheadCard({
    ...november,
    changed: 0,
    drift: 0,
    money: [],
    leftOut: 0,
    bound: 0,
    differences: [],
  }),
  unread: reconciliationAheadCard({
    ...november,
    trouble: 'The vendor ledger could not be read just now: what was found there is of the reading before.',
    findings: [],
    waiting: 0,
  }),
  long: reconciliationAheadCard({
    ...november,
    organization: longest.organization,
    checked: 120_000,
    changed: 1200,
    drift: 45_000,
    money: [eur(123_456_789), { minor: -450_000, currency: 'USD' }, { minor: 9000, currency: 'JPY' }],
    leftOut: 1234,
    differences: longDrifts,
    findings: many(4, (index) => ({
      n: 123_450 + index,
      what: `12,345 of 145,000 units of ${longest.product} are idle`,
      about: longest.service,
      organization: longest.organization,
      proposal: 'Release 12,345 idle units',
    })),
    waiting: 2345,
  }),
};
