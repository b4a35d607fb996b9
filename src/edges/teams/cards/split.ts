import type { Element } from '../../../chat/card.ts';
import { breakOff, type Size } from './break.ts';

/** Less of a message than this is left empty, rather than to begin something large there. */
const WORTH_BEGINNING = 0.25;

/**
 * The elements of a card for several messages with so much room each, in their order: what is too large is broken, a table
 * between its rows. What is filled in stays together in the last, where the buttons are. Nothing, where something is too
 * large and can't be broken.
 */
export function splitBody(
  body: readonly Element[],
  room: number,
  size: Size,
): readonly (readonly Element[])[] | undefined {
  const asks = body.findIndex(isFilledIn);
  const [told, form] = asks === -1 ? [body, []] : [body.slice(0, asks), body.slice(asks)];
  const parts = spread(told, room, size);
  const needed = sum(form, size);
  if (parts === undefined || needed > room) return undefined;
  const last = parts.at(-1) ?? [];
  return sum(last, size) + needed <= room
    ? [...parts.slice(0, -1), [...last, ...form]]
    : [...parts.filter((part) => part.length > 0), form];
}

function spread(told: readonly Element[], room: number, size: Size): Element[][] | undefined {
  const parts: Element[][] = [[]];
  const waiting = [...told];
  let left = room;
  const turnOver = () => {
    parts.push([]);
    left = room;
  };
  for (let element = waiting.shift(); element !== undefined; element = waiting.shift()) {
    const part = parts.at(-1) ?? [];
    const taken = size(element);
    if (taken <= left) {
      part.push(element);
      left -= taken;
      continue;
    }
    const broken = left >= room * WORTH_BEGINNING ? breakOff(element, left, size) : undefined;
    if (broken === undefined && part.length === 0) return undefined;
    if (broken !== undefined) part.push(broken.first);
    waiting.unshift(broken === undefined ? element : broken.rest);
    turnOver();
  }
  return parts;
}

const sum = (elements: readonly Element[], size: Size): number =>
  elements.reduce((total, element) => total + size(element), 0);

export const isFilledIn = (element: Element): boolean =>
  element.type === 'Container' ? element.items.some(isFilledIn) : element.type.startsWith('Input.');
