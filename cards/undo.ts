/** The offer to take a change back. */
import type { Execute, TextBlock } from '../src/chat/card.ts';
import { actionButton } from './buttons.ts';
import { subtle } from './elements.ts';
import { time } from './format.ts';

export type Undo = {
  /** Of the change in the history. */
  readonly id: string;
  /** Until when the button works. */
  readonly until: string;
};

export function undoButton(undo: Undo | undefined, title = 'Undo'): Execute | undefined {
  return undo && actionButton(title, 'undo', { id: undo.id });
}

export function undoLine(undo: Undo | undefined): TextBlock | undefined {
  return undo && subtle(`Can be undone until ${time(undo.until)}`, 'medium');
}
