import type { Activity } from 'botbuilder';
import { PostFailed, type Respond } from '../../../chat/edge.ts';
import type { Place, Sent } from '../../../chat/place.ts';
import type { Reply } from '../../../chat/reply.ts';
import { cardOf, plain } from '../cards/render.ts';
import { readAddress } from '../requests/places.ts';
import { sentences } from '../sentences.ts';
import type { Answer } from './answer.ts';
import type { Delivery } from './delivery.ts';
import type { Posting } from './posting.ts';

/** To whom and about what an answer goes. */
export type Asked = {
  readonly place: Place;
  readonly from: { readonly id: string; readonly name: string };
  /** The message with the card that was pressed. */
  readonly card?: string;
  /** The request that waits for the answer, where a button was pressed. */
  readonly press?: Answer;
};

export function respondTo(asked: Asked, posting: Posting, delivery: Delivery): Respond {
  return async (reply) => {
    if (isPrivate(reply, asked.place)) return answerPrivately(asked, posting, delivery, reply);
    if (reply.position === 'instead' && asked.card !== undefined) {
      const message = delivery.message(asked.place, reply);
      const replaced = await replaceCard({ ...asked, card: asked.card }, posting, message);
      await delivery.offerFiles(asked.place, reply);
      return replaced;
    }
    const sent = await delivery.post(asked.place, reply);
    asked.press?.note('');
    return sent;
  };
}

/** Whether others would read along what is meant for one person. */
export const isPrivate = (reply: Reply, place: Place): boolean =>
  reply.audience === 'asker' && place.kind !== 'personal';

/**
 * The answer to a press changes the card for the one who pressed; the update changes it for everyone.
 * Where the message can't be changed any more the answer comes below it.
 */
async function replaceCard(
  { place, card, press }: Asked & { readonly card: string },
  posting: Posting,
  message: Partial<Activity>,
): Promise<Sent> {
  const sent = await posting.update({ place, message: card }, message).catch((error: unknown) => {
    if (error instanceof PostFailed && error.reason === 'later') throw error;
    return posting.post(place, message);
  });
  const shown = cardOf(message);
  if (sent.message === card && shown !== undefined) press?.card(shown);
  else press?.note('');
  return sent;
}

async function answerPrivately(
  { place, from, press }: Asked,
  posting: Posting,
  delivery: Delivery,
  reply: Reply,
): Promise<Sent | undefined> {
  const tell = async (sentence: string) => {
    // A note is seen by the one who pressed alone, and leaves the channel quiet.
    if (press !== undefined && !press.given) press.note(sentence);
    else await posting.post(place, plain(sentence));
  };
  try {
    const sent = await delivery.post(await posting.personalChat(place, from), reply);
    await tell(sentences.sentPrivately);
    return sent;
  } catch (error) {
    if (!(error instanceof PostFailed) || error.reason === 'later') throw error;
    await tell(sentences.openPrivateChat(readAddress(place).bot.name));
    return undefined;
  }
}
