import { atStart } from '../at-start.ts';
import { checkSlack } from '../check.ts';
import type { SlackOptions } from '../options.ts';
import { clockedClient, type Identity, identityOf } from '../web-api.ts';
import { type Whose, type Workspaces, workspaceWith } from './workspaces.ts';

const remedy = 'Install the app again and set SLACK_BOT_TOKEN to its new token.';

/** The one workspace whose token the settings name: it is the house of whoever runs the bot. */
export function oneWorkspace(options: SlackOptions, token: string): Workspaces {
  const { log, now = Date.now } = options;
  const workspace = workspaceWith(options, { token, identify: identityOf, vouches: () => true });
  return {
    of: async (whose) => (isOf(await workspace.desk.identity(), whose) ? workspace : undefined),
    at: async () => workspace,
    async lost(whose) {
      log.error(
        { ...whose },
        'Slack says that the app was taken out: install it again and set SLACK_BOT_TOKEN',
      );
    },
    closed: async () => undefined,
    async start() {
      const ask = { setting: 'SLACK_BOT_TOKEN', remedy, apiUrl: options.apiUrl };
      await atStart(ask, async () => {
        const { user, team } = await workspace.desk.identity();
        log.info({ user, team }, 'Slack knows the bot');
      });
    },
    check: (isOpen) => checkSlack({ ...clockedClient(options, token, now), isOpen }),
    stop: async () => undefined,
  };
}

/** The app may be installed elsewhere too, where this token is good for nothing. */
const isOf = (ours: Identity, { team, enterprise }: Whose): boolean =>
  team === undefined || team === ours.team || (enterprise !== undefined && enterprise === ours.enterprise);
