import type { App, ViewSubmitAction } from '@slack/bolt';
import { type Begin, whoseOf } from '../bolt.ts';
import type { Whose, Workspace } from '../install/workspaces.ts';
import type { Forms } from './forms.ts';
import { OPEN } from './invitation.ts';
import { findKept } from './kept.ts';
import { answeredView, troubleView } from './notes.ts';
import { openKept, respondWith } from './opening.ts';
import { type Pressing, receivePress } from './press.ts';
import { receiveSubmission, type Submission } from './submission.ts';
import { callback } from './view.ts';
import { windowFor } from './window.ts';

type Work = { add(task: () => Promise<void>): void };
/** Nothing where the bot is not installed. */
type WorkspaceOf = (whose: Whose) => Promise<Workspace | undefined>;

/** Begins requests; where one has a trigger, its answer may be a window. */
export const beginWith =
  (forms: Forms, workspaceOf: WorkspaceOf, work: Work): Begin =>
  (whose, requested, trigger) => {
    const workspace = workspaceOf(whose);
    const window = trigger && windowFor(screenOf(workspace), trigger.id, forms.timers);
    work.add(async () => {
      try {
        const at = await workspace;
        const request = at && (await requested(at.reception));
        if (at === undefined || request === undefined) return await window?.close(troubleView);
        const { inbound, asked } = request;
        if (window !== undefined && inbound.kind === 'submit' && inbound.verb === OPEN) {
          await openKept(forms, at.desk, asked, inbound.values.form, window);
        } else {
          await forms.receive(inbound, respondWith(forms, at.desk, asked, window, trigger?.shows));
        }
        await window?.close(answeredView);
      } catch (err) {
        await window?.close(troubleView);
        throw err;
      }
    });
  };

const screenOf = async (workspace: Promise<Workspace | undefined>) => (await workspace)?.desk;

/** What people do in windows. A window that was handed in is acknowledged with what becomes of it. */
export function listenInWindows(app: App, forms: Forms, workspaceOf: WorkspaceOf, work: Work): void {
  const handedIn = { type: 'view_submission', callback_id: callback } as const;
  app.view<ViewSubmitAction>(handedIn, async ({ ack, body, context }) => {
    const workspace = workspaceOf(whoseOf(context));
    work.add(() => receiveSubmission(forms, workspace, body as Submission, ack));
  });
  app.view({ type: 'view_closed', callback_id: callback }, async ({ body }) =>
    work.add(async () => {
      const { private_metadata: id } = body.view;
      if ((await findKept(forms.store, id, body.user.id)) !== undefined) await forms.store.forget(id);
    }),
  );
  app.action({ type: 'block_actions' }, async ({ body, context, next }) => {
    if (body.view?.type !== 'modal') return next();
    const workspace = workspaceOf(whoseOf(context));
    work.add(() => receivePress(forms, workspace, body as unknown as Pressing));
  });
}
