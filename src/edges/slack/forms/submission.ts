// A window that somebody handed in.
import type { ViewResponseAction } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import { type Card, isForm } from '../../../chat/card.ts';
import type { Respond } from '../../../chat/edge.ts';
import type { Inbound } from '../../../chat/inbound.ts';
import type { Sent } from '../../../chat/place.ts';
import type { Reply } from '../../../chat/reply.ts';
import { respondTo } from '../answers/answering.ts';
import { longValues } from '../blocks/inputs.ts';
import { inputValues } from '../blocks/state.ts';
import { sections, shorten } from '../blocks/text.ts';
import type { Workspace } from '../install/workspaces.ts';
import { attachmentOf } from '../requests/attachments.ts';
import { bringOnce } from './bring.ts';
import type { Forms } from './forms.ts';
import { invited } from './invitation.ts';
import { askedNow, findKept, type Kept, newId, windowSeconds } from './kept.ts';
import { answeredView, answerView, doneView, unknownView } from './notes.ts';
import { partOf } from './opening.ts';
import { isFilledIn, isNextStep } from './shown.ts';
import { closed, type Outcome, replaced, type Slip, slipFor } from './slip.ts';
import {
  asHandedIn,
  blockIds,
  errorsIn,
  filesIn,
  isSameForm,
  linesOf,
  type ShownView,
  stateOf,
} from './typed.ts';
import { fileInput, formView, hasInputs, mainButton } from './view.ts';

export type Submission = {
  readonly user: { readonly id: string; readonly name?: string };
  readonly view: ShownView;
  readonly trigger_id?: string;
};
type Acknowledge = (response: ViewResponseAction) => Promise<void>;

/** One window that was handed in, with what is known of it. */
type Desk = {
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
    const { card } = kept.reply;
    const typed = inputValues(stateOf(view), card === undefined ? {} : longValues(card.body));
    await handIn({ forms, at, slip, view, id, trigger: trigger_id, kept, typed }, user);
  } catch (err) {
    await slip.settle(
      sameAgain(view, 'I could not take that just now, and nothing was done. Please try once more.'),
    );
    throw err;
  }
}

async function handIn(desk: Desk, user: Submission['user']): Promise<void> {
  const { forms, at, slip, view, kept } = desk;
  if (kept.reply.wantsFile !== undefined && filesIn(view).length === 0) {
    const errors = { [blockIds(view).get(fileInput) ?? fileInput]: 'Choose a file.' };
    await slip.settle({ inTime: { response_action: 'errors', errors }, late: asHandedIn(view, []) });
    return;
  }
  const person = await at.reception.directory.person(user.id, user.name);
  const inbound = inboundOf(desk, person);
  if (inbound !== undefined) await forms.receive(inbound, respondInWindow(desk));
  // A request that was answered before gets no answer where the bot has forgotten it.
  await slip.settle(closed(answeredView()));
}

function inboundOf(
  { at, view, id, trigger, kept, typed }: Desk,
  person: Inbound['person'],
): Inbound | undefined {
  const { card, wantsFile } = kept.reply;
  const { place, pressed } = kept.asked;
  const common = { id: `form:${id}`, person, place, waits: true } as const;
  if (wantsFile !== undefined) {
    const attachments = filesIn(view).map((file) => attachmentOf(at.reception.reader, file));
    return { ...common, kind: 'message', text: wantsFile.text, attachments };
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

const respondInWindow =
  (desk: Desk): Respond =>
  async (reply) => {
    const { forms, at, slip, kept, view, id } = desk;
    if (reply.fault) {
      await slip.settle(sameAgain(view, reply.text));
      return undefined;
    }
    const next = isNext(kept, reply) ? await nextStep(desk, reply) : undefined;
    if (next !== undefined) {
      if (await slip.settle(next)) return undefined;
      return post(desk, await invited(forms, reply, kept.asked, kept.shows));
    }
    const { log } = at.desk;
    const sent = await bringOnce(forms, log, id, () => post(desk, reply)).catch((err: unknown) => {
      log.error({ err }, 'The answer to a form could not be posted; its window shows it');
      return 'lost' as const;
    });
    if (sent === 'lost') {
      await slip.settle(replaced(inWindow(reply)));
      return undefined;
    }
    const done = doneView(reply, kept.asked.place);
    await slip.settle(kept.shows === 'all' ? replaced(done) : closed(done));
    return sent;
  };

/** What is chosen in a window that is no form is answered there; the answer to a file is no step of a form. */
function isNext({ reply: { card, wantsFile }, shows }: Kept, reply: Reply): boolean {
  if (wantsFile !== undefined && shows !== 'all') return isFilledIn(reply) && isNextStep(reply, shows);
  const isOnlyLookedAt = card !== undefined && !isForm(card);
  return isNextStep(reply, isOnlyLookedAt ? 'all' : shows);
}

const post = ({ forms, at, kept }: Desk, reply: Reply): Promise<Sent | undefined> =>
  respondTo(at.desk, askedNow(kept, forms.now()))(reply);

/** The same form with what is wrong beside its fields, where it is that; else what comes next in its place. */
async function nextStep({ forms, at, id, view, kept }: Desk, reply: Reply): Promise<Outcome | undefined> {
  const next: Kept = { ...kept, reply: partOf(reply) };
  const errors = errorsBeside(view, kept, reply.card);
  const to = errors === undefined ? newId() : id;
  const late = formView(next, to);
  if (late === undefined) return undefined;
  try {
    await forms.store.keep(to, next, windowSeconds);
  } catch (err) {
    at.desk.log.error({ err }, 'The next step of a form could not be kept');
    return undefined;
  }
  return errors === undefined ? replaced(late) : { inTime: { response_action: 'errors', errors }, late };
}

const longestError = 1_000;

/** By block, as Slack wants them; nothing where there are none, or the form is not the same otherwise. */
function errorsBeside(
  view: ShownView,
  kept: Kept,
  card: Card | undefined,
): Record<string, string> | undefined {
  if (card === undefined || kept.reply.card === undefined) return undefined;
  if (!isSameForm(card, kept.reply.card)) return undefined;
  const blocks = blockIds(view);
  const errors = Object.entries(errorsIn(card.body)).map(
    ([input, text]) => [blocks.get(input), shorten(text, longestError)] as const,
  );
  if (errors.length === 0 || errors.some(([block]) => block === undefined)) return undefined;
  return Object.fromEntries(errors) as Record<string, string>;
}

/** The window as it is, with a word on what went wrong: beside its first field, since that keeps all that is typed. */
function sameAgain(view: ShownView, text: string): Outcome {
  const late = asHandedIn(view, sections(text));
  const [first] = blockIds(view).values();
  if (first === undefined) return replaced(late);
  return { inTime: { response_action: 'errors', errors: { [first]: shorten(text, longestError) } }, late };
}

/** For what found no way to the conversation: only to be read. */
function inWindow(reply: Reply): ModalView {
  const { actions: _, ...card } = reply.card ?? { body: [] };
  const isReadable = 'type' in card && !hasInputs(card);
  return (isReadable ? formView({ reply: { ...partOf(reply), card } }, '') : undefined) ?? answerView(reply);
}
