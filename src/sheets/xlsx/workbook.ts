import { posix } from 'node:path';
import { archive, otherFile, Refusal, saveAsXlsxInstead } from '../sentences.ts';
import type { Package } from './package.ts';
import { type Attributes, parseXml } from './xml.ts';

export type Workbook = {
  /** In the order of the tabs. */
  readonly sheets: readonly { readonly name: string; readonly part: string }[];
  readonly sharedStrings: string | undefined;
};

type Relationship = { readonly type: string; readonly part: string };

export async function readWorkbook(xlsx: Package): Promise<Workbook> {
  const workbook = await workbookPart(xlsx);
  const relationships = await relationshipsOf(xlsx, workbook);
  const sheets: { name: string; part: string }[] = [];
  await parseXml(xlsx.read(workbook), {
    open(element, attributes) {
      if (element !== 'sheet') return;
      const relationship = relationships.get(relationshipId(attributes));
      if (relationship === undefined) throw new Error('a sheet without a part');
      // Charts, dialogs and macros can be sheets too.
      if (!relationship.type.endsWith('/worksheet')) return;
      sheets.push({ name: attributes.name ?? '', part: relationship.part });
    },
  });
  const strings = [...relationships.values()].find(({ type }) => type.endsWith('/sharedStrings'));
  return { sheets, sharedStrings: strings?.part };
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
async function relationshipsOf(xlsx: Package, part: string): Promise<Map<string, Relationship>> {
  const { dir, base } = posix.parse(part);
  const listing = posix.join(dir, '_rels', `${base}.rels`);
  const relationships = new Map<string, Relationship>();
  if (!xlsx.has(listing)) return relationships;
  await parseXml(xlsx.read(listing), {
    open(element, { Id, Type = '', Target = '' }) {
      if (element !== 'Relationship' || Id === undefined) return;
      relationships.set(Id, { type: Type, part: resolved(dir, Target) });
    },
  });
  return relationships;
}

function resolved(folder: string, target: string): string {
  return target.startsWith('/') ? posix.normalize(target).slice(1) : posix.join(folder, target);
}

/** The attribute is `r:id`, with whatever prefix the file gives to the namespace of relationships. */
function relationshipId(attributes: Attributes): string {
  const name = Object.keys(attributes).find((attribute) => attribute.endsWith(':id'));
  return name === undefined ? '' : (attributes[name] ?? '');
}
