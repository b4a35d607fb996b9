import { boundLine } from '../../../../cards/differences.ts';
import {
  count,
  dateTime,
  list,
  period as monthOf,
  number,
  signed,
  signedMoney,
} from '../../../../cards/format.ts';
import { reconciliationAheadCard } from '../../../../cards/reconciliation-ahead.ts';
import { announce } from '../../../bot/index.ts';
import type { Reply } from '../../../chat/reply.ts';
import type { LargeFinding } from '../../findings/largest.ts';
import { moneyOf, type Summary } from '../rules.ts';
import type { Ahead } from './rules.ts';

/** With what is proposed for it above all, where that is more than to leave it. */
export type Proposed = LargeFinding & { readonly proposal: string | undefined };

export type Preview = Ahead & {
  /** The provider or the reseller whose customers it is about. */
  readonly organization: string;
  readonly at: Date;
  readonly summary: Summary;
  /** The largest of those that wait, and how many wait. */
  readonly findings: readonly Proposed[];
  readonly waiting: number;
  /** Vendors that could not be read; nameless where the reader is not to know them. */
  readonly unread: readonly string[] | 'some' | undefined;
};

/** What a channel hears that asked for it. */
export function ahead(preview: Preview): Reply {
  const { organization, period, due, at, summary, unread, findings, waiting } = preview;
  const trouble = unreadIn(unread);
  const card = reconciliationAheadCard({
    ...summary,
    organization: `${organization} and its customers`,
    period,
    due: due.toISOString(),
    at: at.toISOString(),
    trouble,
    differences: summary.differences.map((line) => ({
      subscription: `${line.product} (${line.service})`,
      service: line.service,
      organization: line.organization.name,
      before: line.before,
      counted: line.counted,
      money: moneyOf(line),
    })),
    findings: findings.map(({ id, title, about, organization: whose, proposal }) => ({
      n: id,
      what: title,
      about,
      proposal,
      organization: whose === '' ? undefined : whose,
    })),
    waiting,
  });
  return announce([inWords(preview), trouble].filter((sentence) => sentence !== undefined).join(' '), card);
}

function inWords({ organization, period, due, summary, waiting }: Preview): string {
  const { checked, changed, drift, money, leftOut, bound } = summary;
  const head = `The reconciliation of ${monthOf(period)} is due on ${dateTime(due.toISOString())}.`;
  const units = `${signed(drift)} ${Math.abs(drift) === 1 ? 'unit' : 'units'}`;
  const amounts = money.length === 0 ? '' : `, ${list(money.map(signedMoney))} a month`;
  const whose = `${organization} and its customers`;
  const change =
    changed === 0
      ? rightInWords(summary, whose)
      : `It would change ${number(changed)} of ${count(checked, 'subscription')} of ${whose}: ${units}${amounts}.`;
  const open = `${count(waiting, 'finding')} ${waiting === 1 ? 'waits' : 'wait'} for an answer.`;
  const left =
    leftOut === 0
      ? []
      : [`${number(leftOut)} ${leftOut === 1 ? 'is' : 'are'} changing just now and left out.`];
  const paid = bound === 0 ? [] : [boundLine(bound, 'preview')];
  return [head, change, ...left, ...paid, ...(waiting === 0 ? [] : [open])].join(' ');
}

function rightInWords({ checked, leftOut }: Summary, whose: string): string {
  if (leftOut === 0) return `Every quantity of ${whose} is right.`;
  return checked === 0
    ? `No subscription of ${whose} could be counted.`
    : `Every quantity of ${whose} that could be counted is right.`;
}

function unreadIn(unread: Preview['unread']): string | undefined {
  if (unread === undefined) return undefined;
  const named = (names: readonly string[]) => `The vendor${names.length === 1 ? '' : 's'} ${list(names)}`;
  const which = unread === 'some' ? 'Not every vendor could' : `${named(unread)} could not`;
  return `${which} be read just now: what was found there is of the reading before.`;
}
