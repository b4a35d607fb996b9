import type { Place } from '../chat/place.ts';
import type { Db } from '../db/index.ts';

/**
 * Keeps how a place can be reached, as it was last told. Where the platform moves a conversation or
 * renames it, notices that were bound to it follow.
 */
export function placeBook(db: Db): (place: Place) => Promise<void> {
  const known = new Map<string, string>();
  return async ({ thread: _, ...place }) => {
    const key = `${place.platform} ${place.conversation}`;
    const stored = JSON.stringify(place);
    if (known.get(key) === stored) return;
    await db
      .insertInto('places')
      .values({ platform: place.platform, conversation: place.conversation, place: stored })
      .onConflict((conflict) => conflict.columns(['platform', 'conversation']).doUpdateSet({ place: stored }))
      .execute();
    if (known.size > 10_000) known.clear();
    known.set(key, stored);
  };
}

/** The place as it can be reached now. */
export async function currentPlace(db: Db, place: Place): Promise<Place> {
  const row = await db
    .selectFrom('places')
    .select('place')
    .where('platform', '=', place.platform)
    .where('conversation', '=', place.conversation)
    .executeTakeFirst();
  const { thread } = place;
  return { ...((row?.place as Place | undefined) ?? place), ...(thread !== undefined && { thread }) };
}
