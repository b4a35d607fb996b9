/** A bot whose only platform is the test, in a process that may be killed: it says and presses what it is told to. */
import { sql } from 'kysely';
import type { Reply } from '../../src/chat/reply.ts';
import { resumeJobs } from '../../src/features/bulk/index.ts';
import { assertSums, buttons, type Cells, sheet } from '../features/bulk/support.ts';
import { openTalk, settings } from '../support/talk.ts';
import { dieAt, type Moment } from './death.ts';

export type Request =
  | { readonly do: 'say'; readonly text: string; readonly sheet?: readonly Cells[] | undefined }
  /** The button of which this is the beginning, where there is one. */
  | { readonly do: 'press'; readonly reply: Reply; readonly title: string }
  | { readonly do: 'die'; readonly moment: Moment }
  | { readonly do: 'check' }
  | { readonly do: 'begin' }
  /** Waits for the end of all jobs. */
  | { readonly do: 'settle' };
export type Answer = {
  readonly reply?: Reply | undefined;
  readonly fault?: string;
  /** What was posted since the last answer. */
  readonly posts: readonly Reply[];
};

const { DATABASE_URL: databaseUrl, DATA_DIR: dataDir = '' } = process.env;
settings.bulkBatchRows = 1;
const home = { dataDir, ...(databaseUrl !== undefined && { databaseUrl }), remove: async () => undefined };
const talk = await openTalk(databaseUrl === undefined ? 'PGlite' : 'Postgres', home);
await resumeJobs(talk.ctx());
const { db } = talk;
const carla = talk.as('carla');

async function carryOut(request: Request): Promise<Reply | undefined> {
  switch (request.do) {
    case 'say':
      return carla.say(request.text, request.sheet && [sheet(request.sheet)]);
    case 'press': {
      const title = buttons(request.reply).find((one) => one.startsWith(request.title));
      return title === undefined ? undefined : carla.press(request.reply, title);
    }
    case 'die':
      dieAt(request.moment);
      return undefined;
    case 'check':
      await assertSums(db);
      return undefined;
    case 'begin':
      await db.deleteFrom('associations').execute();
      await db.updateTable('services').set({ associated: 0, units: 30 }).execute();
      return undefined;
    case 'settle':
      while ((await unfinished()) > 0) await new Promise((resolve) => setTimeout(resolve, 20));
      return undefined;
  }
}

async function unfinished(): Promise<number> {
  const { rows } = await sql`
    select from jobs where accepted_at is not null and finished_at is null`.execute(db);
  return rows.length;
}

let told = 0;
const tell = (answer: Answer) => process.send?.(answer);
process.on('message', async (request: Request) => {
  const outcome = await carryOut(request).then(
    (reply) => ({ reply }),
    (fault: unknown) => ({ fault: String(fault) }),
  );
  const posts = talk.posts.slice(told).map(({ reply }) => reply);
  told = talk.posts.length;
  tell({ ...outcome, posts });
});
tell({ posts: [] });
