import type { Asked } from '../../bot/index.ts';
import { viewOf } from '../organizations/view.ts';
import { problemsOf } from './checks.ts';
import { loadPriced } from './prices.ts';
import type { Problem } from './rules.ts';

type Waiting = { readonly id: number; readonly organizationId: number; readonly customer: string };

/** What stands in the way of an order that was placed and is to be carried out now. */
export async function recheck(asked: Asked, order: Waiting): Promise<readonly Problem[]> {
  const view = viewOf(asked, { id: order.organizationId, name: order.customer });
  // No wizard: what was configured was agreed on at the price that it has.
  return problemsOf(view, order.id, await loadPriced(view, [order.id], {}));
}
