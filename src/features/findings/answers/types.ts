/** What is known of a finding, and what can be done about it. */
import type { Commitment, SeatLot } from '../../subscriptions/rules.ts';
import type { Kind, Numbers } from '../rules.ts';

export type Found = { readonly kind: Kind; readonly numbers: Numbers };

/** A service as it is in our books now. */
export type Service = {
  readonly units: number;
  readonly associated: number;
  readonly reserved: number;
  readonly holders: number;
  readonly status: 'active' | 'suspended' | 'cancelled';
  readonly isMachines: boolean;
  readonly maxPerUser: number | null;
  readonly commitment: Commitment;
  readonly renewsAt: Date | null;
  readonly lots: readonly SeatLot[];
};
/** A subscription as the vendor had it at the last reading. */
export type There = {
  readonly quantity: number;
  readonly assigned: number;
  readonly status: string;
  readonly sku: string;
};
/** A user with other units there than here. */
export type Differing = { readonly user: string; readonly here: number; readonly there: number };
/** A service of the customer's that stands for no subscription at the vendor yet. */
export type Candidate = { readonly ref: string; readonly product: string; readonly units: number };

export type Facts = {
  readonly now: Date;
  /** When the difference was seen first. */
  readonly foundAt: Date;
  /** Who asks is of the provider, whose products they are. */
  readonly isProvider: boolean;
  readonly service?: Service | undefined;
  readonly there?: There | undefined;
  /** Our books have changed since the vendor was read, or are changing. */
  readonly moved: boolean;
  /** The number of an order that changes it already. */
  readonly changing?: number | undefined;
  /** The number of a failed order that may have changed it at the vendor. */
  readonly unanswered?: number | undefined;
  /** At most one more than can be taken over at once. */
  readonly differing: readonly Differing[];
  /** Of those who differ, whose name is no e-mail address. */
  readonly nameless: readonly string[];
  /** The product that the article number at the vendor belongs to, where it is another one. */
  readonly otherProduct?: string | undefined;
  readonly candidates: readonly Candidate[];
};

export const HOWS = [
  'adopt',
  'order',
  'takeover',
  'tell',
  'release',
  'close',
  'map',
  'same',
  'leave',
] as const;
export type How = (typeof HOWS)[number];

export type Proposal =
  | { readonly how: 'adopt'; readonly units: number; readonly before: number }
  /** With `units`, what is no more here is taken up again. */
  | { readonly how: 'adopt'; readonly status: 'active' | 'suspended'; readonly units?: number }
  /** Begins an order. `units` or `status` is what is adopted first, so that the order leads to what is here now. */
  | {
      readonly how: 'order';
      readonly change: 'increase' | 'decrease';
      readonly by: number;
      readonly units?: number;
    }
  | {
      readonly how: 'order';
      readonly change: 'suspend' | 'resume';
      readonly status: 'active' | 'suspended';
    }
  /** How many users get units and how many lose some: here, or at the vendor. */
  | { readonly how: 'takeover'; readonly get: number; readonly lose: number }
  | { readonly how: 'tell'; readonly get: number; readonly lose: number }
  | { readonly how: 'release'; readonly by: number; readonly of: number }
  | { readonly how: 'close'; readonly units: number; readonly users: number }
  | { readonly how: 'map'; readonly candidates: readonly Candidate[] }
  | { readonly how: 'same'; readonly sku: string }
  | { readonly how: 'leave' };

/** Why something that one would expect can't be done now. */
export type Obstacle =
  | {
      readonly kind:
        | 'moved'
        | 'several'
        | 'suspended'
        | 'quantity first'
        | 'provider only'
        | 'nothing to map'
        | 'too many to order';
    }
  | { readonly kind: 'changing' | 'unanswered'; readonly order: number }
  | { readonly kind: 'taken'; readonly units: number; readonly taken: number }
  | {
      readonly kind: 'bound';
      readonly may: number;
      readonly of: number;
      readonly until: Date | undefined;
      readonly renewsAt: Date | undefined;
    }
  | { readonly kind: 'too few free'; readonly needs: number; readonly free: number }
  | { readonly kind: 'too many for a user'; readonly max: number; readonly users: readonly string[] }
  | { readonly kind: 'nameless'; readonly users: readonly string[] }
  | { readonly kind: 'too many users' }
  | { readonly kind: 'other product'; readonly product: string };

/** Where one goes on: that does not answer the finding. */
export type Lead =
  | { readonly to: 'release'; readonly user?: string }
  | { readonly to: 'increase'; readonly by: number };

export type Advice = {
  readonly proposals: readonly Proposal[];
  readonly obstacles: readonly Obstacle[];
  readonly leads: readonly Lead[];
};
