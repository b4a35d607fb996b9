import { PostFailed, type Respond } from '../../../chat/edge.ts';
import type { Sent } from '../../../chat/place.ts';
import type { Reply } from '../../../chat/reply.ts';
import { cardOf } from '../cards/render.ts';
import { handedOver, handOver } from '../files/hand-over.ts';
import type { Desk } from '../requests/desk.ts';
import type { Answer } from './answer.ts';
import { type Asked, isPrivate } from './asked.ts';
import { unlessRefused } from './failures.ts';
import { answerPrivately } from './privately.ts';
import { forOne, readerOf } from './targeted.ts';

export function respondTo(asked: Asked, desk: Desk): Respond {
  return async (given) => {
    const reply: Reply = asked.alone ? { ...given, audience: 'asker' } : given;
    const held = await asked.waiting?.held();
    return answer(asked, desk, reply, held);
  };
}

function answer(asked: Asked, desk: Desk, reply: Reply, held: Sent | undefined): Promise<Sent | undefined> {
  const inPrivate = handedOver(reply, asked.place);
  if (inPrivate !== undefined) return handOver(asked, desk, reply, inPrivate, held);
  return isPrivate(reply, asked.place)
    ? answerPrivately(asked, desk, reply, held)
    : answerOpenly(asked, desk, reply, held);
}

async function answerOpenly(
  asked: Asked,
  desk: Desk,
  reply: Reply,
  held: Sent | undefined,
): Promise<Sent | undefined> {
  const { place, from, card, known, press } = asked;
  const pressed = reply.position === 'instead' && card !== undefined ? { place, message: card } : undefined;
  if (pressed !== undefined && known === undefined) {
    return replaceCard(pressed, press, desk, reply);
  }
  const sent = await postOpenly(asked, desk, reply, held);
  press?.note('');
  // What one person sees can't become what everybody does: it goes away.
  if (pressed !== undefined) await takeAway(desk, { ...pressed, place: forOne(place, from) });
  return sent;
}

async function postOpenly(
  { place, waiting }: Asked,
  { delivery }: Desk,
  reply: Reply,
  held: Sent | undefined,
): Promise<Sent> {
  const post = () =>
    delivery.post(place, reply).catch((error: unknown) => {
      if (!(error instanceof PostFailed) || error.reason !== 'thread gone') throw error;
      const { thread: _, ...channel } = place;
      return delivery.post(channel, reply);
    });
  if (held === undefined || readerOf(held.place) !== undefined) return post();
  const replace = async () => {
    const sent = await delivery.replace(held, reply);
    waiting?.settled();
    return sent;
  };
  // Somebody may have deleted it meanwhile.
  return replace().catch(unlessRefused(post));
}

async function takeAway({ posting, options }: Desk, sent: Sent): Promise<void> {
  await posting
    .remove(sent)
    .catch((err: unknown) => options.log.info({ err }, 'a message for one person was not taken away'));
}

/**
 * The answer to a press changes the card for the one who pressed; the update changes it for everyone.
 * Where the message can't be changed any more the answer comes below it.
 */
async function replaceCard(
  pressed: Sent,
  press: Answer | undefined,
  { delivery }: Desk,
  reply: Reply,
): Promise<Sent> {
  const { place, message } = pressed;
  const sent = await delivery.replace(pressed, reply).catch((error: unknown) => {
    if (error instanceof PostFailed && error.reason === 'later') throw error;
    return delivery.post(place, reply);
  });
  const shown = cardOf(delivery.message(place, reply));
  if (sent.message === message && shown !== undefined) press?.card(shown);
  else press?.note('');
  return sent;
}
