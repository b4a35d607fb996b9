/** What a user of a customer has, and what a row of a package sheet asks for. */

/** A licence of which a user has one at a time. */
export type Package = {
  readonly id: number;
  readonly name: string;
  readonly calling: boolean;
  readonly meetings: boolean;
};

/** A service of the customer that is a package. */
export type PackageService = {
  readonly id: number;
  readonly ref: string;
  readonly product: number;
  readonly name: string;
  readonly free: number;
  /** Its order was deleted: users may still have units of it, but nobody gets more. */
  readonly ended: boolean;
  /** Nobody gets more of it until it is resumed. */
  readonly suspended: boolean;
};

export const LICENCES = ['messaging', 'meetings', 'calling'] as const;
export type Licence = (typeof LICENCES)[number];

/** What is known of a user besides the address, as the table of users names it. */
export const DETAILS = [
  'first_name',
  'last_name',
  'display_name',
  'phone_number',
  'extension',
  'location',
  'preferred_site',
] as const;
export type Detail = (typeof DETAILS)[number];
export type Details = { readonly [name in Detail]?: string };

/** Units that a user has of a package service. */
export type Holding = {
  readonly service: number;
  readonly product: number;
  readonly name: string;
  readonly units: number;
};

export type UserState = {
  readonly email: string;
  readonly packages: readonly Holding[];
  readonly licences: readonly Licence[];
  readonly details: Details;
  /** Products that are no packages, of which the user has units. */
  readonly others: readonly string[];
};

/** What happens to services that a sheet says FALSE of, or that it gives. */
export type Mode = 'add-and-remove' | 'add-only';

/** What a row asks for, as the job keeps it. */
export type Wish = {
  /** The package that is TRUE. */
  readonly give?: number;
  /** The packages that are FALSE. */
  readonly off?: readonly number[];
  /** All packages of the sheet are FALSE: the user leaves the organization. */
  readonly leave?: true;
  readonly licences?: { readonly [name in Licence]?: boolean };
  readonly details?: Details;
  /** What it gives back is held for other rows of the sheet, which need it. */
  readonly hold?: true;
};

/** A user as a job found and left them; null is nobody. Packages are pairs of service and units. */
export type Snapshot = {
  readonly packages: readonly (readonly [service: number, units: number])[];
  readonly licences: readonly Licence[];
  readonly details: Details;
} | null;
export type Done = { readonly before: Snapshot; readonly after: Snapshot };
