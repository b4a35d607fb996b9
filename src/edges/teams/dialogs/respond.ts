import { type Card, type Execute, isForm } from '../../../chat/card.ts';
import type { Respond } from '../../../chat/edge.ts';
import type { Sent } from '../../../chat/place.ts';
import type { Reply } from '../../../chat/reply.ts';
import { suited } from '../cards/suited.ts';
import type { Desk } from '../requests/desk.ts';
import { deliver, deliverBeside, sayWhere } from './deliver.ts';
import { type Kept, keep, type Typed } from './kept.ts';
import { showForm } from './late.ts';
import { cut } from './sentences.ts';
import { cardForDialog, hasFields, isNextStep } from './shown.ts';
import type { Slip } from './slip.ts';
import { dialogOf } from './view.ts';

/** A dialog of which a button was pressed, with what is known of it. */
export type HandedIn = {
  readonly desk: Desk;
  readonly slip: Slip;
  readonly id: string;
  /** It was asked about first: the id is that of the question. */
  readonly asked: boolean;
  readonly kept: Kept;
  readonly button: Execute;
  readonly typed: Typed;
};

/** As long as it may take to post an answer. */
const SECONDS_TO_BRING = 20;

/** The next step, or the same with what is wrong, takes the place of a form; the answer to it goes to the conversation. */
export const respondToHandedIn =
  (handed: HandedIn): Respond =>
  async (given) => {
    const { slip, kept } = handed;
    const reply: Reply = kept.asked.alone ? { ...given, audience: 'asker' } : given;
    if (reply.fault) {
      await showAgain(handed, reply.text);
      return undefined;
    }
    const card = cardForDialog(reply);
    if (isBeside(handed, reply, card)) return lookUp(handed, reply);
    if (card !== undefined && isNext(kept, card) && (await showNext(handed, reply, card))) return undefined;
    if (slip.given && card !== undefined && isForm(card)) return bring(handed, reply);
    const sent = await bringOnce(handed, reply);
    if (kept.shows === 'all') sayWhere(slip, reply, kept.asked.place);
    else slip.close();
    return sent;
  };

const bring = ({ desk, slip, kept }: HandedIn, reply: Reply): Promise<Sent | undefined> =>
  deliver(desk, slip, kept.asked, reply);

/** Whoever hands in the same dialog twice gets one answer in the conversation. */
async function bringOnce(handed: HandedIn, reply: Reply): Promise<Sent | undefined> {
  const { forms, log } = handed.desk.options;
  // Where the database is away, twice is better than never.
  const unknown = (err: unknown) => log.warn({ err }, 'it is not known who brings the answer to a dialog');
  const claim = await forms?.claimAnswer(handed.id, SECONDS_TO_BRING).catch(unknown);
  if (claim === 'answered' || claim === 'theirs') return undefined;
  const sent = await bring(handed, reply);
  await forms?.answered(handed.id).catch(unknown);
  return sent;
}

/** What one looks up beside a form that is being filled in does not take its place. */
function isBeside({ kept, button }: HandedIn, reply: Reply, card: Card | undefined): boolean {
  const onlyLooks =
    button.associatedInputs === 'none' && button.confirm === undefined && !('once' in button.data);
  if (!onlyLooks || !hasFields(kept.card)) return false;
  return reply.position !== 'instead' && (card === undefined || !isForm(card));
}

async function lookUp(handed: HandedIn, reply: Reply): Promise<Sent | undefined> {
  const { desk, kept } = handed;
  const { sent, says } = await deliverBeside(desk, kept.asked, reply);
  await showAgain(handed, says);
  return sent;
}

/** The form as it was handed in, with a word above it. */
const showAgain = ({ desk, slip, kept, id, asked, typed }: HandedIn, text: string): Promise<void> =>
  showForm(desk, slip, kept, typed, { id: asked ? undefined : id, notice: cut(text) });

/** What is chosen in a dialog that is no form is answered there. */
const isNext = (kept: Kept, card: Card): boolean => isNextStep(card, isForm(kept.card) ? kept.shows : 'all');

async function showNext({ desk, slip, kept }: HandedIn, { text }: Reply, next: Card): Promise<boolean> {
  const { forms, log, playground = desk.local } = desk.options;
  if (slip.given || forms === undefined) return false;
  const card = suited(next, { kind: kept.asked.place.kind, local: playground });
  try {
    return slip.show(dialogOf(card, await keep(forms, { ...kept, text, card })));
  } catch (err) {
    log.error({ err }, 'the next step of a form could not be kept');
    return false;
  }
}
