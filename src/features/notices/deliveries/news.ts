import type { Ctx } from '../../../bot/index.ts';
import type { PlaceNews } from '../../../chat/edge.ts';
import { inTransaction } from '../../../db/index.ts';
import { reach } from './revive.ts';
import { closePlace, loadDeadAt, loadHearing, loadWithin } from './store.ts';

/** What a platform tells of its places, for what is posted there. */
export function placeNewsOf(ctx: () => Ctx, platform: string): PlaceNews {
  return {
    known: (within) => loadWithin(ctx().db, platform, within),

    /** Of places that nothing is posted to nobody need know. */
    async lost(where, why) {
      const { db, now } = ctx();
      const hearing = await loadHearing(db, platform, where);
      await inTransaction({ db }, async (inside) => {
        for (const place of hearing) await closePlace(inside.db, { place, why, today: now });
      });
    },

    async found(where) {
      const asked = ctx();
      for (const to of await loadDeadAt(asked.db, platform, where)) {
        await inTransaction({ db: asked.db }, ({ db }) => reach({ ...asked, db }, to));
      }
    },
  };
}
