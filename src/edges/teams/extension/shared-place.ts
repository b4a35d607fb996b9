import type { TurnContext } from 'botbuilder';
import type { Place } from '../../../chat/place.ts';
import type { Desk } from '../requests/desk.ts';
import { placeIn } from '../requests/receive.ts';

/** Where a message is written: whoever is there reads it, and it can be sent on from there. So it is never a place of one alone. */
export async function sharedPlace(desk: Desk, context: TurnContext): Promise<Place> {
  const place = await placeIn(desk, context);
  return place.kind === 'personal' ? { ...place, kind: 'group' } : place;
}
