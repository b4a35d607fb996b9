/** What a job can't do without: the sheet unpacked and scanned, its rows copied in, a report packed. Nothing is checked. */
import { constants, deflateRawSync, inflateRawSync } from 'node:zlib';
import { fromBufferPromise } from 'yauzl';
import type { Opened } from '../../src/db/index.ts';
import type { SheetRow } from '../support/rows.ts';
import { answer } from './answer.ts';
import type { Home } from './bot.ts';
import { copyRows } from './copy.ts';
import { openStore } from './store.ts';

let opened: Opened | undefined;

const answers = {
  async start(home: Home): Promise<void> {
    opened = await openStore(home);
  },
  async run(sheet: Uint8Array): Promise<number> {
    if (opened === undefined) throw new Error('The database was not opened.');
    const began = performance.now();
    const rows = await scan(sheet);
    const scanned = performance.now();
    const copyMs = await copyRows(opened, rows);
    const copied = performance.now();
    report(rows);
    return performance.now() - copied + copyMs + (scanned - began);
  },
};
export type FloorTalk = typeof answers;
answer(answers, async () => opened?.close());

async function scan(bytes: Uint8Array): Promise<SheetRow[]> {
  const parts = await inflated(bytes);
  const strings = (parts.get('xl/sharedStrings.xml') ?? '').matchAll(/<t>([^<]*)<\/t>/g);
  const texts = Array.from(strings, ([, text = '']) => text);
  const cells = (parts.get('xl/worksheets/sheet1.xml') ?? '').matchAll(
    /<v>(\d+)<\/v><\/c><c[^>]*><v>(\d+)<\/v>/g,
  );
  return Array.from(cells, ([, at, units]) => ({ email: texts[Number(at)] ?? '', units: Number(units) }));
}

async function inflated(bytes: Uint8Array): Promise<Map<string, string>> {
  const zip = await fromBufferPromise(Buffer.from(bytes), {});
  const parts = new Map<string, string>();
  for await (const entry of zip.eachEntry()) {
    const { fileDataStart } = await zip.readLocalFileHeaderPromise(entry, { minimal: true });
    const packed = bytes.subarray(fileDataStart, fileDataStart + entry.compressedSize);
    parts.set(entry.fileName, inflateRawSync(packed).toString());
  }
  return parts;
}

/** The result sheet, packed as fast as it goes. */
function report(rows: readonly SheetRow[]): number {
  const cell = (name: string, text: string | number) =>
    `<c r="${name}" s="1" t="inlineStr"><is><t>${text}</t></is></c>`;
  const xml = rows.map(({ email, units }, at) => {
    const cells = [cell(`A${at}`, email), cell(`B${at}`, units), cell(`C${at}`, 'Done')];
    return `<row r="${at}">${cells.join('')}</row>`;
  });
  return deflateRawSync(xml.join(''), { level: constants.Z_BEST_SPEED }).length;
}
