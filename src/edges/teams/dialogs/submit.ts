// A dialog that somebody handed in.
import type { TurnContext } from 'botbuilder';
import type { Execute } from '../../../chat/card.ts';
import type { Submit } from '../../../chat/inbound.ts';
import type { Answer } from '../answers/answer.ts';
import type { Desk } from '../requests/desk.ts';
import { submitOf } from '../requests/receive.ts';
import { dig } from '../requests/request.ts';
import { findKept, type Kept, keep, type Typed } from './kept.ts';
import { type HandedIn, respondToHandedIn } from './respond.ts';
import { says, titles } from './sentences.ts';
import { type Slip, slipFor } from './slip.ts';
import { linesOf, refilled, typedIn } from './typed.ts';
import { BACK, BUTTON, DIALOG, dialogOf, questionOf, YES } from './view.ts';

/** The invoke of a button in a dialog. Everything is authorized again: of the client only what was typed is taken. */
export async function submitDialog(desk: Desk, context: TurnContext, answer: Answer): Promise<void> {
  const slip = slipFor(answer, desk.timing);
  const data = dig(context.activity.value, 'data');
  try {
    const { forms } = desk.options;
    const id = dig(data, DIALOG);
    const kept = forms && (await findKept(forms, id, context.activity.from.id));
    if (typeof id !== 'string' || kept === undefined) slip.say(titles.unknown, says.unknown(linesOf(data)));
    else await press(desk, context, slip, { id, kept, data });
  } catch (error) {
    slip.say(titles.trouble, says.trouble);
    throw error;
  } finally {
    slip.end();
  }
}

type Pressed = { readonly id: string; readonly kept: Kept; readonly data: unknown };

async function press(
  desk: Desk,
  context: TurnContext,
  slip: Slip,
  { id, kept, data }: Pressed,
): Promise<void> {
  const { sure, ...open } = kept;
  const named = dig(data, BUTTON);
  if (sure !== undefined && named === BACK) return goBack(desk, slip, open, sure.typed);
  const index = sure === undefined ? Number(named) : sure.button;
  const button = kept.card.actions?.[index];
  const isUnclear = sure !== undefined && named !== YES;
  if (button?.type !== 'Action.Execute' || isUnclear) {
    slip.say(titles.unknown, says.unknown(linesOf(data)));
    return;
  }
  const typed = sure?.typed ?? typedIn(kept.card, data);
  if (button.confirm !== undefined && sure === undefined) {
    return askFirst(desk, slip, { ...open, sure: { button: index, typed } }, button.confirm);
  }
  const inbound = await inboundOf(desk, context, kept, button, typed);
  if (inbound === undefined) return;
  await receive(desk, inbound, { desk, slip, id, kept: open, button, typed });
}

async function goBack({ options }: Desk, slip: Slip, kept: Kept, typed: Typed): Promise<void> {
  if (options.forms === undefined) return;
  slip.show(dialogOf(refilled(kept.card, typed), await keep(options.forms, kept)));
}

/** What was typed stays here meanwhile. */
async function askFirst(
  { options }: Desk,
  slip: Slip,
  kept: Kept,
  question: NonNullable<Execute['confirm']>,
): Promise<void> {
  if (options.forms === undefined) return;
  slip.show(questionOf(question, await keep(options.forms, kept)));
}

async function inboundOf(
  desk: Desk,
  context: TurnContext,
  { asked: { place, card: message, known, alone } }: Kept,
  { verb, data, associatedInputs }: Execute,
  typed: Typed,
): Promise<Submit | undefined> {
  const values = { ...(associatedInputs === 'none' ? {} : typed), ...data };
  const inbound = await submitOf(desk, context, verb, values);
  if (inbound === undefined) return undefined;
  const { message: _, ...rest } = inbound;
  const isAlone = alone ?? known?.alone;
  return {
    ...rest,
    place,
    waits: true,
    ...(message !== undefined && { message }),
    ...(isAlone && { alone: isAlone }),
  };
}

async function receive({ options }: Desk, inbound: Submit, handed: HandedIn): Promise<void> {
  const { slip } = handed;
  let failed = false;
  await options.receive(inbound, async (reply) => {
    failed = true;
    const sent = await respondToHandedIn(handed)(reply);
    failed = false;
    return sent;
  });
  if (failed) slip.say(titles.trouble, says.notDelivered);
  else slip.close();
}
