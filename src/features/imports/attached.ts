// A workbook that comes with `import` alone: which of the sheets it holds is found out by their headers.
import type { Asked, CarryOut } from '../../bot/index.ts';
import type { Attachment } from '../../chat/inbound.ts';
import { previewOrAsk } from '../bulk/ask.ts';
import type { BulkKind } from '../bulk/kind.ts';
import { openPreview } from '../bulk/preview.ts';
import { readAttached, type Sheet } from '../bulk/read.ts';
import { nothingToImport, oneAtATime, othersOf, unreadable } from './replies.ts';

type Found = { readonly kind: BulkKind; readonly sheet: Sheet; readonly columns: number };

/** The same preview as `bulk organizations` and the others would give. */
export async function importAttached(
  asked: Asked,
  kinds: readonly BulkKind[],
  files: readonly [Attachment, ...Attachment[]],
): Promise<CarryOut> {
  const [file, ...more] = files;
  if (more.length > 0) return async () => oneAtATime(files.length);
  const found = await sheetsIn(file, kinds, asked.settings.bulkMaxFileMb);
  if ('sentence' in found) return async () => unreadable(found.sentence);
  const [first, ...others] = found.sheets;
  if (first === undefined) return async () => nothingToImport(file.name, kinds);
  const then = others.length === 0 ? [] : othersOf(others.map(({ kind }) => kind));
  const notes = [...first.sheet.notes, ...then];
  const ready = await previewOrAsk(asked, first.kind, '', { ...first.sheet, notes }, { option: undefined });
  return (inside) => openPreview(inside, ready);
}

/** Those of a workbook that are called as they should be; else whatever the one sheet is by its header. */
async function sheetsIn(
  file: Attachment,
  kinds: readonly BulkKind[],
  maxFileMb: number,
): Promise<{ readonly sheets: readonly Found[] } | { readonly sentence: string }> {
  const loaded = onceLoaded(file);
  const all: Found[] = [];
  let only: Sheet | undefined;
  for (const kind of kinds) {
    const sheet = only ?? (await readAttached(loaded, maxFileMb, kind.sheet));
    if (sheet.kind === 'unreadable') return { sentence: sheet.sentence };
    if (sheet.sheet === undefined) only = sheet;
    all.push({ kind, sheet, columns: kind.reads?.(sheet.rows[0]?.cells ?? []) ?? 0 });
  }
  const fitting = all.filter(({ columns }) => columns > 0);
  const called = fitting.filter(
    ({ kind, sheet }) => kind.sheet?.toLowerCase() === sheet.sheet?.trim().toLowerCase(),
  );
  const [best] = fitting.toSorted((a, b) => b.columns - a.columns);
  return { sheets: called.length > 0 || best === undefined ? called : [best] };
}

/** It may be read several times, and is fetched once. */
function onceLoaded({ name, read }: Attachment): Attachment {
  let bytes: ReturnType<Attachment['read']> | undefined;
  return {
    name,
    read(most) {
      bytes ??= read(most);
      return bytes;
    },
  };
}
