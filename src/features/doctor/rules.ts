import type { DoctorFinding } from '../../../cards/doctor-report.ts';
import { count, dateTime, duration, list, number } from '../../../cards/format.ts';
import type { Check } from '../../chat/edge.ts';
import type {
  Database,
  Failing,
  Posts,
  Queue,
  Reading,
  Refused,
  RefusedByVendor,
  Throttled,
} from './store.ts';

/** What can't be told apart by the clocks of two machines that are kept by a time server, with much to spare. */
const MOST_SECONDS_APART = 5;
const SLOW_MS = 250;
const LONGEST_WAIT_MINUTES = 10;
const LONGEST_READING_HOURS = 6;
const DELIVERIES = { title: 'Deliveries', command: 'deliveries' };
const GIVEN_UP = { title: 'Not delivered', command: 'deliveries dead' };

const good = (about: string, says: string): DoctorFinding => ({ about, state: 'good', says });
const attention = (
  about: string,
  says: string,
  remedy: string,
  see?: DoctorFinding['see'],
): DoctorFinding => ({ about, state: 'attention', says, remedy, see });

const nameOf = (platform: string): string => platform.charAt(0).toUpperCase() + platform.slice(1);

export const platformFinding = (platform: string, { what, state, says, remedy }: Check): DoctorFinding => ({
  about: `${nameOf(platform)}: ${what}`,
  state,
  says,
  remedy,
});

export function databaseFinding(
  { version, bytes }: Database,
  roundTrip: number,
  migrations: { readonly done: number; readonly pending: readonly string[] },
): DoctorFinding {
  const engine = engineOf(version);
  if (migrations.pending.length > 0) {
    const says = `${engine} lacks ${count(migrations.pending.length, 'migration')}: ${list(migrations.pending)}.`;
    return attention(
      'Database',
      says,
      'Start the newest version of the bot once more: a start brings it up to date.',
    );
  }
  const size = `takes ${number(Math.round(bytes / 1e6))} MB; all ${migrations.done} migrations are done`;
  if (roundTrip > SLOW_MS) {
    const says = `${engine} needs ${number(Math.round(roundTrip))} ms for an answer, and ${size}.`;
    return attention(
      'Database',
      says,
      'Run the bot nearer to its database, or see what keeps the database busy.',
    );
  }
  const fast = roundTrip < 1 ? 'less than 1 ms' : `${number(Math.round(roundTrip))} ms`;
  return good('Database', `${engine} answers in ${fast} and ${size}.`);
}

const isEmbedded = (version: string): boolean => /emscripten|emcc|wasm/i.test(version);

const engineOf = (version: string): string => {
  const [, name = 'PostgreSQL'] = /^(PostgreSQL [\d.]+)/.exec(version) ?? [];
  return isEmbedded(version) ? `The embedded ${name}` : name;
};

/** The embedded database has no clock but ours: there is nothing to compare. */
export function clockFindings({ version, at }: Database, ours: Date): DoctorFinding[] {
  if (isEmbedded(version)) return [];
  const seconds = Math.abs(at.getTime() - ours.getTime()) / 1000;
  if (seconds < 1) return [good('Clock', 'Ours and that of the database are less than a second apart.')];
  const says = `Ours and that of the database are ${duration(Math.round(seconds))} apart.`;
  if (seconds <= MOST_SECONDS_APART) return [good('Clock', says)];
  const remedy =
    'Have the clocks of both machines kept by a time server. Five minutes off, Slack and Teams are not let in any more.';
  return [attention('Clock', says, remedy)];
}

export function scheduleFinding(
  next: Date | undefined,
  { cron, timezone }: { readonly cron: string; readonly timezone: string },
): DoctorFinding {
  if (next === undefined) {
    const says = `With RECONCILE_CRON ${cron} no reconciliation is due within a year.`;
    return attention('Schedule', says, 'Set it to something like: 0 6 25 * *');
  }
  return good(
    'Schedule',
    `The next reconciliation is due ${dateTime(next.toISOString())} (${cron}, ${timezone}).`,
  );
}

export function queueFindings(queues: readonly Queue[]): DoctorFinding[] {
  const about = 'Background work';
  const late = queues.filter(({ oldestSeconds }) => (oldestSeconds ?? 0) > LONGEST_WAIT_MINUTES * 60);
  const failed = queues.filter((queue) => queue.failed > 0);
  const waiting = queues.reduce((sum, queue) => sum + queue.waiting, 0);
  const findings = [
    ...late.map(({ name, waiting: many, oldestSeconds }) =>
      attention(
        about,
        `${count(many, 'piece')} of ${name} ${many === 1 ? 'waits' : 'wait'}, the oldest for ${duration(oldestSeconds ?? 0)}.`,
        'See in the log what keeps the bot busy; another copy of it helps too.',
      ),
    ),
    ...failed.map(({ name, failed: many }) =>
      attention(
        about,
        `${count(many, 'piece')} of ${name} failed for good in the last day.`,
        'The log says why, under: background work failed.',
      ),
    ),
  ];
  if (findings.length > 0) return findings;
  const waits =
    waiting === 0
      ? 'Nothing waits'
      : `${count(waiting, 'piece')} ${waiting === 1 ? 'waits' : 'wait'} for their turn`;
  return [good(about, `${waits}, and nothing failed in the last day.`)];
}

const MOST_NAMES = 3;

export function noticeFindings({ dead, due, oldest, failing, givenUp }: Posts, now: Date): DoctorFinding[] {
  const minutes = oldest === null ? 0 : (now.getTime() - oldest.getTime()) / 60_000;
  const findings = [
    ...(dead.length > 0 ? [deadFinding(dead)] : []),
    ...failing.map(failingFinding),
    ...(minutes > LONGEST_WAIT_MINUTES
      ? [
          attention(
            'Notices',
            `${count(due, 'post')} could be sent and ${due === 1 ? 'is' : 'are'} not, the oldest for ${duration(Math.round(minutes * 60))}.`,
            'See in the log what keeps them back. A long burst of notices is posted at the pace of the platform.',
            DELIVERIES,
          ),
        ]
      : []),
    ...(givenUp > 0
      ? [
          attention(
            'Notices',
            `${count(givenUp, 'post')} of the last day ${givenUp === 1 ? 'was' : 'were'} given up.`,
            'The list says why.',
            GIVEN_UP,
          ),
        ]
      : []),
  ];
  if (findings.length > 0) return findings;
  return [good('Notices', 'None waits longer than it should, and every place can be reached.')];
}

const failingFinding = ({ platform, places, seconds, error }: Failing): DoctorFinding =>
  attention(
    'Notices',
    `Posts to ${nameOf(platform)} have failed for ${duration(Math.round(seconds))} in ${count(places, 'place')}, the last one with: ${error}`,
    'Nothing is given up for that: each is tried again every five minutes.',
    DELIVERIES,
  );

function deadFinding(dead: Posts['dead']): DoctorFinding {
  const names = dead.map(({ name, platform }) => `${name || 'a conversation'} (${nameOf(platform)})`);
  const more = names.length - MOST_NAMES;
  const shown = [...names.slice(0, MOST_NAMES), ...(more > 0 ? [`${number(more)} more`] : [])];
  const kept = dead.reduce((sum, { waiting }) => sum + waiting, 0);
  const keeps = kept === 0 ? 'Nothing is kept' : `${count(kept, 'post')} ${kept === 1 ? 'is' : 'are'} kept`;
  const them = dead.length === 1 ? 'it' : 'them';
  return attention(
    'Places out of reach',
    `Nothing gets through to ${list(shown)}. ${keeps} for ${them}.`,
    'Add the bot there and say: deliveries revive and the name of the place. Or talk to it from there.',
    DELIVERIES,
  );
}

export const throttlingFindings = (throttled: readonly Throttled[]): DoctorFinding[] =>
  throttled.length === 0
    ? [good('Throttling', 'No platform asked to be slower in the last day.')]
    : throttled.map(({ platform, places, last }) =>
        attention(
          'Throttling',
          `${nameOf(platform)} asked to be slower in ${count(places, 'place')}, last ${dateTime(last.toISOString())}.`,
          'Nothing is lost, posts wait as long as it asks. Where it goes on, have fewer notices go to one place.',
        ),
      );

export function mailFinding(isSet: boolean, { count: many, error }: Refused): DoctorFinding {
  if (!isSet) return good('Letters', 'None are sent: SMTP_URL is not set.');
  if (many === 0) return good('Letters', 'None was refused in the last day.');
  return attention(
    'Letters',
    `${count(many, 'letter')} of the last day ${many === 1 ? 'was' : 'were'} refused; the last one: ${error ?? 'nobody knows why'}.`,
    'See whether the address is right.',
    GIVEN_UP,
  );
}

/** What vendors did not do: orders of the last day that nobody mended, and who has units here and not there. */
export function refusalFindings(
  orders: readonly RefusedByVendor[],
  services: readonly RefusedByVendor[],
): DoctorFinding[] {
  const [order] = orders;
  const [service] = services;
  if (order === undefined && service === undefined)
    return [good('Refused by vendors', 'No order of the last day, and no assignment.')];
  return [
    ...(order === undefined
      ? []
      : [
          attention(
            'Orders that failed',
            `${count(orders.length, 'order')} of the last day: ${named(orders)}.`,
            `Mend what is wrong and try again: retry ${order.ref}`,
            { title: `Retry ${order.ref}`, command: `retry ${order.ref}` },
          ),
        ]),
    ...(service === undefined
      ? []
      : [
          attention(
            'Refused assignments',
            `${count(services.length, 'service')}: ${named(services)}.`,
            `The vendor is asked again every hour. More about it: service ${service.ref}`,
            { title: `Service ${service.ref}`, command: `service ${service.ref}` },
          ),
        ]),
  ];
}

function named(refused: readonly RefusedByVendor[]): string {
  const more = refused.length - MOST_NAMES;
  const each = refused
    .slice(0, MOST_NAMES)
    .map(({ ref, reason }) => `${ref} (${reason.replace(/[.\s]+$/, '')})`);
  return list([...each, ...(more > 0 ? [`${number(more)} more`] : [])]);
}

export function vendorFindings(readings: readonly Reading[], now: Date): DoctorFinding[] {
  if (readings.length === 0) return [good('Vendors', 'None has been read so far.')];
  return readings.map(({ provider, started_at, finished_at, error }) => {
    const about = `Vendor ${provider}`;
    const began = dateTime(started_at.toISOString());
    const again = 'It is read again with the next reconciliation, or now with: findings read.';
    if (error !== null && finished_at === null) {
      return attention(about, `Reading it, begun ${began}, broke off: ${error}`, again);
    }
    if (finished_at !== null) return good(about, `Last read ${dateTime(finished_at.toISOString())}.`);
    const hours = (now.getTime() - started_at.getTime()) / 3_600_000;
    return hours > LONGEST_READING_HOURS
      ? attention(about, `Reading it, begun ${began}, has not ended.`, again)
      : good(about, `It is being read since ${began}.`);
  });
}

export const unknownFinding = (about: string, why: string): DoctorFinding =>
  attention(about, `It could not be looked at: ${why}`, 'The rest of this report holds all the same.');

export const versionFinding = (bot: string, node: string): DoctorFinding =>
  good('Versions', `Quartermaster ${bot} on Node ${node}.`);

/** Those of one thing, as far as it was named: `doctor slack`. */
export const about = (all: readonly DoctorFinding[], word: string): DoctorFinding[] =>
  all.filter((one) => one.about.toLowerCase().includes(word.toLowerCase()));
