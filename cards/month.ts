/** The other runs of a month that is reconciled: what they changed, and how to see one. */
import type { Action, Element } from '../src/chat/card.ts';
import { commandButton, OPEN } from './buttons.ts';
import { amounts } from './differences.ts';
import { section, subtle } from './elements.ts';
import { choiceInput } from './fields.ts';
import { dateTime, type Money, number, signed } from './format.ts';
import { type Cell, small, type TableColumn, table } from './table.ts';

/** Another run of the same month. */
export type OtherRun = {
  readonly id: number;
  readonly at: string;
  readonly by: string;
  /** Whose it was, where it was of a part of these subscriptions. */
  readonly organization?: string | undefined;
  readonly changed: number;
  readonly drift: number;
  readonly money: readonly Money[];
};

type Month = {
  /** `2026-11` */
  readonly period: string;
  /** The newest first. */
  readonly others?: readonly OtherRun[] | undefined;
  /** The name that commands about it need, where it is not all that the reader sees. */
  readonly of?: string | undefined;
};

const MOST_OTHERS = 4;
const MOST_BUTTONS = 2;
const MOST_CHOICES = 12;
const OTHERS: readonly TableColumn[] = [
  { title: 'Run', width: 4.5 },
  { title: 'Changed', width: 2, align: 'right' },
  { title: 'Change', width: 2.6, align: 'right' },
];

/** What the month was changed by beside this run. */
export function othersPart({ others = [], period: month, of }: Month): (Element | undefined)[] {
  if (others.length === 0) return [];
  const hidden = others.length - MOST_OTHERS;
  const shown = others.slice(0, MOST_OTHERS);
  return [
    section('Other runs of the month'),
    table(OTHERS, shown.map(otherRow)),
    hidden > 0 ? subtle(`And ${number(hidden)} more.`) : undefined,
    others.length > MOST_BUTTONS
      ? choiceInput({
          id: 'text',
          label: 'Run',
          choices: others.slice(0, MOST_CHOICES).map((other) => ({
            title: [`Run ${other.id}`, dateTime(other.at), other.organization]
              .filter((part) => part !== undefined)
              .join(' · '),
            value: runCommand(month, other.id, of),
          })),
          style: 'compact',
          placeholder: 'Choose a run',
        })
      : undefined,
  ];
}

const otherRow = ({ id, at, by, organization, changed, drift, money }: OtherRun): Cell[] => [
  [
    `Run ${id}`,
    small(`${dateTime(at)} · ${by}`),
    ...(organization === undefined ? [] : [small(organization)]),
  ],
  number(changed),
  [{ text: signed(drift), weight: 'bolder' }, ...amounts(money)],
];

const runCommand = (month: string, run: number, of: string | undefined): string =>
  `reconcile ${month} run ${run}${of === undefined ? '' : ` ${of}`}`;

export function othersActions({ others = [], period: month, of }: Month): Action[] {
  return others.length > MOST_BUTTONS
    ? [OPEN]
    : others.map(({ id }) => commandButton(`Run ${id}`, runCommand(month, id, of)));
}
