// A window that somebody handed in.
import type { ViewResponseAction } from '@slack/bolt';
import { type Card, isForm } from '../../../chat/card.ts';
import type { Respond } from '../../../chat/edge.ts';
import type { Inbound } from '../../../chat/inbound.ts';
import type { Sent } from '../../../chat/place.ts';
import type { Reply } from '../../../chat/reply.ts';
import { respondTo } from '../answers/answering.ts';
import { longValues } from '../blocks/inputs.ts';
import { inputValues } from '../blocks/state.ts';
import { shorten } from '../blocks/text.ts';
import type { Workspace } from '../install/workspaces.ts';
import { attachmentOf } from '../requests/attachments.ts';
import { bringOnce } from './bring.ts';
import { fileInput, missingFor, wordsWith } from './files.ts';
import type { Forms } from './forms.ts';
import { invited } from './invitation.ts';
import { askedNow, cardOf, findKept, type Kept, newId, partOf, windowSeconds } from './kept.ts';
import { answeredView, doneView, unknownView } from './notes.ts';
import { postOrShow } from './posted.ts';
import { isFilledIn, isNextStep } from './shown.ts';
import { closed, type Outcome, replaced, type Slip, slipFor } from './slip.ts';
import {
  asHandedIn,
  blockIds,
  errorsIn,
  filesIn,
  hasRoomAbove,
  hasSameFields,
  linesOf,
  type ShownView,
  stateOf,
} from './typed.ts';
import { formView, mainButton } from './view.ts';
import { changeView } from './window.ts';

export type Submission = {
  readonly user: { readonly id: string; readonly name?: string };
  readonly view: ShownView;
  readonly trigger_id?: string;
};
type Acknowledge = (response?: ViewResponseAction) => Promise<void>;

/** One window that was handed in, with what is known of it. */
type HandedIn = {
  readonly forms: Forms;
  readonly at: Workspace;
  readonly slip: Slip;
  readonly view: ShownView;
  readonly id: string;
  readonly trigger: string | undefined;
  readonly kept: Kept;
  readonly typed: Readonly<Record<string, string>>;
};

/** Sees to it that whoever handed it in hears of it: within three seconds, and at last. */
export async function receiveSubmission(
  forms: Forms,
  workspace: Promise<Workspace | undefined>,
  submission: Submission,
  acknowledge: Acknowledge,
): Promise<void> {
  const { user, view, trigger_id } = submission;
  const screen = workspace.then((at) => at?.desk);
  screen.catch(() => undefined);
  const slip = slipFor(screen, view.id, acknowledge, forms.timers);
  try {
    const at = await workspace;
    const id = view.private_metadata ?? '';
    const kept = await findKept(forms.store, id, user.id);
    if (at === undefined || kept === undefined) {
      await slip.settle(replaced(unknownView(linesOf(view))));
      return;
    }
    const card = cardOf(kept.reply);
    const typed = kept.sure ?? inputValues(stateOf(view), card === undefined ? {} : longValues(card.body));
    await handIn({ forms, at, slip, view, id, trigger: trigger_id, kept, typed }, user);
  } catch (err) {
    await slip.settle(
      sameAgain(view, 'I could not take that just now, and nothing was done. Please try once more.'),
    );
    throw err;
  }
}

async function handIn(handed: HandedIn, user: Submission['user']): Promise<unknown> {
  const { forms, at, slip, view, kept, typed } = handed;
  const missing = kept.reply.wantsFile && missingFor(kept.reply.wantsFile, filesIn(view), typed);
  if (missing !== undefined) {
    await slip.settle(besideFields(view, missing));
    return;
  }
  if (kept.sure === undefined && asksBefore(kept)) return slip.settle(await lastQuestion(handed));
  const person = await at.reception.directory.person(user.id, user.name);
  const inbound = inboundOf(handed, person);
  if (inbound !== undefined) await forms.receive(inbound, respondToHandedIn(handed));
  // A request that was answered before gets no answer where the bot has forgotten it.
  return slip.settle(closed(answeredView()));
}

const asksBefore = ({ reply: { card, wantsFile } }: Kept): boolean =>
  wantsFile === undefined && card !== undefined && mainButton(card)?.confirm !== undefined;

/** It lies on the form, which is there again after a no, as it was left; what was typed stays here as well. */
async function lastQuestion({ forms, view, kept, typed }: HandedIn): Promise<Outcome> {
  const isAbove = hasRoomAbove(view);
  const asking: Kept = { ...kept, sure: typed, ...(isAbove && { form: view.id }) };
  const id = newId();
  await forms.store.keep(id, asking, windowSeconds);
  const question = formView(asking, id);
  if (question === undefined) throw new Error('A form can not be shown any more');
  if (!isAbove) return replaced(question);
  const late = asHandedIn(
    view,
    'That took me too long to ask once more, and nothing was done. Please press it again.',
  );
  return { inTime: { response_action: 'push', view: question }, late };
}

function inboundOf(
  { at, view, id, trigger, kept, typed }: HandedIn,
  person: Inbound['person'],
): Inbound | undefined {
  const { card, wantsFile } = kept.reply;
  const { place, pressed } = kept.asked;
  const common = { id: `form:${id}`, person, place, waits: true } as const;
  if (wantsFile !== undefined) {
    const attachments = filesIn(view).map((file) => attachmentOf(at.reception.reader, file));
    // What was wrong may be mended: then it is not the same request again.
    const mended = kept.refusals === undefined ? '' : `:${kept.refusals}`;
    const text = wordsWith(wantsFile, typed);
    return { ...common, id: `${common.id}${mended}`, kind: 'message', text, attachments };
  }
  const main = card && mainButton(card);
  if (main === undefined) return undefined;
  return {
    ...common,
    // A form that was refused may be handed in again, mended: by the mark of its button two presses of one are known.
    id: trigger ?? common.id,
    kind: 'submit',
    verb: main.verb,
    values: { ...(main.associatedInputs === 'none' ? {} : typed), ...main.data },
    ...(pressed === undefined ? {} : { message: pressed.ts }),
  };
}

/** Its next step takes the place of a form, and the answer to it goes to the conversation. */
const respondToHandedIn =
  (handed: HandedIn): Respond =>
  async (reply) => {
    const { forms, at, slip, kept, view, id } = handed;
    if (reply.fault) {
      return (await slip.settle(sameAgain(view, reply.text))) ? undefined : post(handed, reply);
    }
    const next =
      (await mendable(handed, reply)) ?? (isNext(kept, reply) ? await nextStep(handed, reply) : undefined);
    if (next !== undefined) {
      if (await slip.settle(next)) return undefined;
      return post(handed, await invited(forms, reply, kept.asked, kept.shows));
    }
    const { log } = at.desk;
    const posted = await postOrShow(
      log,
      reply,
      () => bringOnce(forms, log, id, () => post(handed, reply)),
      (readable) => slip.settle(replaced(readable)),
    );
    if (posted === 'shown') return undefined;
    const done = doneView(reply, kept.asked.place);
    await slip.settle(kept.shows === 'all' ? replaced(done) : closed(done));
    return posted.sent;
  };

/** What is chosen in a window that is no form is answered there; the answer to a file is no step of a form. */
function isNext({ reply: { card, wantsFile }, shows }: Kept, reply: Reply): boolean {
  if (wantsFile !== undefined && shows !== 'all') return isFilledIn(reply) && isNextStep(reply, shows);
  const isOnlyLookedAt = card !== undefined && !isForm(card);
  return isNextStep(reply, isOnlyLookedAt ? 'all' : shows);
}

const post = ({ forms, at, kept }: HandedIn, reply: Reply): Promise<Sent | undefined> =>
  respondTo(at.desk, askedNow(kept, forms.now()))(reply);

/** The window as it is, where what is wrong with a file and what goes with it can be said beside a field. */
async function mendable(
  { forms, at, id, view, kept }: HandedIn,
  { wrong }: Reply,
): Promise<Outcome | undefined> {
  if (kept.reply.wantsFile === undefined || wrong === undefined) return undefined;
  const errors = Object.entries(wrong).map(
    ([field, text]) => [field === 'file' ? fileInput : field, text] as const,
  );
  const fields = blockIds(view);
  if (errors.length === 0 || !errors.every(([field]) => fields.has(field))) return undefined;
  try {
    await forms.store.keep(id, { ...kept, refusals: (kept.refusals ?? 0) + 1 }, windowSeconds);
  } catch (err) {
    at.desk.log.error({ err }, 'A form could not be kept to be mended');
    return undefined;
  }
  return besideFields(view, Object.fromEntries(errors));
}

/** The same form with what is wrong beside its fields, where it is that; else what comes next in its place. */
async function nextStep(handed: HandedIn, reply: Reply): Promise<Outcome | undefined> {
  const {
    forms,
    at,
    id,
    view,
    kept: { sure, form, ...kept },
  } = handed;
  const next: Kept = { ...kept, reply: partOf(reply) };
  const errors = sure === undefined ? errorsBeside(view, kept, reply.card) : undefined;
  const to = errors === undefined ? newId() : id;
  const late = formView(next, to);
  if (late === undefined) return undefined;
  try {
    await forms.store.keep(to, next, windowSeconds);
  } catch (err) {
    at.desk.log.error({ err }, 'The next step of a form could not be kept');
    return undefined;
  }
  if (errors !== undefined) return { inTime: { response_action: 'errors', errors }, late };
  if (form === undefined) return replaced(late);
  // What the form lies below would be in its way.
  const isFormAgain =
    isSameForm(reply.card, kept.reply.card) &&
    (await changeView(at.desk, { view_id: form }, late)) === 'changed';
  const over = { ...late, clear_on_close: true };
  return isFormAgain ? { inTime: undefined, late: over } : replaced(over);
}

const longestError = 1_000;

const isSameForm = (one: Card | undefined, other: Card | undefined): boolean =>
  one !== undefined && other !== undefined && hasSameFields(one, other);

/** By block, as Slack wants them; nothing where there are none, or the form has other fields or buttons. */
function errorsBeside(
  view: ShownView,
  kept: Kept,
  card: Card | undefined,
): Record<string, string> | undefined {
  if (card === undefined || !isSameForm(card, kept.reply.card)) return undefined;
  const blocks = blockIds(view);
  const errors = Object.entries(errorsIn(card.body)).map(
    ([input, text]) => [blocks.get(input), shorten(text, longestError)] as const,
  );
  if (errors.length === 0 || errors.some(([block]) => block === undefined)) return undefined;
  return Object.fromEntries(errors) as Record<string, string>;
}

/** The window as it is, with a word on what went wrong: beside the first field, since that keeps all that is typed. */
function sameAgain(view: ShownView, text: string): Outcome {
  const [first] = blockIds(view).keys();
  return first === undefined ? replaced(asHandedIn(view, text)) : besideFields(view, { [first]: text });
}

/** What is wrong, by the fields of the window that it is about. */
function besideFields(view: ShownView, wrong: Readonly<Record<string, string>>): Outcome {
  const late = asHandedIn(view, Object.values(wrong).join('\n'));
  const blocks = blockIds(view);
  const errors = Object.entries(wrong).map(([field, text]) => [
    blocks.get(field) ?? field,
    shorten(text, longestError),
  ]);
  return { inTime: { response_action: 'errors', errors: Object.fromEntries(errors) }, late };
}
