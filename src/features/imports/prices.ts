import { z } from 'zod';
import { takeBackList } from '../catalog/prices/apply.ts';
import type { Undoers } from '../history/undoers.ts';

const kept = z.object({
  name: z.string(),
  unit: z.string(),
  commitment: z.enum(['monthly', 'yearly']),
  groupId: z.number().nullable(),
  forSale: z.boolean(),
  price: z.number().nullable(),
});
const changed = z.object({
  product: z.number(),
  currency: z.string(),
  before: kept.nullable(),
  after: kept,
});
const list = z.object({ prices: z.array(z.object({ sku: z.string(), changed })) });

/** How a list of prices that another program sent is taken back. */
export const undoPrices: Undoers = {
  async price({ db, member }, data) {
    // Whoever set it may have another role by now.
    if (member.role !== 'provider admin')
      return { kind: 'impossible', reason: 'Only an admin of the provider can take it back.' };
    const reason = await takeBackList(db, list.parse(data).prices);
    return reason === undefined ? { kind: 'undone' } : { kind: 'impossible', reason };
  },
};
