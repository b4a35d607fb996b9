// A workbook that comes with `import` alone: which of the sheets it holds is found out by their headers.
import type { Asked, CarryOut } from '../../bot/index.ts';
import type { Attachment } from '../../chat/inbound.ts';
import { previewOrAsk } from '../bulk/ask.ts';
import type { BulkKind } from '../bulk/kind.ts';
import { openPreview } from '../bulk/preview.ts';
import { readAttached, readAttachedTops, type Top } from '../bulk/read.ts';
import { nothingToImport, oneAtATime, othersOf, unreadable } from './replies.ts';

/** A sheet that is for a kind: by its name, or because the columns of its header are known. */
type Found = {
  readonly kind: BulkKind;
  readonly sheet: string;
  readonly isCalled: boolean;
  readonly columns: number;
};

/** The same preview as `bulk organizations` and the others would give. */
export async function importAttached(
  asked: Asked,
  kinds: readonly BulkKind[],
  files: readonly [Attachment, ...Attachment[]],
): Promise<CarryOut> {
  const [file, ...more] = files;
  if (more.length > 0) return async () => oneAtATime(files.length);
  const { bulkMaxFileMb } = asked.settings;
  const loaded = onceLoaded(file);
  const read = await readAttachedTops(loaded, bulkMaxFileMb);
  if (read.kind === 'unreadable') return async () => unreadable(read.sentence);
  const [first, ...others] = sheetsIn(read.tops, kinds);
  if (first === undefined) {
    const wrong = read.tops.find(({ sentence }) => sentence !== undefined)?.sentence;
    return async () => (wrong === undefined ? nothingToImport(file.name, kinds) : unreadable(wrong));
  }
  const sheet = await readAttached(loaded, bulkMaxFileMb, first.sheet.trim());
  if (sheet.kind === 'unreadable') return async () => unreadable(sheet.sentence);
  const then = others.length === 0 ? [] : othersOf(others.map(({ kind }) => kind));
  const notes = [...sheet.notes, ...then];
  const ready = await previewOrAsk(asked, first.kind, '', { ...sheet, notes }, { option: undefined });
  return (inside) => openPreview(inside, ready);
}

/** Those of a workbook that are called as they should be; else whatever the first sheet is by its header. */
function sheetsIn(tops: readonly Top[], kinds: readonly BulkKind[]): readonly Found[] {
  const fitting = kinds.flatMap((kind): Found[] => {
    const named = tops.find(({ sheet }) => sheet.trim().toLowerCase() === kind.sheet?.toLowerCase());
    const top = named ?? tops.find(({ first }) => first !== undefined);
    const columns = (top?.first && kind.reads?.(top.first.cells)) ?? 0;
    if (top === undefined || columns === 0) return [];
    return [{ kind, sheet: top.sheet, isCalled: named !== undefined, columns }];
  });
  const called = fitting.filter(({ isCalled }) => isCalled);
  const [best] = fitting.toSorted((a, b) => b.columns - a.columns);
  return called.length > 0 || best === undefined ? called : [best];
}

/** It is read twice, and fetched once. */
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
