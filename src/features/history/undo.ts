import { type Asked, record, UNDO_MINUTES } from '../../bot/index.ts';
import type { Reply } from '../../chat/reply.ts';
import { undoAssociations } from '../associations/undo.ts';
import { inOrder } from '../orders/find.ts';
import { type View, viewerHere } from '../organizations/view.ts';
import { noSuchEntry, nothingToUndo, notUndone, undone } from './replies.ts';
import { decideUndo } from './rules.ts';
import { type HistoryRecord, loadEntry, loadLastUndoable, markUndone } from './store.ts';

/** `undo`: the last change in this conversation; `undo 12`: that one. */
export async function undoCommand(asked: Asked, [word]: readonly string[]): Promise<Reply> {
  if (word !== undefined && !/^#?\d{1,9}$/.test(word)) return noSuchEntry(word);
  const id = word === undefined ? await lastUndoable(asked) : Number(word.replace('#', ''));
  if (id === undefined) return nothingToUndo();
  return { ...(await undoChange(asked, id)), position: 'below' };
}

function lastUndoable(asked: Asked): Promise<number | undefined> {
  const { member, place, now } = asked;
  const since = new Date(now.getTime() - UNDO_MINUTES * 60_000);
  const { platform, conversation } = place;
  const by = { memberId: member.id, platform, conversation, since };
  return loadLastUndoable(asked.db, viewerHere(asked), by);
}

export async function undoChange(asked: Asked, id: number): Promise<Reply> {
  const known = Number.isSafeInteger(id) && id > 0 && id < 2 ** 31;
  const entry = known ? await loadEntry(asked.db, viewerHere(asked), id) : undefined;
  if (entry === undefined) return noSuchEntry(String(id));
  const decision = decideUndo(entry, asked.member, asked.now);
  if (decision.kind === 'refused') return notUndone(entry, decision.reason);
  return inOrder(asked, String(entry.order_number), (view) => carryOut(view, entry));
}

async function carryOut(view: View, entry: HistoryRecord): Promise<Reply> {
  const undo = undoAssociations[entry.kind as keyof typeof undoAssociations];
  if (undo === undefined) return notUndone(entry, 'It can’t be undone.');
  const outcome = await undo(view, entry.undo);
  if (outcome.kind === 'impossible') return notUndone(entry, outcome.reason);
  const by = await record(view, {
    organizationId: entry.organization_id,
    orderId: entry.order_id,
    kind: 'undo',
    summary: `Undid: ${entry.summary}`,
    before: { change: entry.id },
  });
  await markUndone(view.db, entry.id, by);
  const { ref, product, units, free, reserved } = outcome.service;
  return undone({
    organization: entry.organization,
    what: entry.summary,
    service: { service: ref, product, units, free, reserved },
    order: String(entry.order_number),
  });
}
