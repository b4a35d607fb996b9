import { chatRefusalCard } from '../../../../cards/chat-refusal.ts';
import { count, list, number } from '../../../../cards/format.ts';
import { type Organization, tell } from '../../../bot/index.ts';
import type { OutFile, Reply } from '../../../chat/reply.ts';
import { commandFor, nameIn, nameOf } from '../replies.ts';
import type { Format, Wish } from '../rules.ts';

export type Exported = {
  readonly organization: Organization;
  readonly period: string;
  /** One run alone. */
  readonly run: number | undefined;
  readonly of: string | undefined;
  readonly lines: number;
};

/** The billing material of a run. */
export function exported({ organization, period, run, lines }: Exported, files: readonly OutFile[]): Reply {
  const names = list(files.map(({ name }) => name));
  const which = run === undefined ? period : `${period}, run ${run},`;
  const what = `Reconciliation ${which} of ${nameOf(organization)}: ${count(lines, 'line')}, in ${names}.`;
  return tell(what, undefined, { files });
}

export function tooLarge({ organization, period, run, of, lines }: Exported, most: number): Reply {
  const problem = `The reconciliation ${period} of ${nameOf(organization)} has ${count(lines, 'line')}; a workbook of more than ${number(most)} is too large.`;
  const remedy = 'Take the CSV, or name a reseller or a customer after “export”.';
  const buttons = [{ title: 'CSV', command: commandFor(`${nameIn(period, run)} export csv`, of) }];
  return tell(`${problem} ${remedy}`, chatRefusalCard({ problem, remedy, buttons }));
}

export function noSuchFormat({ typed, period, run }: Extract<Wish, { kind: 'no such format' }>): Reply {
  const problem = `A reconciliation does not come as ${typed}.`;
  const remedy = 'There is a workbook (xlsx) with a summary and every line, and a CSV of the lines.';
  const button = (format: Format) => ({
    title: format,
    command: `reconcile ${nameIn(period, run)} export ${format}`,
  });
  const buttons = [button('xlsx'), button('csv')];
  return tell(`${problem} ${remedy}`, chatRefusalCard({ problem, remedy, buttons }));
}
