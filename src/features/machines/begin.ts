import type { Asked } from '../../bot/index.ts';
import type { Json } from '../../chat/place.ts';
import type { Reply } from '../../chat/reply.ts';
import { type EnabledOffering, enabledFor } from '../catalog/offered.ts';
import { type DraftOrder, loadDraft, saveDraft, startOrTakeEmpty } from '../ordering/drafts.ts';
import { inCustomerView, type View } from '../organizations/view.ts';
import { loadConfiguring } from './load.ts';
import { nothingEnabled, notYoursToChange, whichOffering } from './replies.ts';
import { EMPTY } from './rules.ts';
import { showSizes } from './show.ts';
import { loadUnfinished } from './store.ts';

export const KIND = 'virtual machines';

/** `new machines`: goes on with what was begun, also elsewhere; `new machines another` begins one more. */
export function newMachines(asked: Asked, words: readonly string[]): Promise<Reply> {
  const [word = ''] = words;
  if (/^\D*\d+$/.test(word)) return goOnWith(asked, word);
  return inCustomerView(asked, async (view) => {
    const another = word.toLowerCase() === 'another';
    const begun = await loadUnfinished(view.db, view.customer.id);
    if (begun !== undefined && words.length === 0) return goOnWith(asked, String(begun), GOES_ON(begun));
    const all = (await enabledFor(view.db, view.customer.id)).filter(({ kind }) => kind === KIND);
    const name = (another ? words.slice(1) : words).join(' ').toLowerCase();
    const named = all.filter((one) => one.name.toLowerCase().includes(name));
    const [only, ...others] = named.length > 0 ? named : all;
    if (only === undefined) return nothingEnabled(view.customer.name);
    return others.length > 0 ? whichOffering(view.customer.name, all) : begin(view, only);
  });
}

const GOES_ON = (order: number): string =>
  `You go on with order ${order}. For one more, type: new machines another`;

async function goOnWith(asked: Asked, order: string, hint?: string): Promise<Reply> {
  const found = await loadDraft(asked, order);
  if (found === undefined || found.order.offeringId === null) return notYoursToChange();
  const of = await loadConfiguring(found.view, found.order);
  const reply = showSizes(found.view, of, { hint });
  return { ...reply, about: found.view.customer.id };
}

export async function begin(view: View, { id }: EnabledOffering): Promise<Reply> {
  const draft = EMPTY as unknown as Json;
  const order = await startOrTakeEmpty(view, { offeringId: id, description: 'Virtual machines', draft });
  // A customer buys for itself and is not asked; who sells is, before the order is placed.
  if (view.member.organization.kind === 'customer')
    await saveDraft(view.db, order.id, { purpose: 'own use' });
  const of = await loadConfiguring(view, order);
  const [only, ...others] = of.regions;
  if (only === undefined || others.length > 0) return showSizes(view, of);
  const region = { id: only.id, name: only.name };
  await saveDraft(view.db, order.id, { draft: { ...EMPTY, region } as unknown as Json });
  return show(view, { ...order, draft: { ...EMPTY, region } as unknown as Json });
}

export async function show(view: View, order: DraftOrder): Promise<Reply> {
  return showSizes(view, await loadConfiguring(view, order));
}
