// Bulk: a spreadsheet becomes a job that is previewed, runs in the background and reports back.
import { z } from 'zod';
import { type Asked, button, CHANGERS, type Feature, look } from '../../bot/index.ts';
import type { Reply } from '../../chat/reply.ts';
import { answerCustomer, answerOption, answerService } from './ask.ts';
import { bulkCommand, jobCommand, listJobs, sheetMissing } from './commands.ts';
import type { BulkKind } from './kind.ts';
import { lookAtJob, trackedJob } from './progress.ts';
import { noSuchJob } from './replies.ts';
import { cancelJob, RUN, runJob, withAskedSheet, withJob } from './run.ts';
import { forgetPreviews, type JobRecord } from './store.ts';
import { type Kinds, kindOf, mayUse } from './target.ts';
import { resumeJobs, workOnJob } from './work.ts';

export type { Kinds } from './target.ts';
export { undoBulk } from './undo.ts';
export { resumeJobs } from './work.ts';

/** Looks after jobs whose work was given up, as after hours without a database, and forgets what nobody ran. */
const RESUME = 'bulk.resume';
const PREVIEW_DAYS = 7;

const job = z.coerce.number().int();
const choice = z.object({ choice: z.string().max(200), job: job.optional() });

export const kindsOf = (...kinds: readonly BulkKind[]): Kinds =>
  new Map(kinds.map((kind) => [kind.name, kind]));

export function bulk(kinds: Kinds): Feature {
  const words = [...kinds.values()].map(({ word }) => word).filter((word) => word !== '');
  return {
    name: 'bulk',
    summary: 'Bulk jobs',
    commands: [
      {
        name: 'bulk',
        usage: `bulk [${words.join('|')}] [10023/1] + attachment`,
        summary: 'Change many users with a spreadsheet',
        examples: ['bulk', 'bulk 10023/1', ...words.map((word) => `bulk ${word}`)],
        roles: CHANGERS,
        read: (asked, said, files) => bulkCommand(kinds, asked, said, files),
      },
      {
        name: 'jobs',
        usage: 'jobs',
        summary: 'List bulk jobs',
        examples: ['jobs'],
        roles: CHANGERS,
        run: (asked) => listJobs(asked, kinds, 1),
      },
      {
        name: 'job',
        usage: 'job 7 [cancel|report|retry|problems|undo]',
        summary: 'Show a bulk job, stop it, get its report or the rows to try again, or take it back',
        examples: ['job 7', 'job 7 cancel', 'job 7 report', 'job 7 retry', 'job 7 problems', 'job 7 undo'],
        roles: CHANGERS,
        run: (asked, said) => jobCommand(asked, kinds, said),
      },
    ],
    buttons: [
      answer('bulk.service', kinds, answerService),
      answer('bulk.customer', kinds, (asked, kind, of, id) => answerCustomer(asked, kind, of, Number(id))),
      answer('bulk.option', kinds, answerOption),
      button({
        verb: 'bulk.missing',
        roles: CHANGERS,
        input: z.object({}),
        run: (asked) => sheetMissing(asked, kinds),
      }),
      button({
        verb: 'bulk.run',
        roles: CHANGERS,
        input: z.object({ job, plan: z.string().max(40), all: z.boolean() }),
        run: (asked, wish) =>
          withJob(asked, wish.job, (view, found) => runJob(view, kindOf(kinds, found), found, wish)),
      }),
      button({
        verb: 'bulk.cancel',
        roles: CHANGERS,
        input: z.object({ job }),
        run: (asked, values) =>
          withJob(asked, values.job, (view, found) => cancelJob(view, kindOf(kinds, found), found)),
      }),
      button({
        verb: 'jobs.page',
        roles: CHANGERS,
        input: z.object({ page: z.coerce.number().int().min(1).max(1_000_000) }),
        run: async (asked, { page }) => ({ ...(await listJobs(asked, kinds, page)), position: 'instead' }),
      }),
    ],
    looks: [
      look({
        verb: 'bulk.look',
        roles: CHANGERS,
        input: z.object({ job }),
        run: (onlooker, values) => lookAtJob(onlooker, kinds, values),
      }),
    ],
    work: [
      {
        name: RESUME,
        collapses: true,
        retries: 3,
        concurrency: 1,
        async handle(working) {
          const ago = (hours: number) => new Date(working.now.getTime() - hours * 3_600_000);
          await forgetPreviews(working.db, ago(PREVIEW_DAYS * 24), ago(1));
          await resumeJobs(working);
        },
      },
      {
        name: RUN,
        retries: 5,
        concurrency: 3,
        handle: (working, data, lastTry) =>
          workOnJob(working, kinds, Number((data as { job: number }).job), lastTry),
      },
    ],
    schedules: [{ name: RESUME, cron: () => '7 * * * *', timezone: () => 'UTC', queue: RESUME }],
    tracks: { job: (ctx, id, place) => trackedJob(ctx, kinds, Number(id), place) },
  };
}

/** The button that answers what is still to be said of a sheet. */
function openQuestion({ works, option }: BulkKind, job: JobRecord): string | undefined {
  if (works === 'on a service' && job.service_id === null) return 'bulk.service';
  if (works === 'on a customer' && job.organization_kind !== 'customer') return 'bulk.customer';
  return option !== undefined && job.option === null ? 'bulk.option' : undefined;
}

type Answer = (asked: Asked, kind: BulkKind, job: JobRecord, said: string) => Promise<Reply>;

const numbered = ({ job: of, choice: said }: z.infer<typeof choice>): string =>
  of === undefined || said.startsWith(`${of} `) ? said : `${of} ${said}`;

/** A button whose choice is `<job> <answer>`, or the answer alone where the job is named beside it. */
function answer(verb: string, kinds: Kinds, carryOut: Answer) {
  return button({
    verb,
    roles: CHANGERS,
    input: choice,
    run: (asked, values) => {
      const [id = '', ...words] = numbered(values).split(' ');
      const said = words.join(' ').trim();
      return withAskedSheet(asked, Number(id) || 0, async (found) => {
        const kind = kindOf(kinds, found);
        if (openQuestion(kind, found) !== verb || !mayUse(kind, asked.member)) return noSuchJob(id);
        return { ...(await carryOut(asked, kind, found, said)), position: 'instead' };
      });
    },
  });
}
