// Bulk: a spreadsheet becomes a job that is previewed, runs in the background and reports back.
import { z } from 'zod';
import { button, CHANGERS, type Feature } from '../../bot/index.ts';
import { bulkCommand, chooseService, jobCommand, listJobs } from './commands.ts';
import type { BulkKind } from './kind.ts';
import { jobMessage } from './progress.ts';
import { noSuchJob } from './replies.ts';
import { cancelJob, RUN, runJob, withJob } from './run.ts';
import { resumeJobs, workOnJob } from './work.ts';

export { resumeJobs } from './work.ts';

/** Looks after jobs whose work was given up, as after hours without a database. */
const RESUME = 'bulk.resume';

const job = z.coerce.number().int();

/** The first kind is the one a sheet without further words is. */
export function bulk(standard: BulkKind, ...others: readonly BulkKind[]): Feature {
  const kinds = new Map([standard, ...others].map((kind) => [kind.name, kind]));
  return {
    name: 'bulk',
    summary: 'Bulk jobs',
    commands: [
      {
        name: 'bulk',
        usage: 'bulk [10023/1] + attachment',
        summary: 'Associate many users from a spreadsheet',
        examples: ['bulk', 'bulk 10023/1'],
        roles: CHANGERS,
        read: (_, words, files) => bulkCommand(standard, words, files),
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
        usage: 'job 7 [cancel|report]',
        summary: 'Show a bulk job, stop it, or get its report',
        examples: ['job 7', 'job 7 cancel', 'job 7 report'],
        roles: CHANGERS,
        run: (asked, words) => jobCommand(asked, kinds, words),
      },
    ],
    buttons: [
      button({
        verb: 'bulk.service',
        roles: CHANGERS,
        input: z.object({ choice: z.string().max(80) }),
        run: (asked, { choice }) => chooseService(asked, kinds, choice),
      }),
      button({
        verb: 'bulk.run',
        roles: CHANGERS,
        input: z.object({ job }),
        run: (asked, values) =>
          withJob(asked, values.job, async (view, found) => {
            const kind = kinds.get(found.kind);
            return kind === undefined ? noSuchJob(String(found.id)) : runJob(view, kind, found);
          }),
      }),
      button({
        verb: 'bulk.cancel',
        roles: CHANGERS,
        input: z.object({ job }),
        run: (asked, values) =>
          withJob(asked, values.job, async (view, found) => {
            const kind = kinds.get(found.kind);
            return kind === undefined ? noSuchJob(String(found.id)) : cancelJob(view, kind, found);
          }),
      }),
      button({
        verb: 'jobs.page',
        roles: CHANGERS,
        input: z.object({ page: z.coerce.number().int().min(1).max(1_000_000) }),
        run: async (asked, { page }) => ({ ...(await listJobs(asked, kinds, page)), position: 'instead' }),
      }),
    ],
    work: [
      { name: RESUME, collapses: true, retries: 3, concurrency: 1, handle: (working) => resumeJobs(working) },
      {
        name: RUN,
        retries: 5,
        concurrency: 2,
        handle: (working, data, lastTry) =>
          workOnJob(working, kinds, Number((data as { job: number }).job), lastTry),
      },
    ],
    schedules: [{ name: RESUME, cron: () => '7 * * * *', timezone: () => 'UTC', queue: RESUME }],
    tracks: { job: (ctx, id) => jobMessage(ctx, kinds, Number(id)) },
  };
}
