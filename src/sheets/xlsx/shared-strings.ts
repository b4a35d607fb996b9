import type { Limits } from '../limits.ts';
import { cellTooLong, Refusal, tooMuchMemory } from '../sentences.ts';
import { unescaped } from './entities.ts';
import type { Package } from './package.ts';
import { parsePart } from './xml.ts';

/** What V8 takes for a text besides its letters, and for its place in the list. */
const BYTES_OF_STRING = 40;

/** The texts that cells name by their place in this list. */
export async function readSharedStrings(xlsx: Package, part: string, limits: Limits): Promise<string[]> {
  const strings: string[] = [];
  let bytes = 0;
  let text = '';
  let inText = false;
  let inPhonetic = false;
  await parsePart(xlsx, part, {
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
      if (element === 'si') {
        bytes += BYTES_OF_STRING + text.length;
        if (bytes > limits.sharedTextBytes) throw new Refusal(tooMuchMemory);
        strings.push(unescaped(text));
      } else if (element === 'rPh') inPhonetic = false;
      else if (element === 't') inText = false;
    },
  });
  return strings;
}
