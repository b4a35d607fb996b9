// Whose a card is goes with its buttons and searches: whichever customer is chosen meanwhile, a form acts for the one it names.
import type { Card, Element, Execute } from '../chat/card.ts';
import type { Submit } from '../chat/inbound.ts';
import type { Reply } from '../chat/reply.ts';
import { isInScope } from '../db/index.ts';
import { boundCustomer } from './bound.ts';
import type { Looking } from './feature.ts';
import { scopeOf } from './who.ts';

/** Inputs and buttons have no such name of their own. */
const KEY = 'forCustomer';

/** The answer with the customer it is about in all that comes back from it. */
export function forItsCustomer(reply: Reply): Reply {
  const { about, card, wantsFile } = reply;
  if (about === undefined) return reply;
  const form = wantsFile?.form;
  return {
    ...reply,
    ...(card && { card: marked(card, about) }),
    ...(wantsFile && {
      wantsFile: { ...wantsFile, ...(form && { form: { ...form, card: marked(form.card, about) } }) },
    }),
  };
}

function marked(card: Card, customer: number): Card {
  const { actions, body } = card;
  const mark = (action: Execute): Execute => ({ ...action, data: { ...action.data, [KEY]: customer } });
  return {
    ...card,
    body: body.map((element) => searchedFor(element, customer)),
    ...(actions && { actions: actions.map((one) => (one.type === 'Action.Execute' ? mark(one) : one)) }),
  };
}

function searchedFor(element: Element, customer: number): Element {
  if (element.type === 'Container')
    return { ...element, items: element.items.map((item) => searchedFor(item, customer)) };
  if (element.type !== 'Input.ChoiceSet') return element;
  const searched = element['choices.data'];
  if (searched === undefined || searched.dataset === 'customers') return element;
  return { ...element, 'choices.data': { ...searched, customer } };
}

export type Marked = {
  /** Without the mark. */
  readonly submit: Submit;
  readonly forCustomer: number | undefined;
};

export function readMark(submit: Submit): Marked {
  const { [KEY]: customer, ...values } = submit.values;
  const isId = typeof customer === 'number' && Number.isSafeInteger(customer);
  return { submit: { ...submit, values }, forCustomer: isId ? customer : undefined };
}

/** Whether somebody may act for this customer here: one of theirs, and that of the channel where it belongs to one. */
export async function mayActFor({ db, member, place }: Looking, customer: number): Promise<boolean> {
  if (!(await isInScope(db, scopeOf(member.organization), customer))) return false;
  const owner = place.kind === 'personal' ? undefined : await boundCustomer(db, place);
  return owner === undefined || owner.id === customer;
}
