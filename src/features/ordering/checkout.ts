// The last look at an order before it is placed.
import { count } from '../../../cards/format.ts';
import { type Asked, newOnce } from '../../bot/index.ts';
import type { Reply } from '../../chat/reply.ts';
import { enabledFor } from '../catalog/offered.ts';
import { countryName } from '../organizations/countries.ts';
import type { OrganizationDetails } from '../organizations/details.ts';
import { inCustomerView, type View } from '../organizations/view.ts';
import { showBasket, showOrder, wizardOf } from './basket.ts';
import { detailsOf, problemsOf } from './checks.ts';
import { type DraftOrder, loadDraft } from './drafts.ts';
import { withStarted } from './find.ts';
import { keepPrices, loadPriced, type PricedLine, priceChanges } from './prices.ts';
import { confirmation } from './replies.ts';
import { fingerprint, LONGEST_TEXT, type Problem, totalsOf } from './rules.ts';
import { begunBy, shownLine, shownTotals, unusedOf, visibleTo } from './show.ts';
import { loadSeller, loadStarted, updateDraft } from './store.ts';
import type { Wizards } from './wizard.ts';

/** `checkout 10029`; without a number, the only order of the basket. */
export function checkoutCommand(asked: Asked, wizards: Wizards, [word]: readonly string[]): Promise<Reply> {
  if (word === undefined) {
    return inCustomerView(asked, async (view) => {
      const [only, ...others] = await loadStarted(view.db, view.viewer);
      return only === undefined || others.length > 0
        ? showBasket(view, wizards)
        : checkoutCommand(view, wizards, [String(only.number)]);
    });
  }
  return withStarted(asked, word, (view, order) => checkOut(view, order, wizards));
}

async function checkOut(view: View, order: DraftOrder, wizards: Wizards): Promise<Reply> {
  const wizard = await wizardOf(view, order, wizards);
  const unfinished = await wizard?.mayPlace?.(view, order);
  if (unfinished !== undefined) return unfinished;
  const lines = await loadPriced(view, [order.id], wizards);
  if (lines.length === 0) return showOrder(view, order, wizards);
  return confirm(view, order, lines, await problemsOf(view, order.id, lines), {
    changed: priceChanges(visibleTo(view, lines)),
  });
}

/** What was typed at the last look stays with the order, also where one goes back. */
export async function keepTexts(
  asked: Asked,
  number: string,
  typed: { readonly description?: string | undefined; readonly payment?: string | undefined },
): Promise<void> {
  const [description, payment] = [typed.description, typed.payment].map((text) =>
    text?.trim().slice(0, LONGEST_TEXT),
  );
  if (description === undefined && payment === undefined) return;
  const found = await loadDraft(asked, number);
  if (found === undefined) return;
  await updateDraft(asked.db, found.order.id, {
    ...(description && { description }),
    ...(payment !== undefined && { payment: payment || null }),
  });
}

export type Confirmed = { readonly description: string; readonly payment: string };
export type Again = {
  /** What has changed since it was looked at. */
  readonly changed?: readonly string[];
  /** Where that can be looked at. */
  readonly buttons?: readonly { readonly title: string; readonly command: string }[];
  readonly values?: Confirmed;
  readonly errors?: { readonly description?: string; readonly payment?: string };
};

/** Shows all of an order, at the prices of now, which are the ones it can be placed at. */
export async function confirm(
  view: View,
  order: DraftOrder & { readonly payment?: string | null },
  lines: readonly PricedLine[],
  problems: readonly Problem[],
  { changed = [], buttons = [], values, errors }: Again = {},
): Promise<Reply> {
  await keepPrices(view, lines);
  const details = await detailsOf(view);
  const shown = visibleTo(view, lines);
  return confirmation({
    organization: view.customer.name,
    order: String(order.number),
    address: details && addressOf(details),
    contact: details && contactOf(details),
    domain: await domainOf(view, lines),
    billedTo: await billedTo(view),
    endCustomer: endCustomerOf(order),
    begun: begunBy(view, order),
    lines: shown.map(shownLine),
    totals: shownTotals(view, shown),
    commitments: commitmentsOf(shown),
    problems: [...changed, ...problems.map(saidOf)],
    unused: unusedOf(shown),
    mayPlace: problems.length === 0,
    approval: (await approverOf(view, lines))?.sentence,
    buttons: [...problems.flatMap(({ button }) => button ?? []), ...buttons],
    values: values ?? { description: order.description, payment: order.payment ?? '' },
    errors,
    seen: fingerprint(lines, view.viewer),
    once: newOnce(),
  });
}

const saidOf = ({ sentence, remedy }: Problem): string =>
  remedy === undefined ? sentence : `${sentence} ${remedy}`;

/** Who has to approve it: where a customer orders by itself what costs something. */
export async function approverOf(
  view: View,
  lines: readonly PricedLine[],
): Promise<{ readonly sentence: string } | undefined> {
  if (view.member.role !== 'customer admin' || totalsOf(lines).priceMinor <= 0) return undefined;
  return { sentence: `Needed, by ${(await loadSeller(view.db, view.customer.id))?.name ?? 'the provider'}` };
}

async function billedTo(view: View): Promise<string> {
  const seller = await loadSeller(view.db, view.customer.id);
  return seller === undefined ? view.customer.name : `${view.customer.name}, by ${seller.name}`;
}

const joined = (parts: readonly (string | null)[], between: string): string | undefined =>
  parts.filter((part) => part !== null && part !== '').join(between) || undefined;

function addressOf(of: OrganizationDetails): string | undefined {
  const city = joined([of.postalCode, of.city], ' ') ?? null;
  const country = of.country ? countryName(of.country) : null;
  return joined([of.address1, of.address2, city, of.state, country], ', ');
}

function contactOf(of: OrganizationDetails): string | undefined {
  const name = joined([of.contactFirstName, of.contactLastName], ' ') ?? null;
  return joined([name, of.contactEmail, of.contactPhone ?? of.phone], ', ');
}

async function domainOf(view: View, lines: readonly PricedLine[]): Promise<string | undefined> {
  const ids = new Set(lines.map(({ offeringId }) => offeringId));
  const enabled = (await enabledFor(view.db, view.customer.id)).filter(({ id }) => ids.has(id));
  return joined(
    enabled.map(({ domain, isMigration }) =>
      isMigration && domain !== null ? `${domain} (moved here)` : domain,
    ),
    ', ',
  );
}

function endCustomerOf({ purpose, endCustomer }: DraftOrder): string | undefined {
  if (purpose === null) return undefined;
  const end = endCustomer as { readonly company?: unknown; readonly email?: unknown } | null;
  const named = joined([String(end?.company ?? ''), String(end?.email ?? '')], ', ');
  return purpose === 'own use' || named === undefined ? 'Own use' : `Resale to ${named}`;
}

/** What one is bound to, in plain words. */
function commitmentsOf(lines: readonly PricedLine[]): string[] {
  return lines.flatMap(({ kind, product, commitment, held, quantity, offeringKind }) => {
    const isMachines = offeringKind === 'virtual machines';
    const buys = kind === 'new subscription' || kind === 'increase';
    switch (kind) {
      case 'suspend':
        if (isMachines)
          return [`While ${product} is suspended the machines can’t be used, and it is not billed.`];
        return [
          `While ${product} is suspended its users can’t use it, no more units can be given away, and it is not billed. Users keep their units and their data.`,
        ];
      case 'resume':
        return [
          `${product}${isMachines ? '' : ` with ${count(held ?? quantity ?? 1, 'unit')}`} can be used and is billed again.`,
        ];
      default:
        if (!buys || commitment === null) return [];
        if (isMachines && commitment === 'yearly') return [`${product} is bought for a year.`];
        return commitment === 'yearly'
          ? [
              `${product} is bought for a year: it can be reduced within seven days, and after that at renewal.`,
            ]
          : [
              `${product} is bought by the month: it can be ${isMachines ? 'suspended' : 'reduced'} at any time.`,
            ];
    }
  });
}
