import { turns } from '../turns.ts';
import { startWriter, type Writer } from './writer.ts';

/** Writers that work at once. */
const MOST = 2;
const inTurn = turns(MOST);

/** Starting one takes longer than writing most workbooks: so one stays for a while, holding some 50 MB. */
const IDLE_MS = 60_000;
let waiting: { readonly writer: Writer; readonly timer: NodeJS.Timeout } | undefined;
let working = 0;

/** Does something with a writer of its own. */
export function withWriter<T>(work: (writer: Writer) => Promise<T>): Promise<T> {
  return inTurn(async () => {
    const writer = takeWaiting() ?? startWriter();
    working += 1;
    writer.hold(true);
    try {
      return await work(writer);
    } finally {
      working -= 1;
      await release(writer);
    }
  });
}

/** Has a writer ready for a workbook that is likely to come soon. */
export function warmWriter(): void {
  if (working > 0) return;
  letWait(takeWaiting() ?? startWriter());
}

function takeWaiting(): Writer | undefined {
  if (waiting === undefined) return undefined;
  const { writer, timer } = waiting;
  clearTimeout(timer);
  waiting = undefined;
  return writer.isAlive() ? writer : undefined;
}

async function release(writer: Writer): Promise<void> {
  if (waiting === undefined && writer.isAlive()) letWait(writer);
  else await writer.end();
}

function letWait(writer: Writer): void {
  writer.hold(false);
  const timer = setTimeout(() => {
    takeWaiting();
    void writer.end();
  }, IDLE_MS);
  waiting = { writer, timer: timer.unref() };
}
