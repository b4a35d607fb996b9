// What somebody has typed into a dialog, kept where it has to be drawn anew.
import { type Card, type Element, type Input, UNNAMED } from '../../../chat/card.ts';
import { handedInAs, inputsOf } from '../cards/inputs.ts';
import { isRecord } from '../requests/request.ts';
import type { Typed } from './kept.ts';

/** What was handed in for the inputs of this card, and nothing else. */
export function typedIn({ body }: Card, data: unknown): Typed {
  if (!isRecord(data)) return {};
  return Object.fromEntries(
    inputsOf(body)
      .flatMap(handedInAs)
      .flatMap((id) => {
        const value = Object.hasOwn(data, id) ? data[id] : undefined;
        if (typeof value === 'string') return [[id, value] as const];
        return typeof value === 'number' || typeof value === 'boolean' ? [[id, String(value)] as const] : [];
      }),
  );
}

/** The form with what was typed into it, perhaps with a word above it. */
export const refilled = (card: Card, typed: Typed, notice?: string): Card => ({
  ...card,
  body: [
    ...(notice === undefined ? [] : [noticeOf(notice)]),
    ...card.body.flatMap((element) => filledIn(element, typed)),
  ],
});

const noticeOf = (text: string): Element => ({
  type: 'Container',
  style: 'warning',
  items: [{ type: 'TextBlock', text, wrap: true }],
});

/** What was wrong the last time is not said again. */
function filledIn(element: Element, typed: Typed): Element[] {
  switch (element.type) {
    case 'Container':
      return [{ ...element, items: element.items.flatMap((item) => filledIn(item, typed)) }];
    case 'TextBlock':
      return element.id?.endsWith('.error') ? [] : [element];
    case 'Input.Text':
    case 'Input.Number':
    case 'Input.ChoiceSet':
    case 'Input.Toggle':
      return [withValue(element, typed[element.id])];
    default:
      return [element];
  }
}

/** What was cleared stays so. */
function withValue(input: Input, typed: string | undefined): Input {
  if (typed === undefined) return input;
  switch (input.type) {
    case 'Input.Number': {
      const { value: _, ...empty } = input;
      return typed.trim() === '' || !Number.isFinite(Number(typed))
        ? empty
        : { ...empty, value: Number(typed) };
    }
    case 'Input.Toggle':
      return { ...input, value: typed === 'true' ? 'true' : 'false' };
    case 'Input.Text':
    case 'Input.ChoiceSet': {
      const { value: _, ...empty } = input;
      return typed === '' || typed === UNNAMED ? empty : { ...empty, value: typed };
    }
  }
}

const LONGEST_LINE = 200;

/** A line a field, so that it can be told again. */
export const linesOf = (data: unknown): string[] =>
  isRecord(data)
    ? Object.entries(data).flatMap(([id, value]) =>
        /^[a-z]+$/i.test(id) && typeof value === 'string' && value.trim() !== ''
          ? [value.trim().slice(0, LONGEST_LINE)]
          : [],
      )
    : [];
