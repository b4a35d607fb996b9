import type { Ctx } from '../../bot/index.ts';
import type { FoundService } from '../orders/find.ts';

export type SheetRow = { readonly number: number; readonly cells: readonly string[] };

/** A row that can be carried out: for whom, and how much. */
export type ValidRow = { readonly number: number; readonly subject: string; readonly units: number };

/** A row that can't, and why. Problems of the same `title` are counted together. */
export type RowProblem = { readonly number: number; readonly title: string; readonly sentence: string };

export type Checked = {
  readonly valid: readonly ValidRow[];
  readonly problems: readonly RowProblem[];
  /** The first row, where it was a header and is left out. */
  readonly header?: SheetRow;
};

export type RowResult = {
  readonly number: number;
  readonly status: 'done' | 'failed' | 'skipped';
  readonly reason: string;
};

/** What the rows meet in the database, before anything is changed. */
export type Assessed = { readonly problems: readonly RowProblem[]; readonly newUsers: number };

/**
 * One kind of bulk job: what its sheet holds, how its rows are checked, and how they are carried out. A feature hands
 * it over; the bulk room knows no feature.
 */
export type BulkKind = {
  readonly name: string;
  /** `Associate users with 10024/1 · Webex Suite` */
  title(service: { readonly ref: string; readonly product: string }): string;
  readonly columns: readonly { readonly column: string; readonly name: string; readonly holds: string }[];
  check(rows: readonly SheetRow[]): Checked;
  assess(ctx: Ctx, service: FoundService, valid: readonly ValidRow[]): Promise<Assessed>;
  /** Carries out rows in one transaction, out of the units that are reserved for the job. */
  apply(ctx: Ctx, service: ServiceOfJob, rows: readonly ValidRow[]): Promise<RowResult[]>;
};

export type ServiceOfJob = {
  readonly id: number;
  readonly organizationId: number;
  readonly product: string;
  readonly maxPerUser: number | null;
};
