/** Tables: a header, and cells of one line or several. */
import type { Table, TextBlock } from '../src/chat/card.ts';
import { text } from './elements.ts';

/** What a cell shows where there is nothing. */
const NOTHING = '–';

export type CellText = { readonly text: string } & Pick<TextBlock, 'color' | 'weight' | 'isSubtle' | 'size'>;
/** One cell: a text, or lines one below the other. An empty text shows a dash. */
export type Cell = string | readonly (string | CellText)[];
export type TableColumn = {
  readonly title: string;
  /** Width in relation to the other columns. */
  readonly width: number;
  readonly align?: 'right';
};

/** A line of a cell that stays behind the first. */
export function small(content: string): CellText {
  return { text: content, size: 'small', isSubtle: true };
}

export function table(columns: readonly TableColumn[], rows: readonly (readonly Cell[])[]): Table {
  const row = (cells: readonly Cell[]) => ({
    type: 'TableRow' as const,
    cells: cells.map((cell, index) => ({
      type: 'TableCell' as const,
      items: cellTexts(cell, columns[index]?.align),
    })),
  });
  const header = columns.map(({ title }): Cell => [{ text: title, size: 'small', weight: 'bolder' }]);
  return {
    type: 'Table',
    spacing: 'medium',
    columns: columns.map(({ width, align }) => ({
      width,
      ...(align && { horizontalCellContentAlignment: align }),
    })),
    rows: [header, ...rows].map(row),
    firstRowAsHeader: true,
    showGridLines: true,
    gridStyle: 'default',
  };
}

function cellTexts(cell: Cell, align: 'right' | undefined): TextBlock[] {
  const lines = typeof cell === 'string' ? [cell] : cell;
  return lines
    .map((line) => (typeof line === 'string' ? { text: line } : line))
    .map(({ text: content, ...style }, index) =>
      text(content === '' ? NOTHING : content, {
        ...style,
        ...(align && { horizontalAlignment: align }),
        ...(index > 0 && { spacing: 'none' }),
      }),
    );
}

/** Small, so that on a phone it leaves room for the status. */
export const numbered = (content: string) => ({ text: content, size: 'small', weight: 'bolder' }) as const;
export const smallIf = (content: string | undefined) => (content ? [small(content)] : []);
