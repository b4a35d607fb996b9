import type { Reply } from '../../chat/reply.ts';
import type { View } from '../organizations/view.ts';
import type { BulkKind } from './kind.ts';
import { openPreview, previewSheet } from './preview.ts';
import { noReportYet, nothingToRetry, retry } from './replies.ts';
import { allOutcomes } from './result.ts';
import type { Preview } from './rules.ts';
import type { JobRecord } from './store.ts';
import { targetOf } from './target.ts';

/** `job 7 retry`: the sheet of the rows that were not carried out, to be mended and sent again. */
export function showRetry(job: JobRecord): Reply {
  if (job.finished_at === null) return noReportYet(job);
  if (job.retry_file === null) return nothingToRetry(job);
  return retry(job, { id: job.retry_file, name: `job-${job.id}-retry.xlsx` });
}

/** Checks those rows again as they are: what was wrong may have been outside of the sheet. */
export async function againWithRest(view: View, kind: BulkKind, job: JobRecord): Promise<Reply> {
  if (job.finished_at === null) return noReportYet(job);
  const { says, header } = job.preview as Preview;
  const all = await allOutcomes(view.db, job);
  const rest = all.flatMap(({ row, status }) => (status === 'done' ? [] : [row]));
  if (rest.length === 0 || job.undo_of !== null) return nothingToRetry(job);
  const rows = [...(header ? [header] : []), ...rest].map(({ number, cells }) => ({ number, cells }));
  const fileName = `job-${job.id}-retry.xlsx`;
  const ready = await previewSheet(view, kind, targetOf(job), job.option ?? undefined, {
    kind: 'sheet',
    fileName,
    fileHash: `${fileName}:${job.file_hash}`,
    sheet: says.sheet,
    notes: [],
    rows,
  });
  return openPreview(view, ready);
}
