import { PostFailed } from '../../../chat/edge.ts';
import type { Installed } from '../../../chat/installation.ts';
import type { Json, Place } from '../../../chat/place.ts';
import { slackWord } from '../answers/failures.ts';
import type { InstallOptions, SlackOptions } from '../options.ts';
import { webClient } from '../web-api.ts';
import { allowanceOf, vouches } from './allowed.ts';
import { checkEach } from './check-each.ts';
import { freshened, NoAccess, type Renewing } from './renewal.ts';
import { unwrittenTokens } from './unwritten.ts';
import { type Whose, type Workspace, type Workspaces, workspaceWith } from './workspaces.ts';

const mostKept = 1_000;

/** What Slack says of a token that will never be good again. Source: https://docs.slack.dev/reference/methods/auth.test */
const over = new Set(['account_inactive', 'token_revoked']);

/** The workspaces in which people have installed the bot. */
export function severalWorkspaces(options: SlackOptions, install: InstallOptions): Workspaces {
  const { log } = options;
  const { installations, allowed } = install;
  const unwritten = unwrittenTokens(options, install);
  const renewing: Renewing = { ...options, install, memory: { unwritten, spent: new Map() } };
  const check = checkEach(renewing);
  const workspaceOf = workspaceKeeper(renewing);

  const find = async (workspace: string): Promise<Installed | undefined> => {
    const installed = await installations.find(workspace);
    return installed && allowanceOf(allowed, installed) ? installed : undefined;
  };
  /** Asks Slack, since the bot may be installed there once more by the time that it hears of the end. */
  const isOver = async (installed: Installed): Promise<boolean> => {
    try {
      const { access } = await freshened(renewing, installed);
      await webClient(options, access.token).auth.test();
      return false;
    } catch (err) {
      return isRefusedForGood(err);
    }
  };
  const forgetWhereOver = async (workspace: string): Promise<boolean> => {
    const installed = await installations.find(workspace);
    if (installed === undefined) return true;
    if (!(await isOver(installed)) || !(await installations.forget(installed))) return false;
    log.warn({ workspace, name: installed.name }, 'The bot was taken out of a Slack workspace');
    return true;
  };

  return {
    async of(whose) {
      for (const workspace of namesOf(whose)) {
        const installed = await find(workspace);
        if (installed !== undefined) return workspaceOf(installed, whose.team);
      }
      return undefined;
    },
    async at(place) {
      const workspace = workspaceIn(place);
      const installed = await find(workspace);
      if (installed === undefined) throw goneFrom(workspace);
      return workspaceOf(installed, teamIn(place)).catch((err: unknown) => {
        if (!(err instanceof NoAccess)) throw err;
        throw new PostFailed('later', `${installed.name}: ${err.message}`, { cause: err });
      });
    },
    async lost(whose) {
      for (const workspace of namesOf(whose)) await forgetWhereOver(workspace);
    },
    async closed(place, err) {
      if (!over.has(slackWord(err) ?? '')) return undefined;
      const workspace = workspaceIn(place);
      return (await forgetWhereOver(workspace)) ? goneFrom(workspace, err) : undefined;
    },
    async start() {
      const found = await installations.all();
      log.info({ workspaces: found.map(({ workspace }) => workspace) }, 'The bot is installed in Slack');
    },
    check: async (isOpen) => check(await installations.all(), isOpen),
    stop: () => unwritten.stop(),
  };
}

/** The whole organization comes first where Slack says that the app is installed there. */
function namesOf({ team, enterprise, isOrg }: Whose): string[] {
  const names = isOrg ? [enterprise, team] : [team, enterprise];
  return names.filter((name) => name !== undefined && name !== '') as string[];
}

/** Every id of a place and a person begins with where the bot is installed. */
const workspaceIn = ({ conversation }: Place): string => conversation.slice(0, conversation.indexOf(':'));

/** In an organization, the workspace that the place was last seen in. */
function teamIn({ address }: Place): string | undefined {
  const within = isObject(address) ? address.within : undefined;
  return typeof within === 'string' ? within : undefined;
}

const isObject = (json: Json | undefined): json is { readonly [key: string]: Json } =>
  typeof json === 'object' && json !== null && !Array.isArray(json);

const goneFrom = (workspace: string, cause?: unknown) =>
  new PostFailed('gone', `The bot is not installed in the Slack workspace ${workspace}, or may not be.`, {
    cause,
  });

function isRefusedForGood(err: unknown): boolean {
  const word = slackWord(err instanceof NoAccess ? err.cause : err) ?? '';
  // After the word of Slack that the app was taken out, a token that is not known is no accident.
  return over.has(word) || word === 'invalid_auth' || word === 'invalid_refresh_token';
}

/** One for each token: what it remembers of people and conversations goes with it. */
function workspaceKeeper(options: Renewing) {
  const kept = new Map<string, { token: string; workspace: Workspace }>();
  return async (installed: Installed, team: string | undefined): Promise<Workspace> => {
    const { access, workspace: name, botUser: user, bot, enterprise } = await freshened(options, installed);
    const within = name.startsWith('E') && team !== name ? team : undefined;
    const key = `${name} ${within ?? ''}`;
    const found = kept.get(key);
    if (found?.token === access.token) return found.workspace;
    const allowance = allowanceOf(options.install.allowed, installed);
    const workspace = workspaceWith(options, {
      token: access.token,
      within,
      identify: () => async () => ({ team: name, enterprise, user, bot, within }),
      vouches: allowance ? vouches(allowance) : () => false,
    });
    kept.delete(key);
    kept.set(key, { token: access.token, workspace });
    const [oldest] = kept.keys();
    if (kept.size > mostKept && oldest !== undefined) kept.delete(oldest);
    return workspace;
  };
}
