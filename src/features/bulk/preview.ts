import { type Asked, newOnce, placeOfAnswer } from '../../bot/index.ts';
import type { Reply } from '../../chat/reply.ts';
import { warmWriter } from '../../sheets/index.ts';
import type { BulkKind, SheetRefused, SheetRow, Target } from './kind.ts';
import { LARGEST_SHEET, type Sheet } from './read.ts';
import { previewCard, refusedSheet } from './replies.ts';
import { loadServices } from './reservations/store.ts';
import { loadChunks } from './rows/store.ts';
import { type Plan, type Preview, planOf, type SheetSays } from './rules.ts';
import {
  type JobRecord,
  loadEarlierJob,
  loadJob,
  openPrepared,
  saveJob,
  savePlan,
  setEarlier,
  setState,
} from './store.ts';
import { targetOf, titleOf } from './target.ts';

/** A preview that is ready to be shown. It counts once the job's state says so. */
export type Ready = { readonly job: number | undefined; readonly reply: Reply };

/**
 * Checks a sheet and makes its preview, which nobody sees before `openPreview`. Made for being
 * called outside of a transaction: a large sheet takes a while, and others have their turn in between.
 */
export async function previewSheet(
  asked: Asked,
  kind: BulkKind,
  target: Target,
  option: string | undefined,
  sheet: Sheet,
): Promise<Ready> {
  const made = await makePlan(asked, kind, target, option, sheet.rows, sheet);
  if (made.kind === 'refused') return { job: undefined, reply: refusedSheet(target.customer, made, kind) };
  const job = await saveSheet(asked, kind, sheet, { ...target, option });
  await savePlan(asked.db, job, made);
  return { job, reply: await show(asked, kind, job) };
}

export async function openPreview({ db }: Asked, { job, reply }: Ready): Promise<Reply> {
  if (job !== undefined && !(await openPrepared(db, job))) throw new Error(`Job ${job} is gone.`);
  return reply;
}

/** Plans the rows that a job keeps, once it is known what they are for. */
export async function previewKept(asked: Asked, kind: BulkKind, job: JobRecord): Promise<Reply> {
  const made = await planAgain(asked, kind, job);
  if (made.kind === 'refused') {
    await setState(asked.db, job.id, 'discarded');
    return refusedSheet(job.customer, made, kind);
  }
  await savePlan(asked.db, job.id, made);
  return openPreview(asked, { job: job.id, reply: await show(asked, kind, job.id) });
}

/** The plan of a job's sheet as it would be now. */
export async function planAgain(
  asked: Asked,
  kind: BulkKind,
  job: JobRecord,
): Promise<Planned | SheetRefused> {
  const { says = { notes: [] }, header } = job.preview as Partial<Preview>;
  const kept = (await loadChunks(asked.db, job.id, 0, job.rows)).flatMap(({ rows }) => rows);
  const rows = [...(header ? [header] : []), ...kept].sort((a, b) => a.number - b.number);
  return makePlan(asked, kind, targetOf(job), job.option ?? undefined, rows, says);
}

export type Planned = Plan & { readonly kind: 'plan' };

async function makePlan(
  asked: Asked,
  kind: BulkKind,
  target: Target,
  option: string | undefined,
  rows: readonly SheetRow[],
  says: SheetSays,
): Promise<Planned | SheetRefused> {
  const made = await kind.plan(asked, target, rows, option);
  if (made.kind === 'refused') return made;
  const repeats = kind.works === 'on the provider' ? 'belong together' : 'are added up';
  return { kind: 'plan', ...planOf(rows, made, says, batchRowsOf(asked, kind), repeats) };
}

/** What is carried out as a whole is one batch, and so one transaction. */
const batchRowsOf = ({ settings }: Asked, { whole }: BulkKind): number =>
  whole ? LARGEST_SHEET : settings.bulkBatchRows;

type For = Pick<Target, 'organizationId' | 'service'> & { readonly option: string | undefined };

/** Keeps what is known of a sheet; its rows are saved with its plan, or with `saveChunks`. */
export function saveSheet(asked: Asked, kind: BulkKind, sheet: Sheet, of: For): Promise<number> {
  const { actor, db, now } = asked;
  const job = {
    kind: kind.name,
    organizationId: of.organizationId,
    serviceId: of.service?.id ?? null,
    option: of.option ?? null,
    actor,
    place: placeOfAnswer(asked),
    fileName: sheet.fileName,
    fileHash: sheet.fileHash,
    rows: sheet.rows.length,
  };
  return saveJob(db, job, { says: { sheet: sheet.sheet, notes: sheet.notes } }, now);
}

async function show(asked: Asked, kind: BulkKind, id: number): Promise<Reply> {
  const job = await loadJob(asked.db, { kind: 'all' }, id);
  if (job === undefined) throw new Error(`Job ${id} is gone.`);
  const earlier = await loadEarlierJob(asked.db, job);
  if (earlier !== undefined) await setEarlier(asked.db, id, job.preview as Preview, earlier.id);
  return showPreview(asked, kind, job);
}

/** The preview of a job that was not run yet, with the units that are free now. */
export async function showPreview(
  asked: Asked,
  kind: BulkKind,
  job: JobRecord,
  changed?: string,
): Promise<Reply> {
  warmWriter();
  const preview = job.preview as Preview;
  const services = await loadServices(
    asked.db,
    preview.needs.map(({ serviceId }) => serviceId),
  );
  const free = new Map(services.map((service) => [service.id, service.free]));
  const needs = preview.needs.map(({ serviceId, ref, product, units }) => ({
    service: ref,
    product,
    needed: units,
    free: free.get(serviceId) ?? 0,
  }));
  const earlier = await loadEarlierJob(asked.db, job);
  return previewCard({
    organization: job.customer,
    job: job.id,
    what: titleOf(job, kind),
    file: job.file_name,
    sheet: preview.says.sheet,
    rows: job.rows,
    valid: job.valid,
    errors: preview.problems,
    warnings: preview.warnings,
    duplicates: preview.duplicates,
    newUsers: preview.newUsers,
    needs,
    notes: [...preview.says.notes, ...preview.notes],
    header: preview.header?.cells.filter((cell) => cell !== '').join(', '),
    batches: Math.ceil(job.rows / batchRowsOf(asked, kind)),
    sentBefore: earlier?.accepted_at
      ? { job: earlier.id, at: earlier.accepted_at.toISOString(), by: earlier.actor_name }
      : undefined,
    changed,
    whole: kind.whole,
    unchanged: preview.unchanged,
    runnable:
      job.valid > 0 &&
      !preview.unchanged &&
      (!kind.whole || job.valid === job.rows) &&
      needs.every(({ needed, free }) => needed <= free),
    plan: job.digest,
    once: newOnce(),
  });
}
