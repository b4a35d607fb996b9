import { posix } from 'node:path';
import { archive, otherFile, Refusal, saveAsXlsxInstead } from '../sentences.ts';
import type { Package } from './package.ts';
import { attributeEnding, attributeOf, isTrue } from './tag.ts';
import { parsePart } from './xml.ts';

export type Tab = { readonly name: string; readonly part: string; readonly hidden: boolean };

export type Workbook = {
  /** In the order of the tabs; those that are hidden stand last. */
  readonly sheets: readonly Tab[];
  readonly sharedStrings: string | undefined;
  readonly styles: string | undefined;
  /** Whether its days count from 1904, as Excel for the Mac once did. */
  readonly since1904: boolean;
};

export type Relationship = {
  readonly type: string;
  readonly part: string;
  /** As it stands in the file: a path, or an address outside of it. */
  readonly target: string;
};

export async function readWorkbook(xlsx: Package): Promise<Workbook> {
  const workbook = await workbookPart(xlsx);
  const relationships = await relationshipsOf(xlsx, workbook);
  const sheets: Tab[] = [];
  let since1904 = false;
  await parsePart(xlsx, workbook, {
    open(element, tag) {
      if (element === 'workbookPr') since1904 = isTrue(attributeOf(tag, 'date1904'));
      if (element !== 'sheet') return;
      // `r:id`, with whatever prefix the file gives to the namespace of relationships.
      const relationship = relationships.get(attributeEnding(tag, ':id') ?? '');
      if (relationship === undefined) throw new Error('a sheet without a part');
      // Charts, dialogs and macros can be sheets too.
      if (!relationship.type.endsWith('/worksheet')) return;
      const hidden = (attributeOf(tag, 'state') ?? 'visible') !== 'visible';
      sheets.push({ name: attributeOf(tag, 'name') ?? '', part: relationship.part, hidden });
    },
  });
  const partOf = (kind: string) => [...relationships.values()].find(({ type }) => type.endsWith(kind))?.part;
  sheets.sort((one, other) => Number(one.hidden) - Number(other.hidden));
  const styles = partOf('/styles');
  return {
    sheets,
    sharedStrings: partOf('/sharedStrings'),
    // A workbook whose styles are lost still has its cells.
    styles: styles !== undefined && xlsx.has(styles) ? styles : undefined,
    since1904,
  };
}

async function workbookPart(xlsx: Package): Promise<string> {
  const relationships = await relationshipsOf(xlsx, '');
  const main = [...relationships.values()].find(({ type }) => type.endsWith('/officeDocument'));
  const part = main?.part ?? 'xl/workbook.xml';
  if (part.endsWith('.bin')) throw new Refusal(saveAsXlsxInstead('a binary workbook (.xlsb)'));
  if (!xlsx.has(part) || /^(word|ppt)\//.test(part)) throw new Refusal(otherPackage(xlsx));
  return part;
}

function otherPackage(xlsx: Package): string {
  if (xlsx.has('word/document.xml')) return otherFile('a Word document');
  if (xlsx.has('ppt/presentation.xml')) return otherFile('a PowerPoint presentation');
  if (xlsx.has('META-INF/manifest.xml')) return saveAsXlsxInstead('an OpenDocument file');
  if (xlsx.has('Index/Document.iwa')) return saveAsXlsxInstead('a Numbers or Pages file');
  return archive;
}

/** The targets a part names, by id; those of the package itself for an empty name. */
export async function relationshipsOf(xlsx: Package, part: string): Promise<Map<string, Relationship>> {
  const { dir, base } = posix.parse(part);
  const listing = posix.join(dir, '_rels', `${base}.rels`);
  const relationships = new Map<string, Relationship>();
  if (!xlsx.has(listing)) return relationships;
  await parsePart(xlsx, listing, {
    open(element, tag) {
      const id = attributeOf(tag, 'Id');
      if (element !== 'Relationship' || id === undefined) return;
      const target = attributeOf(tag, 'Target') ?? '';
      const type = attributeOf(tag, 'Type') ?? '';
      relationships.set(id, { type, target, part: resolved(dir, target) });
    },
  });
  return relationships;
}

function resolved(folder: string, target: string): string {
  return target.startsWith('/') ? posix.normalize(target).slice(1) : posix.join(folder, target);
}
