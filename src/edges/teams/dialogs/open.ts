// A button whose answer is a form: the form opens as a dialog.
import type { TurnContext } from 'botbuilder';
import { isForm } from '../../../chat/card.ts';
import type { Respond } from '../../../chat/edge.ts';
import type { Submit } from '../../../chat/inbound.ts';
import type { Reply } from '../../../chat/reply.ts';
import type { Answer } from '../answers/answer.ts';
import { suited } from '../cards/suited.ts';
import type { Desk } from '../requests/desk.ts';
import { askedIn, submitOf } from '../requests/receive.ts';
import { dig, isRecord } from '../requests/request.ts';
import { deliver, sayWhere } from './deliver.ts';
import { handIn, inDialog } from './hand-in.ts';
import { keep, type Shows, type Whence } from './kept.ts';
import { say, waiterOf } from './late.ts';
import { cut, says, titles } from './sentences.ts';
import { cardForDialog } from './shown.ts';
import type { Slip } from './slip.ts';
import { dialogOf } from './view.ts';

/** The invoke of such a button. Source: https://learn.microsoft.com/microsoftteams/platform/task-modules-and-cards/task-modules/task-modules-bots */
export const openDialog = (desk: Desk, context: TurnContext, answer: Answer): Promise<void> =>
  inDialog(desk, context, answer, async (slip) => {
    const data = dig(context.activity.value, 'data');
    const { msteams: _, verb, ...values } = isRecord(data) ? data : {};
    const inbound = await submitOf(desk, context, verb, values);
    if (inbound === undefined) await say(desk, slip, waiterOf(context), titles.unknown, says.unknown([]));
    else await openWith(desk, context, inbound, slip);
  });

/** Has a request carried out, and its answer shown in a dialog. */
export async function openWith(
  desk: Desk,
  context: TurnContext,
  inbound: Submit,
  slip: Slip,
  shows: Shows = 'forms',
): Promise<void> {
  const asked = await askedIn(desk, context, inbound);
  const whence: Whence = shows === 'all' ? { ...asked, alone: true } : asked;
  const alone = whence.alone ?? asked.known?.alone;
  const waiting = { ...inbound, waits: true, ...(alone && { alone }) } as const;
  const respond = respondOpening(desk, slip, whence, shows);
  if (!(await handIn(desk, slip, whence, waiting, respond))) slip.say(titles.answer, says.handedIn);
}

/** A form opens in the dialog; everything else goes where it was asked for. */
const respondOpening =
  (desk: Desk, slip: Slip, whence: Whence, shows: Shows): Respond =>
  async (given) => {
    const reply: Reply = whence.alone ? { ...given, audience: 'asker' } : given;
    if (reply.fault && slip.say(titles.trouble, cut(reply.text))) return undefined;
    if (await showReply(desk, slip, whence, shows, reply)) return undefined;
    const sent = await deliver(desk, slip, whence, reply);
    sayWhere(slip, reply, whence.place);
    return sent;
  };

async function showReply(
  { options, local }: Desk,
  slip: Slip,
  { card: message, ...whence }: Whence,
  shows: Shows,
  reply: Reply,
): Promise<boolean> {
  const { forms, log, playground = local } = options;
  const forDialog = cardForDialog(reply);
  if (slip.given || forDialog === undefined || forms === undefined) return false;
  const card = suited(forDialog, { kind: whence.place.kind, local: playground });
  // What is done already belongs in the place of the pressed card.
  const takesPlace = reply.position === 'instead';
  if (takesPlace && message !== undefined && !isForm(card)) return false;
  try {
    const id = await keep(forms, {
      what: 'dialog',
      user: whence.from.id,
      // Only a form that was to stand in the place of the pressed card has its answer there.
      asked: takesPlace && message !== undefined ? { ...whence, card: message } : whence,
      text: reply.text,
      card,
      shows,
    });
    return slip.show(dialogOf(card, id));
  } catch (err) {
    log.error({ err }, 'a form could not be kept for its dialog');
    return false;
  }
}
