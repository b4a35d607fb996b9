import type { SheetFacts } from '../source.ts';
import { behindTheRows } from './behind-rows.ts';
import { cellInProgress, type Texts } from './cell.ts';
import type { Package } from './package.ts';
import { columnOf, parseRow, rowOf } from './reference.ts';
import { attributeOf, isTrue, type Tag } from './tag.ts';
import { relationshipsOf } from './workbook.ts';
import { parsePart } from './xml.ts';

export type Sheet = Texts & { readonly part: string };

type TakeRow = (number: number, texts: readonly string[], hidden: boolean) => void;
type Found = Pick<SheetFacts, 'merged' | 'links'>;

/** Every row of a sheet, empty ones too. Rows and cells that don't say where they stand follow the one before. */
export async function readWorksheet(xlsx: Package, sheet: Sheet, take: TakeRow): Promise<Found> {
  const row = rowInProgress(sheet.limits.columns);
  const cell = cellInProgress(sheet);
  const behind = behindTheRows();
  await parsePart(xlsx, sheet.part, {
    open(element, tag) {
      if (element === 'c') cell.begin(tag);
      else if (element === 'row') row.begin(tag);
      else if (row.isOpen()) cell.open(element);
      else behind.open(element, tag);
    },
    text: cell.text,
    close(element) {
      if (element === 'c') row.put(cell.reference(), cell.value());
      else if (element === 'row') row.end(take);
      else cell.close(element);
    },
  });
  return behind.found(await relationshipsOf(xlsx, sheet.part));
}

function rowInProgress(columns: number) {
  let last = 0;
  let number: number | undefined;
  let column = 0;
  let texts: string[] = [];
  let hidden = false;
  let open = false;

  return {
    isOpen: () => open,
    begin(tag: Tag) {
      const r = attributeOf(tag, 'r');
      number = r === undefined ? undefined : parseRow(r);
      hidden = isTrue(attributeOf(tag, 'hidden'));
      column = 0;
      texts = [];
      open = true;
    },
    put(reference: string | undefined, text: string) {
      column = reference === undefined ? column + 1 : columnOf(reference);
      if (reference !== undefined) number ??= rowOf(reference);
      if (text === '') return;
      // One place right of the columns kept stands for all that follow, so that XFD1 costs no 16,384 cells.
      const index = Math.min(column - 1, columns);
      while (texts.length < index) texts.push('');
      texts[index] = text;
    },
    end(take: TakeRow) {
      const ended = number ?? last + 1;
      if (ended <= last) throw new Error(`row ${ended} after row ${last}`);
      last = ended;
      open = false;
      take(ended, texts, hidden);
    },
  };
}
