// Tables that Slack does not draw: those too wide for letters read better as a list, whose lines break at words.
import type { RichTextBlock, RichTextElement, RichTextSection } from '@slack/types';
import type { Table } from '../../../chat/card.ts';
import { clean, isBlank, split } from './text.ts';

type Rows = readonly (readonly string[])[];
/** A row as what it is called, and the rest: bold or code, then plain. */
type Item = { readonly head: string; readonly rest: string };
type Look = NonNullable<Table['list']> | 'facts';

/** Ours: more of one list in one block is harder to lay out, and no limit of Slack's for it is known. */
const longestBlock = 2_800;
const nothing = '–';

/** Each row as the items it takes. A long row takes several. */
export function listItems([header = [], ...body]: Rows, look: Look): Item[][] {
  if (body.length === 0) return [itemsOf({ head: '', rest: header.map(line).join(' · ') })];
  const empty = header.map((_, column) => body.every((row) => isNothing(row[column] ?? '')));
  return body.map((row) =>
    itemsOf(look === 'commands' ? commandOf(row) : factsOf(row, header, (column) => empty[column] === true)),
  );
}

function commandOf([command = '', ...says]: readonly string[]): Item {
  const rest = says.map(line).filter((text) => text !== '');
  return { head: line(command), rest: rest.length === 0 ? '' : ` – ${rest.join(' · ')}` };
}

/** What is nowhere in its column is said of every row, so that the column is not missing. */
function factsOf(
  [first = '', ...others]: readonly string[],
  [, ...labels]: readonly string[],
  isEmpty: (column: number) => boolean,
): Item {
  const [head = '', ...small] = clean(first).trim().split('\n');
  const told = others.flatMap((cell, index) => {
    const label = line(labels[index] ?? '');
    const value = isNothing(cell) ? nothing : inOneLine(cell);
    if (value === nothing && !isEmpty(index + 1)) return [];
    return [label === '' ? value : `${label}: ${value}`];
  });
  const beside = small.map(line).filter((text) => text !== '');
  const below = told.length === 0 ? '' : `\n${told.join(' · ')}`;
  return { head: line(head), rest: [...beside.map((text) => ` · ${text}`), below].join('') };
}

function itemsOf({ head, rest }: Item): Item[] {
  if (head === '' && isBlank(rest)) return [{ head: '', rest: nothing }];
  if (head.length + rest.length <= longestBlock) return [{ head, rest }];
  const heads = split(head, longestBlock).map((piece) => ({ head: piece, rest: '' }));
  return [...heads, ...split(rest, longestBlock).map((piece) => ({ head: '', rest: piece }))];
}

/** The title above the list, and the items in as many blocks as they take. */
export function listBlocks(title: string, items: readonly Item[], look: Look): RichTextBlock[] {
  const blocks: Item[][] = [];
  let length = 0;
  for (const item of items) {
    const long = item.head.length + item.rest.length;
    const last = blocks.at(-1);
    if (last !== undefined && length + long <= longestBlock) last.push(item);
    else blocks.push([item]);
    length = blocks.at(-1) === last ? length + long : long;
  }
  const named = isBlank(title)
    ? []
    : [section(split(line(title), longestBlock).map((text) => ({ text, style: { bold: true } })))];
  return blocks.map((some, index) => ({
    type: 'rich_text',
    elements: [
      ...(index === 0 ? named : []),
      { type: 'rich_text_list', style: 'bullet', elements: some.map((item) => bullet(item, look)) },
    ],
  }));
}

function bullet({ head, rest }: Item, look: Look): RichTextSection {
  const style = look === 'commands' ? { code: true } : { bold: true };
  const plain = head === '' ? rest.trimStart() : rest;
  return section([
    ...(head === '' ? [] : [{ text: head, style }]),
    ...(plain === '' ? [] : [{ text: plain }]),
  ]);
}

const section = (
  texts: readonly Omit<Extract<RichTextElement, { type: 'text' }>, 'type'>[],
): RichTextSection => ({
  type: 'rich_text_section',
  elements: texts.map((text) => ({ type: 'text', ...text })),
});

/** What stands on several lines of a cell. */
const inOneLine = (cell: string): string =>
  clean(cell)
    .split('\n')
    .map(line)
    .filter((text) => text !== '')
    .join(', ');

const line = (text: string): string => clean(text).replace(/\s+/g, ' ').trim();
const isNothing = (cell: string): boolean => isBlank(cell) || line(cell) === nothing;
