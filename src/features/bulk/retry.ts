import type { Reply } from '../../chat/reply.ts';
import type { View } from '../organizations/view.ts';
import type { BulkKind } from './kind.ts';
import { openPreview, previewSheet } from './preview.ts';
import { noReportYet, nothingToRetry, retry } from './replies.ts';
import { allOutcomes, countToRetry } from './result.ts';
import { isToRetry, type Preview } from './rules.ts';
import type { JobRecord } from './store.ts';
import { targetOf } from './target.ts';

/** `job 7 retry`: the sheet of the rows that were not carried out, to be mended and sent again. */
export async function showRetry({ db }: View, job: JobRecord): Promise<Reply> {
  if (job.finished_at === null) return noReportYet(job);
  const rows = job.undo_of === null ? await countToRetry(db, job) : 0;
  if (rows === 0) return nothingToRetry(job);
  const file = job.retry_file === null ? undefined : { id: job.retry_file, name: `job-${job.id}-retry.xlsx` };
  return retry(job, rows, file);
}

/** Checks those rows again as they are: what was wrong may have been outside of the sheet. */
export async function againWithRest(view: View, kind: BulkKind, job: JobRecord): Promise<Reply> {
  if (job.finished_at === null) return noReportYet(job);
  const { says, header } = job.preview as Partial<Preview>;
  const all = await allOutcomes(view.db, job);
  const rest = all.filter(isToRetry).map(({ row }) => row);
  if (rest.length === 0 || job.undo_of !== null) return nothingToRetry(job);
  const rows = [...(header ? [header] : []), ...rest].map(({ number, cells }) => ({ number, cells }));
  const ready = await previewSheet(view, kind, targetOf(job), job.option ?? undefined, {
    kind: 'sheet',
    fileName: job.file_name,
    fileHash: `rest of job ${job.id}`,
    sheet: says?.sheet,
    notes: [`Only the rows that job ${job.id} did not carry out; they keep their numbers.`],
    rows,
  });
  return openPreview(view, ready);
}
