import { App, type Receiver, SocketModeReceiver } from '@slack/bolt';
import type { SlackOptions } from './options.ts';
import {
  isForBot,
  type Reception,
  type Request,
  requestOfAction,
  requestOfCommand,
  requestOfEvent,
  type Spoken,
} from './requests/inbound.ts';
import { boltLog, clientOptions } from './web-api.ts';

/** The slash command of the app manifest. */
export const command = '/qm';

export const socketReceiver = (options: SlackOptions, appToken: string): SocketModeReceiver =>
  new SocketModeReceiver({
    appToken,
    logger: boltLog(options.log),
    installerOptions: { clientOptions: clientOptions(options) },
  });

/** Bolt with what it does on its own turned off: whose messages count is for `inbound.ts` to say. */
export function boltApp({ botToken, log }: SlackOptions, receiver: Receiver): App {
  const app = new App({
    receiver,
    logger: boltLog(log),
    convoStore: false,
    ignoreSelf: false,
    authorize: async () => ({ botToken }),
  });
  app.error(async (err) => log.error({ err }, 'Bolt could not handle a request'));
  return app;
}

/** Everything is acknowledged at once: Slack waits three seconds. */
export function listen(
  app: App,
  reception: Reception,
  begin: (request: () => Promise<Request | undefined>) => void,
): void {
  app.use(async (args) => {
    if ('ack' in args && typeof args.ack === 'function') await (args.ack as () => Promise<void>)();
    await args.next();
  });
  const onEvent = (eventId: string, event: Spoken) => {
    if (isForBot(event)) begin(() => requestOfEvent(reception, eventId, event));
  };
  app.event('app_mention', async ({ body, event }) => onEvent(body.event_id, event as Spoken));
  app.event('message', async ({ body, event }) => onEvent(body.event_id, event as Spoken));
  app.command(command, async ({ body }) => begin(() => requestOfCommand(reception, body)));
  app.action({ type: 'block_actions' }, async ({ body }) => begin(() => requestOfAction(reception, body)));
}
