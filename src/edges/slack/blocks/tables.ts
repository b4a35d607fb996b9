import type { DataTableBlock, KnownBlock, TableBlock } from '@slack/types';
import type { Table } from '../../../chat/card.ts';
import { limits } from './limits.ts';
import { listBlocks, listItems } from './lists.ts';
import type { Native } from './room.ts';
import { bytesOf, clean, isBlank, plainText, shorten, split } from './text.ts';

type Align = 'left' | 'center' | 'right';
/** A table as rows of plain cells, all of one length, the first row being the header. */
export type Grid = {
  readonly rows: readonly (readonly string[])[];
  readonly align: readonly Align[];
  readonly list?: Table['list'];
};
export type TableRoom = {
  readonly text: number;
  readonly natives: ReadonlySet<Native>;
  /** What the table is about. */
  readonly caption: string;
};
/** The blocks of a table, how many of its rows found no place, and whether those that did are there whole. */
export type DrawnTable = {
  readonly blocks: readonly KnownBlock[];
  readonly left: number;
  readonly isCut: boolean;
};

const monospaceCell = 40;
const monospaceBlock = 2_800;
const monospaceWidth = 60;
const nothing = '\u00a0';

export function gridOf(table: Table): Grid {
  const width = Math.max(table.columns.length, ...table.rows.map((row) => row.cells.length), 1);
  const rows = table.rows.map((row) =>
    Array.from({ length: width }, (_, column) =>
      (row.cells[column]?.items ?? []).map((item) => clean(item.text).trim()).join('\n'),
    ),
  );
  const align = Array.from(
    { length: width },
    (_, column) => table.columns[column]?.horizontalCellContentAlignment ?? 'left',
  );
  return { rows, align, ...(table.list && { list: table.list }) };
}

/**
 * Slack's table that sorts, filters and pages where it may be used, else its plain one, else columns in a typewriter face
 * where they are narrow, else a list.
 */
export function drawTable(grid: Grid, room: TableRoom): DrawnTable {
  if (grid.list !== undefined) return drawList(grid, room.text);
  const isNarrow = grid.align.length <= limits.tableColumns;
  if (isNarrow && grid.rows.length > 1 && room.natives.has('data_table'))
    return drawNative(grid, room, limits.dataTableRows, (rows) => dataTable(rows, room.caption));
  if (isNarrow && room.natives.has('table'))
    return drawNative(grid, room, limits.tableRows, (rows) => plainTable(rows, grid.align));
  return isNarrowInLetters(grid) ? drawMonospace(grid, room.text) : drawList(grid, room.text);
}

type Rows = readonly (readonly string[])[];

function drawNative(grid: Grid, { text }: TableRoom, most: number, draw: (rows: Rows) => KnownBlock) {
  const rows = grid.rows.map((row) =>
    row.map((cell) => (isBlank(cell) ? nothing : shorten(cell, limits.tableCell))),
  );
  const costs = rows.map((row) => bytesOf(row.join('')));
  const count = fitting(costs, text - limits.captionText, most);
  const left = rows.length - count;
  if (count === 0) return { blocks: [], left, isCut: false };
  const isCut = grid.rows.slice(0, count).some((row) => row.some((cell) => cell.length > limits.tableCell));
  return { blocks: [draw(rows.slice(0, count))], left, isCut };
}

const plainTable = (rows: Rows, align: readonly Align[]): TableBlock => ({
  type: 'table',
  rows: rows.map((row) => row.map(textCell)),
  column_settings: align.map((each) => ({ align: each, is_wrapped: true })),
});

/** A column of numbers is sorted by their size; source: https://docs.slack.dev/reference/block-kit/blocks/data-table-block */
function dataTable([header = [], ...body]: Rows, caption: string): DataTableBlock {
  const isNumeric = header.map((_, column) => body.every((row) => isNumber(row[column] ?? '')));
  const cell = (text: string, column: number) => (isNumeric[column] ? numberCell(text) : textCell(text));
  return {
    type: 'data_table',
    caption: plainText(isBlank(caption) ? 'Table' : caption.replace(/\s+/g, ' '), limits.captionText).text,
    rows: [header.map(textCell), ...body.map((row) => row.map(cell))],
    page_size: Math.min(body.length, limits.tablePage),
  };
}

const textCell = (text: string) => ({ type: 'raw_text' as const, text });
const numberCell = (text: string) => ({
  type: 'raw_number' as const,
  value: Number(text.replaceAll(',', '')),
  text,
});
const isNumber = (text: string): boolean => /^-?(\d{1,3}(,\d{3})+|\d{1,15})(\.\d{1,6})?$/.test(text);

/** No cell takes a line more than it has, and no line is broken: a window shows some 60 letters of this face. */
const isNarrowInLetters = ({ rows, align }: Grid): boolean => {
  const widths = align.map((_, column) =>
    Math.max(...rows.flatMap((row) => (row[column] ?? '').split('\n').map((line) => line.length))),
  );
  const all = widths.reduce((sum, width) => sum + width + 2, -2);
  return all <= monospaceWidth && widths.every((width) => width <= monospaceCell);
};

function drawList({ rows, list }: Grid, text: number): DrawnTable {
  const look = list ?? 'facts';
  const items = listItems(rows, look);
  const title = rows.length > 1 ? (rows[0]?.[0] ?? '') : '';
  const costs = items.map((each) =>
    each.reduce((sum, { head, rest }) => sum + bytesOf(head) + bytesOf(rest), 0),
  );
  const count = fitting([bytesOf(title), ...costs], text, items.length + 1) - 1;
  const left = items.length - Math.max(0, count);
  if (count < 1) return { blocks: [], left, isCut: false };
  return { blocks: listBlocks(title, items.slice(0, count).flat(), look), left, isCut: false };
}

function drawMonospace(grid: Grid, text: number): DrawnTable {
  const rows = monospaceRows(grid);
  const costs = rows.map((lines) => bytesOf(lines.join('\n')) + 1);
  const count = fitting(costs, text, rows.length);
  const shown = rows.slice(0, count).flat();
  const isCut = shown.some((line) => line.length > monospaceBlock);
  const blocks = chunks(shown.map((line) => shorten(line, monospaceBlock))).map(preformatted);
  return { blocks, left: rows.length - count, isCut };
}

/** Each row as the lines it takes. */
export function monospaceRows(grid: Grid): string[][] {
  const rows = grid.rows.map((row) => row.map(cellLines));
  const widths = grid.align.map((_, column) =>
    Math.max(...rows.map((row) => Math.max(...(row[column] ?? ['']).map((line) => line.length)))),
  );
  return rows.map((row) => {
    const height = Math.max(...row.map((lines) => lines.length));
    return Array.from({ length: height }, (_, index) => {
      const cells = row.map((lines, column) =>
        pad(lines[index] ?? '', widths[column] ?? 0, grid.align[column] ?? 'left'),
      );
      return cells.join('  ').trimEnd() || nothing;
    });
  });
}

function cellLines(cell: string): string[] {
  const lines = cell.split('\n').flatMap((line) => split(line.replace(/\s+/g, ' '), monospaceCell));
  return lines.length === 0 ? [''] : lines;
}

function pad(cell: string, width: number, align: Align): string {
  if (align === 'right') return cell.padStart(width);
  if (align === 'center')
    return cell.padStart(cell.length + Math.floor((width - cell.length) / 2)).padEnd(width);
  return cell.padEnd(width);
}

/** How many of these costs, from the first, can be paid; a header alone is not worth showing. */
function fitting(costs: readonly number[], purse: number, most: number): number {
  let count = 0;
  let paid = 0;
  for (const cost of costs.slice(0, most)) {
    if (paid + cost > purse) break;
    paid += cost;
    count += 1;
  }
  return count === 1 && costs.length > 1 ? 0 : count;
}

function chunks(lines: readonly string[]): string[] {
  const texts: string[] = [];
  for (const line of lines) {
    const last = texts.at(-1);
    if (last !== undefined && last.length + line.length < monospaceBlock)
      texts[texts.length - 1] = `${last}\n${line}`;
    else texts.push(line);
  }
  return texts;
}

export const preformatted = (text: string): KnownBlock => ({
  type: 'rich_text',
  elements: [{ type: 'rich_text_preformatted', elements: [{ type: 'text', text }] }],
});
