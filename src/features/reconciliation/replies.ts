import { chatChoiceCard } from '../../../cards/chat-choice.ts';
import { chatRefusalCard } from '../../../cards/chat-refusal.ts';
import { count, list, period as monthOf, number, signed, signedMoney } from '../../../cards/format.ts';
import { reconciliationSummaryCard } from '../../../cards/reconciliation-summary.ts';
import { announce, newOnce, replaceWith, tell } from '../../bot/index.ts';
import type { Card } from '../../chat/card.ts';
import type { Reply } from '../../chat/reply.ts';
import { driftOf, type Line, moneyOf, type Summary } from './rules.ts';

/** What was counted, for whom and when. */
export type Report = {
  /** The provider or the reseller whose customers it is about. */
  readonly organization: string;
  readonly period: string;
  readonly at: Date;
  readonly summary: Summary;
};

/** How many differences and organizations a card is handed; it shows fewer and counts the rest. */
const MOST_DIFFERENCES = 20;
/** How many differences the text names that stands in for the card. */
const MOST_NAMED = 3;

export function previewed(report: Report, plan: string): Reply {
  const run = report.summary.changed > 0 ? { plan, once: newOnce() } : undefined;
  return tell(`Preview. ${inWords(report, 'preview')}`, summaryCard(report, 'preview', run));
}

/** What was previewed is not what a run would do now. */
export function movedOn(): Reply {
  const problem = 'Units have moved since this preview.';
  const remedy = 'Nothing was changed. Look at a new preview, then reconcile.';
  const buttons = [{ title: 'Preview again', command: 'reconcile preview' }];
  return replaceWith(`${problem} ${remedy}`, chatRefusalCard({ problem, remedy, buttons }));
}

/** The run as it was made just now or some time ago. */
export function reconciled(report: Report): Reply {
  return tell(inWords(report, 'done'), summaryCard(report, 'done'));
}

/** What a channel hears that asked for it. */
export function notice(report: Report): Reply {
  return announce(inWords(report, 'done'), summaryCard(report, 'done'));
}

export function menu(latest: string | undefined): Reply {
  const question = 'What do you want to reconcile?';
  const detail =
    latest === undefined
      ? 'It sets the quantity of each subscription to what is really used. There has been no run yet.'
      : 'It sets the quantity of each subscription to what is really used.';
  const choices = [
    { title: 'Preview', value: 'reconcile preview' },
    { title: 'Reconcile now', value: 'reconcile now' },
    ...(latest === undefined ? [] : [{ title: `Run of ${monthOf(latest)}`, value: `reconcile ${latest}` }]),
  ];
  const said = choices.map(({ value }) => value).join(', ');
  return tell(`${question} Say one of: ${said}.`, chatChoiceCard({ question, detail, choices }));
}

export function noRun(period: string, today: string, known: readonly string[]): Reply {
  const month = monthOf(period);
  const problem =
    period > today
      ? `${month} is still to come: there is no reconciliation of it yet.`
      : `There was no reconciliation in ${month}.`;
  return refused(
    problem,
    known.length === 0 ? 'There has been no run yet; a preview says what one would do today.' : undefined,
    known,
  );
}

export function noSuchMonth(typed: string, today: string): Reply {
  return refused(`“${typed}” has no month between 01 and 12.`, `Type it like this: reconcile ${today}`);
}

export function unclear(typed: string, today: string): Reply {
  return refused(
    `I can’t reconcile “${typed}”.`,
    `Type preview, now, or a year and month, like this: reconcile ${today}`,
  );
}

/** What the history of an order says of a quantity that a run has set. */
export function quantitySet({ product, service, before, counted }: Line, period: string): string {
  return `Quantity of ${product} (${service}) set from ${before} to ${counted} by reconciliation ${period}`;
}

function refused(problem: string, remedy: string | undefined, known: readonly string[] = []): Reply {
  const buttons = [
    ...known.map((period) => ({ title: monthOf(period), command: `reconcile ${period}` })),
    { title: 'Preview', command: 'reconcile preview' },
  ];
  const text = remedy === undefined ? problem : `${problem} ${remedy}`;
  return tell(text, chatRefusalCard({ problem, remedy, buttons }));
}

function summaryCard(
  { organization, period, at, summary }: Report,
  mode: 'preview' | 'done',
  run?: { readonly plan: string; readonly once: string },
): Card {
  return reconciliationSummaryCard({
    ...summary,
    organization: `${organization} and its customers`,
    period,
    mode,
    at: at.toISOString(),
    run,
    differences: summary.differences.slice(0, MOST_DIFFERENCES).map((line) => ({
      subscription: `${line.product} (${line.service})`,
      organization: line.organization.name,
      before: line.before,
      counted: line.counted,
      money: moneyOf(line),
    })),
  });
}

function inWords({ organization, period, summary }: Report, mode: 'preview' | 'done'): string {
  const head = `Reconciliation ${period} of ${organization} and its customers:`;
  const { checked, changed, drift, money, differences } = summary;
  if (checked === 0) return `${head} there are no subscriptions to count.`;
  const of = `of ${count(checked, 'subscription')}`;
  if (changed === 0) return `${head} every quantity ${of} is right.`;
  const would = mode === 'preview' ? 'would change' : 'changed';
  const units = `${signed(drift)} ${Math.abs(drift) === 1 ? 'unit' : 'units'}`;
  const amounts = money.length === 0 ? '' : `, ${list(money.map(signedMoney))} a month`;
  const named = differences.slice(0, MOST_NAMED).map(inShort).join('; ');
  const more = changed > MOST_NAMED ? `; and ${number(changed - MOST_NAMED)} more` : '';
  return `${head} ${number(changed)} ${of} ${would}, ${units}${amounts}. ${named}${more}.`;
}

function inShort(line: Line): string {
  const { organization, product, service, before, counted } = line;
  const change = `${number(before)} → ${number(counted)} (${signed(driftOf(line))})`;
  return `${organization.name}, ${product} (${service}): ${change}`;
}
