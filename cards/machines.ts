/** What the steps of configuring machines share: the quotas, their total with its price, and how one goes on. */
import type { Element, Execute } from '../src/chat/card.ts';
import { submitButton } from './buttons.ts';
import { callout, facts, section } from './elements.ts';
import { count, type Money, money, number } from './format.ts';
import { type Cell, small, type TableColumn, table } from './table.ts';

export type Quotas = { readonly cores: number; readonly memoryGb: number; readonly diskGb: number };
export type MachineRow = Quotas & {
  readonly profile: string;
  readonly template: string;
  readonly quantity: number;
};
export type MachinesTotal = Quotas & {
  readonly machines: number;
  readonly extraStorageGb: number;
  /** Packs of ten channels. */
  readonly vpn: number;
  readonly ipv4: number;
  /** Estimated, for a month. */
  readonly price: Money;
  /** What the reseller pays, for who may know. */
  readonly purchase?: Money | undefined;
  /** What has no price: `Extra storage`. */
  readonly unpriced?: readonly string[] | undefined;
};

/** `4 cores, 16 GB memory, 160 GB disk` */
export function quotas({ cores, memoryGb, diskGb }: Quotas): string {
  return `${count(cores, 'core')}, ${number(memoryGb)} GB memory, ${number(diskGb)} GB disk`;
}

const COLUMNS: readonly TableColumn[] = [
  { title: 'Machines', width: 4 },
  { title: 'Quotas', width: 5 },
];

export function machinesTable(machines: readonly MachineRow[]): Element | undefined {
  return machines.length === 0 ? undefined : table(COLUMNS, machines.map(row));
}

function row(machine: MachineRow): Cell[] {
  const { profile, template, quantity } = machine;
  const all = {
    cores: machine.cores * quantity,
    memoryGb: machine.memoryGb * quantity,
    diskGb: machine.diskGb * quantity,
  };
  const each = quantity === 1 ? [] : [small(`Each: ${quotas(machine)}`)];
  return [
    [{ text: `${number(quantity)} × ${profile}`, weight: 'bolder' }, small(template)],
    [quotas(all), ...each],
  ];
}

export function yourTotal(total: MachinesTotal): (Element | undefined)[] {
  const {
    machines,
    cores,
    memoryGb,
    diskGb,
    extraStorageGb,
    vpn,
    ipv4,
    price,
    purchase,
    unpriced = [],
  } = total;
  return [
    section('Your total'),
    facts([
      ['Machines', number(machines)],
      ['Cores', number(cores)],
      ['Memory', `${number(memoryGb)} GB`],
      ['Disk', `${number(diskGb)} GB`],
      ['Extra storage', `${number(extraStorageGb)} GB`],
      ['VPN channels', vpn === 0 ? '0' : `${number(vpn * 10)} (${number(vpn)} × 10 S2S Channels)`],
      ['IPv4 addresses', number(ipv4)],
      ['Estimated price', `${money(price)} per month`],
      ['Purchase price', purchase && `${money(purchase)} per month`],
    ]),
    unpriced.length === 0
      ? undefined
      : callout(`The price list has no price for: ${unpriced.join(', ')}.`, 'attention'),
  ];
}

/** What is to be known before one goes on, such as what is no longer offered. */
export function remarks(said: readonly string[] = []): Element | undefined {
  return said.length === 0 ? undefined : callout(said.join('\n'), 'warning');
}

/** What went on without a question, such as that one goes on with what was begun. */
export const hinted = (hint: string | undefined): Element | undefined =>
  hint === undefined ? undefined : callout(hint, 'emphasis');

/** Hands in the step and goes on as the button says. */
export function goOn(
  title: string,
  verb: string,
  data: Execute['data'] & { readonly once: string },
  style: 'positive' | 'default' = 'default',
): Execute {
  return { ...submitButton(title, verb, data), style };
}

export const STEPS = ['Virtual machine sizes', 'VPN connections', 'IPv4 addresses'] as const;
