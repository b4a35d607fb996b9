import type { JobState } from '../../../cards/jobs-list.ts';
import { type Asked, type CarryOut, newOnce } from '../../bot/index.ts';
import type { Attachment } from '../../chat/inbound.ts';
import type { Reply } from '../../chat/reply.ts';
import { servicesAnywhere, withService } from '../orders/find.ts';
import { PAGE_SIZE, pageOf } from '../orders/rules.ts';
import { inCustomerView } from '../organizations/view.ts';
import { askForSheet } from './ask.ts';
import type { BulkKind } from './kind.ts';
import { askForService, previewFor, previewSheet, type Sheet, showPreview } from './preview.ts';
import { doneReply, filesOf, jobMessage } from './progress.ts';
import { readAttached } from './read.ts';
import {
  jobList,
  noFreeService,
  noReportYet,
  noSuchJob,
  oneFileAtATime,
  report,
  titleOf,
  unreadableSheet,
} from './replies.ts';
import { cancelJob, withJob } from './run.ts';
import { countJobs, type JobRecord, loadJobs } from './store.ts';

export type Kinds = ReadonlyMap<string, BulkKind>;
type Words = readonly string[];

/** `bulk 10023/1` with a file; the file is read before anything is looked up. */
export async function bulkCommand(
  kind: BulkKind,
  words: Words,
  files: readonly Attachment[],
): Promise<CarryOut> {
  const [file, ...more] = files;
  const word = words.join(' ');
  if (file === undefined) return (asked) => askWithoutFile(asked, kind, word);
  if (more.length > 0) return async () => oneFileAtATime(files.length);
  const read = await readAttached(file);
  if (read.kind === 'unreadable') return async () => unreadableSheet(read.sentence);
  return (asked) => {
    const again = (ref: string) => `bulk ${ref}`;
    if (word.includes('/')) {
      return withService(asked, word, again, (view, service) => previewSheet(view, kind, service, read));
    }
    return previewOrAsk(asked, kind, word, read);
  };
}

/** Of a sheet that names no service the rows are kept until somebody says which one it is for. */
async function previewOrAsk(asked: Asked, kind: BulkKind, word: string, sheet: Sheet): Promise<Reply> {
  const services = (await servicesAnywhere(asked, word)).filter(({ free }) => free > 0);
  const [only, ...others] = services;
  if (only === undefined) return noFreeService(word);
  if (word === '' || others.length > 0) return askForService(asked, kind, sheet, services);
  return withService(
    asked,
    only.ref,
    (ref) => ref,
    (view, service) => previewSheet(view, kind, service, sheet),
  );
}

function askWithoutFile(asked: Asked, kind: BulkKind, word: string): Promise<Reply> {
  if (word === '') return inCustomerView(asked, (view) => askForSheet(view, kind, undefined));
  const again = (ref: string) => `bulk ${ref}`;
  return withService(asked, word, again, (view, service) => askForSheet(view, kind, service));
}

/** The answer to "Which service is this sheet for?": `<job> <service>`. */
export function chooseService(asked: Asked, kinds: Kinds, choice: string): Promise<Reply> {
  const [id = '', ref = ''] = choice.split(' ');
  return withJob(asked, Number(id), async (view, job) => {
    const kind = kinds.get(job.kind);
    if (kind === undefined || job.state !== 'preview') return noSuchJob(id);
    const preview =
      job.service_id === null
        ? await withService(
            asked,
            ref,
            (other) => other,
            (of, service) => previewFor(of, kind, job, service),
          )
        : await showPreview(view, kind, job);
    return { ...preview, position: 'instead' };
  });
}

/** `job 7`, `job 7 cancel`, `job 7 report` */
export async function jobCommand(asked: Asked, kinds: Kinds, [word = '', what = '']: Words): Promise<Reply> {
  if (!/^\d{1,9}$/.test(word)) return noSuchJob(word);
  return withJob(asked, Number(word), async (view, job) => {
    const kind = kinds.get(job.kind);
    if (kind === undefined) return noSuchJob(word);
    switch (what.toLowerCase()) {
      case 'cancel':
        return toAsker(await cancelJob(view, kind, job), job);
      case 'report':
        return job.finished_at === null ? noReportYet(job) : report(job, filesOf(job));
      default:
        return showJob(asked, kinds, job, () => showPreview(view, kind, job));
    }
  });
}

async function showJob(
  asked: Asked,
  kinds: Kinds,
  job: JobRecord,
  preview: () => Promise<Reply>,
): Promise<Reply> {
  if (job.state === 'discarded' || (job.state === 'preview' && job.service_id === null))
    return noSuchJob(String(job.id));
  if (job.state === 'preview') return preview();
  const message =
    job.finished_at === null ? await jobMessage(asked, kinds, job.id) : await doneReply(asked, kinds, job.id);
  return message === undefined ? noSuchJob(String(job.id)) : toAsker(message, job);
}

/** For the one who asked, and kept up to date beside the message that everybody sees. */
function toAsker({ track, ...message }: Reply, job: JobRecord): Reply {
  const again = track !== undefined && { track: `job:${job.id}:${newOnce()}` };
  return { ...message, ...again, audience: 'asker', position: 'below' };
}

export function listJobs(asked: Asked, kinds: Kinds, page: number): Promise<Reply> {
  return inCustomerView(asked, async (view) => {
    const { db, viewer } = view;
    const paging = pageOf(page, await countJobs(db, viewer.scope));
    const jobs = await loadJobs(db, viewer.scope, (paging.page - 1) * PAGE_SIZE, PAGE_SIZE);
    return jobList({
      ...paging,
      organization: view.customer.name,
      jobs: jobs.flatMap((job) => {
        const kind = kinds.get(job.kind);
        return kind === undefined ? [] : [rowOf(job, kind)];
      }),
    });
  });
}

function rowOf(job: JobRecord, kind: BulkKind) {
  return {
    job: job.id,
    what: job.service_id === null ? 'No service chosen yet' : titleOf(job, kind),
    file: job.file_name,
    state: stateOf(job),
    total: job.rows,
    done: job.done,
    failed: job.failed,
    by: job.actor_name,
    at: job.created_at.toISOString(),
  };
}

function stateOf({ state }: JobRecord): JobState {
  switch (state) {
    case 'preview':
      return 'previewed';
    case 'discarded':
      return 'cancelled';
    case 'running':
    case 'done':
    case 'cancelled':
    case 'broken':
      return state;
  }
}
