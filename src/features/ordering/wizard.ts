import type { Reply } from '../../chat/reply.ts';
import type { Db } from '../../db/index.ts';
import type { EnabledOffering } from '../catalog/offered.ts';
import type { View } from '../organizations/view.ts';
import type { DraftOrder, Line } from './drafts.ts';

export type Price = {
  readonly purchaseMinor: number;
  readonly priceMinor: number;
  readonly currency: string;
};

/** How one orders a kind of offering that is configured step by step. */
export type Wizard = {
  begin(view: View, offering: EnabledOffering): Promise<Reply>;
  /** The step at which the order is. */
  show(view: View, order: DraftOrder): Promise<Reply>;
  /** Of one line, for a month. */
  price(db: Db, organizationId: number, line: Line): Promise<Price>;
  /** What is to be said or asked before the order can be placed; nothing where it can be as it is. */
  mayPlace?(view: View, order: DraftOrder): Promise<Reply | undefined>;
};

/** The wizards, by the kind of offering that they are for. */
export type Wizards = Readonly<Record<string, Wizard>>;
