import type { DraftOrder } from '../ordering/drafts.ts';
import type { View } from '../organizations/view.ts';
import {
  type Chosen,
  chosenOf,
  type Estimate,
  estimate,
  parseDraft,
  type Region,
  type ResourcePrice,
  type Total,
  totalOf,
} from './rules.ts';
import { loadRegions, loadResourcePrices } from './store.ts';

/** An order of machines as it stands: what is chosen, what is offered, and what it comes to. */
export type Configuring = Chosen & {
  readonly order: DraftOrder;
  readonly regions: readonly Region[];
  readonly prices: readonly ResourcePrice[];
  readonly total: Total;
  readonly cost: Estimate;
};

export async function loadConfiguring(view: View, order: DraftOrder): Promise<Configuring> {
  const offeringId = order.offeringId ?? 0;
  const regions = await loadRegions(view.db, offeringId);
  const prices = await loadResourcePrices(view.db, order.organizationId, offeringId);
  return configuring(order, parseDraft(order.draft), regions, prices);
}

export function configuring(
  order: DraftOrder,
  draft: Chosen['draft'],
  regions: readonly Region[],
  prices: readonly ResourcePrice[],
): Configuring {
  const chosen = chosenOf(draft, regions);
  const total = totalOf(chosen.machines, chosen.draft);
  return { ...chosen, order, regions, prices, total, cost: estimate(total, prices) };
}
