// A button inside a window.
import type { Execute } from '../../../chat/card.ts';
import type { Respond } from '../../../chat/edge.ts';
import type { Submit } from '../../../chat/inbound.ts';
import type { Reply } from '../../../chat/reply.ts';
import { respondTo } from '../answers/answering.ts';
import { parsePress } from '../blocks/buttons.ts';
import { longValues } from '../blocks/inputs.ts';
import { inputValues } from '../blocks/state.ts';
import type { Workspace } from '../install/workspaces.ts';
import type { Forms } from './forms.ts';
import { invited } from './invitation.ts';
import { askedNow, findKept, type Kept, newId, windowSeconds } from './kept.ts';
import { doneView, unknownView, whereView } from './notes.ts';
import { partOf } from './opening.ts';
import { canStandInWindow, isNextStep } from './shown.ts';
import { linesOf, type ShownView, stateOf } from './typed.ts';
import { formView } from './view.ts';
import { changeView, pushView } from './window.ts';

export type Pressing = {
  readonly user: { readonly id: string; readonly name?: string };
  readonly view: ShownView;
  readonly trigger_id: string;
  readonly actions: readonly { readonly type?: string; readonly value?: string }[];
};

type Desk = {
  readonly forms: Forms;
  readonly at: Workspace;
  readonly trigger: string;
  readonly view: ShownView;
  readonly id: string;
  readonly kept: Kept;
};

/** Links and choices are no presses. */
export async function receivePress(
  forms: Forms,
  at: Workspace,
  { user, view, trigger_id: trigger, actions: [pressed] }: Pressing,
): Promise<void> {
  const press = pressed?.type === 'button' ? parsePress(pressed.value) : undefined;
  if (press === undefined) return;
  const id = view.private_metadata ?? '';
  const kept = await findKept(forms.store, id, user.id);
  const button = kept?.reply.card?.actions?.[Number(press.verb)];
  if (kept === undefined || button?.type !== 'Action.Execute') {
    await pushView(at.desk, trigger, unknownView(linesOf(view)));
    return;
  }
  const person = await at.reception.directory.person(user.id, user.name);
  const desk = { forms, at, trigger, view, id, kept };
  await forms.receive(submitOf(desk, button, person), respondInWindow(desk));
}

function submitOf({ trigger, view, kept }: Desk, button: Execute, person: Submit['person']): Submit {
  const { place, pressed } = kept.asked;
  const { body = [] } = kept.reply.card ?? {};
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
const respondInWindow =
  (desk: Desk): Respond =>
  async (reply) => {
    const { kept } = desk;
    if (reply.fault) {
      await remark(desk, reply.text);
      return undefined;
    }
    const takesPlace = reply.position === 'instead' || isNextStep(reply, 'forms');
    if (canStandInWindow(reply) && (await showHere(desk, reply, takesPlace))) return undefined;
    const asked = askedNow(kept, desk.forms.now());
    const answer = await invited(desk.forms, reply, asked, kept.shows);
    const sent = await respondTo(desk.at.desk, asked)(answer);
    if (takesPlace) await changeView(desk.at.desk, { view_id: desk.view.id }, doneView(reply, asked.place));
    else await remark(desk, `${reply.text}\n${whereView(reply, asked.place)}`);
    return sent;
  };

async function showHere(
  { forms, at, trigger, view, kept }: Desk,
  reply: Reply,
  takesPlace: boolean,
): Promise<boolean> {
  const next: Kept = { ...kept, reply: partOf(reply) };
  const id = newId();
  const shown = formView(next, id);
  if (shown === undefined) return false;
  await forms.store.keep(id, next, windowSeconds);
  if (takesPlace) {
    const changed = await changeView(at.desk, { view_id: view.id, hash: view.hash }, shown);
    if (changed === 'changed') return true;
    // It went on to something else meanwhile, which is not to be covered up; or it is closed.
    if (changed !== 'moved on') return false;
  }
  return pushView(at.desk, trigger, shown);
}

/** The form as it is, with a word above it: blocks of the same ids keep what is typed into them. */
async function remark({ at, view, id, kept }: Desk, text: string): Promise<void> {
  const noticed = formView(kept, id, text);
  if (noticed !== undefined) await changeView(at.desk, { view_id: view.id, hash: view.hash }, noticed);
}
