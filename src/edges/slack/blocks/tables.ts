import type { KnownBlock, TableBlock } from '@slack/types';
import type { Table } from '../../../chat/card.ts';
import { limits } from './limits.ts';
import { clean, isBlank, shorten } from './text.ts';

type Align = 'left' | 'center' | 'right';
/** A table as rows of plain cells, all of one length, the first row being the header. */
export type Grid = { readonly rows: readonly (readonly string[])[]; readonly align: readonly Align[] };
export type TableRoom = { readonly text: number; readonly isNative: boolean };
/** The blocks of a table and how many of its rows found no place. */
export type DrawnTable = { readonly blocks: readonly KnownBlock[]; readonly left: number };

const cellText = 2_000;
const monospaceCell = 40;
const monospaceBlock = 2_800;

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
  return { rows, align };
}

/** Slack's own table where it may be used, otherwise columns in a typewriter face. */
export function drawTable(grid: Grid, room: TableRoom): DrawnTable {
  const isNative = room.isNative && grid.align.length <= limits.tableColumns;
  return isNative ? drawNative(grid, room.text) : drawMonospace(grid, room.text);
}

function drawNative(grid: Grid, text: number): DrawnTable {
  const rows = grid.rows.map((row) =>
    row.map((cell) => (isBlank(cell) ? '\u00a0' : shorten(cell, cellText))),
  );
  const count = fitting(
    rows.map((row) => row.join('').length),
    text,
    limits.tableRows,
  );
  if (count === 0) return { blocks: [], left: rows.length };
  const block: TableBlock = {
    type: 'table',
    rows: rows.slice(0, count).map((row) => row.map((cell) => ({ type: 'raw_text', text: cell }))),
    column_settings: grid.align.map((align) => ({ align, is_wrapped: true })),
  };
  return { blocks: [block], left: rows.length - count };
}

function drawMonospace(grid: Grid, text: number): DrawnTable {
  const lines = monospaceLines(grid);
  const count = fitting(
    lines.map((line) => line.length + 1),
    text,
    lines.length,
  );
  return { blocks: chunks(lines.slice(0, count)).map(preformatted), left: lines.length - count };
}

function monospaceLines(grid: Grid): string[] {
  const rows = grid.rows.map((row) => row.map((cell) => shorten(cell.replace(/\s+/g, ' '), monospaceCell)));
  const widths = grid.align.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]) =>
    row.map((cell, column) => pad(cell, widths[column] ?? 0, grid.align[column] ?? 'left')).join('  ');
  return rows.map((row) => shorten(line(row).trimEnd() || '\u00a0', monospaceBlock));
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
