import type { ModalView } from '@slack/types';
import {
  type Action,
  type Card,
  type Element,
  type Execute,
  isForm,
  type TextBlock,
} from '../../../chat/card.ts';
import { toBlocks } from '../blocks/blocks.ts';
import { buttonBlocks } from '../blocks/buttons.ts';
import { rooms } from '../blocks/room.ts';
import { clean, isBlank, plainText, sections } from '../blocks/text.ts';
import { fileBlock } from './files.ts';
import { cardOf, type Kept } from './kept.ts';

/** Of every window of ours: by it Bolt knows what was handed in. */
export const callback = 'form';

/** Source: https://docs.slack.dev/reference/views/modal-views */
const longestTitle = 24;

/** A form as a window; nothing where Slack would refuse it: it takes no fields without a button that hands them in. */
export function formView({ reply, sure }: Pick<Kept, 'reply' | 'sure'>, id: string): ModalView | undefined {
  const { wantsFile } = reply;
  const card = cardOf(reply);
  if (card === undefined) return undefined;
  const takesFile = wantsFile !== undefined;
  const main = takesFile ? undefined : mainButton(card);
  if (sure !== undefined && main?.confirm !== undefined) return confirmView(main.confirm, id);
  if (main === undefined && !takesFile && hasInputs(card)) return undefined;
  const { title, body } = titled(card);
  const buttons = buttonBlocks(otherButtons(card, main), {});
  const file = wantsFile === undefined ? [] : [fileBlock(wantsFile)];
  const room = { ...rooms.modal, blocks: rooms.modal.blocks - buttons.length - file.length };
  const { blocks } = toBlocks({ ...card, body, actions: [] }, room);
  const submit = takesFile ? 'Send' : main?.title;
  return {
    type: 'modal',
    callback_id: callback,
    private_metadata: id,
    title: short(title),
    ...(submit === undefined ? {} : { submit: short(submit) }),
    close: short(takesFile || isLeftByCancel(card) ? 'Cancel' : 'Close'),
    notify_on_close: true,
    blocks: atLeastOne([...(blocks as ModalView['blocks']), ...file, ...buttons]),
  };
}

/** Nothing that was typed is lost by closing a window without fields; and a button may have that name already. */
const isLeftByCancel = (card: Card): boolean =>
  hasInputs(card) && !(card.actions ?? []).some(({ title }) => title === cancel);

const cancel = 'Cancel';

/** A window that is handed in asks nothing before, so what its button asks is a step of its own. */
const confirmView = ({ title, text, yes }: NonNullable<Execute['confirm']>, id: string): ModalView => ({
  type: 'modal',
  callback_id: callback,
  private_metadata: id,
  title: short(title),
  submit: short(yes),
  close: short('No'),
  notify_on_close: true,
  blocks: [...(title.length > longestTitle ? sections(title, true) : []), ...sections(text)],
});

/** Slack may refuse a window without anything in it. */
const atLeastOne = (blocks: ModalView['blocks']): ModalView['blocks'] =>
  blocks.length > 0 ? blocks : sections('There is nothing to fill in.');

/**
 * The button that hands a form in: the first positive one, else the first that carries a mark. Of what is no form, the first
 * that takes what was typed: but who presses Enter is not to take away or refuse something by that.
 */
export function mainButton(card: Card): Execute | undefined {
  const buttons = (card.actions ?? []).filter((action) => action.type === 'Action.Execute');
  if (isForm(card)) {
    const handing = buttons.filter(({ title, confirm }) => title !== cancel || confirm === undefined);
    return handing.find(({ style }) => style === 'positive') ?? handing.find(({ data }) => 'once' in data);
  }
  const taking = hasInputs(card) && buttons.find(({ associatedInputs }) => associatedInputs !== 'none');
  return taking && !taking.confirm && taking.style !== 'destructive' ? taking : undefined;
}

/** What they do stays on the server: each knows no more than which of them it is. */
function otherButtons({ actions = [] }: Card, main: Execute | undefined): Action[] {
  return actions.flatMap((action, index): Action[] => {
    if (action === main) return [];
    return action.type === 'Action.Execute' ? [{ ...action, verb: String(index), data: {} }] : [action];
  });
}

export const hasInputs = ({ body }: Card): boolean => inputIds(body).length > 0;

export const inputIds = (body: readonly Element[]): string[] =>
  body.flatMap((element) => {
    if (element.type === 'Container') return inputIds(element.items);
    return element.type.startsWith('Input.') && element.id !== undefined ? [element.id] : [];
  });

/** The heading goes to the top of the window; where there is no room for all of it, it stays in the body as well. */
function titled({ body }: Card): { title: string; body: readonly Element[] } {
  const heading = headingOf({ body });
  if (heading === '') return { title: 'Quartermaster', body };
  return { title: heading, body: heading.length > longestTitle ? body : body.flatMap(withoutHeading) };
}

export const headingOf = ({ body }: Pick<Card, 'body'>): string =>
  body.map(headingIn).find((heading) => !isBlank(heading)) ?? '';

function headingIn(element: Element): string {
  if (element.type === 'TextBlock') return isTitle(element) ? element.text : '';
  if (element.type !== 'ColumnSet') return '';
  const items = element.columns.flatMap((column) => column.items);
  return items.find((item) => item.type === 'TextBlock' && isTitle(item))?.text ?? '';
}

const isTitle = ({ style, size }: TextBlock): boolean => style === 'heading' && size === 'large';

function withoutHeading(element: Element): Element[] {
  if (element.type === 'TextBlock') return isTitle(element) ? [] : [element];
  if (element.type !== 'ColumnSet') return [element];
  const columns = element.columns.map((column) => ({
    ...column,
    items: column.items.filter((item) => item.type !== 'TextBlock' || !isTitle(item)),
  }));
  return [{ ...element, columns: columns.filter(({ items }) => items.length > 0) }];
}

/** At most as long as Slack takes for titles and buttons of a window, cut between words. */
export function cutKindly(text: string, most = longestTitle): string {
  const words = clean(text).trim().split(/\s+/);
  const whole = words.join(' ');
  if (whole.length <= most) return whole;
  const room = most - 1;
  const fitting = words.reduce((head, word) => {
    const longer = head === '' ? word : `${head} ${word}`;
    return whole.startsWith(longer) && longer.length <= room ? longer : head;
  }, '');
  // A word that is longer than half of the room is cut in itself: else next to nothing would be left.
  const head =
    fitting.length > room / 2 ? fitting.replace(/[\s,;:–-]+$/, '') : whole.slice(0, room).trimEnd();
  return `${head.toWellFormed().replace(/\ufffd$/, '')}…`;
}

export const short = (text: string) => plainText(cutKindly(text), longestTitle);
