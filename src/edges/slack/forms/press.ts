// A button inside a window.
import type { Execute } from '../../../chat/card.ts';
import type { Respond } from '../../../chat/edge.ts';
import type { Submit } from '../../../chat/inbound.ts';
import type { Sent } from '../../../chat/place.ts';
import { keptOf, type Reply } from '../../../chat/reply.ts';
import { respondTo } from '../answers/answering.ts';
import { parsePress } from '../blocks/buttons.ts';
import { longValues } from '../blocks/inputs.ts';
import { inputValues } from '../blocks/state.ts';
import type { Workspace } from '../install/workspaces.ts';
import type { Forms } from './forms.ts';
import { invited } from './invitation.ts';
import { askedNow, cardOf, findKept, type Kept, newId, partOf, windowSeconds } from './kept.ts';
import { answeredView, answerView, doneView, onTop, troubleView, unknownView, whereView } from './notes.ts';
import { postOrShow } from './posted.ts';
import { fitsWindow, isNextStep } from './shown.ts';
import { asHandedIn, linesOf, type ShownView, stateOf } from './typed.ts';
import { formView } from './view.ts';
import { changeView, type Window, windowFor } from './window.ts';

export type Pressing = {
  readonly user: { readonly id: string; readonly name?: string };
  readonly view: ShownView;
  readonly trigger_id: string;
  readonly actions: readonly { readonly type?: string; readonly value?: string }[];
};

/** A window in which a button was pressed. */
type PressedWindow = {
  readonly forms: Forms;
  readonly at: Workspace;
  readonly trigger: string;
  readonly view: ShownView;
  readonly kept: Kept;
  /** What may lie on top of it. */
  readonly above: Window;
};

/** Links and choices are no presses. */
export async function receivePress(
  forms: Forms,
  workspace: Promise<Workspace | undefined>,
  { user, view, trigger_id: trigger, actions: [pressed] }: Pressing,
): Promise<void> {
  const press = pressed?.type === 'button' ? parsePress(pressed.value) : undefined;
  if (press === undefined) return void (await workspace);
  const screen = workspace.then((at) => at?.desk);
  const above = windowFor(screen, trigger, forms.timers, true);
  try {
    const at = await workspace;
    if (at === undefined) return;
    const kept = await findKept(forms.store, view.private_metadata, user.id);
    const button = kept && cardOf(kept.reply)?.actions?.[Number(press.verb)];
    if (kept === undefined || button?.type !== 'Action.Execute') {
      await above.show(unknownView(linesOf(view)));
      return;
    }
    const person = await at.reception.directory.person(user.id, user.name);
    const window = { forms, at, trigger, view, kept, above };
    await forms.receive(submitOf(window, button, person), respondBeside(window));
    await above.close(() => onTop(answeredView()));
  } catch (err) {
    await above.show(onTop(troubleView()));
    throw err;
  }
}

function submitOf({ trigger, view, kept }: PressedWindow, button: Execute, person: Submit['person']): Submit {
  const { place, pressed } = kept.asked;
  const { body = [] } = cardOf(kept.reply) ?? {};
  const typed = button.associatedInputs === 'none' ? {} : inputValues(stateOf(view), longValues(body));
  return {
    kind: 'submit',
    id: trigger,
    person,
    place,
    verb: button.verb,
    values: { ...typed, ...button.data },
    ...(pressed === undefined ? {} : { message: pressed.ts }),
  };
}

/** What takes the place of the form does so; what one looks up beside it lies on top of it, and the form stays as it is. */
const respondBeside =
  (window: PressedWindow): Respond =>
  async (reply) => {
    const { kept, forms, at, above } = window;
    const waits = above.hold();
    if (reply.fault) {
      const isSeen = waits
        ? (await above.show(onTop(answerView(reply)))) === 'shown'
        : await remark(window, reply.text);
      return isSeen ? undefined : post(window, reply);
    }
    const takesPlace = reply.position === 'instead' || isNextStep(reply, 'forms');
    if (fitsWindow(reply) && (await showHere(window, reply, takesPlace, waits))) return undefined;
    const asked = askedNow(kept, forms.now());
    const answer = await invited(forms, reply, asked, kept.shows);
    const posted = await postOrShow(
      at.desk.log,
      reply,
      () => post(window, answer),
      async (readable) => (await above.show(onTop(readable))) === 'shown',
    );
    if (posted === 'shown') return undefined;
    const done = doneView(reply, asked.place);
    if (waits) await above.show(takesPlace ? done : onTop(done));
    else if (takesPlace) await changeView(at.desk, { view_id: window.view.id }, done);
    else await remark(window, `${keptOf(reply).text}\n${whereView(reply, asked.place)}`);
    return posted.sent;
  };

const post = ({ forms, at, kept }: PressedWindow, reply: Reply): Promise<Sent | undefined> =>
  respondTo(at.desk, askedNow(kept, forms.now()))(reply);

async function showHere(
  { forms, at, view, kept, above }: PressedWindow,
  reply: Reply,
  takesPlace: boolean,
  waits: boolean,
): Promise<boolean> {
  const next: Kept = { ...kept, reply: partOf(reply) };
  const id = newId();
  const shown = formView(next, id);
  if (shown === undefined) return false;
  try {
    await forms.store.keep(id, next, windowSeconds);
  } catch (err) {
    at.desk.log.error({ err }, 'What belongs in a window could not be kept');
    return false;
  }
  if (takesPlace && !waits) {
    const changed = await changeView(at.desk, { view_id: view.id, hash: view.hash }, shown);
    if (changed === 'changed') return true;
    // It went on to something else meanwhile, which is not to be covered up; or it is closed.
    if (changed !== 'moved on') return false;
  }
  return (await above.show(shown)) === 'shown';
}

/** The form as it is, with a word above it; false where nobody sees that. */
async function remark({ at, view }: PressedWindow, text: string): Promise<boolean> {
  const which = { view_id: view.id, hash: view.hash };
  return (await changeView(at.desk, which, asHandedIn(view, text))) === 'changed';
}
