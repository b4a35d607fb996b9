/** Notices without the rest of the bot: what is stored is posted by the real work, to a platform that follows a script. */
import { EventEmitter, once } from 'node:events';
import type { Ctx } from '../../../src/bot/index.ts';
import type { PostFailed } from '../../../src/chat/edge.ts';
import type { Place } from '../../../src/chat/place.ts';
import type { Reply } from '../../../src/chat/reply.ts';
import type { Db } from '../../../src/db/index.ts';
import { notices } from '../../../src/features/notices/index.ts';
import { notify } from '../../../src/features/notices/notify.ts';
import { startJobs } from '../../../src/jobs/index.ts';
import { type Engine, openTestDatabase } from '../../support/database.ts';
import { channel, settings } from '../../support/talk.ts';

/** What the platform says to a post: nothing where it takes it, else what it throws. */
type Script = (text: string, attempt: number) => PostFailed | Error | undefined;

export type PostOffice = {
  readonly db: Db;
  /** What the platform took, in order: `<conversation> <text>`. */
  readonly taken: readonly string[];
  /** What it was offered, in order. */
  readonly offered: readonly string[];
  readonly faults: readonly unknown[];
  follow(script: Script): void;
  /** Stores notices for a place in one transaction. */
  tell(to: string, ...texts: string[]): Promise<void>;
  /** The same, in a transaction that is under way. */
  tellIn(db: Db, to: string, ...texts: string[]): Promise<void>;
  until(reached: () => boolean): Promise<void>;
  ctx(): Ctx;
  close(): Promise<void>;
};

const notice = (text: string): Reply => ({ text, audience: 'everyone', position: 'below' });

export async function openPostOffice(engine: Engine): Promise<PostOffice> {
  const opened = await openTestDatabase(engine);
  const { db } = opened;
  const [taken, offered, faults]: [string[], string[], unknown[]] = [[], [], []];
  const changes = new EventEmitter();
  let script: Script = () => undefined;
  const post = async (place: Place, { text }: Reply) => {
    offered.push(`${place.name} ${text}`);
    const attempt = offered.filter((one) => one === `${place.name} ${text}`).length;
    const failed = script(text, attempt);
    if (failed === undefined) taken.push(`${place.name} ${text}`);
    changes.emit('change');
    if (failed !== undefined) throw failed;
    return { place, message: String(taken.length) };
  };
  const clock = () => new Date();
  const quiet = async () => undefined;
  const providers = (): never => {
    throw new Error('notices ask no provider');
  };
  const jobs = await startJobs(opened, notices.work ?? [], (fault) => faults.push(fault));
  const ctx = (): Ctx => ({ db, jobs, settings, now: clock(), actor: { kind: 'job', name: 'test' } });
  for (const work of notices.work ?? []) {
    await jobs.work(work.name, (data, lastTry) =>
      work.handle({ ...ctx(), post, clock, quiet, providers }, data, lastTry),
    );
  }
  const tellIn = async (trx: Db, to: string, ...texts: string[]) => {
    for (const text of texts) await store({ ...ctx(), db: trx }, to, text);
  };
  return {
    db,
    taken,
    offered,
    faults,
    ctx,
    follow(next) {
      script = next;
    },
    tell: (to, ...texts) => db.transaction().execute((trx) => tellIn(trx, to, ...texts)),
    tellIn,
    async until(reached) {
      while (!reached()) await once(changes, 'change');
    },
    async close() {
      await jobs.stop();
      await opened.close();
    },
  };
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
