/** What a reconciliation would change, or has changed. */
import type { Action, Card } from '../src/chat/card.ts';
import { actionButton, commandButton } from './buttons.ts';
import { longest, many, once } from './demo.ts';
import {
  type Difference,
  differencesPart,
  type OrganizationDrift,
  organizationsPart,
} from './differences.ts';
import { card, facts, lead, subtle } from './elements.ts';
import { count, dateTime, list, type Money, period, signed, signedMoney } from './format.ts';

export type ReconciliationSummary = {
  /** Whose subscriptions were counted. */
  readonly organization: string;
  /** `2026-11` */
  readonly period: string;
  readonly mode: 'preview' | 'done';
  readonly at: string;
  /** When the next run is due. */
  readonly next?: string | undefined;
  readonly checked: number;
  readonly changed: number;
  /** Units counted less units recorded, over all. */
  readonly drift: number;
  /** What it changes a month, one amount a currency. */
  readonly money: readonly Money[];
  /** The largest first. */
  readonly differences: readonly Difference[];
  readonly organizations: readonly OrganizationDrift[];
  /** Name of the workbook with every line. */
  readonly workbook?: string | undefined;
  /** Where a preview can be carried out by who reads it. */
  readonly run?: { readonly plan: string; readonly once: string } | undefined;
};

export function reconciliationSummaryCard(data: ReconciliationSummary): Card {
  const preview = data.mode === 'preview';
  return card({
    organization: data.organization,
    title: `${preview ? 'Preview of the reconciliation' : 'Reconciliation'}, ${period(data.period)}`,
    body: [
      lead(answer(data)),
      facts([
        ['Checked', count(data.checked, 'subscription')],
        ['Changed', count(data.changed, 'subscription')],
        ['Units', signed(data.drift)],
        ['Money a month', sum(data.money)],
        [preview ? 'As of' : 'Run', dateTime(data.at)],
        ['Next run', data.next === undefined ? undefined : dateTime(data.next)],
      ]),
      ...differencesPart(data.differences, data.changed),
      ...organizationsPart(data.organizations),
      data.workbook === undefined ? undefined : subtle(`Every line is in ${data.workbook}.`, 'medium'),
      preview && data.changed > 0 ? subtle('Nothing has been changed yet.', 'medium') : undefined,
    ],
    actions: actions(data),
  });
}

function answer({ mode, changed, checked }: ReconciliationSummary): string {
  if (checked === 0) return 'There are no subscriptions to count.';
  if (changed === 0) return 'Every quantity is right.';
  const what = count(changed, 'subscription');
  return mode === 'preview'
    ? `${what} would change.`
    : `${what} now ${changed === 1 ? 'has' : 'have'} the quantity that is really used.`;
}

function sum(all: readonly Money[]): string {
  return all.length === 0 ? 'no change' : list(all.map(signedMoney));
}

function actions({ mode, run }: ReconciliationSummary): (Action | undefined)[] {
  return [
    mode === 'preview' && run
      ? actionButton('Reconcile now', 'reconciliation.run', run, 'positive')
      : undefined,
    commandButton('Subscriptions', 'subscriptions'),
    mode === 'done' ? commandButton('Preview the next', 'reconcile preview') : undefined,
  ];
}

const eur = (minor: number): Money => ({ minor, currency: 'EUR' });

const november: ReconciliationSummary = {
  organization: 'HamaraCloud and its customers',
  period: '2026-11',
  mode: 'done',
  at: '2026-11-25T06:00:00Z',
  next: '2026-12-25T06:00:00Z',
  checked: 214,
  changed: 3,
  drift: -4,
  money: [eur(-5040)],
  differences: [
    { subscription: 'Office 365 E3', organization: 'Contoso', before: 12, counted: 5, money: eur(-8820) },
    {
      subscription: 'UniversalMessaging Small Business Edition (1GB)',
      organization: 'Contoso',
      before: 1,
      counted: 3,
      money: eur(200),
    },
    { subscription: 'Webex Suite', organization: 'Fabrikam', before: 2, counted: 3 },
  ],
  organizations: [
    { organization: 'Contoso', checked: 180, changed: 2, drift: -5, money: [eur(-8620)] },
    { organization: 'Fabrikam', checked: 34, changed: 1, drift: 1, money: [] },
  ],
  workbook: 'reconciliation-2026-11.xlsx',
};

export const samples: Record<string, Card> = {
  done: reconciliationSummaryCard(november),
  preview: reconciliationSummaryCard({
    ...november,
    organization: 'Northwind Partners and its customers',
    mode: 'preview',
    organizations: november.organizations.slice(0, 1),
    workbook: undefined,
    run: { plan: '2026-11:9', once },
  }),
  right: reconciliationSummaryCard({
    ...november,
    changed: 0,
    drift: 0,
    money: [],
    differences: [],
    organizations: [],
  }),
  nothing: reconciliationSummaryCard({
    ...november,
    checked: 0,
    changed: 0,
    drift: 0,
    money: [],
    differences: [],
    organizations: [],
    workbook: undefined,
  }),
  long: reconciliationSummaryCard({
    ...november,
    organization: longest.organization,
    checked: 120_000,
    changed: 1200,
    drift: 45_000,
    money: [eur(123_456_789), { minor: -450_000, currency: 'USD' }, { minor: 9000, currency: 'JPY' }],
    differences: many(12, () => ({
      subscription: longest.product,
      organization: longest.organization,
      before: 100_000,
      counted: 145_000,
      money: eur(123_456_789),
    })),
    organizations: many(12, () => ({
      organization: longest.organization,
      checked: 10_000,
      changed: 100,
      drift: 4500,
      money: [eur(123_456_789), { minor: -450_000, currency: 'USD' }],
    })),
  }),
};
