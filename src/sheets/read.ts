import { Worker } from 'node:worker_threads';
import { defaultLimits, type Limits } from './limits.ts';
import { withAddresses } from './mail-links.ts';
import type { FromReader } from './read-worker.ts';
import { type Row, unpacked } from './row-chunk.ts';
import { tooLarge, tooMuchMemory, tooSlow, unreadable } from './sentences.ts';
import type { RowFacts, SheetFacts, Source } from './source.ts';
import type { Top } from './top.ts';
import { turns } from './turns.ts';

export type SheetFile = {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** The sheet to read, where the file has one of this name. */
  readonly sheet?: string | undefined;
};

export type Unreadable = {
  readonly kind: 'unreadable';
  /** For the person who sent the file. */
  readonly sentence: string;
  /** For the log: what the parser stumbled over, where it did. */
  readonly detail?: string;
};

export type ReadSheet =
  | (Omit<SheetFacts, 'links'> &
      RowFacts & {
        readonly kind: 'sheet';
        /** Only rows with something in them. There is at least one. */
        readonly rows: readonly Row[];
      })
  | Unreadable;

export type ReadTops = { readonly kind: 'tops'; readonly tops: readonly Top[] } | Unreadable;

/** Each reader may take `HEAP_MB` of memory and a core. */
const READERS = 2;
const HEAP_MB = 512;
const inTurn = turns(READERS);

/** Reads the wanted sheet, or else the first one with data, of an .xlsx, .xls or .csv file. Never rejects because of what a file holds. */
export function readSheet(file: SheetFile, limits: Partial<Limits> = {}): Promise<ReadSheet> {
  const rows: Row[] = [];
  return readFile({ ...file, limits: { ...defaultLimits, ...limits } }, (message) => {
    if (message.kind === 'rows') rows.push(...unpacked(message.rows));
    return message.kind === 'sheet' ? sheetOf(message.facts, rows) : undefined;
  });
}

/** How each sheet of a file begins, the tabs in their order and hidden ones last. Never rejects because of what a file holds. */
export function readTops(file: Omit<SheetFile, 'sheet'>, limits: Partial<Limits> = {}): Promise<ReadTops> {
  const source = { ...file, tops: true, limits: { ...defaultLimits, ...limits } } as const;
  return readFile(source, (message) => (message.kind === 'tops' ? message : undefined));
}

/** Makes the answer of what the reader says, as soon as it is whole. */
type Take<A> = (message: FromReader) => A | undefined;

async function readFile<A>(source: Source, take: Take<A>): Promise<A | Unreadable> {
  const { bytes, limits } = source;
  if (bytes.length > limits.bytes)
    return { kind: 'unreadable', sentence: tooLarge(bytes.length, limits.bytes) };
  return inTurn(() => readInWorker(source, take));
}

async function readInWorker<A>(source: Source, take: Take<A>): Promise<A | Unreadable> {
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
  return answerOf(worker, source.limits, take);
}

/**
 * What the thread says, once it has ended. It ends by itself: only one that takes too long is stopped, because
 * Node.js can fail as a whole when a thread is stopped in the middle of unpacking.
 */
async function answerOf<A>(worker: Worker, limits: Limits, take: Take<A>): Promise<A | Unreadable> {
  const { promise, resolve } = Promise.withResolvers<A | Unreadable>();
  const ended = new Promise<void>((end) => worker.once('exit', () => end()));
  const timer = setTimeout(() => {
    resolve({ kind: 'unreadable', sentence: tooSlow(limits) });
    void worker.terminate();
  }, limits.seconds * 1000);
  worker.on('message', (message: FromReader) => {
    const answer = message.kind === 'unreadable' ? message : take(message);
    if (answer !== undefined) resolve(answer);
  });
  worker.on('error', (fault) => resolve(broken(fault)));
  await ended;
  clearTimeout(timer);
  resolve({ kind: 'unreadable', sentence: unreadable, detail: 'the reader stopped' });
  return promise;
}

function sheetOf({ links, ...facts }: SheetFacts & RowFacts, rows: readonly Row[]): ReadSheet {
  return { kind: 'sheet', ...facts, rows: withAddresses(rows, links) };
}

function broken(fault: unknown): Unreadable {
  const outOfMemory = fault instanceof Error && 'code' in fault && fault.code === 'ERR_WORKER_OUT_OF_MEMORY';
  return {
    kind: 'unreadable',
    sentence: outOfMemory ? tooMuchMemory : unreadable,
    detail: String(fault),
  };
}
