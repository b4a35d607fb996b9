// A dialog that somebody handed in.
import type { TurnContext } from 'botbuilder';
import type { Execute } from '../../../chat/card.ts';
import type { Submit } from '../../../chat/inbound.ts';
import type { Answer } from '../answers/answer.ts';
import type { Desk } from '../requests/desk.ts';
import { withPeople } from '../requests/people.ts';
import { submitOf } from '../requests/receive.ts';
import { dig } from '../requests/request.ts';
import { handIn, inDialog } from './hand-in.ts';
import { findKept, type Kept, keep, type Typed } from './kept.ts';
import { say, showForm, waiterOf } from './late.ts';
import { type HandedIn, respondToHandedIn } from './respond.ts';
import { says, titles } from './sentences.ts';
import type { Slip } from './slip.ts';
import { linesOf, typedIn } from './typed.ts';
import { BACK, BUTTON, DIALOG, questionOf, YES } from './view.ts';

/** The invoke of a button in a dialog. Everything is authorized again: of the client only what was typed is taken. */
export const submitDialog = (desk: Desk, context: TurnContext, answer: Answer): Promise<void> =>
  inDialog(desk, context, answer, async (slip) => {
    const data = dig(context.activity.value, 'data');
    const { forms } = desk.options;
    const id = dig(data, DIALOG);
    const kept = forms && (await findKept(forms, id, context.activity.from.id));
    if (typeof id !== 'string' || kept === undefined) await sayUnknown(desk, context, slip, data);
    else await press(desk, context, slip, { id, kept, data });
  });

const sayUnknown = (desk: Desk, context: TurnContext, slip: Slip, data: unknown): Promise<void> =>
  say(desk, slip, waiterOf(context), titles.unknown, says.unknown(linesOf(data)));

type Pressed = { readonly id: string; readonly kept: Kept; readonly data: unknown };

async function press(
  desk: Desk,
  context: TurnContext,
  slip: Slip,
  { id, kept, data }: Pressed,
): Promise<void> {
  const { sure, ...open } = kept;
  const named = dig(data, BUTTON);
  if (sure !== undefined && named === BACK) return showForm(desk, slip, open, sure.typed, {});
  const index = sure === undefined ? wholeOf(named) : sure.button;
  const button = index === undefined ? undefined : kept.card.actions?.[index];
  const isUnclear = sure !== undefined && named !== YES;
  if (index === undefined || button?.type !== 'Action.Execute' || isUnclear) {
    return sayUnknown(desk, context, slip, data);
  }
  const typed = sure?.typed ?? (await filledIn(desk, context, kept, data));
  if (button.confirm !== undefined && sure === undefined) {
    return askFirst(desk, slip, { ...open, sure: { button: index, typed } }, button.confirm);
  }
  const inbound = await inboundOf(desk, context, kept, button, typed);
  if (inbound === undefined) return sayUnknown(desk, context, slip, data);
  await receive(desk, inbound, { desk, slip, id, asked: sure !== undefined, kept: open, button, typed });
}

/** Which button it is. A client says it: it may be anything. */
const wholeOf = (named: unknown): number | undefined =>
  typeof named === 'number' && Number.isInteger(named) && named >= 0 ? named : undefined;

/** What was typed, with the addresses of those who were chosen among the people there. */
async function filledIn(desk: Desk, context: TurnContext, { card }: Kept, data: unknown): Promise<Typed> {
  const emailOf = (id: string) => desk.roster.email(context, id);
  return typedIn(card, await withPeople(typedIn(card, data), emailOf));
}

/** What was typed stays here meanwhile. A message can't ask: there the question stands above the form. */
async function askFirst(
  desk: Desk,
  slip: Slip,
  kept: Kept & { readonly sure: NonNullable<Kept['sure']> },
  question: NonNullable<Execute['confirm']>,
): Promise<void> {
  const { forms } = desk.options;
  const id = forms && !slip.given ? await keep(forms, kept) : undefined;
  if (id !== undefined && slip.show(questionOf(question, id))) return;
  const { sure, ...open } = kept;
  await showForm(desk, slip, open, sure.typed, { notice: `${question.title}\n${question.text}` });
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

async function receive(desk: Desk, inbound: Submit, handed: HandedIn): Promise<void> {
  const { slip, kept } = handed;
  await handIn(desk, slip, kept.asked, inbound, respondToHandedIn(handed));
  slip.close();
}
