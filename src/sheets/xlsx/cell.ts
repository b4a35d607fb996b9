import { booleanText, numberText } from '../cells.ts';
import { dateText, dayOf } from '../dates.ts';
import type { Limits } from '../limits.ts';
import { cellTooLong, Refusal } from '../sentences.ts';
import { unescaped } from './entities.ts';
import { attributeOf, type Tag } from './tag.ts';

/** What the cells of a workbook refer to. */
export type Texts = {
  readonly strings: readonly string[];
  /** The styles that show a number as a date. */
  readonly dates: ReadonlySet<string>;
  readonly since1904: boolean;
  readonly limits: Limits;
};

/** What stands for a formula whose value was never worked out, as libraries write them: a row with one is not empty. */
const UNKNOWN = 'formula without a value';

/** The cell that is being read: its value, or the text that stands in it. */
export function cellInProgress({ strings, dates, since1904, limits }: Texts) {
  // Most lists have no dates, and are read without a look at the styles.
  const hasDates = dates.size > 0;
  let reference: string | undefined;
  let type: string | undefined;
  let isDate = false;
  let text = '';
  let inText = false;
  let isOpenFormula = false;
  let inPhonetic = false;

  return {
    begin(tag: Tag) {
      reference = attributeOf(tag, 'r');
      type = attributeOf(tag, 't');
      isDate = hasDates && dates.has(attributeOf(tag, 's') ?? '');
      text = '';
      isOpenFormula = false;
    },
    open(element: string) {
      if (element === 'f') isOpenFormula = true;
      else if (element === 'v') {
        inText = true;
        isOpenFormula = false;
      } else if (element === 't') inText = !inPhonetic;
      else if (element === 'rPh') inPhonetic = true;
    },
    text(piece: string) {
      if (!inText) return;
      text = text === '' ? piece : text + piece;
      if (text.length > limits.cellText) throw new Refusal(cellTooLong(limits, reference));
    },
    close(element: string) {
      if (element === 'v' || element === 't') inText = false;
      else if (element === 'rPh') inPhonetic = false;
    },
    reference: () => reference,
    value() {
      if (text !== '') {
        const isNumber = type === undefined || type === 'n';
        return (isDate && isNumber && dateText(text, since1904)) || cellText(type, text, strings);
      }
      return isOpenFormula ? UNKNOWN : '';
    },
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
      return stored;
    case 'd':
      return dayOf(stored);
    default:
      return numberText(stored);
  }
}

function sharedString(index: string, strings: readonly string[]): string {
  const text = strings[Number(index)];
  if (text === undefined) throw new Error(`no shared string ${index}`);
  return text;
}
