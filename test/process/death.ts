/**
 * Loaded into a process before anything else: kills it at an exact moment of its talk with the database. The process
 * gets no say in it: this is the SIGKILL that anybody can send, only well aimed.
 */
import type { EventEmitter } from 'node:events';
import { isMainThread } from 'node:worker_threads';

export type Moment = {
  /** A pattern of the statements that count; all of them count where it is missing. */
  readonly at?: string;
  /** The first of them is 1. */
  readonly nth: number;
  /** So many statements of any kind later than that. */
  readonly later?: number;
  /** Before the statement is sent, while it is on its way, or when its answer is there. */
  readonly side: Side;
  /** Counting begins with SIGUSR2, and ends with the next. */
  readonly armed?: true;
};
export const SIDES = ['before', 'sent', 'after'] as const;
type Side = (typeof SIDES)[number];

/** The environment variable that holds a moment as JSON. */
export const DEATH = 'QM_TEST_DEATH';

let counting: { at: RegExp; nth: number; later: number; side: Side } | undefined;

/** From now on; the moment before is no more. */
export function dieAt(moment: Moment | undefined): void {
  counting = moment && {
    at: new RegExp(moment.at ?? '', 'i'),
    nth: moment.nth,
    later: moment.later ?? 0,
    side: moment.side,
  };
}

const die = () => void process.kill(process.pid, 'SIGKILL');

/** Told of every statement; gives the side on which the process dies at it. */
function count(statement: string): Side | undefined {
  if (counting === undefined) return undefined;
  if (counting.nth > 0) {
    if (!counting.at.test(statement)) return undefined;
    counting.nth -= 1;
  } else {
    counting.later -= 1;
  }
  return counting.nth === 0 && counting.later === 0 ? counting.side : undefined;
}

type Postgres = {
  query(...given: unknown[]): unknown;
  readonly connection: EventEmitter;
};

async function watchPostgres(): Promise<void> {
  const { default: pg } = await import('pg');
  const client = pg.Client.prototype as unknown as Postgres;
  const send = client.query;
  client.query = function (this: Postgres, ...given) {
    const [query] = given;
    const side = count(typeof query === 'string' ? query : ((query as { text?: string })?.text ?? ''));
    if (side === 'before') die();
    const answer = send.apply(this, given);
    if (side === 'sent') setImmediate(die);
    if (side === 'after') this.connection.once('readyForQuery', die);
    return answer;
  };
}

type Embedded = { execProtocolRawSync(message: Uint8Array): Uint8Array };

/** A statement comes in several messages: `P` or `Q` with its text, and where it was `P`, an `E` that carries it out. */
async function watchEmbedded(): Promise<void> {
  const { PGlite } = await import('@electric-sql/pglite');
  const database = PGlite.prototype as unknown as Embedded;
  const send = database.execProtocolRawSync;
  let dying: Side | undefined;
  database.execProtocolRawSync = function (this: Embedded, message) {
    const kind = String.fromCharCode(message[0] ?? 0);
    if (kind === 'P' || kind === 'Q') dying ??= count(Buffer.from(message).toString('latin1'));
    if (dying === 'before') die();
    const answer = send.call(this, message);
    if (dying !== undefined && (kind === 'Q' || kind === 'E')) {
      if (dying === 'sent') setImmediate(die);
      else die();
    }
    return answer;
  };
}

if (isMainThread && process.env[DEATH] !== undefined) {
  await (process.env.DATABASE_URL === undefined ? watchEmbedded() : watchPostgres());
  const { armed, ...moment } = JSON.parse(process.env[DEATH] || '{"nth":0,"side":"before"}') as Moment;
  if (armed) process.on('SIGUSR2', () => dieAt(counting === undefined ? moment : undefined));
  else if (moment.nth > 0) dieAt(moment);
}
