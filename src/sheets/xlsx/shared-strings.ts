import type { Limits } from '../limits.ts';
import { cellTooLong, Refusal } from '../sentences.ts';
import type { Package } from './package.ts';
import { parseXml, unescaped } from './xml.ts';

/** The texts that cells name by their place in this list. */
export async function readSharedStrings(xlsx: Package, part: string, limits: Limits): Promise<string[]> {
  const strings: string[] = [];
  let text = '';
  let inText = false;
  let inPhonetic = false;
  await parseXml(xlsx.read(part), {
    open(element) {
      if (element === 'si') text = '';
      else if (element === 'rPh') inPhonetic = true;
      else if (element === 't') inText = !inPhonetic;
    },
    text(piece) {
      if (!inText) return;
      text += piece;
      if (text.length > limits.cellText) throw new Refusal(cellTooLong(limits));
    },
    close(element) {
      if (element === 'si') strings.push(unescaped(text));
      else if (element === 'rPh') inPhonetic = false;
      else if (element === 't') inText = false;
    },
  });
  return strings;
}
