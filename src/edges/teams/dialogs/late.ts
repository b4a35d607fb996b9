// A dialog says after some seconds that the work goes on. What is said from then on comes as a message to who waited, alone.
import type { TurnContext } from 'botbuilder';
import type { Card } from '../../../chat/card.ts';
import { type Asked, isUnseen } from '../answers/asked.ts';
import { respondTo } from '../answers/respond.ts';
import { senderOf } from '../answers/targeted.ts';
import type { Desk } from '../requests/desk.ts';
import { placeOf } from '../requests/places.ts';
import { type Kept, keep, type Typed } from './kept.ts';
import type { Slip } from './slip.ts';
import { refilled } from './typed.ts';
import { dialogOf } from './view.ts';

/** Who waits, and where. */
export type Waiter = Pick<Asked, 'place' | 'from' | 'alone' | 'known'>;

export const waiterOf = ({ activity }: TurnContext): Waiter => ({
  place: placeOf(activity, ''),
  from: senderOf(activity),
});

/** Says something in the dialog, or else in a message. */
export async function say(
  desk: Desk,
  slip: Slip,
  { place, from }: Waiter,
  title: string,
  text: string,
): Promise<void> {
  // Nobody else is to be told that something was sent to them.
  if (!slip.say(title, text)) await send(desk, { place, from, alone: true }, text);
}

type Again = {
  /** Under this id the dialog is known already. */
  readonly id?: string | undefined;
  /** A word above what was typed. */
  readonly notice?: string;
};

/** Shows a form with what was typed into it, in the dialog, or else in a message. */
export async function showForm(
  desk: Desk,
  slip: Slip,
  kept: Kept,
  typed: Typed,
  { id, notice }: Again,
): Promise<void> {
  const { forms } = desk.options;
  const card = refilled(kept.card, typed, notice);
  const known = id ?? (forms && !slip.given ? await keep(forms, kept) : undefined);
  if (known !== undefined && slip.show(dialogOf(card, known))) return;
  await send(desk, kept.asked, notice ?? kept.text, card);
}

async function send(desk: Desk, waiter: Waiter, text: string, card?: Card): Promise<void> {
  const { place, from } = waiter;
  const asked: Asked = { place, from, shownElse: true, ...(isUnseen(waiter) && { alone: true }) };
  const reply = { text, audience: 'asker', position: 'below', ...(card && { card }) } as const;
  await respondTo(
    asked,
    desk,
  )(reply).catch((err: unknown) =>
    desk.options.log.error({ err }, 'what became of a dialog was not said in a message'),
  );
}
