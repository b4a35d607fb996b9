// Whether an order may be placed as it is: all of it is looked at again, at that moment.
import { list, number } from '../../../cards/format.ts';
import { scopeOf } from '../../bot/index.ts';
import { quoted } from '../../chat/words.ts';
import { enabledFor } from '../catalog/offered.ts';
import { type OrganizationDetails, organizationDetails } from '../organizations/details.ts';
import { missingForOrdering } from '../organizations/rules.ts';
import type { View } from '../organizations/view.ts';
import { quantityProblem, refusalOf } from './changes/rules.ts';
import { loadLots, loadUnderWay, lockSubscriptions, type Subscription } from './changes/store.ts';
import type { PricedLine } from './prices.ts';
import { aloneOf, MOST_QUANTITY, type Problem } from './rules.ts';
import { loadSubscribed } from './store.ts';

/** What an order needs to know of its customer. */
export const detailsOf = ({ db, member, customer }: View): Promise<OrganizationDetails | undefined> =>
  organizationDetails(db, scopeOf(member.organization), customer.id);

/** Kinds of lines that buy something, for which all has to be known. */
const BUYS: readonly string[] = ['new subscription', 'increase', 'resume'];

export async function problemsOf(
  view: View,
  orderId: number,
  lines: readonly PricedLine[],
): Promise<Problem[]> {
  if (lines.length === 0) return [{ sentence: 'Nothing is in the order yet.' }];
  const buying = lines.filter(({ kind }) => BUYS.includes(kind));
  return [
    ...(buying.length > 0 ? await incomplete(view) : []),
    ...(await notEnabled(view, buying)),
    ...lines.flatMap(lineProblem),
    ...(await alone(view, lines)),
    ...currencies(lines),
    ...(await changeProblems(view, orderId, lines)),
  ];
}

async function incomplete(view: View): Promise<Problem[]> {
  const { name } = view.customer;
  const details = await detailsOf(view);
  const missing = details === undefined ? [] : missingForOrdering(details);
  if (missing.length === 0) return [];
  return [
    {
      sentence: `Nothing can be ordered for ${name} before its data is complete. Missing: ${list(missing)}.`,
      button: { title: 'Complete the data', command: `change organization ${quoted(name)}` },
    },
  ];
}

async function notEnabled(view: View, buying: readonly PricedLine[]): Promise<Problem[]> {
  const enabled = new Set((await enabledFor(view.db, view.customer.id)).map(({ id }) => id));
  const missing = new Map(
    buying.flatMap(({ offeringId, offering }) =>
      offeringId === null || offering === null || enabled.has(offeringId) ? [] : [[offeringId, offering]],
    ),
  );
  return [...missing.values()].map((offering) => ({
    sentence: `${offering} is not enabled for ${view.customer.name}.`,
    button: {
      title: `Enable ${offering}`,
      command: `enable ${quoted(offering)} ${quoted(view.customer.name)}`,
    },
  }));
}

function lineProblem({ product, kind, quantity, price, configuration }: PricedLine): Problem[] {
  const what = product ?? 'A product';
  if (price === undefined) {
    return [
      { sentence: `${what} is no longer for sale, or has no price.`, remedy: 'Take it out of the order.' },
    ];
  }
  if (configuration !== null && quantity !== 1) {
    return [{ sentence: `${what}: the quantity of a configuration is always one.` }];
  }
  const counted = kind === 'new subscription' || kind === 'increase' || kind === 'decrease';
  const wrong = counted && (quantity === null || quantity < 1 || quantity > MOST_QUANTITY);
  return wrong ? [{ sentence: `${what}: the quantity is from 1 to ${number(MOST_QUANTITY)}.` }] : [];
}

/** An add-on goes with its product, which is in the order or is there already. */
async function alone(view: View, lines: readonly PricedLine[]): Promise<Problem[]> {
  if (lines.every(({ addOnOf }) => addOnOf === null)) return [];
  const { name, id } = view.customer;
  return aloneOf(lines, new Set(await loadSubscribed(view.db, id))).map(({ product, addOnOfName: base }) => ({
    sentence: `${product} is an add-on of ${base}, which is not in the order, and ${name} does not have it.`,
    remedy: `Put ${base} into the order, or take ${product} out.`,
  }));
}

function currencies(lines: readonly PricedLine[]): Problem[] {
  const used = [...new Set(lines.flatMap(({ currency }) => currency ?? []))];
  return used.length < 2
    ? []
    : [
        {
          sentence: `The prices are in ${list(used)}.`,
          remedy: 'Order what is in one currency at a time.',
        },
      ];
}

async function changeProblems(view: View, orderId: number, lines: readonly PricedLine[]): Promise<Problem[]> {
  const ids = lines.flatMap(({ subscriptionId }) => subscriptionId ?? []);
  const subscriptions = await lockSubscriptions(view.db, view.viewer, ids);
  const problems: Problem[] = [];
  for (const line of lines) {
    if (line.kind === 'new subscription' || line.kind === 'markup change') continue;
    const subscription = subscriptions.get(line.subscriptionId ?? -1);
    const problem =
      subscription === undefined
        ? { sentence: `${line.product ?? 'A line'}: choose the subscription that is changed.` }
        : await changeProblem(view, orderId, subscription, { kind: line.kind, quantity: line.quantity ?? 0 });
    if (problem !== undefined) problems.push(problem);
  }
  return problems;
}

type Change = { readonly kind: 'increase' | 'decrease' | 'suspend' | 'resume'; readonly quantity: number };

/** Why a subscription can't be changed so by this order; it is locked. */
export async function changeProblem(
  view: View,
  orderId: number,
  subscription: Subscription,
  { kind, quantity }: Change,
): Promise<Problem | undefined> {
  const refused = refusalOf(kind, subscription);
  if (refused !== undefined) return { sentence: refused };
  const underWay = await loadUnderWay(view.db, subscription.id, orderId);
  if (underWay !== undefined) {
    const how = underWay.status === 'Started' ? 'waits for approval' : 'runs';
    return {
      sentence: `Order ${underWay.number} changes ${subscription.number}/${subscription.position} already and ${how}. One change at a time.`,
      button: { title: `Order ${underWay.number}`, command: `order ${underWay.number}` },
    };
  }
  if (kind === 'suspend' || kind === 'resume') return undefined;
  const lots = await loadLots(view.db, subscription.id);
  return quantityProblem(kind, subscription, quantity, { lots, now: view.now });
}
