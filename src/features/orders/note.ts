import { z } from 'zod';
import type { Undo } from '../../../cards/undo.ts';
import { type Asked, newOnce, record, undoUntil } from '../../bot/index.ts';
import type { Reply } from '../../chat/reply.ts';
import type { View } from '../organizations/view.ts';
import { inOrder } from './find.ts';
import { problemWithOrder } from './open.ts';
import { noteForm, noteSaved } from './replies.ts';
import { type OrderRecord, putNoteBack, saveNote } from './store.ts';

export const LONGEST_NOTE = 500;

/** `note 10023 call before renewal`; without a text it opens the form. */
export async function noteOrder(asked: Asked, [word]: readonly string[]): Promise<Reply> {
  if (word === undefined) return noteForm({ note: '', removable: false, once: newOnce() });
  const note = noteIn(asked.text);
  return inOrder(asked, word, async (view, order) => {
    if (note !== '') return { ...(await setNote(view, order, note)), position: 'below' };
    return form(view, order, order.note ?? '');
  });
}

/** What follows the command and the number, with its quotes and line breaks as they were typed. */
const noteIn = (text: string): string => /^\s*\S+\s+\S+\s+(\S.*)$/s.exec(text)?.[1]?.trim() ?? '';

export async function submitNote(asked: Asked, typed: string, note: string): Promise<Reply> {
  const order = typed.trim();
  const problem = await problemWithOrder(asked, order);
  if (problem !== undefined) {
    const errors = { order: problem };
    return noteForm({ order, note, removable: false, errors, once: newOnce() });
  }
  return inOrder(asked, order, (view, found) => setNote(view, found, note.trim()));
}

async function setNote(view: View, order: OrderRecord, note: string): Promise<Reply> {
  if (note.length > LONGEST_NOTE) {
    return form(view, order, note, `The note has ${note.length} characters; ${LONGEST_NOTE} fit.`);
  }
  const before = order.note ?? '';
  let undo: Undo | undefined;
  if (note !== before) {
    await saveNote(view.db, order.id, note === '' ? null : note);
    const id = await record(view, {
      organizationId: order.organization_id,
      orderId: order.id,
      kind: 'note',
      summary: note === '' ? `Removed the note “${before}”` : `Set the note “${note}”`,
      before: { note: before },
      after: { note },
      undo: { order: order.id, from: note, to: before } satisfies Back,
    });
    undo = undoUntil(view.now, id);
  }
  return noteSaved(view.customer.name, String(order.number), note, undo);
}

const back = z.object({ order: z.number(), from: z.string(), to: z.string() });
type Back = z.infer<typeof back>;
type Undone = { readonly kind: 'undone' } | { readonly kind: 'impossible'; readonly reason: string };

/** The note that was there before, unless somebody wrote another one since. */
async function undoNote({ db }: View, data: unknown): Promise<Undone> {
  const { order, from, to } = back.parse(data);
  const isBack = await putNoteBack(db, order, { from, to });
  return isBack
    ? { kind: 'undone' }
    : { kind: 'impossible', reason: 'The note has changed since, so it stays as it is.' };
}

export const undoNotes = { note: undoNote };

function form(view: View, order: OrderRecord, note: string, error?: string): Reply {
  return noteForm({
    organization: view.customer.name,
    short: String(order.number),
    note,
    removable: order.note !== null,
    errors: error === undefined ? undefined : { note: error },
    once: newOnce(),
  });
}
