import type { Card, Element, Table } from '../../../chat/card.ts';
import { type Grid, gridOf, monospaceRows } from './tables.ts';
import { clean, isBlank } from './text.ts';

/** A file with what a message has no place for. */
export type RestFile = { readonly name: string; readonly bytes: Uint8Array };

/** `Orders of Contoso` is `orders-of-contoso`. */
export function fileStem(title: string): string {
  const stem = clean(title)
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{M}/gu, '')
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .slice(0, 60)
    .toWellFormed()
    .replace(/^-+|-+$/g, '');
  return stem === '' ? 'answer' : stem;
}

/** Beginnings that make a spreadsheet program calculate: https://owasp.org/www-community/attacks/CSV_Injection */
const formula = /^[\s\uFEFF]*[=+\-@＝＋－＠]|^[\t\r\n]/;
const number = /^-?[\d,]+(\.\d+)?$/;

/** A table as a CSV that Excel opens as it is meant: every text quoted, and none of them a formula. */
export function csvOf({ rows }: Grid): Uint8Array {
  const lines = rows.map((row) => row.map(quoted).join(','));
  return Buffer.from(`\uFEFF${lines.join('\r\n')}\r\n`, 'utf8');
}

function quoted(cell: string): string {
  const safe = formula.test(cell) && !number.test(cell) ? `'${cell}` : cell;
  return `"${safe.replaceAll('"', '""')}"`;
}

/** All that a card tells, as lines of text. */
export const cardText = ({ body, actions = [] }: Card): string =>
  [
    ...body.flatMap(linesOf),
    ...actions.flatMap((action) =>
      action.type === 'Action.OpenUrl' ? [`${action.title}: ${action.url}`] : [],
    ),
  ].join('\n');

export const textFile = (name: string, text: string): RestFile => ({
  name,
  bytes: Buffer.from(`\uFEFF${clean(text).trim()}\n`, 'utf8'),
});

function rowsOf(table: Table): string[] {
  const grid = gridOf(table);
  if (grid.list === undefined) return monospaceRows(grid).flat();
  const [[title = ''] = [], ...rows] = grid.rows;
  return [title, ...rows.map((row) => `  ${row.filter((cell) => !isBlank(cell)).join(' – ')}`)];
}

function linesOf(element: Element): string[] {
  switch (element.type) {
    case 'TextBlock':
      return isBlank(element.text) ? [] : [element.text, ''];
    case 'FactSet':
      return [...element.facts.map(({ title, value }) => `${title}: ${value}`), ''];
    case 'Table':
      return [...rowsOf(element), ''];
    case 'Container':
      return element.items.flatMap(linesOf);
    case 'ColumnSet':
      return element.columns.flatMap(({ items }) => items.map(({ text }) => text));
    case 'ProgressBar':
    case 'Chart.VerticalBar.Grouped':
      return [element.fallback.text, ''];
    case 'Badge':
      return [element.text, ''];
    case 'Input.Text':
    case 'Input.Number':
    case 'Input.ChoiceSet':
    case 'Input.Toggle':
      return [];
  }
}
