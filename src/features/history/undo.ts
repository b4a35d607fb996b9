import { type Asked, record, UNDO_MINUTES } from '../../bot/index.ts';
import type { Reply } from '../../chat/reply.ts';
import { type FoundService, inOrder } from '../orders/find.ts';
import { type View, viewerHere, viewOf } from '../organizations/view.ts';
import { lastCannot, noSuchEntry, nothingToUndo, notUndone, undone, undoThat } from './replies.ts';
import { decideUndo } from './rules.ts';
import { type HistoryRecord, loadEntry, loadLast, loadUndo, markUndone } from './store.ts';
import type { Undoers } from './undoers.ts';

/** `undo`: the last change in this conversation; `undo 12`: that one. */
export async function undoCommand(asked: Asked, undoers: Undoers, [word]: readonly string[]): Promise<Reply> {
  if (word === undefined) return undoLast(asked, undoers);
  if (!/^#?\d{1,9}$/.test(word)) return noSuchEntry(word);
  return { ...(await undoChange(asked, undoers, Number(word.replace('#', '')))), position: 'below' };
}

/** Never an earlier change than the person means, nor a whole job without having named it. */
async function undoLast(asked: Asked, undoers: Undoers): Promise<Reply> {
  const { member, place, now } = asked;
  const since = new Date(now.getTime() - UNDO_MINUTES * 60_000);
  const { platform, conversation } = place;
  const by = { memberId: member.id, platform, conversation, since };
  const last = await loadLast(asked.db, viewerHere(asked), by, 'all');
  if (last === undefined) return nothingToUndo();
  if (!last.undoable) return lastCannot(last, await loadLast(asked.db, viewerHere(asked), by, 'undoable'));
  if (last.kind === 'bulk') return undoThat(last);
  return { ...(await undoChange(asked, undoers, last.id)), position: 'below' };
}

export async function undoChange(asked: Asked, undoers: Undoers, id: number): Promise<Reply> {
  const known = Number.isSafeInteger(id) && id > 0 && id < 2 ** 31;
  const entry = known ? await loadEntry(asked.db, viewerHere(asked), id) : undefined;
  if (entry === undefined) return noSuchEntry(String(id));
  const decision = decideUndo(entry, asked.member, asked.now);
  if (decision.kind === 'refused') return notUndone(entry, decision.reason);
  if (entry.order_number === null) {
    const customer = { id: entry.organization_id, name: entry.organization };
    return carryOut(viewOf(asked, customer), undoers, entry);
  }
  return inOrder(asked, String(entry.order_number), (view) => carryOut(view, undoers, entry));
}

async function carryOut(view: View, undoers: Undoers, entry: HistoryRecord): Promise<Reply> {
  const undoer = undoers[entry.kind];
  const outcome = undoer === undefined ? CANNOT : await undoer(view, await loadUndo(view.db, entry.id));
  if (outcome.kind === 'impossible') return notUndone(entry, outcome.reason);
  const by = await record(view, {
    organizationId: entry.organization_id,
    orderId: entry.order_id,
    kind: 'undo',
    summary: `${outcome.kind === 'started' ? 'Began to undo' : 'Undid'}: ${entry.summary}`,
    before: { change: entry.id },
  });
  await markUndone(view.db, entry.id, by);
  if (outcome.kind === 'started') return outcome.reply;
  return undone({
    organization: entry.organization,
    what: entry.summary,
    service: outcome.service && unitsOf(outcome.service),
    order: entry.order_number?.toString(),
  });
}

const unitsOf = ({ ref, product, units, free, reserved }: FoundService) => ({
  service: ref,
  product,
  units,
  free,
  reserved,
});

const CANNOT = { kind: 'impossible', reason: 'It can’t be undone.' } as const;
