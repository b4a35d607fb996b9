import { isBuiltInDate, isDateFormat } from '../dates.ts';
import type { Package } from './package.ts';
import { attributeOf } from './tag.ts';
import { parsePart } from './xml.ts';

/** More than Excel has; whoever writes more has their dates as numbers. */
const MOST_STYLES = 65_536;

/** The styles of cells that show a date: their places, as cells name them. */
export async function readDateStyles(xlsx: Package, part: string): Promise<ReadonlySet<string>> {
  const formats = new Set<string>();
  const dates = new Set<string>();
  let inCells = false;
  let place = 0;
  await parsePart(xlsx, part, {
    open(element, tag) {
      if (element === 'cellXfs') inCells = true;
      else if (element === 'numFmt' && formats.size < MOST_STYLES) {
        const id = attributeOf(tag, 'numFmtId');
        if (id !== undefined && isDateFormat(attributeOf(tag, 'formatCode') ?? '')) formats.add(id);
      } else if (element === 'xf' && inCells) {
        const id = attributeOf(tag, 'numFmtId') ?? '';
        if (place < MOST_STYLES && (formats.has(id) || isBuiltInDate(Number(id)))) dates.add(String(place));
        place += 1;
      }
    },
    close(element) {
      if (element === 'cellXfs') inCells = false;
    },
  });
  return dates;
}
