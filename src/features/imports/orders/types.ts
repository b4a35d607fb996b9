/** What is said of orders that are imported, and what is kept of them. */
import { HISTORICAL, type OrderStatus, RECENT } from '../../orders/rules.ts';
import type { World as Organizations } from '../organizations/rules.ts';

export type DecidedLine = {
  readonly kind: 'new subscription' | 'increase' | 'decrease' | 'suspend' | 'resume' | 'markup change';
  readonly productId: number | null;
  readonly quantity: number | null;
  /** For one unit and month, in the currency of the order. */
  readonly priceMinor: number | null;
  /** Of the service that it brings, where one was written. */
  readonly position: number | null;
};

export const STATUSES: readonly OrderStatus[] = [...RECENT, ...HISTORICAL.all];

export type OrderField =
  | 'number'
  | 'customer'
  | 'name'
  | 'description'
  | 'status'
  | 'vendorStatus'
  | 'error'
  | 'createdBy'
  | 'createdByOrganization'
  | 'date'
  | 'note'
  | 'paymentDetails'
  | 'markup'
  | 'currency';
export type LineField = 'requestedChange' | 'product' | 'quantity' | 'price' | 'position';
export type Field = OrderField | LineField;

/** As written; a field that is not there leaves what is kept as it is, an empty one empties it. */
export type OrderEntry = { readonly [field in OrderField]?: string | undefined } & {
  readonly lines: readonly LineEntry[];
};
export type LineEntry = { readonly [field in LineField]?: string | undefined };

/** `line` counts from 0; of the order as a whole there is none. */
export type Problem = { readonly field: Field; readonly line?: number; readonly sentence: string };

/** What is kept of an order beside its lines. */
export type Columns = {
  readonly customerId: number;
  readonly name: string;
  readonly description: string;
  readonly status: OrderStatus;
  readonly vendorStatus: string | null;
  readonly error: string | null;
  readonly createdBy: string;
  readonly createdById: number;
  /** ISO 8601. */
  readonly createdAt: string;
  readonly note: string | null;
  readonly paymentDetails: string | null;
  readonly markupBp: number | null;
  readonly currency: string;
};
export type KnownOrder = Columns & {
  readonly id: number;
  readonly number: number;
  /** It came here by an import, and may be changed by another. */
  readonly imported: boolean;
  readonly lines: readonly DecidedLine[];
};

export type World = {
  readonly organizations: Organizations;
  /** By SKU and by name, in small letters. */
  readonly products: ReadonlyMap<string, { readonly id: number; readonly name: string }>;
  readonly orders: Map<number, KnownOrder>;
  readonly priceOf: (customerId: number, productId: number, currency: string) => number | undefined;
  readonly prefix: string;
  /** Who stands as the creator where nobody is named. */
  readonly by: string;
};

export type Decision =
  | {
      readonly kind: 'new';
      readonly number: number;
      readonly columns: Columns;
      readonly lines: readonly DecidedLine[];
    }
  | { readonly kind: 'changed'; readonly before: KnownOrder; readonly columns: Columns }
  | { readonly kind: 'same'; readonly before: KnownOrder }
  | { readonly kind: 'refused'; readonly problems: readonly Problem[] };

/** Writes down what is wrong; gives nothing, so that it can stand for what is missing. */
export type Complain = (field: Field, sentence: string, line?: number) => undefined;
