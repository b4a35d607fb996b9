import { type Asked, newOnce } from '../../bot/index.ts';
import type { Reply } from '../../chat/reply.ts';
import { type FoundService, findService } from '../orders/find.ts';
import type { View } from '../organizations/view.ts';
import type { BulkKind, SheetRow } from './kind.ts';
import type { FileRead } from './read.ts';
import { previewCard, whichServiceForSheet } from './replies.ts';
import { chunksOf, type Plan, plan } from './rules.ts';
import {
  type JobRecord,
  loadChunks,
  loadEarlierJob,
  loadJob,
  type Preview,
  saveChunks,
  saveJob,
  setService,
} from './store.ts';

export type Sheet = Extract<FileRead, { kind: 'sheet' }>;

/** Checks a sheet against a service and shows what would happen. Nothing is changed but a job that waits for a yes. */
export async function previewSheet(
  view: View,
  kind: BulkKind,
  service: FoundService,
  sheet: Sheet,
): Promise<Reply> {
  const made = await planFor(view, kind, service, sheet.rows);
  const job = await saveJob(
    view.db,
    newJob(view, kind, { organizationId: view.customer.id, serviceId: service.id }, sheet, made),
    view.now,
  );
  await saveChunks(view.db, job, chunksOf(made.rows, view.settings.bulkBatchRows));
  return show(view, kind, job);
}

/** Keeps a sheet of which nobody said what it is for, and asks. */
export async function askForService(
  asked: Asked,
  kind: BulkKind,
  sheet: Sheet,
  services: readonly FoundService[],
): Promise<Reply> {
  const customers = new Set(services.map(({ organization_id }) => organization_id));
  const [customer] = customers;
  const organizationId = customers.size === 1 && customer ? customer : asked.member.organization.id;
  const rows = sheet.rows.map(({ number, cells }) => ({ number, cells }));
  const none = { header: undefined, width: 0, valid: 0, units: 0, duplicates: 0, newUsers: 0, problems: [] };
  const job = await saveJob(
    asked.db,
    newJob(asked, kind, { organizationId, serviceId: null }, sheet, { rows, ...none }),
    asked.now,
  );
  await saveChunks(asked.db, job, chunksOf(rows, asked.settings.bulkBatchRows));
  return whichServiceForSheet(sheet.fileName, job, services);
}

/** The answer to it: plans the rows that were kept. */
export async function previewFor(
  view: View,
  kind: BulkKind,
  job: JobRecord,
  service: FoundService,
): Promise<Reply> {
  const rows: SheetRow[] = (await loadChunks(view.db, job.id, 0, job.rows)).flatMap((chunk) => chunk.rows);
  const made = await planFor(view, kind, service, rows);
  const { sheet } = job.preview as Preview;
  const preview = previewOf(sheet, made);
  const { rows: planned, valid } = made;
  await setService(view.db, job.id, {
    organizationId: service.organization_id,
    serviceId: service.id,
    preview,
    rows: planned.length,
    valid,
  });
  await saveChunks(view.db, job.id, chunksOf(made.rows, view.settings.bulkBatchRows));
  return show(view, kind, job.id);
}

async function planFor(
  view: View,
  kind: BulkKind,
  service: FoundService,
  rows: readonly SheetRow[],
): Promise<Plan> {
  const checked = kind.check(rows);
  return plan(rows, checked, await kind.assess(view, service, checked.valid));
}

type For = { readonly organizationId: number; readonly serviceId: number | null };

function newJob({ actor, place }: Asked, kind: BulkKind, of: For, sheet: Sheet, made: Plan) {
  return {
    kind: kind.name,
    ...of,
    actor,
    place,
    fileName: sheet.fileName,
    fileHash: sheet.fileHash,
    preview: previewOf(sheet.sheet, made),
    rows: made.rows.length,
    valid: made.valid,
  };
}

function previewOf(sheet: string | undefined, made: Plan): Preview {
  const { width, units, duplicates, newUsers, problems } = made;
  return { sheet, header: made.header?.cells, width, units, duplicates, newUsers, problems };
}

async function show(view: View, kind: BulkKind, id: number): Promise<Reply> {
  const job = await loadJob(view.db, view.viewer.scope, id);
  if (job === undefined) throw new Error(`Job ${id} is gone.`);
  return showPreview(view, kind, job);
}

/** The preview of a job that was not run yet, with the units that are free now. */
export async function showPreview(view: View, kind: BulkKind, job: JobRecord): Promise<Reply> {
  const service = await findService(view, `${job.number}/${job.position}`);
  if (service === undefined || job.service_id === null) throw new Error(`Job ${job.id} has no service.`);
  const { sheet, header, units, duplicates, newUsers, problems } = job.preview as Preview;
  const earlier = await loadEarlierJob(view.db, job.service_id, job.file_hash);
  return previewCard({
    organization: job.customer,
    job: job.id,
    what: kind.title(service),
    file: job.file_name,
    sheet,
    rows: job.rows,
    valid: job.valid,
    errors: problems,
    warnings: [],
    duplicates,
    newUsers,
    units: { needed: units, free: service.free },
    header: header?.filter((cell) => cell !== '').join(', '),
    batches: Math.ceil(job.rows / view.settings.bulkBatchRows),
    sentBefore: earlier?.accepted_at
      ? { job: earlier.id, at: earlier.accepted_at.toISOString(), by: earlier.actor_name }
      : undefined,
    runnable: job.valid > 0 && units <= service.free,
    once: newOnce(),
  });
}
