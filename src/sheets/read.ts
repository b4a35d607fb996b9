import { Worker } from 'node:worker_threads';
import { defaultLimits, type Limits } from './limits.ts';
import { withAddresses } from './mail-links.ts';
import type { FromReader } from './read-worker.ts';
import { type Row, unpacked } from './row-chunk.ts';
import { tooLarge, tooMuchMemory, tooSlow, unreadable } from './sentences.ts';
import type { RowFacts, SheetFacts, Source } from './source.ts';
import { turns } from './turns.ts';

export type SheetFile = {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** The sheet to read, where the file has one of this name. */
  readonly sheet?: string | undefined;
};

export type ReadSheet =
  | (Omit<SheetFacts, 'links'> &
      RowFacts & {
        readonly kind: 'sheet';
        /** Only rows with something in them. There is at least one. */
        readonly rows: readonly Row[];
      })
  | {
      readonly kind: 'unreadable';
      /** For the person who sent the file. */
      readonly sentence: string;
      /** For the log: what the parser stumbled over, where it did. */
      readonly detail?: string;
    };

/** Each reader may take `HEAP_MB` of memory and a core. */
const READERS = 2;
const HEAP_MB = 512;
const inTurn = turns(READERS);

/** Reads the wanted sheet, or else the first one with data, of an .xlsx, .xls or .csv file. Never rejects because of what a file holds. */
export async function readSheet(file: SheetFile, limits: Partial<Limits> = {}): Promise<ReadSheet> {
  const allowed = { ...defaultLimits, ...limits };
  if (file.bytes.length > allowed.bytes) {
    return { kind: 'unreadable', sentence: tooLarge(file.bytes.length, allowed.bytes) };
  }
  return inTurn(() => readInWorker({ ...file, limits: allowed }));
}

async function readInWorker(source: Source): Promise<ReadSheet> {
  // A copy of its own: a view would drag the whole buffer behind it along, and moving it would take it from the caller.
  const bytes = new Uint8Array(source.bytes);
  const worker = new Worker(new URL('./read-worker.ts', import.meta.url), {
    workerData: { ...source, bytes } satisfies Source,
    transferList: [bytes.buffer],
    resourceLimits: { maxOldGenerationSizeMb: HEAP_MB, maxYoungGenerationSizeMb: 8 },
    // SheetJS tells the console about records it does not know.
    stderr: true,
  });
  worker.stderr.resume();
  try {
    return await answerOf(worker, source.limits);
  } finally {
    await worker.terminate();
  }
}

function answerOf(worker: Worker, limits: Limits): Promise<ReadSheet> {
  const { promise, resolve } = Promise.withResolvers<ReadSheet>();
  const rows: Row[] = [];
  const timer = setTimeout(
    () => resolve({ kind: 'unreadable', sentence: tooSlow(limits) }),
    limits.seconds * 1000,
  );
  worker.on('message', (message: FromReader) => {
    switch (message.kind) {
      case 'rows':
        rows.push(...unpacked(message.rows));
        break;
      case 'sheet':
        resolve(sheetOf(message.facts, rows));
        break;
      case 'unreadable':
        resolve(message);
        break;
    }
  });
  worker.on('error', (fault) => resolve(broken(fault)));
  worker.on('exit', () =>
    resolve({ kind: 'unreadable', sentence: unreadable, detail: 'the reader stopped' }),
  );
  return promise.finally(() => clearTimeout(timer));
}

function sheetOf({ links, ...facts }: SheetFacts & RowFacts, rows: readonly Row[]): ReadSheet {
  return { kind: 'sheet', ...facts, rows: withAddresses(rows, links) };
}

function broken(fault: unknown): ReadSheet {
  const outOfMemory = fault instanceof Error && 'code' in fault && fault.code === 'ERR_WORKER_OUT_OF_MEMORY';
  return {
    kind: 'unreadable',
    sentence: outOfMemory ? tooMuchMemory : unreadable,
    detail: String(fault),
  };
}
