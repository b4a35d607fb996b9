import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Logger } from '@slack/logger';
import { ErrorCode, type Installation as Given, InstallProvider, InvalidStateError } from '@slack/oauth';
import type { Installation } from '../../../chat/installation.ts';
import type { InstallOptions, SlackOptions } from '../options.ts';
import { needed, optional } from '../scopes.ts';
import { boltLog, clientOptions, webClient } from '../web-api.ts';
import { allowanceOf } from './allowed.ts';
import { type Page, show } from './page.ts';
import { lifeSeconds, newState, takeState } from './state.ts';

export type Handle = (request: IncomingMessage, response: ServerResponse) => Promise<void>;
/** Where a browser begins to install the bot, and where Slack sends it back to. */
export type InstallDoor = { readonly begin: Handle; readonly finish: Handle };

/**
 * The pages on which people install the bot in their workspace. Who comes back must be the browser that began: Slack's
 * own library compares the state with its cookie.
 */
export function installDoor(options: SlackOptions, install: InstallOptions): InstallDoor {
  const { log } = options;
  const provider = providerOf(options, install);
  const failed = (response: ServerResponse) => (err: unknown) => {
    log.error({ why: whyOf(err) }, 'The bot could not be installed in a Slack workspace');
    if (!response.headersSent) show(response, tryAgain);
  };
  return {
    begin: (request, response) => provider.handleInstallPath(request, response).catch(failed(response)),
    finish: (request, response) =>
      provider
        .handleCallback(request, response, {
          afterInstallation: async (given) => {
            const refusal = await refusalOf(options, install, given as Given);
            if (refusal !== undefined) show(response, refusal);
            return refusal === undefined;
          },
          success: ({ team, enterprise }) => show(response, done((team ?? enterprise)?.name)),
          failure: (err) => show(response, pageOf(err)),
        })
        .catch(failed(response)),
  };
}

/** Slack let the bot in, and its token is lost. */
class NotKept extends Error {
  override name = 'NotKept';
}

function pageOf(err: { readonly code?: string }): Page {
  if (err instanceof NotKept) return notKept;
  return err.code === ErrorCode.InvalidStateError ? stale : tryAgain;
}

function providerOf(options: SlackOptions, install: InstallOptions): InstallProvider {
  const { clientId, clientSecret, redirectUrl, seal } = install;
  const { now = Date.now, apiUrl } = options;
  const scopes = [...needed, ...optional];
  const installUrlOptions = { scopes, redirectUri: redirectUrl };
  return new InstallProvider({
    clientId,
    clientSecret,
    installUrlOptions,
    directInstall: true,
    ...(apiUrl !== undefined && { authorizationUrl: new URL('/oauth/v2/authorize', apiUrl).href }),
    // With this prefix a browser takes the cookie from this very host only.
    stateCookieName: '__Host-quartermaster-slack',
    stateCookieExpirationSeconds: lifeSeconds,
    stateStore: {
      generateStateParam: async () => newState(seal, new Date(now())),
      async verifyStateParam(_, state) {
        if (!(await takeState(install, state, new Date(now()))))
          throw new InvalidStateError('The state is not one of ours, or of earlier.');
        return installUrlOptions;
      },
    },
    installationStore: {
      storeInstallation: async (given) => {
        const installation = installationOf(given as Given);
        if (installation === undefined) throw new Error('Slack gave no bot token');
        await keep(options, install, installation);
      },
      fetchInstallation: async () => Promise.reject(new Error('Not asked for here')),
    },
    logger: wordsOnly(boltLog(options.log)),
    clientOptions: clientOptions(options),
  });
}

/** The token is not given back where it can't be kept: where the bot was before, that would be its end. */
async function keep({ log }: SlackOptions, install: InstallOptions, installation: Installation) {
  const { workspace } = installation;
  await install.installations.save(installation).catch((err: unknown) => {
    log.error({ workspace, why: whyOf(err) }, 'The token of a Slack workspace could not be kept');
    throw new NotKept('The token could not be kept', { cause: err });
  });
  log.info({ workspace }, 'The bot was installed in a Slack workspace');
  await install.installed?.(workspace).catch((err: unknown) => {
    log.error({ workspace, why: whyOf(err) }, 'What waits for a Slack workspace could not be looked for');
  });
}

/** An error may hold a whole answer of Slack, with the token in it. */
const wordsOnly = (logger: Logger): Logger => ({
  ...logger,
  error: (...words: unknown[]) => logger.error(...words.map(whyOf)),
});

const whyOf = (err: unknown): string => (err instanceof Error ? err.message : String(err));

/** A workspace that is not allowed keeps no app of ours, and we keep no token of it. */
async function refusalOf(
  options: SlackOptions,
  install: InstallOptions,
  given: Given,
): Promise<Page | undefined> {
  const installation = installationOf(given);
  if (installation === undefined) return tryAgain;
  if (allowanceOf(install.allowed, installation) !== undefined) return undefined;
  const { workspace, name, access } = installation;
  options.log.warn(
    { workspace, name },
    'A Slack workspace that SLACK_WORKSPACES does not name was turned away',
  );
  const isGivenBack = await webClient(options, access.token)
    .auth.revoke()
    .then(() => true)
    .catch((err: unknown) => {
      const why = whyOf(err);
      options.log.warn({ workspace, why }, 'The token of a Slack workspace could not be given back');
      return false;
    });
  return notAllowed(name, workspace, isGivenBack);
}

/** An organization-wide installation has no team. Source: https://docs.slack.dev/enterprise/organization-ready-apps */
function installationOf(given: Given): Installation | undefined {
  const { team, enterprise, bot, user } = given;
  const where = given.isEnterpriseInstall ? enterprise : team;
  if (where === undefined || bot === undefined) return undefined;
  const { token, refreshToken, expiresAt } = bot;
  const renews = refreshToken !== undefined && expiresAt !== undefined;
  return {
    workspace: where.id,
    name: where.name ?? where.id,
    ...(enterprise && { enterprise: enterprise.id }),
    botUser: bot.userId,
    bot: bot.id,
    installedBy: user.id,
    access: {
      token,
      ...(renews && { renewal: { token: refreshToken, expiresAt: new Date(expiresAt * 1_000) } }),
    },
  };
}

const done = (name: string | undefined): Page => ({
  status: 200,
  title: 'Installed',
  says: [
    `Quartermaster is now in ${name ?? 'your workspace'}.`,
    'Type /qm help anywhere in Slack, or write to Quartermaster directly.',
    'In an organization of several workspaces, an admin still adds the app to each of them.',
  ],
});

const notAllowed = (name: string, workspace: string, isGivenBack: boolean): Page => ({
  status: 403,
  title: 'Not installed',
  says: [
    `${name} (${workspace}) may not have this bot, so it does not answer there.`,
    `Whoever runs the bot can allow it: the setting SLACK_WORKSPACES has to name ${workspace}.`,
    ...(isGivenBack ? [] : ['Slack still lists the app there: an admin can remove it.']),
  ],
});

const stale: Page = {
  status: 400,
  title: 'Not installed',
  says: [
    'This took too long, or it began in another browser.',
    'Please begin again from the link that you were given.',
  ],
};

const tryAgain: Page = {
  status: 400,
  title: 'Not installed',
  says: [
    'Slack did not go through with it, so the bot has kept nothing of it.',
    'Please begin again from the link.',
  ],
};

const notKept: Page = {
  status: 500,
  title: 'Not installed yet',
  says: [
    'Slack let the bot in, but the bot could not keep what it was given, so it can not answer with it.',
    'Please begin again from the link in a minute: Slack does not mind. If it stays like this, tell whoever runs the bot.',
  ],
};
