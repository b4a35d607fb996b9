import { entry, type ZipEntry, zip } from './zip.ts';

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

/** The parts of a small workbook by hand, each of which can be replaced. */
export function parts(sheetData: string, strings: readonly string[] = []): Record<string, string> {
  return {
    '_rels/.rels': relations({ rId1: ['officeDocument', 'xl/workbook.xml'] }),
    'xl/workbook.xml': workbook({ List: 'rId1' }),
    'xl/_rels/workbook.xml.rels': relations({
      rId1: ['worksheet', 'worksheets/sheet1.xml'],
      rId2: ['sharedStrings', 'sharedStrings.xml'],
    }),
    'xl/worksheets/sheet1.xml': worksheet(sheetData),
    'xl/sharedStrings.xml': `<sst xmlns="${MAIN}">${strings.map((text) => `<si>${text}</si>`).join('')}</sst>`,
  };
}

export function xlsx(contents: Record<string, string | Uint8Array>, ...others: ZipEntry[]): Uint8Array {
  const own = Object.entries(contents).filter(([name]) => !others.some((other) => other.name === name));
  return zip([...own.map(([name, content]) => entry(name, content)), ...others]);
}

export function worksheet(sheetData: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="${MAIN}"><sheetData>${sheetData}</sheetData></worksheet>`;
}

export function workbook(sheets: Record<string, string>): string {
  const tabs = Object.entries(sheets).map(
    ([name, id], at) => `<sheet name="${name}" sheetId="${at + 1}" r:id="${id}"/>`,
  );
  return `<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}"><sheets>${tabs.join('')}</sheets></workbook>`;
}

export function relations(targets: Record<string, [type: string, target: string]>): string {
  const all = Object.entries(targets).map(
    ([id, [type, target]]) => `<Relationship Id="${id}" Type="${RELATIONS}/${type}" Target="${target}"/>`,
  );
  return `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${all.join('')}</Relationships>`;
}
