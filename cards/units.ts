/** Services with their units and free units, as a table. */
import type { Table } from '../src/chat/card.ts';
import { type Cell, type TableColumn, table } from './elements.ts';
import { count, number } from './format.ts';

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
  { title: 'Service', width: 6 },
  { title: 'Units', width: 1.5, align: 'right' },
  { title: 'Free', width: 1.5, align: 'right' },
];

export function unitsTable(services: readonly ServiceUnits[]): Table {
  return table(
    COLUMNS,
    services.map((service) => [serviceCell(service), number(service.units), freeCell(service)]),
  );
}

/** The product, and below it the service's number and what is to be known about it. */
export function serviceCell(service: ServiceUnits): Cell {
  const remark = remarkOn(service);
  return [
    service.product,
    { text: remark ? `${service.service} · ${remark}` : service.service, isSubtle: true, size: 'small' },
  ];
}

export function freeCell({ free }: ServiceUnits): Cell {
  return [{ text: number(free), weight: 'bolder' }];
}

function remarkOn({ free, reserved = 0 }: ServiceUnits): string | undefined {
  if (reserved > 0) return `${number(reserved)} reserved by running jobs`;
  return free === 0 ? FULLY : undefined;
}

/** `7 of 10 free` */
export function freeOf({ free, units }: { readonly free: number; readonly units: number }): string {
  return `${number(free)} of ${number(units)} free`;
}

/** `2 units of UniversalMessaging (10023/1)` */
export function unitsOf(units: number, { service, product }: { service: string; product: string }): string {
  return `${count(units, 'unit')} of ${product} (${service})`;
}
