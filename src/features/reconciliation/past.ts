import { type Asked, type CarryOut, keepFile, type Organization, scopeOf } from '../../bot/index.ts';
import type { OutFile, Reply } from '../../chat/reply.ts';
import { withOrganization } from '../organizations/details.ts';
import { exported, menu, noRun, progress, reconciled, tooLarge } from './replies.ts';
import { readRun } from './report.ts';
import { type Format, periodOf, type Run } from './rules.ts';
import { findRun, lastPeriods } from './store.ts';
import { CSV, csvOf, linesIn, MOST_IN_WORKBOOK, workbookName, workbookOf, XLSX } from './workbook.ts';

/** How many other months are offered where a month has no run. */
const MOST_OFFERED = 3;
/** How long an export can be opened. */
const DAYS = 7;

/** `reconcile 2026-11 [organization]`: the run that tells most of that month, as far as the asker may see it. */
export function showPast(asked: Asked, period: string, name: string): Promise<Reply> {
  return ofMonth(asked, { period, name, command: `reconcile ${period}` }, async (run, about) => {
    const { member } = asked;
    if (run.appliedAt === null) return progress(run, run.organization.id !== member.organization.id);
    const read = await readRun(asked.db, run, { about, reader: member.organization });
    return read === undefined ? none(asked, period, about) : reconciled(read.report);
  });
}

type Material = {
  readonly name: string;
  readonly contentType: string;
  readonly bytes: Uint8Array;
};

/** `reconcile 2026-11 export [csv]`. The files are made first: it may take seconds in which nobody else should wait. */
export async function exportPast(
  asked: Asked,
  { period, of: name, formats }: { period: string; of: string; formats: readonly Format[] },
): Promise<CarryOut> {
  let made: { files: readonly Material[]; answer(files: readonly OutFile[]): Reply } | undefined;
  const csv = formats.length === 1 ? ' csv' : '';
  const reply = await ofMonth(
    asked,
    { period, name, command: `reconcile ${period} export${csv}` },
    async (run, about) => {
      const { db, member, settings } = asked;
      if (run.appliedAt === null) return progress(run, run.organization.id !== member.organization.id);
      const read = await readRun(db, run, { about, reader: member.organization });
      if (read === undefined) return none(asked, period, about);
      const { report } = read;
      const what = { organization: report.organization, period, lines: linesIn(report) };
      if (formats.includes('xlsx') && what.lines > MOST_IN_WORKBOOK)
        return tooLarge(what, MOST_IN_WORKBOOK, report.part ? report.organization.name : undefined);
      const files: Material[] = [];
      if (formats.includes('xlsx')) {
        const bytes = await workbookOf(db, run, read, settings);
        files.push({ name: workbookName(period, 'xlsx'), contentType: XLSX, bytes });
      }
      const bytes = await csvOf(db, run, read, settings);
      files.push({ name: workbookName(period, 'csv'), contentType: CSV, bytes });
      made = { files, answer: (kept) => exported(what, kept) };
      return exported(what, []);
    },
  );
  return async (inside) => {
    if (made === undefined) return reply;
    const kept: OutFile[] = [];
    for (const { name: file, contentType, bytes } of made.files)
      kept.push(await keepFile(inside, { name: file, contentType, bytes, days: DAYS }));
    return made.answer(kept);
  };
}

/** Runs `show` with the run of a month that is about the organization of this name. */
function ofMonth(
  asked: Asked,
  { period, name, command }: { readonly period: string; readonly name: string; readonly command: string },
  show: (run: Run, about: Organization) => Promise<Reply>,
): Promise<Reply> {
  return withOrganization(asked, name, command, async (about) => {
    const run = await findRun(asked.db, period, about, scopeOf(about));
    return run === undefined ? none(asked, period, about) : show(run, about);
  });
}

async function none(asked: Asked, period: string, about: Organization): Promise<Reply> {
  const known = await lastPeriods(asked.db, about, scopeOf(about), MOST_OFFERED);
  return noRun({
    period,
    today: periodOf(asked.now, asked.settings.reconcileTimezone),
    known,
    of: about.id === asked.member.organization.id ? undefined : about.name,
  });
}

/** `reconcile` alone. */
export async function showMenu(asked: Asked): Promise<Reply> {
  const { organization } = asked.member;
  const [latest] = await lastPeriods(asked.db, organization, scopeOf(organization), 1);
  return menu(latest);
}
