import type { Asked } from '../../bot/index.ts';
import { keepFile } from '../../bot/index.ts';
import type { OutFile } from '../../chat/reply.ts';
import { writeWorkbook } from '../../sheets/index.ts';
import type { BulkKind, Target } from './kind.ts';
import { XLSX } from './xlsx.ts';

/** Templates are kept for so long; what is in them is of now. */
const DAYS = 7;

/** One workbook with a sheet for each of these kinds, to begin with. Resolves to it and how many rows it has. */
export async function templateBook(
  asked: Asked,
  kinds: readonly BulkKind[],
  target: Target,
  name: string,
): Promise<{ readonly file: OutFile; readonly rows: number }> {
  const sheets = [];
  let count = 0;
  for (const kind of kinds) {
    const [header = [], ...rows] = (await kind.template?.(asked, target)) ?? [];
    sheets.push({ name: kind.sheet ?? kind.name, columns: header.map((title) => ({ header: title })), rows });
    count += rows.length;
  }
  const bytes = await writeWorkbook(sheets);
  const file = await keepFile(asked, { name: `${name}.xlsx`, contentType: XLSX, bytes, days: DAYS });
  return { file, rows: count };
}
