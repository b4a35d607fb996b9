import type { Activity } from 'botbuilder';
import { PostFailed } from '../../../chat/edge.ts';
import type { Place, Sent } from '../../../chat/place.ts';
import type { Desk } from '../requests/desk.ts';
import { forOne, keepsTargeted, type Reader } from './targeted.ts';

/** A message that one person of a conversation alone sees; rejects with `PostFailed` where Teams does not show it so. */
export async function whisper(
  { posting, options }: Pick<Desk, 'posting' | 'options'>,
  place: Place,
  to: Reader,
  message: Partial<Activity>,
): Promise<Sent> {
  if (!keepsTargeted(place, options)) throw new PostFailed('refused', 'here everybody reads everything');
  return posting.post(forOne(place, to), message);
}
