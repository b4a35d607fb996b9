/** Services with their units and free units, as a table. */
import type { Table, TextBlock } from '../src/chat/card.ts';
import { subtle } from './elements.ts';
import { number } from './format.ts';
import { type Cell, small, type TableColumn, table } from './table.ts';

export type ServiceUnits = {
  /** `10023/1` */
  readonly service: string;
  readonly product: string;
  readonly units: number;
  readonly free: number;
  /** Held by jobs that still run; neither free nor associated. */
  readonly reserved?: number | undefined;
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
    services.map((service) => [serviceCell(service), number(service.units), freeCell(service)]),
  );
}

/** The product, and below it the service's number and what is to be known about it. */
export function serviceCell(service: ServiceUnits, ...known: string[]): Cell {
  const below = [service.service, ...known, ...remarks(service)].join(' · ');
  return [service.product, small(below)];
}

export function freeCell({ free }: ServiceUnits): Cell {
  return [{ text: number(free), weight: 'bolder' }];
}

function remarks({ free, reserved = 0 }: ServiceUnits): string[] {
  if (reserved > 0) return [`${number(reserved)} reserved by running jobs`];
  return free === 0 ? [FULLY] : [];
}

/** `7 of 10 free` */
export function freeOf({ free, units }: { readonly free: number; readonly units: number }): string {
  return `${number(free)} of ${number(units)} free`;
}

/** `Office 365 E3 · 10023/2`, on a line of its own. */
export function serviceLine({ service, product }: Pick<ServiceUnits, 'service' | 'product'>): TextBlock {
  return subtle(`${product} · ${service}`);
}
