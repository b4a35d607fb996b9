import { type BulkAttach, bulkAttachCard } from '../../../cards/bulk-attach.ts';
import { bulkDoneCard } from '../../../cards/bulk-done.ts';
import { type BulkPreview, bulkPreviewCard } from '../../../cards/bulk-preview.ts';
import { bulkProgressCard } from '../../../cards/bulk-progress.ts';
import { type BulkSheet, bulkSheetCard } from '../../../cards/bulk-sheet.ts';
import { chatChoiceCard } from '../../../cards/chat-choice.ts';
import { chatDoneCard } from '../../../cards/chat-done.ts';
import { chatRefusalCard } from '../../../cards/chat-refusal.ts';
import { count, number } from '../../../cards/format.ts';
import { type JobsList, jobsListCard } from '../../../cards/jobs-list.ts';
import type { Undo } from '../../../cards/undo.ts';
import { announce, replaceForAll, replaceWith, tell } from '../../bot/index.ts';
import type { FileForm, OutFile, Reply } from '../../chat/reply.ts';
import type { Choosable } from '../orders/find.ts';
import type { BulkKind, SheetRefused } from './kind.ts';
import type { ServiceOfJob } from './reservations/store.ts';
import type { Failure } from './result.ts';
import type { Preview } from './rules.ts';
import type { JobRecord } from './store.ts';
import { titleOf } from './target.ts';
import { REPORT_DAYS } from './xlsx.ts';

/** Asks for a sheet: with the next message, or in a form where that takes files. */
export function attachSheet(data: BulkAttach & BulkSheet, words: FileForm['words']): Reply {
  const { command, formats, maxFileMb, problem } = data;
  const asks = `Attach the sheet with the words: ${command}`;
  const reply = tell(problem === undefined ? asks : `${problem} ${asks}`, bulkAttachCard(data));
  return {
    ...reply,
    wantsFile: { text: command, form: { card: bulkSheetCard(data), words, formats, maxFileMb } },
  };
}

export const chooseService = 'Choose the service that the sheet is for.';

export const noFileThere = 'There is no file in that message.';

export function unreadableSheet(sentence: string): Reply {
  const buttons = [{ title: 'What to send', command: 'bulk' }];
  const wrong = { file: sentence };
  return tell(sentence, chatRefusalCard({ problem: sentence, buttons }), { wrong });
}

export function oneFileAtATime(count: number): Reply {
  const problem = `That is ${count} files; one at a time.`;
  return tell(problem, chatRefusalCard({ problem, remedy: 'Each file becomes a job of its own.' }));
}

/** Nothing can be done with the sheet as a whole. */
export function refusedSheet(
  organization: string,
  { sentence, button, of }: Omit<SheetRefused, 'kind'>,
  { works, word }: BulkKind,
): Reply {
  const command = works === 'on the provider' ? `bulk ${word}` : 'bulk';
  const buttons = [...(button === undefined ? [] : [button]), { title: 'What to send', command }];
  // A form has no room for a button that mends it.
  const more = button === undefined ? { wrong: { [of ?? 'file']: sentence } } : {};
  return tell(sentence, chatRefusalCard({ organization, problem: sentence, buttons }), more);
}

/** A sheet that only the provider may send. */
export function onlyForProvider({ summary }: BulkKind): Reply {
  const problem = 'Only an admin of the provider may send such a sheet.';
  const buttons = [{ title: 'What to send', command: 'bulk' }];
  return tell(problem, chatRefusalCard({ problem, remedy: `${summary}: ask one of them.`, buttons }));
}

export function previewCard(data: BulkPreview): Reply {
  const units = data.needs.map(({ service, needed, free }) => {
    const which = data.needs.length > 1 ? ` of ${service}` : '';
    return `; ${count(needed, 'unit')}${which} needed, ${number(free)} free`;
  });
  const text = `Job ${data.job}: ${number(data.valid)} of ${number(data.rows)} rows are valid${units.join('')}. Nothing has been changed yet.`;
  return tell(data.changed === undefined ? text : `${data.changed} ${text}`, bulkPreviewCard(data));
}

export function whichServiceForSheet(
  file: string,
  job: number,
  { services, more }: Choosable,
  dataset: 'free-services' | 'used-services',
): Reply {
  const customers = [...new Set(services.map(({ customer }) => customer))];
  const organization = customers.length === 1 ? customers[0] : undefined;
  const choices = services.map(({ ref, product, free, customer }) => ({
    title: [...(organization ? [] : [customer]), ref, `${number(free)} free`, product].join(' · '),
    value: ref,
  }));
  const detail = more
    ? `${file}. Listed are those with the most units; for another one attach the sheet with: bulk 10023/1`
    : file;
  const asked = 'Which service is this sheet for?';
  const answer = { verb: 'bulk.service', field: 'choice', with: { job }, search: dataset };
  return tell(asked, chatChoiceCard({ organization, question: asked, detail, choices, answer }));
}

export function whichCustomerForSheet(
  file: string,
  job: number,
  customers: readonly { readonly id: number; readonly name: string }[],
): Reply {
  const choices = customers.map(({ id, name }) => ({ title: name, value: `${job} ${id}` }));
  return question('Which customer is this sheet for?', file, choices, 'bulk.customer');
}

export function whichOption(
  organization: string,
  file: string,
  job: number,
  { question: asked, detail, choices }: NonNullable<BulkKind['option']>,
): Reply {
  const answers = choices.map(({ title, value }) => ({ title, value: `${job} ${value}` }));
  const said = detail === undefined ? file : `${file}. ${detail}`;
  return question(asked, said, answers, 'bulk.option', organization);
}

function question(
  asked: string,
  detail: string,
  choices: readonly { readonly title: string; readonly value: string }[],
  verb: string,
  organization?: string,
): Reply {
  const answer = { verb, field: 'choice' };
  return tell(asked, chatChoiceCard({ organization, question: asked, detail, choices, answer }));
}

export function noFreeService(word: string, takesUnits: boolean): Reply {
  const what = takesUnits ? 'has free units' : 'has associated users';
  const problem = word === '' ? `No service ${what}.` : `No service “${word}” ${what}.`;
  const buttons = [{ title: 'Free units', command: 'free' }];
  return tell(problem, chatRefusalCard({ problem, buttons }), { wrong: { service: problem } });
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
    undoOf: job.undo_of ?? undefined,
    about: kind.about,
  });
  return replaceForAll(`Job ${job.id}: ${number(job.done)} of ${number(job.valid)} rows done.`, card, {
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

type End = {
  readonly failures: readonly Failure[];
  readonly services: readonly ServiceOfJob[];
  readonly undo: Undo | undefined;
  readonly files: readonly OutFile[];
};

export function done(job: JobRecord, kind: BulkKind, { failures, services, undo, files }: End): Reply {
  const { failed, undo_of } = job;
  const invalid = job.rows - job.valid;
  const skipped = job.rows - job.done - failed;
  const outcome = job.state === 'cancelled' || job.state === 'broken' ? job.state : 'done';
  const seconds =
    ((job.finished_at ?? job.created_at).getTime() - (job.accepted_at ?? job.created_at).getTime()) / 1000;
  const { warnings = [] } = job.preview as Partial<Preview>;
  const card = bulkDoneCard({
    organization: job.customer,
    job: job.id,
    what: titleOf(job, kind),
    did: kind.did,
    undoOf: undo_of ?? undefined,
    about: kind.about,
    file: job.file_name,
    outcome,
    by: job.actor_name,
    total: job.rows,
    done: job.done,
    failed,
    invalid,
    skipped: skipped - invalid,
    seconds,
    failures,
    warnings: warnings.reduce((sum, { rows }) => sum + rows, 0),
    services: services.map(({ ref, ...units }) => ({ service: ref, ...units })),
    undo,
    retry: job.retry_file !== null,
    files: files.map(({ name }) => name),
  });
  const back = undo_of === null ? '' : `, taking back job ${undo_of}`;
  const text = `Job ${job.id} (${job.customer})${back}: ${number(job.done)} done, ${number(failed)} failed, ${number(skipped)} skipped of ${number(job.rows)} rows.`;
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

export function notRun(job: JobRecord, reason: string, button?: SheetRefused['button']): Reply {
  const buttons = [
    ...(button === undefined ? [] : [button]),
    { title: `Job ${job.id}`, command: `job ${job.id}` },
  ];
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

export function problemList(job: JobRecord, files: readonly OutFile[]): Reply {
  const answer =
    files.length === 0 ? `Nothing is wrong with the rows of job ${job.id}` : `All problems of job ${job.id}`;
  return tell(answer, chatDoneCard({ organization: job.customer, answer }), { files });
}

export function report(job: JobRecord, files: readonly OutFile[]): Reply {
  const answer = `The report of job ${job.id}`;
  const detail = files.map(({ name }) => name).join(', ');
  return tell(answer, chatDoneCard({ organization: job.customer, answer, detail }), { files });
}

export function jobList(data: JobsList): Reply {
  const lines = data.jobs.map(
    ({ job, of, what, state }) => `Job ${job}: ${of === undefined ? '' : `${of}, `}${what} (${state})`,
  );
  return tell([`Jobs of ${data.organization}: ${data.total}`, ...lines].join('\n'), jobsListCard(data));
}

export function nothingToRetry(job: JobRecord): Reply {
  const problem = `Job ${job.id} has no rows to try again.`;
  const buttons = [{ title: `Job ${job.id}`, command: `job ${job.id}` }];
  return tell(problem, chatRefusalCard({ organization: job.customer, problem, buttons }));
}

/** The rows that were not carried out, and the offer to check them again as they are. */
export function retry(job: JobRecord, rows: number, file: OutFile | undefined): Reply {
  const answer = `${count(rows, 'row')} of job ${job.id} to try again`;
  const detail =
    file === undefined
      ? `${keptFor(job)} The rows can still be checked as they are.`
      : `Mend ${file.name} and send it again, or check its rows as they are.`;
  const buttons = [{ title: 'Check these rows again', command: `job ${job.id} again` }];
  const card = chatDoneCard({ organization: job.customer, answer, detail, buttons });
  return tell(`${answer}. ${detail}`, card, { files: file === undefined ? [] : [file] });
}

const keptFor = ({ id }: JobRecord) => `The workbooks of job ${id} were kept for ${REPORT_DAYS} days.`;

export function reportGone(job: JobRecord): Reply {
  const buttons = [{ title: `Job ${job.id}`, command: `job ${job.id}` }];
  const problem = keptFor(job);
  return tell(problem, chatRefusalCard({ organization: job.customer, problem, buttons }));
}

export function template(organization: string, kind: BulkKind, file: OutFile, rows: number): Reply {
  const answer =
    rows === 0 || kind.isExample
      ? 'A sheet to begin with'
      : `A sheet with the ${count(rows, kind.about ?? 'user')} there ${rows === 1 ? 'is' : 'are'}`;
  const detail = `Change it and send it back with the words: bulk ${kind.word}`;
  const card = chatDoneCard({ organization, answer, detail });
  return tell(`${answer}. ${detail}`, card, { files: [file] });
}
