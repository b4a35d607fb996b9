import type { App } from '@slack/bolt';
import type { HomeOpened, Listening } from '../../../chat/edge.ts';
import { type Begin, whoseOf } from '../bolt.ts';
import type { Whose, Workspace } from '../install/workspaces.ts';
import type { Spoken } from '../requests/inbound.ts';
import { type LinkShared, linksSent, numbersSaid, showLinked, showNamed } from './overheard.ts';
import { requestOnPage } from './pressed.ts';
import { requestAtMessage, requestOfShortcut } from './shortcuts.ts';

type Around = {
  readonly begin: Begin;
  /** Nothing where the bot is not installed. */
  readonly workspaceOf: (whose: Whose) => Promise<Workspace | undefined>;
  readonly work: { add(task: () => Promise<void>): void };
  readonly homeOpened: HomeOpened | undefined;
  readonly listening: Listening | undefined;
};

/** Home tabs, shortcuts, and what people write to each other. */
export function listenAtHome(app: App, around: Around): void {
  listenOnPages(app, around);
  listenForShortcuts(app, around.begin);
  if (around.listening !== undefined) overhear(app, around, around.listening);
}

function listenOnPages(app: App, { begin, workspaceOf, work, homeOpened }: Around): void {
  app.event('app_home_opened', async ({ event, context }) => {
    if (event.tab !== 'home' || homeOpened === undefined) return;
    const { user, channel, view } = event;
    work.add(async () => {
      const at = await workspaceOf(whoseOf(context));
      if (at === undefined) return;
      const { directory } = at.reception;
      const [person, place] = await Promise.all([
        directory.person(user),
        directory.place(channel, { type: 'im' }),
      ]);
      await homeOpened({ person, place }, hashOf(view));
    });
  });
  app.action({ type: 'block_actions' }, async ({ body, context, next }) => {
    if (body.view?.type !== 'home') return next();
    const [pressed] = body.actions;
    if (pressed?.type !== 'button' || pressed.url) return;
    begin(whoseOf(context), (reception) => requestOnPage(reception, body), {
      id: body.trigger_id,
      shows: 'all',
    });
  });
}

function listenForShortcuts(app: App, begin: Begin): void {
  app.shortcut({ type: 'shortcut' }, async ({ body, context }) =>
    begin(whoseOf(context), (reception) => requestOfShortcut(reception, body), {
      id: body.trigger_id,
      shows: 'all',
    }),
  );
  app.shortcut({ type: 'message_action' }, async ({ body, context }) =>
    begin(whoseOf(context), (reception) => requestAtMessage(reception, body), { id: body.trigger_id }),
  );
}

function overhear(app: App, { workspaceOf, work }: Around, listening: Listening): void {
  const show = (whose: Whose, act: (at: Workspace) => Promise<void>) =>
    work.add(async () => {
      const at = await workspaceOf(whose);
      if (at !== undefined) await act(at);
    });
  app.event('message', async ({ event, context }) => {
    const spoken = event as Spoken;
    const numbers = numbersSaid(listening, spoken);
    if (numbers.length > 0) show(whoseOf(context), (at) => showNamed(listening, at, spoken, numbers));
  });
  app.event('link_shared', async ({ event, context }) => {
    const shared = event as LinkShared;
    const numbers = linksSent(listening, shared);
    if (numbers.size > 0) show(whoseOf(context), (at) => showLinked(listening, at, shared, numbers));
  });
}

/** Slack sends it, though its types do not know it. Source: https://docs.slack.dev/reference/events/app_home_opened */
const hashOf = (view: object | undefined): string | undefined =>
  view !== undefined && 'hash' in view && typeof view.hash === 'string' ? view.hash : undefined;
