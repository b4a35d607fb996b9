import { keepFile, type Organization, refreshSoon, scopeOf, type Working } from '../../bot/index.ts';
import type { OutFile, Reply } from '../../chat/reply.ts';
import { inTransactionOnceMore, type Scope } from '../../db/index.ts';
import { openFindings } from '../findings/open.ts';
import { hearersOf, notify } from '../notices/notify.ts';
import { nextRun } from './periods.ts';
import { exportCommand, notice, runTrack } from './replies.ts';
import { type Read, readRun } from './report.ts';
import type { Run } from './rules.ts';
import { findProvider, findReader, loadRun, lockRun, setFinished } from './store.ts';
import { linesIn, MOST_IN_WORKBOOK, workbookName, workbookOf, XLSX } from './workbook.ts';

/** How long the workbook of a notice can be opened; it can be had again at any time. */
const DAYS = 90;

/** What the channels of one organization hear. */
type Told = { readonly read: Read; readonly workbook: Uint8Array | undefined };

/** Ends a run once: whoever asked for it is told, each of what it may see, with the workbook. */
export async function finish(working: Working, id: number): Promise<void> {
  const run = await loadRun(working.db, id);
  if (run === undefined || run.finishedAt !== null) return;
  // Written before the transaction begins: a large workbook takes longer than others should wait.
  const told = new Map<number, Told>();
  for (const { organization } of await hearersOf(working, 'reconciliation')) {
    if (told.has(organization.id)) continue;
    const reader = await findReader(working.db, organization.id);
    const one = reader && (await toTell(working, run, reader));
    if (one !== undefined) told.set(organization.id, one);
  }
  await inTransactionOnceMore(working, async (outer) => {
    const inside = { ...outer, now: working.clock() };
    const now = await lockRun(inside.db, id);
    if (now === undefined || now.finishedAt !== null) return;
    await setFinished(inside.db, id, inside.now);
    await tellAll(inside, run, told);
    await refreshSoon(inside, runTrack(id), 'the last');
  });
}

/** Reconciliation is between the provider and its resellers: customers hear nothing of it. */
async function toTell(working: Working, run: Run, reader: Organization): Promise<Told | undefined> {
  if (reader.kind === 'customer') return undefined;
  const read = await readRun(working.db, run, { about: reader, reader, month: run.scheduled });
  if (read === undefined || linesIn(read.report) === 0) return undefined;
  const fits = linesIn(read.report) <= MOST_IN_WORKBOOK;
  return { read, workbook: fits ? await workbookOf(working.db, run, read, working.settings) : undefined };
}

async function tellAll(inside: Working, run: Run, told: ReadonlyMap<number, Told>): Promise<void> {
  const files = new Map<number, OutFile>();
  const provider = (await findProvider(inside.db))?.id ?? 0;
  const reply = async (scope: Scope): Promise<Reply | undefined> => {
    const reader = scope.kind === 'all' ? provider : scope.organizationId;
    const one = told.get(reader);
    if (one === undefined) return undefined;
    const { report } = one.read;
    if (one.workbook !== undefined && !files.has(reader)) {
      const number = run.scheduled ? undefined : run.id;
      const name = workbookName(run.period, number, 'xlsx');
      const kept = await keepFile(inside, { name, contentType: XLSX, bytes: one.workbook, days: DAYS });
      const again = exportCommand(run.period, number, report.of);
      files.set(reader, { ...kept, again });
    }
    const findings = await openFindings(inside.db, scopeOf(report.organization), inside.now);
    return notice({ ...report, findings, next: nextRun(inside) }, files.get(reader));
  };
  await notify(inside, { kind: 'reconciliation', key: `reconciliation:${run.id}`, reply });
}
