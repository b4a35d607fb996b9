import type { MarkupPlan } from './rules.ts';
import type { Marked } from './store.ts';

/** Whose markup it is: an organization's, or of one of a customer's subscriptions. */
export type Whose = {
  readonly of: Marked;
  readonly subscription?:
    | {
        readonly id: number;
        readonly ref: string;
        readonly product: string;
        readonly productId: number;
        readonly markupBp: number | null;
      }
    | undefined;
};

/** What is wished: a percent; nothing for a subscription that shall follow its customer's again. */
export type Wish = { readonly markupBp: number | null };

export type Made = {
  readonly whose: Whose;
  readonly wish: Wish;
  readonly plan: MarkupPlan;
  /** The markup now, and that which would count. */
  readonly before: number;
  readonly after: number;
  /** Of a reseller: how many customers it has. */
  readonly customers: number | undefined;
  /** Another one means that what the plan rests on has changed. */
  readonly basis: string;
};
