import type { Ctx } from '../../bot/index.ts';
import type { Json } from '../../chat/place.ts';

/**
 * What a job is about: a customer and, for kinds that work on one, a service of it. A kind that works on the provider is
 * about no customer; the provider stands in its place.
 */
export type Target = {
  readonly organizationId: number;
  readonly customer: string;
  readonly service: TargetService | undefined;
};
export type TargetService = {
  readonly id: number;
  readonly ref: string;
  readonly product: string;
  readonly maxPerUser: number | null;
};

/** A row as it was read: only rows with something in them, cells from column A on. */
export type SheetRow = { readonly number: number; readonly cells: readonly string[] };

/** A row that can be carried out: for whom, and how much. */
export type ValidRow = {
  readonly number: number;
  readonly subject: string;
  readonly units: number;
  /** What the kind itself needs to know of the row. */
  readonly data?: Json;
  /** What the row would do, where `data` is only what it asks for: another one makes another plan. */
  readonly effect?: string;
  /** It only gives units back: such rows go before the others, which may need them. */
  readonly early?: true;
};

/** What is said of a row. Those of the same `title` are counted together. */
export type RowRemark = { readonly number: number; readonly title: string; readonly sentence: string };

/** Units of one service that have to be free before the job starts. */
export type Need = {
  readonly serviceId: number;
  readonly ref: string;
  readonly product: string;
  readonly units: number;
  readonly free: number;
};

/** What a sheet would do, before anything is changed. */
export type SheetPlan = {
  readonly kind: 'plan';
  readonly valid: readonly ValidRow[];
  /** Rows that can't be carried out. */
  readonly problems: readonly RowRemark[];
  /** Of rows that can be carried out all the same. */
  readonly warnings: readonly RowRemark[];
  /** The first row, where it was a header and is left out. */
  readonly header?: SheetRow | undefined;
  /** Sentences about the sheet as a whole: columns that are left out. */
  readonly notes: readonly string[];
  /** Users that the organization does not have yet. */
  readonly newUsers: readonly string[];
  readonly needs: readonly Need[];
  /** Rows that count for nothing, such as the example of a template. */
  readonly leftOut?: readonly number[];
  /** Every valid row says what is here already: there is nothing to run. */
  readonly unchanged?: boolean;
  /** Changes when what the plan rests on changes: an equal one means that the plan still stands. */
  readonly basis: string;
};

/** A sheet of which no row can be understood, and why. */
export type SheetRefused = {
  readonly kind: 'refused';
  readonly sentence: string;
  /** Not the sheet is wrong, but the service that it is for. */
  readonly of?: 'service';
  /** What mends it. */
  readonly button?: { readonly title: string; readonly command: string };
};

/** A row that ended in another way than done, or of which something is kept for an undo. */
export type RowResult = {
  readonly number: number;
  readonly status: 'done' | 'failed' | 'skipped';
  readonly reason?: string;
  /** What `takeBack` needs to know of the row. */
  readonly data?: Json;
};

export type Applied = {
  /** Rows that are not listed were done, with nothing more to say. */
  readonly results: readonly RowResult[];
  /**
   * By service: units of the job's reservation that are no longer held back, because users have them or because a row
   * failed. Negative where the job took units back to hold them for its later rows.
   */
  readonly used: ReadonlyMap<number, number>;
};

/** The job a batch belongs to. */
export type JobInHand = {
  readonly id: number;
  readonly target: Target;
  readonly option: string | undefined;
  /** Units that are held back for the job, by service. */
  readonly held: ReadonlyMap<number, number>;
};

/** A row of a job that is taken back: all that it did for one user. */
export type DoneRow = {
  readonly number: number;
  readonly subject: string;
  readonly units: number;
  readonly data?: Json;
};

/**
 * One kind of bulk job: what its sheet holds, how its rows are checked, carried out and taken back. A feature hands it
 * over; the bulk room knows no feature.
 */
export type BulkKind = {
  readonly name: string;
  /** What is written after `bulk`: nothing, `release`, `packages`. */
  readonly word: string;
  /** What is the provider's own, such as a price list, is for its admins alone. */
  readonly works: 'on a service' | 'on a customer' | 'on the provider';
  /** Of a workbook with several sheets: the one it reads, where there is one of this name. */
  readonly sheet?: string;
  /** How many columns of a header it knows; none where the sheet is not for it. */
  reads?(header: readonly string[]): number;
  /** Either every row of the sheet is carried out, in one transaction, or none. */
  readonly whole?: true;
  /** What a row is about, where that is not a user: `organization`. */
  readonly about?: string;
  /** Its rows need free units; else they give units back. */
  readonly takesUnits: boolean;
  /** `Associate many users from a spreadsheet` */
  readonly summary: string;
  /** `Associate users with 10024/1 · Webex Suite` */
  title(target: Target, option?: string): string;
  /** `associated`, in `Job 7: 20 of 22 rows associated` */
  readonly did: string;
  readonly columns: readonly { readonly column: string; readonly name: string; readonly holds: string }[];
  /** What has to be asked before the sheet can be checked. */
  readonly option?: {
    readonly question: string;
    readonly detail?: string;
    readonly choices: readonly { readonly title: string; readonly value: string }[];
  };
  /** Reads nothing but the database; called again before the job starts where its `basis` has changed. */
  plan(
    ctx: Ctx,
    target: Target,
    rows: readonly SheetRow[],
    option?: string,
  ): Promise<SheetPlan | SheetRefused>;
  /**
   * Carries out rows in one transaction, out of the units that are reserved for the job. The job is locked, and its
   * service, where it has one.
   */
  apply(ctx: Ctx, job: JobInHand, rows: readonly ValidRow[]): Promise<Applied>;
  /** Takes back what the job `of` did for these users, where nothing has changed since; else says why not. */
  takeBack(ctx: Ctx, of: JobInHand, rows: readonly DoneRow[]): Promise<readonly RowResult[]>;
  /** Of a kind that works on a customer: the services whose units it may have moved. */
  services?(ctx: Ctx, target: Target): Promise<readonly number[]>;
  /** The basis of a plan as it would be made now. */
  basis(ctx: Ctx, target: Target): Promise<string>;
  /** The rows of a sheet to begin with, its header first, as things are now. */
  template?(ctx: Ctx, target: Target): Promise<readonly (readonly string[])[]>;
  /** The template holds no data but an example. */
  readonly isExample?: true;
};

/** The service of a job whose kind works on one. */
export function serviceOf({ service }: Target): TargetService {
  if (service === undefined) throw new Error('This kind of job works on a service.');
  return service;
}
