import { type Asked, type CarryOut, keepFile, type Organization, scopeOf } from '../../bot/index.ts';
import type { OutFile, Reply } from '../../chat/reply.ts';
import { withOrganization } from '../organizations/details.ts';
import { exported, tooLarge } from './exports/replies.ts';
import { menu, noRun, progress, reconciled } from './replies.ts';
import { readRun } from './report.ts';
import { type Format, periodOf, type Run } from './rules.ts';
import { findNumbered, findRun, lastPeriods } from './store.ts';
import { CSV, csvOf, linesIn, MOST_IN_WORKBOOK, workbookName, workbookOf, XLSX } from './workbook.ts';

/** How many other months are offered where a month has no run. */
const MOST_OFFERED = 3;
/** How long an export can be opened. */
const DAYS = 7;

/** Which month, and which of its runs; else the run that tells most of it, beside what the others changed. */
type Which = { readonly period: string; readonly run?: number; readonly of: string };

/** `reconcile 2026-11 [run 12] [organization]`, as far as the asker may see it. */
export function showPast(asked: Asked, which: Which): Promise<Reply> {
  return ofMonth(asked, which, '', async (run, about) => {
    const { member } = asked;
    if (run.appliedAt === null) return progress(run, run.organization.id !== member.organization.id);
    const month = which.run === undefined;
    const read = await readRun(asked.db, run, { about, reader: member.organization, month });
    return read === undefined ? none(asked, which, about) : reconciled(read.report);
  });
}

type Material = {
  readonly name: string;
  readonly contentType: string;
  readonly bytes: Uint8Array;
};

/** `reconcile 2026-11 [run 12] export [csv]`. The files are made first: it may take seconds in which nobody else should wait. */
export async function exportPast(
  asked: Asked,
  { formats, ...which }: Which & { readonly formats: readonly Format[] },
): Promise<CarryOut> {
  let made: { files: readonly Material[]; answer(files: readonly OutFile[]): Reply } | undefined;
  const { period } = which;
  const only = formats.length === 1 ? ` ${formats[0]}` : '';
  const reply = await ofMonth(asked, which, ` export${only}`, async (run, about) => {
    const { db, member, settings } = asked;
    if (run.appliedAt === null) return progress(run, run.organization.id !== member.organization.id);
    const month = which.run === undefined;
    const read = await readRun(db, run, { about, reader: member.organization, month });
    if (read === undefined) return none(asked, which, about);
    const { organization, of } = read.report;
    const what = { organization, period, run: which.run, of, lines: linesIn(read.report) };
    if (formats.includes('xlsx') && what.lines > MOST_IN_WORKBOOK) return tooLarge(what, MOST_IN_WORKBOOK);
    const files: Material[] = [];
    if (formats.includes('xlsx')) {
      const bytes = await workbookOf(db, run, read, settings);
      files.push({ name: workbookName(period, which.run, 'xlsx'), contentType: XLSX, bytes });
    }
    if (formats.includes('csv')) {
      const bytes = await csvOf(db, run, read, settings);
      files.push({ name: workbookName(period, which.run, 'csv'), contentType: CSV, bytes });
    }
    made = { files, answer: (kept) => exported(what, kept) };
    return exported(what, []);
  });
  return async (inside) => {
    if (made === undefined) return reply;
    const kept: OutFile[] = [];
    for (const { name: file, contentType, bytes } of made.files)
      kept.push(await keepFile(inside, { name: file, contentType, bytes, days: DAYS }));
    return made.answer(kept);
  };
}

/** Runs `show` with the run that is meant and is about the organization of this name. */
function ofMonth(
  asked: Asked,
  which: Which,
  ending: string,
  show: (run: Run, about: Organization) => Promise<Reply>,
): Promise<Reply> {
  const { period, run: number, of } = which;
  const command = `reconcile ${period}${number === undefined ? '' : ` run ${number}`}${ending}`;
  return withOrganization(asked, of, command, async (about) => {
    const scope = scopeOf(about);
    const run =
      number === undefined
        ? await findRun(asked.db, period, about, scope)
        : await findNumbered(asked.db, { period, run: number }, about, scope);
    return run === undefined ? none(asked, which, about) : show(run, about);
  });
}

async function none(asked: Asked, { period, run }: Which, about: Organization): Promise<Reply> {
  const known = await lastPeriods(asked.db, about, scopeOf(about), MOST_OFFERED);
  return noRun({
    period,
    run,
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
