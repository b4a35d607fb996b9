import type { Card, Element, InputChoiceSet, InputText } from '../../../chat/card.ts';
import type { Place } from '../../../chat/place.ts';
import type { Reply } from '../../../chat/reply.ts';

/** Where a card is shown; `local` is a client on this very machine, the Playground. */
export type Setting = { readonly kind: Place['kind']; readonly local: boolean };

/**
 * The card without what the client can not do there: the Playground asks for no choices while somebody types, and only where
 * several people talk there is a list of who they are.
 * Source: https://learn.microsoft.com/microsoftteams/platform/task-modules-and-cards/cards/people-picker#dataset
 */
export function suited(card: Card, { kind, local }: Setting): Card {
  const picksPeople = !local && kind !== 'personal';
  const inside = (element: Element): Element => {
    switch (element.type) {
      case 'Container':
        return { ...element, items: element.items.map(inside) };
      case 'Input.Text':
        return picksPeople ? element : typed(element);
      case 'Input.ChoiceSet':
        return local ? atHand(element) : element;
      default:
        return element;
    }
  };
  return { ...card, body: card.body.map(inside) };
}

export const suitedReply = (reply: Reply, setting: Setting): Reply =>
  reply.card === undefined ? reply : { ...reply, card: suited(reply.card, setting) };

const typed = ({ person: _, ...input }: InputText): InputText => input;

/** The choices at hand are shown, and what was typed among them; where there are none, it is typed. */
function atHand({ 'choices.data': searched, ...input }: InputChoiceSet): InputChoiceSet | InputText {
  if (searched === undefined) return input;
  const { style: _, choices, value = '', ...field } = input;
  if (choices.length > 0) return { ...input, choices: withChosen(input) };
  const style = searched.dataset === 'users' || searched.dataset === 'known-users' ? 'email' : 'text';
  return { ...field, type: 'Input.Text', style, ...(value !== '' && { value }) };
}

/** What was chosen, or typed elsewhere, is a choice: else it could not be shown. */
export function withChosen({ choices, value = '' }: InputChoiceSet): InputChoiceSet['choices'] {
  const isThere = value === '' || choices.some((choice) => choice.value === value);
  return isThere ? choices : [...choices, { title: value, value }];
}
