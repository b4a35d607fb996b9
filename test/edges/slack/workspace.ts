import { webApi } from '@slack/bolt';
import { createEmulator } from 'emulate';
import { needed } from '../../../src/edges/slack/scopes.ts';
import { botToken, openRig } from './rig.ts';

export type Workspace = Awaited<ReturnType<typeof openWorkspace>>;

/**
 * A workspace of `emulate` with the bot in it, and the edge that talks to it. The bot has the scopes that it can't do
 * without, so that a call outside of them fails here as it would in Slack; an admin may have given `more`.
 */
export async function openWorkspace(more: readonly string[] = []) {
  const emulator = await createEmulator({
    service: 'slack',
    port: 0,
    seed: {
      slack: {
        users: [
          { name: 'alice', real_name: 'Alice Adams', email: 'Alice@Contoso.example' },
          { name: 'bob', real_name: 'Bob Brown', email: 'bob@contoso.example' },
        ],
        channels: [{ name: 'ops' }, { name: 'closed', is_private: true }],
        oauth_apps: [
          {
            client_id: '1.2',
            client_secret: 'secret',
            app_id: 'A1',
            name: 'Quartermaster',
            redirect_uris: [],
            bot_id: 'B0QM',
            bot_user_id: 'U0QM',
            bot_name: 'quartermaster',
          },
        ],
        tokens: [
          { token: botToken, user_id: 'U0QM', bot_id: 'B0QM', app_id: 'A1', scopes: [...needed, ...more] },
          { token: 'xoxp-alice', user: 'alice' },
        ],
        strict_scopes: true,
      },
    },
  });
  const apiUrl = `${emulator.url}/api/`;
  const alice = new webApi.WebClient('xoxp-alice', { slackApiUrl: apiUrl });
  const bot = new webApi.WebClient(botToken, { slackApiUrl: apiUrl });
  const users = (await alice.users.list({})).members ?? [];
  const channels =
    (await alice.conversations.list({ types: 'public_channel,private_channel' })).channels ?? [];
  const rig = await openRig({ apiUrl, team: 'T000000001' });
  return {
    ...rig,
    alice,
    bot,
    emulator,
    user: (name: string) => users.find((user) => user.name === name)?.id ?? '',
    channel: (name: string) => channels.find((channel) => channel.name === name)?.id ?? '',
    async history(channel: string) {
      return (await alice.conversations.history({ channel })).messages ?? [];
    },
    async thread(channel: string, ts: string) {
      return (await alice.conversations.replies({ channel, ts })).messages ?? [];
    },
    async close() {
      await rig.close();
      await emulator.close();
    },
  };
}
