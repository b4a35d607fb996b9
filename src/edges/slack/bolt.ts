import { App, type Context, type Receiver, SocketModeReceiver } from '@slack/bolt';
import type { Trigger } from './forms/window.ts';
import type { Whose } from './install/workspaces.ts';
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
export function boltApp({ log }: SlackOptions, receiver: Receiver): App {
  const app = new App({
    receiver,
    logger: boltLog(log),
    convoStore: false,
    ignoreSelf: false,
    // Whose request it is Bolt says in its context; the token is looked up after the request is acknowledged.
    authorize: async (_, body) => ({ responseUrl: responseUrlIn(body) }),
  });
  app.error(async (err) => log.error({ err }, 'Bolt could not handle a request'));
  return app;
}

/** Begins a request of one workspace, once its reception is found. The time of a trigger counts from here. */
export type Begin = (
  whose: Whose,
  request: (reception: Reception) => Promise<Request | undefined>,
  trigger?: Trigger,
) => void;

export const whoseOf = ({ teamId, enterpriseId, isEnterpriseInstall, responseUrl }: Context): Whose => ({
  team: teamId,
  enterprise: enterpriseId,
  isOrg: isEnterpriseInstall,
  ...(typeof responseUrl === 'string' && { responseUrl }),
});

const responseUrlIn = (body: unknown): unknown =>
  (body as { readonly response_url?: unknown } | undefined)?.response_url;

/** Slack tells when the bot is taken out of a workspace; in what order, and how often, it does not promise. */
export function listenForEnd(app: App, lost: (whose: Whose) => void): void {
  app.event('app_uninstalled', async ({ context }) => lost(whoseOf(context)));
  app.event('tokens_revoked', async ({ context, event }) => {
    if ((event.tokens?.bot ?? []).length > 0) lost(whoseOf(context));
  });
}

/** These are acknowledged with their answer. */
const waitForAnswer: readonly unknown[] = ['view_submission', 'block_suggestion'];

/** Everything else is acknowledged at once: Slack waits three seconds. */
export function listen(app: App, begin: Begin): void {
  app.use(async (args) => {
    const isAtOnce = !waitForAnswer.includes((args.body as { readonly type?: unknown }).type);
    if (isAtOnce && 'ack' in args && typeof args.ack === 'function') {
      await (args.ack as () => Promise<void>)();
    }
    await args.next();
  });
  const onEvent = (context: Context, eventId: string, event: Spoken) => {
    if (!isForBot(event)) return;
    begin(whoseOf(context), (reception) => requestOfEvent(reception, eventId, event));
  };
  app.event('app_mention', async ({ body, event, context }) =>
    onEvent(context, body.event_id, event as Spoken),
  );
  app.event('message', async ({ body, event, context }) => onEvent(context, body.event_id, event as Spoken));
  app.command(command, async ({ body, context }) =>
    begin(whoseOf(context), (reception) => requestOfCommand(reception, body), { id: body.trigger_id }),
  );
  app.action({ type: 'block_actions' }, async ({ body, context, next }) => {
    // What is pressed in a window or on a page is not pressed in a conversation.
    if (body.view !== undefined) return next();
    const [pressed] = body.actions;
    const trigger = pressed?.type === 'button' && !pressed.url ? { id: body.trigger_id } : undefined;
    begin(whoseOf(context), (reception) => requestOfAction(reception, body), trigger);
  });
}
