import { PostFailed } from '../../../chat/edge.ts';
import type { Place, Sent } from '../../../chat/place.ts';
import type { Reply } from '../../../chat/reply.ts';
import type { Answer } from '../answers/answer.ts';
import { respondTo } from '../answers/respond.ts';
import type { Desk } from '../requests/desk.ts';
import type { Whence } from './kept.ts';
import { cut, says, titles } from './sentences.ts';
import type { Slip } from './slip.ts';
import { readableOf } from './view.ts';

/** Brings an answer to the conversation. Where it finds no way there the dialog shows it. */
export async function deliver(
  desk: Desk,
  slip: Slip,
  asked: Whence,
  reply: Reply,
): Promise<Sent | undefined> {
  try {
    return await respondTo({ ...asked, press: pressOf(slip) }, desk)(reply);
  } catch (error) {
    if (!(error instanceof PostFailed)) throw error;
    desk.options.log.warn({ err: error }, 'an answer was not posted; its dialog shows it');
    const isShown =
      reply.card === undefined || reply.keptAs !== undefined
        ? slip.say(titles.answer, cut(reply.text))
        : slip.show(readableOf(reply.card));
    if (!isShown) throw error;
    return undefined;
  }
}

/** What is said beside an answer is said in the dialog. */
const pressOf = (slip: Slip): Answer => ({
  get given() {
    return slip.given;
  },
  note(text) {
    if (text !== '') slip.say(titles.answer, text);
  },
  card: () => undefined,
  end: () => undefined,
  refuse: () => undefined,
  body: () => undefined,
});

/** The answer is elsewhere, and the dialog says so. */
export const sayWhere = (slip: Slip, reply: Reply, place: Place): boolean =>
  slip.say(reply.fault ? titles.trouble : titles.answer, says.done(reply, place));
