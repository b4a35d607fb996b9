import type { Activity } from 'botbuilder';
import type { Sent } from '../../../chat/place.ts';
import type { Reply } from '../../../chat/reply.ts';
import { cardOf, plain } from '../cards/render.ts';
import type { Desk } from '../requests/desk.ts';
import { readAddress } from '../requests/places.ts';
import { sentences } from '../sentences.ts';
import { type Asked, isUnseen } from './asked.ts';
import { isRefused, unlessRefused } from './failures.ts';
import { rememberTargeted } from './known.ts';
import { forOne, keepsTargeted, readerOf } from './targeted.ts';
import { whisper } from './whisper.ts';

/**
 * An answer for who asked alone where others read along: in the conversation as a message that nobody else sees, or else in
 * the personal chat, which the conversation is told.
 */
export async function answerPrivately(
  asked: Asked,
  desk: Desk,
  reply: Reply,
  held: Sent | undefined,
): Promise<Sent | undefined> {
  if (!keepsTargeted(asked.place, desk.options) || !isWhole(desk, reply)) {
    return answerDirectly(asked, desk, reply, held);
  }
  try {
    return await answerHere(asked, desk, reply, held);
  } catch (error) {
    if (!isRefused(error)) throw error;
    desk.options.log.warn({ err: error }, 'an answer for one person goes to their personal chat');
    return answerDirectly(asked, desk, reply, held);
  }
}

/** A file that can't be linked to is given in a personal chat only. */
const isWhole = ({ options }: Desk, { files = [] }: Reply): boolean =>
  files.every(({ id, name }) => options.fileUrl(id, name) !== undefined);

/** The message takes the place of the pressed card, or of the one that says that the bot is at work, where only who asked sees that. */
async function answerHere(asked: Asked, desk: Desk, reply: Reply, held: Sent | undefined): Promise<Sent> {
  const { place, from, card, known, press, waiting } = asked;
  const { delivery } = desk;
  const here = forOne(place, from);
  const isMine = reply.position === 'instead' && card !== undefined && known !== undefined;
  const spot = isMine ? { place: here, message: card } : held && readerOf(held.place) && held;
  const post = () => delivery.post(here, reply);
  const replace = async (replaced: Sent) => {
    const sent = await delivery.replace(replaced, reply);
    if (replaced === held) waiting?.settled();
    return sent;
  };
  const sent = await (spot ? replace(spot).catch(unlessRefused(post)) : post());
  const shown = cardOf(delivery.message(here, reply));
  if (isMine && sent.message === card && shown !== undefined) press?.card(shown);
  else press?.note('');
  if (shown !== undefined) {
    await rememberTargeted(desk, sent, { alone: isUnseen(asked) });
  }
  return sent;
}

async function answerDirectly(
  asked: Asked,
  desk: Desk,
  reply: Reply,
  held: Sent | undefined,
): Promise<Sent | undefined> {
  const { place, from } = asked;
  const { posting, delivery } = desk;
  try {
    const sent = await delivery.post(await posting.personalChat(place, from), reply);
    // Who asked so that nobody saw it is not named before all for being answered elsewhere.
    const openly = !isUnseen(asked);
    await tell(asked, desk, sentences.sentPrivately, { held, openly }).catch(unlessRefused(nothing));
    return sent;
  } catch (error) {
    if (!isRefused(error) || asked.shownElse) throw error;
    const sentence = sentences.openPrivateChat(readAddress(place).bot.name);
    await tell(asked, desk, sentence, { held, openly: true });
    return undefined;
  }
}

const nothing = async () => undefined;

/** Says where the answer is, to who asked alone if that can be. */
async function tell(asked: Asked, desk: Desk, sentence: string, how: Aside): Promise<void> {
  const { press } = asked;
  // A note is seen by the one who pressed alone, and leaves the channel quiet.
  if (press !== undefined && !press.given) return press.note(sentence);
  await tellAside(asked, desk, plain(sentence), how);
}

/** `held`: what it takes the place of; `openly`: everybody may see it, where it can't be shown to one person alone. */
type Aside = { readonly held: Sent | undefined; readonly openly: boolean };

/** The same with any message. */
export async function tellAside(
  { place, from, waiting }: Asked,
  desk: Desk,
  message: Partial<Activity>,
  { held, openly }: Aside,
): Promise<void> {
  const { posting } = desk;
  const aloud = () => (openly ? posting.post(place, message) : nothing());
  const say = () => whisper(desk, place, from, message).catch(unlessRefused(aloud));
  if (held === undefined) return void (await say());
  await posting.update(held, message).catch(unlessRefused(say));
  waiting?.settled();
}
