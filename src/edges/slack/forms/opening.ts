// From an answer to a window, for whatever has a trigger.
import type { Respond } from '../../../chat/edge.ts';
import type { Reply } from '../../../chat/reply.ts';
import { type Asked, respondTo } from '../answers/answering.ts';
import type { Desk } from '../answers/posting.ts';
import type { Forms } from './forms.ts';
import { invited } from './invitation.ts';
import { findKept, type Kept, newId, partOf, type Shows, windowSeconds } from './kept.ts';
import { doneView, unknownView } from './notes.ts';
import { postOrShow } from './posted.ts';
import { opensWindow } from './shown.ts';
import { formView } from './view.ts';
import type { Shown, Window } from './window.ts';

/** Answers a request: a form opens in its window, everything else goes where it was asked. */
export const respondWith =
  (forms: Forms, desk: Desk, asked: Asked, window?: Window, shows: Shows = 'forms'): Respond =>
  async (reply) => {
    const opens = window !== undefined && opensWindow(reply, shows);
    const shown = opens ? await showForm(forms, desk, window, reply, { asked, shows }) : 'missed';
    if (shown === 'shown') return undefined;
    // What Slack does not take as a window is filled in where it is.
    const answer = shown === 'refused' ? reply : await invited(forms, reply, asked, shows);
    const posted = await postOrShow(
      desk.log,
      reply,
      () => respondTo(desk, asked)(answer),
      async (view) => (await window?.show(view)) === 'shown',
    );
    if (posted === 'shown') return undefined;
    const done = () => doneView(reply, asked.place);
    // Who pressed it on a page sees nothing of the conversation.
    if (shown === 'refused' && shows === 'all') await window?.show(done());
    else await window?.close(done);
    return posted.sent;
  };

type Where = { readonly asked: Asked; readonly shows: Shows };

function showForm(forms: Forms, desk: Desk, window: Window, reply: Reply, where: Where): Promise<Shown> {
  const { asked, shows } = where;
  const { pressed, ...rest } = asked;
  return showKept(forms, desk, window, {
    user: asked.user,
    // Only a form that was to stand in the place of the pressed message has its answer there.
    asked: reply.position === 'instead' ? asked : rest,
    reply: partOf(reply),
    shows,
    since: forms.now(),
  });
}

async function showKept(forms: Forms, { log }: Desk, window: Window, kept: Kept): Promise<Shown> {
  const id = newId();
  const view = formView(kept, id);
  if (view === undefined) return 'refused';
  try {
    await forms.store.keep(id, kept, windowSeconds);
  } catch (err) {
    log.error({ err }, 'A form could not be kept for its window');
    return 'missed';
  }
  return window.show(view);
}

/** The button of a message that stands for a form. */
export async function openKept(
  forms: Forms,
  desk: Desk,
  asked: Asked,
  form: unknown,
  window: Window,
): Promise<void> {
  const say = async (text: string) => {
    await respondTo(desk, asked)({ text, audience: 'asker', position: 'below' });
  };
  const kept = await findKept(forms.store, form, asked.user).catch((err: unknown) => {
    desk.log.error({ err }, 'A form could not be looked up');
    return 'unread' as const;
  });
  if (kept === 'unread') return say(again);
  if (kept === undefined) {
    const shown = await window.show(unknownView([]));
    return shown === 'shown'
      ? undefined
      : say('I do not know that form any more. Please ask for it once more.');
  }
  const shown = await showKept(forms, desk, window, { ...kept, user: asked.user, asked, since: forms.now() });
  if (shown === 'refused')
    await respondTo(desk, asked)({ ...kept.reply, audience: 'asker', position: 'below' });
  if (shown === 'missed') await say(again);
}

const again =
  'The form could not be opened just now, and nothing was done. Please press its button once more.';
