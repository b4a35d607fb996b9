import { booleanText, numberText } from '../cells.ts';
import type { Limits } from '../limits.ts';
import { cellTooLong, Refusal } from '../sentences.ts';
import { unescaped } from './entities.ts';
import { attributeOf, type Tag } from './tag.ts';

type Texts = { readonly strings: readonly string[]; readonly limits: Limits };

/** What stands for a formula whose value was never worked out, as libraries write them: a row with one is not empty. */
const UNKNOWN = 'formula without a value';

/** The cell that is being read: its value, or the text that stands in it. */
export function cellInProgress({ strings, limits }: Texts) {
  let reference: string | undefined;
  let type: string | undefined;
  let text = '';
  let inText = false;
  let isOpenFormula = false;
  let inPhonetic = false;

  return {
    begin(tag: Tag) {
      reference = attributeOf(tag, 'r');
      type = attributeOf(tag, 't');
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
      if (text !== '') return cellText(type, text, strings);
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
