// An order of licences as it stands. The draft in the database is the state: one stops here and goes on elsewhere.
import type { Asked } from '../../../bot/index.ts';
import type { Json } from '../../../chat/place.ts';
import type { Reply } from '../../../chat/reply.ts';
import { type Product, productsFor } from '../../catalog/offered.ts';
import type { View } from '../../organizations/view.ts';
import { type DraftOrder, saveDraft } from '../drafts.ts';
import { withStarted } from '../find.ts';
import { loadPriced, type PricedLine } from '../prices.ts';
import { type AtStep, type LicencesDraft, parseLicences, stepOf } from '../rules.ts';
import { loadOffering, loadSubscribed } from '../store.ts';
import type { Wizards } from '../wizard.ts';

/** An order of licences as it stands, with what there is to choose. */
export type Ordering = {
  readonly view: View;
  readonly order: DraftOrder;
  readonly offering: string;
  readonly draft: LicencesDraft;
  readonly products: readonly Product[];
  readonly lines: readonly PricedLine[];
  readonly has: ReadonlySet<number>;
  readonly step: AtStep;
  readonly wizards: Wizards;
};

export async function loadOrdering(
  view: View,
  order: DraftOrder,
  wizards: Wizards,
  draft = parseLicences(order.draft),
): Promise<Ordering> {
  const offeringId = order.offeringId ?? 0;
  const offering = (await loadOffering(view.db, offeringId))?.name ?? '';
  const all = await productsFor(view.db, view.customer.id, offeringId);
  const products = all.filter(({ resource }) => resource === null);
  const lines = await loadPriced(view, [order.id], wizards);
  const ordered = lines.flatMap(({ productId }) => productId ?? []);
  const has = new Set([...ordered, ...(await loadSubscribed(view.db, view.customer.id))]);
  const step = stepOf(draft, products, has);
  return { view, order, offering, draft, products, lines, has, step, wizards };
}

/** The order as it is after its draft became this one. */
export async function withDraftOf(of: Ordering, draft: LicencesDraft): Promise<Ordering> {
  await saveDraft(of.view.db, of.order.id, { draft: stored(draft) });
  return { ...of, draft, step: stepOf(draft, of.products, of.has) };
}

const stored = (draft: LicencesDraft): Json =>
  Object.fromEntries(
    Object.entries(draft).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );

/** Runs `run` with the order of this number as it stands. */
export const inOrdering = (
  asked: Asked,
  number: string,
  wizards: Wizards,
  run: (of: Ordering) => Promise<Reply>,
): Promise<Reply> =>
  withStarted(asked, number, async (view, order) => run(await loadOrdering(view, order, wizards)));

const MOST_ADD_ONS = 5;
/** What can go with the product that is chosen. */
export const addOnsOf = ({ products, step }: Ordering): Product[] =>
  products.filter(({ addOnOf }) => addOnOf !== null && addOnOf === step.product).slice(0, MOST_ADD_ONS);
