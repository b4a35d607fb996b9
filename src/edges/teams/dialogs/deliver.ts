import { PostFailed } from '../../../chat/edge.ts';
import type { Place, Sent } from '../../../chat/place.ts';
import type { Reply } from '../../../chat/reply.ts';
import type { Answer } from '../answers/answer.ts';
import { tellAside } from '../answers/privately.ts';
import { respondTo } from '../answers/respond.ts';
import { plain } from '../cards/render.ts';
import type { Desk } from '../requests/desk.ts';
import { readAddress } from '../requests/places.ts';
import type { Whence } from './kept.ts';
import { cut, says, titles } from './sentences.ts';
import type { Slip } from './slip.ts';
import { readableOf } from './view.ts';

/** Brings an answer to the conversation. Where it finds no way there the dialog shows it, as long as it waits. */
export async function deliver(
  desk: Desk,
  slip: Slip,
  asked: Whence,
  reply: Reply,
): Promise<Sent | undefined> {
  const note = (text: string) => void slip.say(titles.answer, text);
  try {
    return await bringTo(
      desk,
      asked,
      reply,
      noting(() => slip.given, note),
    );
  } catch (error) {
    if (!(error instanceof PostFailed)) throw error;
    desk.options.log.warn({ err: error }, 'an answer was not posted; its dialog shows it');
    if (shownIn(slip, reply)) return undefined;
    if (error.reason === 'later') throw error;
    const sentence = plain(says.lost(readAddress(asked.place).bot.name));
    await tellAside(asked, desk, sentence, { held: undefined, openly: true });
    return undefined;
  }
}

/** The same for what is looked up beside a form: gives what is to be said of it there. */
export async function deliverBeside(
  desk: Desk,
  asked: Whence,
  reply: Reply,
): Promise<{ readonly sent: Sent | undefined; readonly says: string }> {
  const noted: string[] = [];
  const note = (text: string) => void noted.push(text);
  try {
    const sent = await bringTo(
      desk,
      asked,
      reply,
      noting(() => false, note),
    );
    return { sent, says: noted.join('\n') || says.where(asked.place) };
  } catch (error) {
    if (!(error instanceof PostFailed)) throw error;
    desk.options.log.warn({ err: error }, 'what was looked up was not posted; its dialog shows it');
    return { sent: undefined, says: cut(reply.text) };
  }
}

const bringTo = (desk: Desk, asked: Whence, reply: Reply, press: Answer): Promise<Sent | undefined> =>
  respondTo({ ...asked, press, shownElse: true }, desk)(reply);

function shownIn(slip: Slip, reply: Reply): boolean {
  return reply.card === undefined || reply.keptAs !== undefined
    ? slip.say(titles.answer, cut(reply.text))
    : slip.show(readableOf(reply.card));
}

/** Takes what is said beside an answer. */
const noting = (isGiven: () => boolean, note: (text: string) => void): Answer => ({
  get given() {
    return isGiven();
  },
  note(text) {
    if (text !== '') note(text);
  },
  card: () => undefined,
  end: () => undefined,
  refuse: () => undefined,
  body: () => undefined,
});

/** The answer is elsewhere, and the dialog says so. */
export const sayWhere = (slip: Slip, reply: Reply, place: Place): boolean =>
  slip.say(reply.fault ? titles.trouble : titles.answer, says.done(reply, place));
