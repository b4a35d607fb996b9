import { chatChoiceCard } from '../../../cards/chat-choice.ts';
import { chatRefusalCard } from '../../../cards/chat-refusal.ts';
import { boundLine } from '../../../cards/differences.ts';
import {
  count,
  dateTime,
  list,
  period as monthOf,
  number,
  signed,
  signedMoney,
} from '../../../cards/format.ts';
import { reconciliationProgressCard } from '../../../cards/reconciliation-progress.ts';
import { reconciliationSummaryCard } from '../../../cards/reconciliation-summary.ts';
import { announce, newOnce, type Organization, replaceWith, tell } from '../../bot/index.ts';
import type { Card } from '../../chat/card.ts';
import type { OutFile, Reply } from '../../chat/reply.ts';
import type { Changed } from './effect/store.ts';
import { driftOf, type Line, moneyOf, type OtherRun, type Run, type Summary } from './rules.ts';

/** What was counted, for whom and when. */
export type Report = {
  /** Whose subscriptions: those of a customer, or of the provider or a reseller and its customers. */
  readonly organization: Organization;
  readonly period: string;
  readonly at: Date;
  readonly summary: Summary;
  /** Who had it run. */
  readonly by?: string | undefined;
  /** When the next scheduled run is due. */
  readonly next?: Date | undefined;
  /** How many findings wait for an answer. */
  readonly findings?: number | undefined;
  /** The name that commands about it need, where it is not all that the reader sees. */
  readonly of: string | undefined;
  /** The number of the run. */
  readonly run?: number | undefined;
  /** What the other runs of its month changed, the newest first; nothing, where one run alone is told of. */
  readonly others?: readonly OtherRun[] | undefined;
};

/** How many differences the text names that stands in for the card. */
const MOST_NAMED = 3;

export function previewed(report: Report, plan: string): Reply {
  const { summary, organization, of } = report;
  const about = of === undefined ? {} : { organization: organization.id };
  const run = summary.changed > 0 ? { plan, once: newOnce(), ...about } : undefined;
  return tell(`Preview. ${inWords(report, 'preview')}`, summaryCard(report, 'preview', { run }));
}

/** What was previewed is not what a run would do now. */
export function movedOn(of: string | undefined): Reply {
  const problem = 'This preview is out of date: units, prices or the month have changed.';
  const remedy = 'Nothing was changed. Look at a new preview, then reconcile.';
  const buttons = [{ title: 'Preview again', command: commandFor('preview', of) }];
  return replaceWith(`${problem} ${remedy}`, chatRefusalCard({ problem, remedy, buttons }));
}

/** The run as it was made just now or some time ago, or its month. */
export function reconciled(report: Report): Reply {
  const { summary, others = [] } = report;
  const exports = summary.checked + summary.leftOut + others.length > 0;
  return tell(inWords(report, 'done'), summaryCard(report, 'done', { exports }));
}

/** What a channel hears that asked for it. */
export function notice(report: Report, workbook: OutFile | undefined): Reply {
  const files = workbook === undefined ? {} : { files: [workbook] };
  const card = summaryCard(report, 'done', { exports: true, workbook: workbook?.name });
  return announce(inWords(report, 'done'), card, files);
}

const MOVED_MEANWHILE = 'what is changing just now is left for the next period';

/** A run that takes a while; once it has ended, its buttons show what it came to. */
export function progress(run: Run, part: boolean): Reply {
  const { period, organization, done, toChange, changed } = run;
  const left = run.done - changed;
  const ended = run.appliedAt !== null;
  const head = `Reconciliation ${period} of ${nameOf(organization)}`;
  const gone = `${number(ended ? changed : done)} of ${count(toChange, 'quantity', 'quantities')}`;
  const text = ended
    ? `${head} is done: ${gone} set${left > 0 ? `; ${MOVED_MEANWHILE}` : ''}.`
    : `${head} is running: ${gone} gone through.`;
  const card = reconciliationProgressCard({
    organization: nameOf(organization),
    period,
    ended,
    total: toChange,
    done,
    leftOut: left,
    run: run.id,
    of: part ? organization.name : undefined,
  });
  return tell(text, card, { track: runTrack(run.id) });
}

export const runTrack = (run: number): string => `reconciliation:${run}`;

/** Another run sets quantities of the same subscriptions; of what it is about only who may see it is told. */
export function underWay(run: Run | undefined, part: boolean): Reply {
  if (run !== undefined) return progress(run, part);
  const problem = 'Another reconciliation is running that these subscriptions are part of.';
  const remedy = 'Nothing was changed. Try again in a few minutes.';
  return tell(`${problem} ${remedy}`, chatRefusalCard({ problem, remedy }));
}

export function menu(latest: string | undefined): Reply {
  const question = 'What do you want to reconcile?';
  const none = latest === undefined ? ' There has been no run yet.' : '';
  const detail = `It sets the quantity of each subscription to what is really used.${none} A preview says what would change, and has the button that does it; “reconcile now” does it at once.`;
  const choices = [
    { title: 'Preview', value: 'reconcile preview' },
    ...(latest === undefined ? [] : [{ title: `Run of ${monthOf(latest)}`, value: `reconcile ${latest}` }]),
  ];
  const [preview, ...past] = choices.map(({ value }) => value);
  const said = [preview, 'reconcile now', ...past].join(', ');
  return tell(`${question} Say one of: ${said}.`, chatChoiceCard({ question, detail, choices }));
}

type NoRun = {
  readonly period: string;
  readonly run: number | undefined;
  readonly today: string;
  readonly known: readonly string[];
  readonly of: string | undefined;
};

export function noRun({ period, run, today, known, of }: NoRun): Reply {
  const month = monthOf(period);
  const whose = of === undefined ? '' : ` of ${of}`;
  if (run !== undefined) return refused(`There was no run ${run}${whose} in ${month}.`, undefined, known, of);
  const problem =
    period > today
      ? `${month} is still to come: there is no reconciliation${whose || ' of it'} yet.`
      : `There was no reconciliation${whose} in ${month}.`;
  return refused(
    problem,
    known.length === 0 ? 'There has been no run yet; a preview says what one would do today.' : undefined,
    known,
    of,
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

export const exportCommand = (period: string, run: number | undefined, of: string | undefined): string =>
  commandFor(`${nameIn(period, run)} export`, of);

/** What the history of an order says of a quantity that a run has set. */
export function quantitySet(of: Changed, period: string): string {
  const { product, service, before, counted } = of;
  const change = requestedChange(of);
  const by = number(Math.abs(counted - before));
  return `Requested change: ${change} of ${product} (${service}) by ${by}, from ${number(before)} to ${number(counted)}, by reconciliation ${period}`;
}

export const requestedChange = ({ before, counted }: Pick<Changed, 'before' | 'counted'>): string =>
  counted > before ? 'increase' : 'decrease';

/** As one types it: a run, or all of its month. */
export const nameIn = (period: string, run: number | undefined): string =>
  run === undefined ? period : `${period} run ${run}`;

export const commandFor = (what: string, of: string | undefined): string =>
  of === undefined ? `reconcile ${what}` : `reconcile ${what} ${of}`;

function refused(
  problem: string,
  remedy: string | undefined,
  known: readonly string[] = [],
  of?: string | undefined,
): Reply {
  const buttons = [
    ...known.map((period) => ({ title: monthOf(period), command: commandFor(period, of) })),
    { title: 'Preview', command: commandFor('preview', of) },
  ];
  const text = remedy === undefined ? problem : `${problem} ${remedy}`;
  return tell(text, chatRefusalCard({ problem, remedy, buttons }));
}

export const nameOf = ({ kind, name }: Organization): string =>
  kind === 'customer' ? name : `${name} and its customers`;

type More = Pick<Parameters<typeof reconciliationSummaryCard>[0], 'run' | 'exports' | 'workbook'>;

function summaryCard(report: Report, mode: 'preview' | 'done', more: More): Card {
  const { organization, period, at, summary, by, next, findings, of, run, others } = report;
  return reconciliationSummaryCard({
    ...summary,
    ...more,
    organization: nameOf(organization),
    period,
    mode,
    at: at.toISOString(),
    by,
    next: next?.toISOString(),
    findings,
    of,
    number: run,
    others: others?.map((other) => ({ ...other, at: other.at.toISOString() })),
    differences: summary.differences.map((line) => ({
      subscription: `${line.product} (${line.service})`,
      service: line.service,
      organization: line.organization.name,
      before: line.before,
      counted: line.counted,
      money: moneyOf(line),
    })),
  });
}

function inWords(report: Report, mode: 'preview' | 'done'): string {
  const { organization, period, summary, findings = 0, others = [] } = report;
  const head = `Reconciliation ${period} of ${nameOf(organization)}:`;
  const { checked, changed, drift, money, differences, leftOut, bound } = summary;
  const waiting =
    findings === 0
      ? ''
      : ` ${count(findings, 'finding')} ${findings === 1 ? 'waits' : 'wait'} for an answer.`;
  const left = leftOut === 0 ? '' : ` ${leftOutInWords(leftOut, mode)}`;
  const paid = bound === 0 ? '' : ` ${boundLine(bound, mode)}`;
  const end = `${left}${paid}${othersInWords(others)}${waiting}`;
  if (checked === 0) {
    const none = leftOut === 0 ? 'there are no subscriptions to count.' : 'no subscription could be counted.';
    return `${head} ${none}${end}`;
  }
  const of = `of ${count(checked, 'subscription')}`;
  if (changed === 0) return `${head} every quantity ${of} ${mode === 'preview' ? 'is' : 'was'} right.${end}`;
  const would = mode === 'preview' ? 'would change' : 'changed';
  const units = `${signed(drift)} ${Math.abs(drift) === 1 ? 'unit' : 'units'}`;
  const amounts = money.length === 0 ? '' : `, ${list(money.map(signedMoney))} a month`;
  const named = differences.slice(0, MOST_NAMED).map(inShort).join('; ');
  const more = changed > MOST_NAMED ? `; and ${number(changed - MOST_NAMED)} more` : '';
  return `${head} ${number(changed)} ${of} ${would}, ${units}${amounts}. ${named}${more}.${end}`;
}

function leftOutInWords(leftOut: number, mode: 'preview' | 'done'): string {
  const was = mode === 'preview' ? (['is', 'are', 'now'] as const) : (['was', 'were', 'then'] as const);
  return `${number(leftOut)} ${leftOut === 1 ? was[0] : was[1]} changing just ${was[2]} and left out.`;
}

function othersInWords(others: readonly OtherRun[]): string {
  if (others.length === 0) return '';
  const named = others.slice(0, MOST_NAMED).map(({ id, at, by, changed, drift }) => {
    const units = `${signed(drift)} ${Math.abs(drift) === 1 ? 'unit' : 'units'}`;
    return `run ${id} (${dateTime(at.toISOString())}, ${by}): ${number(changed)} changed, ${units}`;
  });
  const more = others.length > MOST_NAMED ? `; and ${number(others.length - MOST_NAMED)} more` : '';
  return ` Other runs of the month: ${named.join('; ')}${more}.`;
}

function inShort(line: Line): string {
  const { organization, product, service, before, counted } = line;
  const change = `${number(before)} → ${number(counted)} (${signed(driftOf(line))})`;
  return `${organization.name}, ${product} (${service}): ${change}`;
}
