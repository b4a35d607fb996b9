import type { Activity } from 'botbuilder';
import { PostFailed } from '../../../chat/edge.ts';
import type { Place, Sent } from '../../../chat/place.ts';
import { plain } from '../cards/render.ts';
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

/** Says something to one person, whoever else reads along: as what they alone see, or else in their own chat with the bot. */
export async function tellAlone(
  desk: Pick<Desk, 'posting' | 'options'>,
  place: Place,
  to: Reader,
  sentence: string,
): Promise<void> {
  const { posting, options } = desk;
  const message = plain(sentence);
  const inChat = async () =>
    posting.post(place.kind === 'personal' ? place : await posting.personalChat(place, to), message);
  await whisper(desk, place, to, message)
    .catch(inChat)
    .catch((err: unknown) => options.log.error({ err }, 'who pressed was told nothing more'));
}
