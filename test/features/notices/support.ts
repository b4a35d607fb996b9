/** Notices without the rest of the bot: what is stored is posted by the real work, to a platform that follows a script. */
import { EventEmitter, once } from 'node:events';
import type { Ctx, Working } from '../../../src/bot/index.ts';
import type { Edge, Limit, PostFailed } from '../../../src/chat/edge.ts';
import type { Place } from '../../../src/chat/place.ts';
import type { Reply } from '../../../src/chat/reply.ts';
import { type Db, type Opened, openPostgres } from '../../../src/db/index.ts';
import { notices } from '../../../src/features/notices/index.ts';
import { notify, postTo } from '../../../src/features/notices/notify.ts';
import { type Jobs, startJobs } from '../../../src/jobs/index.ts';
import { type Engine, openTestDatabase } from '../../support/database.ts';
import { channel, settings } from '../../support/talk.ts';

/** What the platform says to a post: nothing where it takes it, else what it throws. */
type Script = (text: string, attempt: number) => PostFailed | Error | undefined;

export type Try = {
  readonly place: Place;
  readonly reply: Reply;
  readonly key: string;
  readonly triedSince: Date | undefined;
  /** On the clock of this process, in milliseconds. */
  readonly began: number;
};

type Settings = {
  readonly pace?: readonly Limit[];
  /** As many copies of the bot deliver: several on a real database only. */
  readonly copies?: number;
  /** Whether the bot is connected to the platform. */
  readonly connected?: () => boolean;
  /** A platform instead of the one that follows the script. */
  readonly post?: Edge['post'];
};

export type PostOffice = {
  readonly db: Db;
  /** What the platform took, in order: `<conversation> <text>`. */
  readonly taken: readonly string[];
  /** What it was offered, in order. */
  readonly offered: readonly string[];
  /** Every post that was tried, as the platform got it. */
  readonly tries: readonly Try[];
  readonly faults: readonly unknown[];
  follow(script: Script): void;
  /** Stores notices for a place in one transaction. */
  tell(to: string, ...texts: string[]): Promise<void>;
  /** The same, in a transaction that is under way. */
  tellIn(db: Db, to: string, ...texts: string[]): Promise<void>;
  /** Stores a notice that belongs to a thread. */
  tellOf(thread: string, to: Place, text: string): Promise<void>;
  until(reached: () => boolean): Promise<void>;
  /** The platform answers nothing to such places before this is over. */
  holdWhile(isHeld: (place: Place) => boolean, during: () => Promise<void>): Promise<void>;
  ctx(): Ctx;
  close(): Promise<void>;
};

const notice = (text: string): Reply => ({ text, audience: 'everyone', position: 'below' });

export async function openPostOffice(
  engine: Engine,
  { pace = [], copies = 1, connected = () => true, post: through }: Settings = {},
): Promise<PostOffice> {
  const opened = await openTestDatabase(engine);
  const { db } = opened;
  const [taken, offered, tries, faults]: [string[], string[], Try[], unknown[]] = [[], [], [], []];
  const changes = new EventEmitter();
  changes.setMaxListeners(0);
  let script: Script = () => undefined;
  let isHeld = (_: Place): boolean => false;
  const post: Edge['post'] = async (place, reply, key, triedSince) => {
    const { text } = reply;
    tries.push({ place, reply, key, triedSince, began: performance.now() });
    offered.push(`${place.name} ${text}`);
    const attempt = offered.filter((one) => one === `${place.name} ${text}`).length;
    const failed = script(text, attempt);
    if (failed === undefined) taken.push(`${place.name} ${text}`);
    changes.emit('change');
    if (isHeld(place)) await once(changes, 'release');
    if (failed !== undefined) throw failed;
    if (through !== undefined) return through(place, reply, key, triedSince);
    return { place, message: text };
  };
  const clock = () => new Date();
  const quiet = async () => undefined;
  const providers = (): never => {
    throw new Error('notices ask no provider');
  };
  const work = (on: Opened) =>
    startWork(on, faults, { post, pace: () => (connected() ? pace : undefined), clock, quiet, providers });
  const jobs = await work(opened);
  const others: Copy[] = [];
  while (opened.engine === 'postgres' && others.length < copies - 1) {
    const other = await openPostgres(opened.url);
    others.push({ opened: other, jobs: await work(other) });
  }
  const ctx = (): Ctx => ({ db, jobs, settings, now: clock(), actor: { kind: 'job', name: 'test' } });
  const tellIn = async (trx: Db, to: string, ...texts: string[]) => {
    for (const text of texts) await store({ ...ctx(), db: trx }, to, text);
  };
  return {
    db,
    taken,
    offered,
    tries,
    faults,
    ctx,
    follow(next) {
      script = next;
    },
    tell: (to, ...texts) => db.transaction().execute((trx) => tellIn(trx, to, ...texts)),
    tellIn,
    tellOf: (thread, place, text) =>
      db
        .transaction()
        .execute((trx) =>
          postTo({ ...ctx(), db: trx }, { kind: 'orders', key: text, place, reply: notice(text), thread }),
        ),
    async until(reached) {
      while (!reached()) await once(changes, 'change');
    },
    async holdWhile(held, during) {
      isHeld = held;
      await during().finally(() => {
        isHeld = () => false;
        changes.emit('release');
      });
    },
    async close() {
      await Promise.all([jobs, ...others.map((other) => other.jobs)].map((one) => one.stop()));
      for (const other of others) await other.opened.close();
      await opened.close();
    },
  };
}

type Copy = { readonly opened: Opened; readonly jobs: Jobs };

async function startWork(
  opened: Opened,
  faults: unknown[],
  more: Pick<Working, 'post' | 'pace' | 'clock' | 'quiet' | 'providers'>,
): Promise<Jobs> {
  const { db } = opened;
  const jobs = await startJobs(opened, notices.work ?? [], (fault) => faults.push(fault));
  const ctx = (): Ctx => ({ db, jobs, settings, now: more.clock(), actor: { kind: 'job', name: 'test' } });
  for (const { name, handle } of notices.work ?? []) {
    await jobs.work(name, (data, lastTry) => handle({ ...ctx(), ...more }, data, lastTry));
  }
  return jobs;
}

function store(ctx: Ctx, to: string, text: string): Promise<void> {
  return notify(ctx, { kind: 'jobs', key: text, also: [channel(to)], reply: async () => notice(text) });
}

/** What became of the notices for a place, the oldest first. */
export async function statesOf(db: Db, to: string): Promise<string[]> {
  const rows = await db
    .selectFrom('deliveries')
    .select('state')
    .where('conversation', '=', channel(to).conversation)
    .orderBy('id')
    .execute();
  return rows.map(({ state }) => state);
}
