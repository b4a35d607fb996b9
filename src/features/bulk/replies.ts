import { type BulkAttach, bulkAttachCard } from '../../../cards/bulk-attach.ts';
import { bulkDoneCard } from '../../../cards/bulk-done.ts';
import { type BulkPreview, bulkPreviewCard } from '../../../cards/bulk-preview.ts';
import { bulkProgressCard } from '../../../cards/bulk-progress.ts';
import { chatChoiceCard } from '../../../cards/chat-choice.ts';
import { chatDoneCard } from '../../../cards/chat-done.ts';
import { chatRefusalCard } from '../../../cards/chat-refusal.ts';
import { number } from '../../../cards/format.ts';
import { type JobsList, jobsListCard } from '../../../cards/jobs-list.ts';
import { announce, replaceForAll, replaceWith, tell } from '../../bot/index.ts';
import type { OutFile, Reply } from '../../chat/reply.ts';
import type { FoundService } from '../orders/find.ts';
import type { BulkKind } from './kind.ts';
import type { Failure } from './result.ts';
import type { JobRecord } from './store.ts';

export function attachSheet(data: BulkAttach): Reply {
  const text = data.problem ?? `Attach the sheet with the words: ${data.command}`;
  return tell(text, bulkAttachCard(data));
}

export function unreadableSheet(sentence: string): Reply {
  const buttons = [{ title: 'What to send', command: 'bulk' }];
  return tell(sentence, chatRefusalCard({ problem: sentence, buttons }));
}

export function oneFileAtATime(count: number): Reply {
  const problem = `That is ${count} files; one at a time.`;
  return tell(problem, chatRefusalCard({ problem, remedy: 'Each file becomes a job of its own.' }));
}

export function previewCard(data: BulkPreview): Reply {
  const { needed, free } = data.units ?? { needed: 0, free: 0 };
  const text = `Job ${data.job}: ${data.valid} of ${data.rows} rows are valid; ${needed} units needed, ${free} free. Nothing has been changed yet.`;
  return tell(text, bulkPreviewCard(data));
}

export function whichServiceForSheet(file: string, job: number, services: readonly FoundService[]): Reply {
  const question = 'Which service is this sheet for?';
  const customers = [...new Set(services.map(({ customer }) => customer))];
  const organization = customers.length === 1 ? customers[0] : undefined;
  const choices = services.map(({ ref, product, free, customer }) => ({
    title: [...(organization ? [] : [customer]), ref, `${number(free)} free`, product].join(' · '),
    value: `${job} ${ref}`,
  }));
  const answer = { verb: 'bulk.service', field: 'choice' };
  return tell(question, chatChoiceCard({ organization, question, detail: file, choices, answer }));
}

export function noFreeService(word: string): Reply {
  const problem = word === '' ? 'No service has free units.' : `No service “${word}” has free units.`;
  return tell(problem, chatRefusalCard({ problem, buttons: [{ title: 'Free units', command: 'free' }] }));
}

export function progress(job: JobRecord, kind: BulkKind): Reply {
  const card = bulkProgressCard({
    organization: job.customer,
    job: job.id,
    what: titleOf(job, kind),
    file: job.file_name,
    state: stageOf(job),
    total: job.valid,
    done: job.done,
    failed: job.failed,
    skipped: job.rows - job.valid,
  });
  return replaceForAll(`Job ${job.id}: ${job.done} of ${job.valid} rows done.`, card, {
    track: `job:${job.id}`,
  });
}

/** The answer to who stops it; the message that everybody sees is drawn again by itself. */
export function stopping(job: JobRecord, kind: BulkKind): Reply {
  const { track: _, ...shown } = progress(job, kind);
  return { ...shown, audience: 'asker' };
}

function stageOf({ state, finished_at }: JobRecord) {
  const ended = finished_at !== null;
  if (state === 'cancelled') return ended ? 'cancelled' : 'cancelling';
  return ended && (state === 'done' || state === 'broken') ? state : 'running';
}

export function done(
  job: JobRecord,
  kind: BulkKind,
  failures: readonly Failure[],
  files: readonly OutFile[],
): Reply {
  const failed = job.failed;
  const skipped = job.rows - job.done - job.failed;
  const outcome = job.state === 'cancelled' || job.state === 'broken' ? job.state : 'done';
  const seconds =
    ((job.finished_at ?? job.created_at).getTime() - (job.accepted_at ?? job.created_at).getTime()) / 1000;
  const free = (job.units ?? 0) - (job.associated ?? 0) - (job.reserved_of_service ?? 0);
  const card = bulkDoneCard({
    organization: job.customer,
    job: job.id,
    what: titleOf(job, kind),
    file: job.file_name,
    outcome,
    by: job.actor_name,
    total: job.rows,
    done: job.done,
    failed,
    skipped,
    seconds,
    failures,
    service: {
      service: `${job.number}/${job.position}`,
      product: job.product ?? '',
      units: job.units ?? 0,
      free,
      reserved: job.reserved_of_service ?? 0,
    },
    files: files.map(({ name }) => name),
  });
  const text = `Job ${job.id} (${job.customer}): ${job.done} done, ${failed} failed, ${skipped} skipped of ${job.rows} rows.`;
  return announce(text, card, { files });
}

export function discarded(job: JobRecord): Reply {
  const answer = `Job ${job.id} is cancelled. Nothing was changed.`;
  const buttons = [
    { title: 'Another sheet', command: 'bulk' },
    { title: 'Jobs', command: 'jobs' },
  ];
  return replaceWith(answer, chatDoneCard({ organization: job.customer, answer, buttons }));
}

export function notRun(job: JobRecord, reason: string): Reply {
  const buttons = [{ title: `Job ${job.id}`, command: `job ${job.id}` }];
  return replaceWith(reason, chatRefusalCard({ organization: job.customer, problem: reason, buttons }));
}

export function noSuchJob(word: string): Reply {
  const problem =
    word === '' ? 'Which job? Write its number: job 7.' : `There is no job ${word} that you can see.`;
  return tell(problem, chatRefusalCard({ problem, buttons: [{ title: 'Jobs', command: 'jobs' }] }));
}

export function noReportYet(job: JobRecord): Reply {
  const problem = `Job ${job.id} has no report yet.`;
  const buttons = [{ title: `Job ${job.id}`, command: `job ${job.id}` }];
  return tell(problem, chatRefusalCard({ organization: job.customer, problem, buttons }));
}

export function report(job: JobRecord, files: readonly OutFile[]): Reply {
  const answer = `The report of job ${job.id}`;
  const detail = files.map(({ name }) => name).join(', ');
  return tell(answer, chatDoneCard({ organization: job.customer, answer, detail }), { files });
}

export function jobList(data: JobsList): Reply {
  const lines = data.jobs.map(({ job, what, state }) => `Job ${job}: ${what} (${state})`);
  return tell([`Jobs of ${data.organization}: ${data.total}`, ...lines].join('\n'), jobsListCard(data));
}

export const titleOf = (job: JobRecord, kind: BulkKind): string =>
  kind.title({ ref: `${job.number}/${job.position}`, product: job.product ?? '' });
