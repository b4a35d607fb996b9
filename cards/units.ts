/** Services with their units and free units, as a table. */
import type { Table, TextBlock } from '../src/chat/card.ts';
import { subtle } from './elements.ts';
import { count, number } from './format.ts';
import { type Cell, small, type TableColumn, table } from './table.ts';

export type ServiceUnits = {
  /** `10023/1` */
  readonly service: string;
  readonly product: string;
  readonly units: number;
  readonly free: number;
  /** How many of them are billed, where that is another number: a bill follows what is used. */
  readonly billed?: number | undefined;
  /** Held by jobs that still run; neither free nor associated. */
  readonly reserved?: number | undefined;
  /** Of virtual machines, which have no units that users could have: how many they are, 0 where that is not known. */
  readonly machines?: number | undefined;
};

export const FULLY = 'Fully implemented';

const COLUMNS: readonly TableColumn[] = [
  { title: 'Service', width: 5.4 },
  { title: 'Units', width: 1.8, align: 'right' },
  { title: 'Free', width: 1.8, align: 'right' },
];

export function unitsTable(services: readonly ServiceUnits[]): Table {
  return table(
    COLUMNS,
    services.map((service) => [serviceCell(service), unitsCell(service), freeCell(service)]),
  );
}

/** `5 bought · 2 billed` */
export const boughtAndBilled = (bought: number, billed: number): string =>
  `${number(bought)} bought · ${number(billed)} billed`;

/** The same, where they differ. */
export const billedOf = ({ units, billed }: Pick<ServiceUnits, 'units' | 'billed'>): string[] =>
  billed === undefined || billed === units ? [] : [boughtAndBilled(units, billed)];

/** The product, and below it the service's number and what is to be known about it. */
export function serviceCell(service: ServiceUnits, ...known: string[]): Cell {
  const below = [service.service, ...known, ...remarks(service)].join(' · ');
  return [service.product, small(below)];
}

export const unitsCell = ({ units, machines }: ServiceUnits): Cell =>
  machines === undefined ? number(units) : '';

export function freeCell({ free, machines }: ServiceUnits): Cell {
  return machines === undefined ? [{ text: number(free), weight: 'bolder' }] : '';
}

/** `3 virtual machines` */
export const machinesOf = (machines: number): string =>
  machines === 0 ? 'Virtual machines' : count(machines, 'virtual machine');

/** What services come to together; machines have no units. */
export function sumOf(services: readonly ServiceUnits[]) {
  const counted = services.filter(({ machines }) => machines === undefined);
  return {
    isCounted: counted.length > 0,
    units: counted.reduce((sum, { units }) => sum + units, 0),
    free: counted.reduce((sum, { free }) => sum + free, 0),
  };
}

function remarks(service: ServiceUnits): string[] {
  const { free, reserved = 0, machines } = service;
  if (machines !== undefined) return [machinesOf(machines)];
  const billed = billedOf(service);
  if (reserved > 0) return [...billed, `${number(reserved)} reserved by running jobs`];
  return free === 0 ? [...billed, FULLY] : billed;
}

/** `7 of 10 free` */
export function freeOf({ free, units }: { readonly free: number; readonly units: number }): string {
  return `${number(free)} of ${number(units)} free`;
}

export type CountedUnits = { readonly units: number; readonly free: number; readonly associated: number };

/** `7 of 10 free, 3 units associated.` */
export function unitsIn({ units, free, associated }: CountedUnits): string {
  const full = free === 0 && associated === units && units > 0 ? ` ${FULLY}.` : '';
  return `${freeOf({ units, free })}, ${count(associated, 'unit')} associated.${full}`;
}

/** `Has 4 units of 3 services.` */
export const unitsHeld = (of: { readonly units: number; readonly services: number }): string =>
  of.services === 0
    ? 'Has no service.'
    : `Has ${count(of.units, 'unit')} of ${count(of.services, 'service')}.`;

/** `Office 365 E3 · 10023/2`, on a line of its own. */
export function serviceLine({ service, product }: Pick<ServiceUnits, 'service' | 'product'>): TextBlock {
  return subtle(`${product} · ${service}`);
}
