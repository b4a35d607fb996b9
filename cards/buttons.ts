/** What one can do next: say a command, do one thing, hand in a form, open a page. */
import type { Execute, OpenUrl } from '../src/chat/card.ts';
import type { Paging } from './elements.ts';

const MAX_TITLE = 60;

/** A button that types a command for the person. */
export type Command = { readonly title: string; readonly command: string };

export function commandButton(title: string, command: string): Execute {
  return { ...actionButton(title, 'say', { text: command }), ...openingOf(command) };
}

/** What comes of these is filled in. With all that there is to say behind it, a command is done at once. */
const FILLED_IN: readonly RegExp[] = [
  /^(?:grant|revoke|key new|new organization|order|services|user)$/,
  /^(?:associate|release|move|note|price|watch|markup|increase|decrease)(?: (?:"[^"]*"|\S+))?$/,
  /^(?:new order|new machines|change organization|change letter)(?: .*)?$/,
];

/** Whether a platform may open beside the conversation what comes of a command. */
export const openingOf = (command: string): Pick<Execute, 'opens'> =>
  FILLED_IN.some((pattern) => pattern.test(command)) ? { opens: 'form' } : {};

/** A button that does one thing and takes no inputs along. A long title is cut, what it does is not. */
export function actionButton(
  title: string,
  verb: string,
  data: Execute['data'],
  style?: 'positive' | 'destructive',
): Execute {
  return {
    type: 'Action.Execute',
    title: fitting(title),
    verb,
    data,
    associatedInputs: 'none',
    ...(style && { style }),
  };
}

export type Question = NonNullable<Execute['confirm']>;

/** The button with what is asked before it is pressed, where the platform can ask. */
export const asking = (button: Execute, confirm: Question): Execute => ({ ...button, confirm });

export const removeOrderButton = (order: string): Execute =>
  asking(actionButton('Remove order', 'ordering.remove', { order }, 'destructive'), {
    title: `Remove order ${order}?`,
    text: 'What was put into it is lost.',
    yes: 'Remove it',
  });

export const putAwayButton = (job: number, once: string): Execute =>
  asking(actionButton('Cancel', 'bulk.cancel', { job, once }), {
    title: 'Put this sheet away?',
    text: 'Nothing of it was done. To run it after all, it has to be sent again.',
    yes: 'Put it away',
  });

function fitting(title: string): string {
  const letters = [...title];
  return letters.length > MAX_TITLE ? `${letters.slice(0, MAX_TITLE - 1).join('')}…` : title;
}

/** The button that hands in a form. `once` makes two presses one. */
export function submitButton(
  title: string,
  verb: string,
  data: Execute['data'] & { readonly once: string },
): Execute {
  return { type: 'Action.Execute', title, verb, data, associatedInputs: 'auto', style: 'positive' };
}

export function linkButton({ title, url }: { readonly title: string; readonly url: string }): OpenUrl {
  return { type: 'Action.OpenUrl', title, url };
}

/** Buttons to the pages before and after; `data` says what is being paged. */
export function pageButtons({ page, pages }: Paging, verb: string, data: Execute['data'] = {}): Execute[] {
  return [
    ...(page > 1 ? [actionButton('Previous page', verb, { ...data, page: page - 1 })] : []),
    ...(page < pages ? [actionButton('Next page', verb, { ...data, page: page + 1 })] : []),
  ];
}

/** Says the command that was chosen in the list with the id `text`. */
export const OPEN: Execute = {
  type: 'Action.Execute',
  title: 'Open',
  verb: 'say',
  data: {},
  associatedInputs: 'auto',
};
