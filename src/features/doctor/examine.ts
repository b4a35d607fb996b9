import { readFile } from 'node:fs/promises';
import type { DoctorFinding } from '../../../cards/doctor-report.ts';
import type { Asked } from '../../bot/index.ts';
import { migrationsOf } from '../../db/index.ts';
import { nextDue } from '../../jobs/index.ts';
import { viewerHere } from '../organizations/view.ts';
import {
  clockFindings,
  databaseFinding,
  mailFinding,
  noticeFindings,
  platformFinding,
  queueFindings,
  refusalFindings,
  scheduleFinding,
  throttlingFindings,
  unknownFinding,
  vendorFindings,
  versionFinding,
} from './rules.ts';
import {
  loadDatabase,
  loadFailedOrders,
  loadPosts,
  loadQueues,
  loadReadings,
  loadRefusedLetters,
  loadThrottled,
  loadUnassigned,
  roundTripMs,
} from './store.ts';

const YEAR_MS = 366 * 24 * 60 * 60 * 1000;

/** Looks at everything, at one after the other: the embedded database has one connection. Nothing here changes anything. */
export async function examine(asked: Asked): Promise<DoctorFinding[]> {
  const { db, now, settings } = asked;
  const database = await look('Database', async () => {
    const found = await loadDatabase(db);
    return [
      databaseFinding(found, await roundTripMs(db), await migrationsOf(db)),
      ...clockFindings(found, now),
    ];
  });
  const schedule = { cron: settings.reconcileCron, timezone: settings.reconcileTimezone };
  return [
    ...database,
    ...(await look('Schedule', async () => {
      const next = nextDue({ name: 'reconcile', ...schedule }, now, new Date(now.getTime() + YEAR_MS));
      return [scheduleFinding(next, schedule)];
    })),
    ...(await look('Platforms', () => platforms(asked))),
    ...(await look('Notices', async () => noticeFindings(await loadPosts(db, now), now))),
    ...(await look('Throttling', async () => throttlingFindings(await loadThrottled(db)))),
    ...(await look('Background work', async () => queueFindings(await loadQueues(db)))),
    ...(await look('Letters', async () => [mailFinding(settings.mail, await loadRefusedLetters(db, now))])),
    ...(await look('Refused by vendors', async () => {
      const viewer = viewerHere(asked);
      return refusalFindings(await loadFailedOrders(db, viewer, now), await loadUnassigned(db, viewer));
    })),
    ...(await look('Vendors', async () => vendorFindings(await loadReadings(db), now))),
    ...(await look('Versions', async () => [versionFinding(await botVersion(), process.versions.node)])),
  ];
}

/** What can't be looked at is a finding as well, and keeps the others from nobody. */
async function look(about: string, at: () => Promise<DoctorFinding[]>): Promise<DoctorFinding[]> {
  try {
    return await at();
  } catch (fault) {
    return [unknownFinding(about, fault instanceof Error ? fault.message : String(fault))];
  }
}

async function platforms({ checks }: Asked): Promise<DoctorFinding[]> {
  const all = (await checks?.()) ?? [];
  return all.flatMap(({ platform, checks: found }) => found.map((check) => platformFinding(platform, check)));
}

async function botVersion(): Promise<string> {
  const file = await readFile(new URL('../../../package.json', import.meta.url), 'utf8');
  return (JSON.parse(file) as { version: string }).version;
}
