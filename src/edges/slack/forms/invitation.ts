import type { Card, Element, Execute } from '../../../chat/card.ts';
import type { Reply } from '../../../chat/reply.ts';
import type { Forms } from './forms.ts';
import { idFor, type Kept, messageSeconds, newId, type Shows } from './kept.ts';
import { isFilledIn } from './shown.ts';
import { errorsIn } from './typed.ts';
import { headingOf } from './view.ts';

/** The button of a message that stands for a form. */
export const OPEN = 'slack.form';

/**
 * A form as a message, where there is no trigger to open a window with: it says what it is, and its button opens it.
 * Where it can't be kept it is sent as it is: then one fills it in there.
 */
export async function invited(
  { store, now, secret }: Pick<Forms, 'store' | 'now' | 'secret'>,
  reply: Reply,
  { place, user, message }: Standing,
  shows: Shows = 'forms',
): Promise<Reply> {
  if (reply.card === undefined || reply.keptAs !== undefined || !isFilledIn(reply)) return reply;
  const { text, card, wantsFile } = reply;
  const kept: Kept = {
    user: reply.audience === 'asker' ? user : undefined,
    // Where the answer goes is known when somebody opens it.
    asked: { place, user: user ?? '' },
    reply: { text, card, ...(wantsFile && { wantsFile }), position: 'instead' },
    shows,
    since: now(),
  };
  const id = message === undefined ? newId() : idFor(secret, message);
  try {
    await store.keep(id, kept, messageSeconds);
  } catch {
    return reply;
  }
  return { ...reply, card: wantsFile === undefined ? invitation(card, text, id) : withFileButton(card, id) };
}

/** Where the message stands; one that may be drawn again has a name. */
type Standing = Pick<Kept['asked'], 'place'> & { readonly user?: string; readonly message?: string };

function invitation(card: Card, text: string, id: string): Card {
  const isWrong = Object.keys(errorsIn(card.body)).length > 0;
  const first = card.body.findIndex(isField);
  const problem: Element = { type: 'TextBlock', text, wrap: true, color: 'attention' };
  const others = (card.actions ?? []).filter(
    (action) =>
      action.type === 'Action.OpenUrl' || (action.associatedInputs === 'none' && !('once' in action.data)),
  );
  return {
    ...card,
    body: [...card.body.slice(0, first), ...(isWrong && text !== headingOf(card) ? [problem] : [])],
    actions: [openButton('Open the form', id), ...others],
  };
}

const isField = (element: Element): boolean =>
  element.type.startsWith('Input.') || (element.type === 'Container' && element.items.some(isField));

const withFileButton = (card: Card, id: string): Card => ({
  ...card,
  actions: [openButton('Choose a file', id), ...(card.actions ?? [])],
});

const openButton = (title: string, form: string): Execute => ({
  type: 'Action.Execute',
  title,
  verb: OPEN,
  data: { form },
  style: 'positive',
  associatedInputs: 'none',
});
