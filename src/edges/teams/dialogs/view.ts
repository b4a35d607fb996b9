import type { Action, Card, Element, Execute } from '../../../chat/card.ts';
import { type TeamsElement, teamsCard } from '../cards/card.ts';
import { CARD_TYPE, cardOfText } from '../cards/render.ts';

/** By these the client says which dialog was handed in, by which button. No input has such a name. */
export const DIALOG = 'dialog.id';
export const BUTTON = 'dialog.button';
/** The buttons of a last question. */
export const YES = 'yes';
export const BACK = 'back';

/** Source: https://learn.microsoft.com/microsoftteams/platform/task-modules-and-cards/task-modules/invoking-task-modules#dialoginfo-object */
export type TaskInfo = {
  readonly title: string;
  readonly width: 'medium' | 'large';
  readonly height: 'medium' | 'large';
  readonly card: { readonly contentType: string; readonly content: unknown };
};

/** A card as a dialog: what its buttons do stays here, each knows no more than which of them it is. */
export function dialogOf(card: Card, id: string): TaskInfo {
  const buttons = (card.actions ?? []).map((action, index) => buttonOf(action, id, index));
  return taskInfo(card, buttons);
}

/** A button that asks before it does something, which Teams can't: its question is a step of its own. */
export function questionOf({ title, text, yes }: NonNullable<Execute['confirm']>, id: string): TaskInfo {
  return taskInfo(
    cardOfText(text),
    [
      submit(yes, { [DIALOG]: id, [BUTTON]: YES }, 'destructive'),
      submit('Back', { [DIALOG]: id, [BUTTON]: BACK }),
    ],
    title,
  );
}

/** Something that is only to be read. */
export const noteOf = (title: string, text: string): TaskInfo => taskInfo(cardOfText(text), [], title);

/** A card that is only to be read: nobody waits for its buttons. */
export const readableOf = (card: Card): TaskInfo =>
  taskInfo(
    card,
    (card.actions ?? []).filter((action) => action.type === 'Action.OpenUrl'),
  );

function taskInfo(
  { actions: _, refresh: __, ...card }: Card,
  buttons: readonly TeamsElement[],
  title = headingOf(card.body),
): TaskInfo {
  const body = card.body.flatMap(withoutHeading);
  const shown = body.length > 0 ? body : card.body;
  const drawn = teamsCard({ ...card, body: shown }, []);
  const isLarge = shown.length > MOST_OF_MEDIUM || shown.some(({ type }) => type === 'Table');
  const size = isLarge ? 'large' : 'medium';
  const content = { ...drawn, ...(buttons.length > 0 && { actions: buttons }) };
  return {
    title: title || 'Quartermaster',
    width: size,
    height: size,
    card: { contentType: CARD_TYPE, content },
  };
}

/** Half of the window has room for so much. */
const MOST_OF_MEDIUM = 6;

/**
 * What is typed comes along with every button, so that a form can be shown again with it; whether it is used stays here. Of
 * a dialog Teams sends back only what an Action.Submit holds.
 * Source: https://learn.microsoft.com/microsoftteams/platform/task-modules-and-cards/task-modules/task-modules-bots#submit-the-result-of-a-dialog
 */
function buttonOf(action: Action, id: string, index: number): TeamsElement {
  if (action.type === 'Action.OpenUrl') return action;
  return submit(action.title, { [DIALOG]: id, [BUTTON]: index }, action.style);
}

const submit = (title: string, data: object, style?: Execute['style']): TeamsElement => ({
  type: 'Action.Submit',
  title,
  data,
  ...(style && { style }),
});

/** The first heading, which goes to the top of the dialog. */
function headingOf(body: readonly Element[]): string {
  for (const element of body) {
    const heading = headingIn(element);
    if (heading !== undefined) return heading;
  }
  return '';
}

const isHeading = (element: Element): boolean =>
  element.type === 'TextBlock' && element.style === 'heading' && element.size === 'large';

function headingIn(element: Element): string | undefined {
  if (element.type === 'TextBlock') return isHeading(element) ? element.text : undefined;
  if (element.type !== 'ColumnSet') return undefined;
  const [first] = element.columns.flatMap(({ items }) => items.filter(isHeading));
  return first?.text;
}

/** What stands beside a heading stays. */
function withoutHeading(element: Element): Element[] {
  if (element.type === 'TextBlock') return isHeading(element) ? [] : [element];
  if (element.type !== 'ColumnSet') return [element];
  const columns = element.columns
    .map((column) => ({ ...column, items: column.items.filter((item) => !isHeading(item)) }))
    .filter(({ items }) => items.length > 0);
  return columns.length > 0 ? [{ ...element, columns }] : [];
}
