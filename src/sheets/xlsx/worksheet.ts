import { booleanText, numberText } from '../cells.ts';
import type { Limits } from '../limits.ts';
import { cellTooLong, Refusal } from '../sentences.ts';
import type { Package } from './package.ts';
import { columnOf, parseRow, rowOf } from './reference.ts';
import { type Attributes, parseXml, unescaped } from './xml.ts';

export type Sheet = {
  readonly part: string;
  readonly strings: readonly string[];
  readonly limits: Limits;
};

type TakeRow = (number: number, texts: readonly string[]) => void;

/** Every row of a sheet, empty ones too. Rows and cells that don't say where they stand follow the one before. */
export async function readWorksheet(xlsx: Package, sheet: Sheet, take: TakeRow): Promise<void> {
  const row = rowInProgress(sheet.limits.columns);
  const cell = cellInProgress(sheet);
  await parseXml(xlsx.read(sheet.part), {
    open(element, attributes) {
      if (element === 'c') cell.begin(attributes);
      else if (element === 'row') row.begin(attributes);
      else cell.open(element);
    },
    text: cell.text,
    close(element) {
      if (element === 'c') row.put(cell.reference(), cell.value());
      else if (element === 'row') take(...row.end());
      else cell.close(element);
    },
  });
}

function rowInProgress(columns: number) {
  let last = 0;
  let number: number | undefined;
  let column = 0;
  let texts: string[] = [];

  return {
    begin({ r }: Attributes) {
      number = r === undefined ? undefined : parseRow(r);
      column = 0;
      texts = [];
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
    end(): [number: number, texts: readonly string[]] {
      const ended = number ?? last + 1;
      if (ended <= last) throw new Error(`row ${ended} after row ${last}`);
      last = ended;
      return [ended, texts];
    },
  };
}

function cellInProgress({ strings, limits }: Sheet) {
  let attributes: Attributes = {};
  let text = '';
  let inText = false;
  let inPhonetic = false;

  return {
    begin(its: Attributes) {
      attributes = its;
      text = '';
    },
    open(element: string) {
      if (element === 'v') inText = true;
      else if (element === 't') inText = !inPhonetic;
      else if (element === 'rPh') inPhonetic = true;
    },
    text(piece: string) {
      if (!inText) return;
      text += piece;
      if (text.length > limits.cellText) throw new Refusal(cellTooLong(limits, attributes.r));
    },
    close(element: string) {
      if (element === 'v' || element === 't') inText = false;
      else if (element === 'rPh') inPhonetic = false;
    },
    reference: () => attributes.r,
    value: () => (text === '' ? '' : cellText(attributes.t, text, strings)),
  };
}

/** The plain text of a stored value, by the type of its cell. */
function cellText(type: string | undefined, stored: string, strings: readonly string[]): string {
  switch (type) {
    case 's':
      return sharedString(stored, strings);
    case 'b':
      return booleanText(stored === '1' || stored === 'true');
    case 'str':
    case 'inlineStr':
      return unescaped(stored);
    case 'e':
    case 'd':
      return stored;
    default:
      return numberText(stored);
  }
}

function sharedString(index: string, strings: readonly string[]): string {
  const text = strings[Number(index)];
  if (text === undefined) throw new Error(`no shared string ${index}`);
  return text;
}
