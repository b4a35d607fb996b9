import type { Container, Element, FactSet, Table, TextBlock } from '../../../chat/card.ts';
import { cutAt } from './cut.ts';

/** How much room an element takes in a message. */
export type Size = (element: Element) => number;
export type Broken = { readonly first: Element; readonly rest: Element };

/** What of an element finds room, and the rest of it; nothing, where no part of it does or it is one thing. */
export function breakOff(element: Element, room: number, size: Size): Broken | undefined {
  switch (element.type) {
    case 'TextBlock':
      return breakText(element, room, size);
    case 'Table':
      return breakTable(element, room, size);
    case 'FactSet':
      return breakFacts(element, room, size);
    case 'Container':
      return breakContainer(element, room, size);
    // The picture can't be broken: its words can, and tell the same.
    case 'Chart.VerticalBar.Grouped':
      return breakText(element.fallback, room, size);
    default:
      return undefined;
  }
}

/** Every table has the header. */
function breakTable(table: Table, room: number, size: Size): Broken | undefined {
  const [header, ...rows] = table.rows;
  if (header === undefined) return undefined;
  const having = (some: Table['rows']): Table => ({ ...table, rows: [header, ...some] });
  const count = howMany(rows, room, (some) => size(having(some)));
  if (count === 0) return undefined;
  const { separator: _, ...rest } = having(rows.slice(count));
  return { first: having(rows.slice(0, count)), rest };
}

function breakFacts(set: FactSet, room: number, size: Size): Broken | undefined {
  const having = (facts: FactSet['facts']): FactSet => ({ ...set, facts });
  const count = howMany(set.facts, room, (some) => size(having(some)));
  if (count === 0) return undefined;
  return { first: having(set.facts.slice(0, count)), rest: having(set.facts.slice(count)) };
}

function breakContainer(container: Container, room: number, size: Size): Broken | undefined {
  const having = (items: readonly Element[]): Container => ({ ...container, items });
  const { items } = container;
  const count = howMany(items, room, (some) => size(having(some)));
  const [torn, ...others] = items.slice(count);
  if (torn === undefined) return undefined;
  const whole = items.slice(0, count);
  const broken = breakOff(torn, room - size(having(whole)), size);
  if (broken !== undefined) {
    return { first: having([...whole, broken.first]), rest: having([broken.rest, ...others]) };
  }
  return count === 0 ? undefined : { first: having(whole), rest: having(items.slice(count)) };
}

function breakText(block: TextBlock, room: number, size: Size): Broken | undefined {
  const having = (text: string): TextBlock => ({ ...block, text });
  const cut = cutAt(block.text, (text) => size(having(text)) <= room);
  return cut && { first: having(cut.first), rest: having(cut.rest) };
}

/** How many of the parts fit at most: doubled until they don't, then halved towards. */
function howMany<Part>(
  parts: readonly Part[],
  room: number,
  sizeOf: (some: readonly Part[]) => number,
): number {
  let [fits, tooMany] = [0, 1];
  while (tooMany < parts.length && sizeOf(parts.slice(0, tooMany)) <= room) {
    [fits, tooMany] = [tooMany, tooMany * 2];
  }
  tooMany = Math.min(tooMany, parts.length);
  while (tooMany - fits > 1) {
    const middle = Math.floor((fits + tooMany) / 2);
    if (sizeOf(parts.slice(0, middle)) <= room) fits = middle;
    else tooMany = middle;
  }
  return fits;
}
