/**
 * Tells open pages what is new, as server-sent events. An event's id is `<start of the hub>-<number>`,
 * so that a page that lost its connection gets what it missed; where that is too long ago, `hello`
 * says that nothing was resumed and the page reads the conversations again.
 */
import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { maySee } from './places.ts';
import type { Entry } from './types.ts';

const REMEMBERED = 500;
const HEARTBEAT_MS = 20_000;
/** A page that takes no data any more is let go; it comes back by itself. */
const UNSENT_LIMIT = 8 * 1024 * 1024;

export type Live = {
  /** Shows a new or changed entry to everybody who may see it. */
  publish(entry: Entry): void;
  /** Takes an entry away from everybody who saw it. */
  retract(entry: Entry): void;
  /** The number of the newest event: a page that has seen it has seen all there is. */
  newest(): number;
  open(req: IncomingMessage, res: ServerResponse, personId: string): void;
  close(): void;
};

type Event = { readonly number: number; readonly entry: Entry; readonly gone: boolean };

export function openLive(): Live {
  const hub = randomBytes(4).toString('hex');
  const pages = new Map<ServerResponse, string>();
  let events: Event[] = [];
  let newest = 0;

  function send(res: ServerResponse, number: number, name: string, data: object): void {
    res.write(`id: ${hub}-${number}\nevent: ${name}\ndata: ${JSON.stringify(data)}\n\n`);
    if (res.writableLength > UNSENT_LIMIT) {
      res.destroy();
    }
  }

  function sendTo(res: ServerResponse, personId: string, { number, entry, gone }: Event): void {
    if (!maySee(entry, personId)) {
      send(res, number, 'seen', { number });
    } else if (gone) {
      send(res, number, 'gone', { number, id: entry.id });
    } else {
      send(res, number, 'entry', { number, entry });
    }
  }

  function tell(entry: Entry, gone: boolean): void {
    newest += 1;
    const event = { number: newest, entry, gone };
    events = [...events.slice(1 - REMEMBERED), event];
    for (const [res, personId] of pages) {
      sendTo(res, personId, event);
    }
  }

  /** The events since the one a page has seen last, or nothing where they are no longer known. */
  function since(lastEventId: string | undefined): readonly Event[] | undefined {
    const [seenHub, seen] = lastEventId?.split('-') ?? [];
    const number = Number(seen);
    const known = seenHub === hub && Number.isInteger(number) && number >= newest - events.length;
    return known ? events.filter((event) => event.number > number) : undefined;
  }

  const heartbeat = setInterval(() => {
    for (const res of pages.keys()) {
      res.write(': still here\n\n');
    }
  }, HEARTBEAT_MS).unref();

  return {
    newest: () => newest,
    publish: (entry) => tell(entry, false),
    retract: (entry) => tell(entry, true),
    open(req, res, personId) {
      const missed = since(req.headers['last-event-id']?.toString());
      res.writeHead(200, {
        'content-type': 'text/event-stream; charset=utf-8',
        'cache-control': 'no-store',
        'x-accel-buffering': 'no',
      });
      res.write('retry: 1000\n\n');
      for (const event of missed ?? []) {
        sendTo(res, personId, event);
      }
      send(res, newest, 'hello', { number: newest, resumed: missed !== undefined });
      pages.set(res, personId);
      res.once('close', () => pages.delete(res));
    },
    close() {
      clearInterval(heartbeat);
      for (const res of pages.keys()) {
        res.end();
      }
      pages.clear();
    },
  };
}
