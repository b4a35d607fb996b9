import type { Check } from '../../../chat/edge.ts';
import type { Installed } from '../../../chat/installation.ts';
import { checkClock, checkSocket, checkToken } from '../check.ts';
import { clockedClient } from '../web-api.ts';
import { allowanceOf } from './allowed.ts';
import { freshened, type Renewing } from './renewal.ts';

/** Slack is asked about so many workspaces at a time. */
const atATime = 10;
const mostNamed = 20;

/** What is wrong in which workspace, and one line for all where nothing is. */
export async function checkEach(
  options: Renewing,
  installed: readonly Installed[],
  isOpen: (() => boolean) | undefined,
): Promise<readonly Check[]> {
  const apart: number[] = [];
  const found: { readonly name: string; readonly checks: readonly Check[] }[] = [];
  for (let start = 0; start < installed.length; start += atATime) {
    const some = installed.slice(start, start + atATime);
    found.push(...(await Promise.all(some.map((one) => checkOne(options, one, apart)))));
  }
  const isGood = ({ checks }: { readonly checks: readonly Check[] }) =>
    checks.every(({ state }) => state !== 'attention');
  return [
    summary(
      found.filter(isGood).map(({ name }) => name),
      installed.length,
      startOf(options),
    ),
    ...found.filter((one) => !isGood(one)).flatMap(({ name, checks }) => checks.map(named(name))),
    ...(isOpen === undefined ? [] : [checkSocket(isOpen())]),
    ...(apart.length === 0 ? [] : [checkClock(Math.max(...apart))]),
  ];
}

async function checkOne(options: Renewing, installed: Installed, apart: number[]) {
  const { name } = installed;
  const remedy = `Have the bot installed there again: ${startOf(options)}`;
  if (allowanceOf(options.install.allowed, installed) === undefined) {
    const says = `SLACK_WORKSPACES does not name ${installed.workspace}: nobody there is answered.`;
    const rid = 'Name it there, or have the app taken out of it.';
    return { name, checks: [{ what: 'Workspace', state: 'attention', says, remedy: rid } as const] };
  }
  try {
    const { access } = await freshened(options, installed);
    const clocked = clockedClient(options, access.token, options.now ?? Date.now);
    const checks = await checkToken(clocked.client, remedy);
    const seconds = clocked.secondsApart();
    if (seconds !== undefined) apart.push(seconds);
    return { name, checks };
  } catch (err) {
    const says = err instanceof Error ? err.message : String(err);
    return { name, checks: [{ what: 'Token', state: 'attention', says, remedy } as const] };
  }
}

/** Where somebody who may install apps begins. */
const startOf = ({ install }: Renewing): string => install.redirectUrl.replace(/[^/]+$/, 'install');

function summary(good: readonly string[], of: number, start: string): Check {
  const what = 'Workspaces';
  if (of === 0) {
    const says = `The bot is not installed anywhere yet. An admin of a workspace begins here: ${start}`;
    return { what, state: 'note', says };
  }
  const more = good.length > mostNamed ? `, and ${good.length - mostNamed} more` : '';
  const names = good.length === 0 ? '.' : `: ${good.slice(0, mostNamed).join(', ')}${more}.`;
  return {
    what,
    state: good.length === of ? 'good' : 'note',
    says: `${good.length} of ${of} are as they should be${names}`,
  };
}

const named =
  (name: string) =>
  (check: Check): Check => ({ ...check, what: `${check.what} in ${name}` });
