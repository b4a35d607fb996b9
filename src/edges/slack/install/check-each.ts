import type { Check } from '../../../chat/edge.ts';
import type { Installed } from '../../../chat/installation.ts';
import { checkClock, checkSocket, checkToken, unreachable } from '../check.ts';
import { realTimers } from '../forms/timers.ts';
import { clockedClient } from '../web-api.ts';
import { allowanceOf } from './allowed.ts';
import { freshened, NoAccess, type Renewing } from './renewal.ts';

/** Slack is asked about so many workspaces at a time. */
const atATime = 10;
/** Sooner than whoever asks stops waiting for all of it. */
const LONGEST_SECONDS = 8;
const mostNamed = 20;

type Found = { readonly name: string; readonly checks: readonly Check[] };

/**
 * What is wrong in which workspace, and one line for all where nothing is. Where there is no time for all, the next look
 * begins with the others.
 */
export function checkEach(options: Renewing) {
  let first = 0;
  return async (
    installed: readonly Installed[],
    isOpen: (() => boolean) | undefined,
  ): Promise<readonly Check[]> => {
    const apart: number[] = [];
    const inTurn = [...installed.slice(first), ...installed.slice(0, first)];
    const found = await inTime(options, inTurn, (one) => checkOne(options, one, apart));
    first = found.length === installed.length ? 0 : (first + found.length) % installed.length;
    const bad = found.filter((one) => !isGood(one));
    return [
      summary(found, installed.length, startOf(options)),
      ...bad.slice(0, mostNamed).flatMap(({ name, checks }) => checks.map(named(name))),
      ...unnamed(bad.length - mostNamed),
      ...olderKeys(installed),
      ...(isOpen === undefined ? [] : [checkSocket(isOpen())]),
      ...(apart.length === 0 ? [] : [checkClock(Math.max(...apart))]),
    ];
  };
}

/** What is found until it has taken too long. */
async function inTime(
  { timers = realTimers }: Renewing,
  installed: readonly Installed[],
  look: (one: Installed) => Promise<Found>,
): Promise<readonly Found[]> {
  const waiting = [...installed];
  const found: Found[] = [];
  const lookOn = async () => {
    for (let one = waiting.shift(); one !== undefined; one = waiting.shift()) found.push(await look(one));
  };
  let cancel = () => {};
  const late = new Promise<void>((done) => {
    cancel = timers.after(LONGEST_SECONDS * 1_000, done);
  });
  await Promise.race([Promise.all(Array.from({ length: atATime }, lookOn)), late]);
  cancel();
  waiting.length = 0;
  return [...found];
}

async function checkOne(options: Renewing, installed: Installed, apart: number[]): Promise<Found> {
  const { name } = installed;
  const again = `Have the bot installed there again: ${startOf(options)}`;
  if (allowanceOf(options.install.allowed, installed) === undefined) {
    const says = `SLACK_WORKSPACES does not name ${installed.workspace}: nobody there is answered.`;
    const remedy = 'Name it there, or have the app taken out of it.';
    return { name, checks: [{ what: 'Workspace', state: 'attention', says, remedy }] };
  }
  try {
    const { access } = await freshened(options, installed);
    const clocked = clockedClient(options, access.token, options.now ?? Date.now);
    const checks = await checkToken(clocked.client, again);
    const seconds = clocked.secondsApart();
    if (seconds !== undefined) apart.push(seconds);
    return { name, checks };
  } catch (err) {
    const says = err instanceof Error ? err.message : String(err);
    return { name, checks: [{ what: 'Token', state: 'attention', says, remedy: remedyOf(err, again) }] };
  }
}

function remedyOf(err: unknown, again: string): string {
  if (!(err instanceof NoAccess)) return 'Ask again in a minute; else see the log of the bot.';
  switch (err.reason) {
    case 'no key':
      return `Put the key that sealed it into SECRET_KEY, after the others. If that key is lost: ${again}`;
    case 'settings':
      return 'See whether SLACK_CLIENT_ID and SLACK_CLIENT_SECRET are those of the app.';
    case 'busy':
      return 'Ask again in a minute; else see the logs of the other copies.';
    case 'unreachable':
      return unreachable;
    case 'refused':
      return again;
  }
}

/** Where somebody who may install apps begins. */
const startOf = ({ install }: Renewing): string => install.redirectUrl.replace(/[^/]+$/, 'install');

const isGood = ({ checks }: Found) => checks.every(({ state }) => state !== 'attention');

function summary(found: readonly Found[], of: number, start: string): Check {
  const what = 'Workspaces';
  if (of === 0) {
    const says = `The bot is not installed anywhere yet. An admin of a workspace begins here: ${start}`;
    return { what, state: 'note', says };
  }
  const good = found.filter(isGood).map(({ name }) => name);
  const more = good.length > mostNamed ? `, and ${good.length - mostNamed} more` : '';
  const names = good.length === 0 ? '.' : `: ${good.slice(0, mostNamed).join(', ')}${more}.`;
  const says = `${good.length} of ${found.length} are as they should be${names}`;
  if (found.length === of) return { what, state: good.length === of ? 'good' : 'note', says };
  const looked = `${found.length} of ${of} were looked at within ${LONGEST_SECONDS} seconds.`;
  return found.length === 0
    ? { what, state: 'attention', says: looked, remedy: unreachable }
    : {
        what,
        state: 'note',
        says: `${looked} ${says}`,
        remedy: 'Ask again: the next look begins with the others.',
      };
}

function unnamed(count: number): Check[] {
  if (count <= 0) return [];
  const says = `${count} more ${count === 1 ? 'is' : 'are'} not as ${count === 1 ? 'it' : 'they'} should be.`;
  const remedy = 'See to those that are named, then ask again.';
  return [{ what: 'More workspaces', state: 'attention', says, remedy }];
}

function olderKeys(installed: readonly Installed[]): Check[] {
  const count = installed.filter(({ hasOlderKey }) => hasOlderKey).length;
  if (count === 0) return [];
  const whose = count === 1 ? 'The token of one workspace is' : `The tokens of ${count} workspaces are`;
  const says = `${whose} sealed with an older key: leave it in SECRET_KEY until this line is gone, within a day.`;
  return [{ what: 'Keys', state: 'note', says }];
}

const named =
  (name: string) =>
  (check: Check): Check => ({ ...check, what: `${check.what} in ${name}` });
