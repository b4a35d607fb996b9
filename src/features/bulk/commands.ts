import type { JobState } from '../../../cards/jobs-list.ts';
import { type Asked, type CarryOut, keepFile, newOnce } from '../../bot/index.ts';
import type { Attachment } from '../../chat/inbound.ts';
import type { Reply } from '../../chat/reply.ts';
import { type FoundService, withService } from '../orders/find.ts';
import { PAGE_SIZE, pageOf } from '../orders/rules.ts';
import {
  currentCustomer,
  customerMeant,
  customerNamed,
  inCustomerView,
  inView,
  refusedHere,
  type View,
  viewerHere,
  viewOf,
} from '../organizations/view.ts';
import { askForSheet, onlyCustomer, previewOrAsk } from './ask.ts';
import type { BulkKind } from './kind.ts';
import { openPreview, showPreview } from './preview.ts';
import { doneReply, filesOf, jobMessage } from './progress.ts';
import { readAttached } from './read.ts';
import {
  jobList,
  noFileThere,
  noReportYet,
  noSuchJob,
  notRun,
  oneFileAtATime,
  onlyForProvider,
  problemList,
  report,
  reportGone,
  template,
  unreadableSheet,
} from './replies.ts';
import { problemsWorkbook } from './result.ts';
import { againWithRest, showRetry } from './retry.ts';
import { decideTakeBack, type Preview } from './rules.ts';
import { cancelJob, withJob } from './run.ts';
import { countJobs, type JobRecord, loadJobs } from './store.ts';
import { type Kinds, kindOf, mayUse, titleOf } from './target.ts';
import { templateBook } from './template.ts';
import { XLSX } from './xlsx.ts';

type Words = readonly string[];

/** `bulk [release|packages] [10023/1]` with a file: read and checked before the transaction that opens the preview. */
export async function bulkCommand(
  kinds: Kinds,
  asked: Asked,
  words: Words,
  files: readonly Attachment[],
): Promise<CarryOut> {
  const typed = understood(kinds, words);
  const { kind, option } = typed;
  const whose = await whoseIn(asked, typed.rest);
  if ('reply' in whose) return async () => whose.reply;
  const { rest, view } = whose;
  const [file, ...more] = files;
  if (more.length > 0) return async () => oneFileAtATime(files.length);
  if (file === undefined)
    return (inside) => withoutFile({ ...inside, ...view }, kinds, { kind, option, rest });
  if (!mayUse(kind, asked.member)) return async () => onlyForProvider(kind);
  const read = await readAttached(file, asked.settings.bulkMaxFileMb, kind.sheet);
  if (read.kind === 'unreadable') return async () => unreadableSheet(read.sentence);
  const ready = await previewOrAsk({ ...asked, ...view }, kind, rest, read, { option });
  return (inside) => openPreview(inside, ready);
}

type WhoseSheet = { readonly rest: string; readonly view: Pick<Asked, 'forCustomer'> };

/** `for contoso`: of the services of that customer, whichever is chosen. */
async function whoseIn(asked: Asked, rest: string): Promise<WhoseSheet | { readonly reply: Reply }> {
  const [, name] = /^for (.+)$/i.exec(rest) ?? [];
  if (name === undefined) return { rest, view: {} };
  const meant = await customerMeant(asked, name);
  return meant.kind === 'unclear' ? meant : { rest: '', view: { forCustomer: meant.customer.id } };
}

type Understood = { readonly kind: BulkKind; readonly option: string | undefined; readonly rest: string };

/** Which kind the words name, what they answer of its question, and the rest of them. */
function understood(kinds: Kinds, words: Words): Understood {
  const all = [...kinds.values()];
  const standard = all.find(({ word }) => word === '');
  const [first = '', ...others] = words;
  const named = all.find(({ word }) => word !== '' && word === first.toLowerCase());
  const kind = named ?? standard;
  if (kind === undefined) throw new Error('One kind of bulk job goes without a word.');
  const left = named === undefined ? words : others;
  const option = kind.option?.choices.find(({ value }) => value === left[0]?.toLowerCase())?.value;
  return { kind, option, rest: (option === undefined ? left : left.slice(1)).join(' ') };
}

/** What is said where a message was to hold the sheet, and holds no file. */
export function sheetMissing(asked: Asked, kinds: Kinds): Promise<Reply> {
  const { kind, option, rest } = understood(kinds, []);
  return withoutFile(asked, kinds, { kind, option, rest }, noFileThere);
}

async function withoutFile(
  asked: Asked,
  kinds: Kinds,
  { kind, option, rest: word }: Understood,
  problem?: string,
): Promise<Reply> {
  if (!mayUse(kind, asked.member)) return onlyForProvider(kind);
  const others = [...kinds.values()].filter(
    (other) => other !== kind && isOwn(other) === isOwn(kind) && mayUse(other, asked.member),
  );
  if (kind.template !== undefined && word === 'template') return sendTemplate(asked, kind);
  const ask = (view: Asked, customer: Whose, service?: FoundService) =>
    askForSheet(view, kind, others, { customer, service, option, problem });
  if (isOwn(kind)) return ask(asked, asked.member.organization);
  if (kind.works === 'on a customer') {
    if (word === '') return inCustomerView(asked, (view) => ask(view, view.customer));
    const named = await customerNamed(asked, word);
    return named.kind === 'unclear' ? named.reply : ask(asked, named.customer);
  }
  // The service tells whose it is.
  if (word === '') return (await refusedHere(asked)) ?? askForAny(asked, ask);
  const again = (ref: string) => ['bulk', kind.word, ref].filter(Boolean).join(' ');
  return withService(asked, word, again, (view, service) => ask(view, view.customer, service));
}

type Whose = { readonly name: string } | undefined;

async function askForAny(
  asked: Asked,
  ask: (view: Asked, customer: Whose) => Promise<Reply>,
): Promise<Reply> {
  const customer = await onlyCustomer(asked);
  if (customer === undefined) return ask(asked, undefined);
  return inView(viewOf(asked, customer), (view) => ask(view, customer));
}

const isOwn = ({ works }: BulkKind): boolean => works === 'on the provider';

/** A workbook to begin with, as things are now. */
function sendTemplate(asked: Asked, kind: BulkKind): Promise<Reply> {
  const inView = isOwn(kind) ? asProvider : inCustomerView;
  return inView(asked, async (view) => {
    const { id: organizationId, name: customer } = view.customer;
    const target = { organizationId, customer, service: undefined };
    const { file, rows } = await templateBook(view, [kind], target, kind.name);
    return template(customer, kind, file, rows);
  });
}

/** `job 7`, `job 7 cancel`, `job 7 report`, `job 7 retry`, `job 7 problems`, `job 7 undo` */
export async function jobCommand(asked: Asked, kinds: Kinds, [word = '', what = '']: Words): Promise<Reply> {
  if (!/^\d{1,9}$/.test(word)) return noSuchJob(word);
  return withJob(asked, Number(word), async (view, job) => {
    const kind = kindOf(kinds, job);
    switch (what.toLowerCase()) {
      case 'cancel':
        return toAsker(await cancelJob(view, kind, job), job);
      case 'report':
        if (job.finished_at === null) return noReportYet(job);
        return job.result_file === null ? reportGone(job) : report(job, filesOf(job));
      case 'retry':
        return showRetry(view, job);
      case 'again':
        return againWithRest(view, kind, job);
      case 'problems':
        return sendProblems(view, job);
      case 'undo':
        return takeBack(view, job);
      default:
        return showJob(view, kinds, job, () => showPreview(view, kind, job));
    }
  });
}

/** The change in the history that the job is, undone. */
async function takeBack(asked: Asked, job: JobRecord): Promise<Reply> {
  const decision = decideTakeBack(job);
  if (decision.kind === 'refused') return notRun(job, decision.reason);
  return asked.again(asked, `undo ${job.history_id}`);
}

/** All that is said of the rows of a sheet. */
async function sendProblems(asked: Asked, job: JobRecord): Promise<Reply> {
  const { problems = [], warnings = [] } = job.preview as Partial<Preview>;
  if (problems.length + warnings.length === 0) return problemList(job, []);
  const bytes = await problemsWorkbook(asked.db, job);
  const name = `job-${job.id}-problems.xlsx`;
  return problemList(job, [await keepFile(asked, { name, contentType: XLSX, bytes, days: 7 })]);
}

async function showJob(
  asked: Asked,
  kinds: Kinds,
  job: JobRecord,
  preview: () => Promise<Reply>,
): Promise<Reply> {
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

/** What is not about a customer. */
const asProvider: typeof inCustomerView = (asked, run) => run(viewOf(asked, asked.member.organization));

/** The jobs of the customer whose view it is; where none is chosen, of all that the person may see. */
export async function listJobs(asked: Asked, kinds: Kinds, page: number): Promise<Reply> {
  const customer = await currentCustomer(asked);
  if (customer !== undefined) {
    const view = viewOf(asked, customer);
    return inView(view, () => jobsOf(view, kinds, page, customer.name));
  }
  return (
    (await refusedHere(asked)) ?? jobsOf({ ...asked, viewer: viewerHere(asked) }, kinds, page, undefined)
  );
}

async function jobsOf(
  asked: Asked & Pick<View, 'viewer'>,
  kinds: Kinds,
  page: number,
  customer: string | undefined,
): Promise<Reply> {
  const { db, member, viewer } = asked;
  const alsoOwn = member.role === 'provider admin';
  const paging = pageOf(page, await countJobs(db, viewer.scope, alsoOwn));
  const jobs = await loadJobs(db, viewer.scope, alsoOwn, (paging.page - 1) * PAGE_SIZE, PAGE_SIZE);
  return jobList({
    ...paging,
    organization: customer ?? member.organization.name,
    jobs: jobs.map((job) => ({
      ...rowOf(job, kindOf(kinds, job)),
      ...(customer === undefined && { of: job.customer }),
    })),
  });
}

function rowOf(job: JobRecord, kind: BulkKind) {
  return {
    job: job.id,
    what: titleOf(job, kind),
    file: job.file_name,
    state: stateOf(job),
    total: job.rows,
    done: job.done,
    failed: job.failed,
    by: job.actor_name,
    at: job.created_at.toISOString(),
    undoOf: job.undo_of ?? undefined,
  };
}

function stateOf({ state }: JobRecord): JobState {
  switch (state) {
    case 'asked':
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
