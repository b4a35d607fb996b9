import { chatChoiceCard } from '../../../cards/chat-choice.ts';
import { chatDoneCard } from '../../../cards/chat-done.ts';
import { chatRefusalCard } from '../../../cards/chat-refusal.ts';
import { dateTime, money, signedMoney } from '../../../cards/format.ts';
import { lineInWords, type OrderTotals, productTitle, unusedShown } from '../../../cards/ordering.ts';
import { type OrderingAddons, orderingAddonsCard } from '../../../cards/ordering-addons.ts';
import { type OrderingBasket, orderingBasketCard } from '../../../cards/ordering-basket.ts';
import { type OrderingChoice, orderingChoiceCard } from '../../../cards/ordering-choice.ts';
import { type OrderingConfirm, orderingConfirmCard } from '../../../cards/ordering-confirm.ts';
import { type OrderingOrder, orderingOrderCard } from '../../../cards/ordering-order.ts';
import { type OrderingProduct, orderingProductCard } from '../../../cards/ordering-product.ts';
import { type OrderingQuantities, orderingQuantitiesCard } from '../../../cards/ordering-quantities.ts';
import { type Role, tell } from '../../bot/index.ts';
import type { Reply } from '../../chat/reply.ts';
import { quoted } from '../../chat/words.ts';
import { whoDecides } from '../approvals/rules.ts';
import { notPriced, pricedBy } from '../catalog/rules.ts';

export type Button = { readonly title: string; readonly command: string };
export const BASKET: Button = { title: 'Basket', command: 'basket' };
export const NEW_ORDER: Button = { title: 'New order', command: 'new order' };
const DRAFTS: Button = { title: 'Drafts', command: 'orders historical draft' };
const ORDERS: Button = { title: 'Orders', command: 'orders' };

const totalLine = (totals: OrderTotals | undefined): string[] =>
  totals === undefined
    ? []
    : totals.isChange
      ? [`Change per month: ${signedMoney(totals.price)}`]
      : [`Total per month: ${money(totals.price)}`];

export const lines = (...of: (string | undefined | readonly string[])[]): string =>
  of
    .flat()
    .filter((line) => line !== undefined && line !== '')
    .join('\n');

export function choiceStep(data: OrderingChoice): Reply {
  const titles = data.choices.map(({ title }) => title);
  const question =
    data.path.length === 0
      ? `What would you like to order for ${data.organization}?`
      : `Order for ${data.organization}: ${data.path.join(' › ')}. ${data.question}?`;
  return tell(lines(data.error, question, titles, totalLine(data.totals)), orderingChoiceCard(data));
}

export function productStep(data: OrderingProduct): Reply {
  const problems = Object.values(data.errors ?? {}).flatMap((error) => error ?? []);
  const title = `${data.organization}: ${data.path.join(' › ')}`;
  const products = data.products.map(productTitle);
  return tell(lines(problems, title, products, totalLine(data.totals)), orderingProductCard(data));
}

export function addOnStep(data: OrderingAddons): Reply {
  const problems = data.addOns.flatMap(({ error }) => error ?? []);
  const title = `${data.organization}: add-ons for ${data.product}?`;
  return tell(lines(problems, title, data.addOns.map(productTitle)), orderingAddonsCard(data));
}

export function oneOrder(data: OrderingOrder): Reply {
  const begun = data.begun === undefined ? '' : `, ${data.begun}`;
  const title = `Order ${data.order} of ${data.organization} is in the basket${begun}.`;
  return tell(
    lines(data.said, data.warnings, title, data.lines.map(lineInWords), totalLine(data.totals)),
    orderingOrderCard(data),
  );
}

export function severalOrders(data: OrderingBasket): Reply {
  const orders = data.orders.map(
    ({ order, lines: of, totals, begun }) =>
      `${order}: ${of.map(lineInWords).join(', ') || 'nothing yet'} (${[money(totals.price), begun].filter(Boolean).join(', ')})`,
  );
  const title = `${data.organization} has ${data.orders.length} orders in the basket.`;
  return tell(lines(title, orders, totalLine(data.totals)), orderingBasketCard(data));
}

export function emptyBasket(organization: string, drafts: number): Reply {
  const problem = `The basket of ${organization} is empty.`;
  const remedy =
    drafts === 0
      ? 'Begin an order, and what you choose is kept here until you place it.'
      : 'Begin an order, or resume a draft.';
  const buttons = drafts === 0 ? [NEW_ORDER, ORDERS] : [NEW_ORDER, DRAFTS];
  return tell(problem, chatRefusalCard({ organization, problem, remedy, buttons }));
}

export const outToo = (addOn: string, base: string): string =>
  `${addOn} is out of the order too: it is an add-on of ${base}.`;

export function quantitiesForm(data: OrderingQuantities): Reply {
  const problems = data.lines.flatMap(({ error }) => error ?? []);
  return tell(
    lines(problems, `${data.organization}: quantities of order ${data.order}`),
    orderingQuantitiesCard(data),
  );
}

export function confirmation(data: OrderingConfirm): Reply {
  const problems = [...data.problems, ...Object.values(data.errors ?? {}).flatMap((error) => error ?? [])];
  const title = data.mayPlace
    ? `Place order ${data.order} of ${data.organization}?${data.begun === undefined ? '' : ` It was ${data.begun}.`}`
    : `Order ${data.order} of ${data.organization} can’t be placed yet.`;
  return tell(
    lines(
      problems,
      title,
      unusedShown(data).map(({ sentence }) => sentence),
      data.lines.map(lineInWords),
      totalLine(data.totals),
      data.commitments,
    ),
    orderingConfirmCard(data),
  );
}

export function savedForLater(organization: string, order: string): Reply {
  const answer = `Order ${order} of ${organization} is saved as a draft`;
  const detail = `It is no longer in the basket. To go on with it, type: resume ${order}`;
  const buttons = [{ title: 'Resume', command: `resume ${order}` }, BASKET, DRAFTS];
  return tell(`${answer}. ${detail}`, chatDoneCard({ organization, answer, detail, buttons }));
}

export function removed(organization: string, order: string): Reply {
  const answer = `Order ${order} of ${organization} is deleted`;
  const detail = 'Nothing was bought.';
  const buttons = [{ title: 'Bring it back', command: `resume ${order}` }, BASKET, NEW_ORDER];
  return tell(`${answer}. ${detail}`, chatDoneCard({ organization, answer, detail, buttons }));
}

export function noSuchDraft(word: string): Reply {
  return refusal(`There is no order ${word} that you can see.`, undefined, [BASKET, ORDERS]);
}

export function whichDraft(command: string): Reply {
  return refusal(`Which order? Write its number: ${command} 10029.`, undefined, [BASKET, DRAFTS]);
}

export function waitsForApproval(organization: string, order: string): Reply {
  const problem = `Order ${order} of ${organization} waits for approval and can’t be changed meanwhile.`;
  const buttons = [
    { title: 'Withdraw', command: `withdraw ${order}` },
    { title: 'Order', command: `order ${order}` },
  ];
  return refusal(problem, undefined, buttons, organization);
}

export function noLongerChangeable(organization: string, order: string, status: string): Reply {
  const problem = `Order ${order} of ${organization} is ${status.toLowerCase()} and can’t be changed.`;
  return refusal(problem, undefined, [{ title: 'Order', command: `order ${order}` }, BASKET], organization);
}

export function stillDraft(organization: string, order: string): Reply {
  const problem = `Order ${order} of ${organization} is a draft.`;
  return refusal(
    problem,
    'Resume it, and it is in the basket again.',
    [{ title: 'Resume', command: `resume ${order}` }, BASKET],
    organization,
  );
}

export function notADraft(organization: string, order: string): Reply {
  const problem = `Order ${order} of ${organization} is in the basket already.`;
  return refusal(problem, undefined, [{ title: 'Open', command: `basket ${order}` }], organization);
}

export function nothingEnabled(organization: string): Reply {
  const problem = `Nothing can be ordered for ${organization} yet: no service is enabled.`;
  const buttons = [
    { title: 'Enable a service', command: 'enable' },
    { title: 'Catalog', command: 'catalog' },
  ];
  return refusal(problem, 'Enable a service for it first.', buttons, organization);
}

export function nothingPriced(organization: string, currency: string, role: Role): Reply {
  const buttons =
    role === 'provider admin'
      ? [
          { title: 'Set a price', command: 'price' },
          { title: 'Price list', command: 'prices' },
        ]
      : [ORDERS];
  return refusal(notPriced(organization, currency), pricedBy(role, currency), buttons, organization);
}

export function nothingForSale(organization: string, offering: string): Reply {
  const problem = `${offering} has nothing for sale that has a price for ${organization}.`;
  return refusal(problem, undefined, [{ title: 'Catalog', command: 'catalog' }, NEW_ORDER], organization);
}

export function notEnabled(organization: string, product: string, offering: string): Reply {
  const problem = `${product} belongs to ${offering}, which is not enabled for ${organization}.`;
  const buttons = [{ title: `Enable ${offering}`, command: `enable ${quoted(offering)}` }, NEW_ORDER];
  return refusal(problem, `Enable ${offering} first.`, buttons, organization);
}

export function addOnAlone(organization: string, product: string, base: string): Reply {
  const problem = `${product} is an add-on of ${base}, which ${organization} does not have.`;
  const buttons = [{ title: `Order ${base}`, command: `new order ${quoted(base)}` }, NEW_ORDER];
  return refusal(problem, `Order ${base}; its add-ons are asked next.`, buttons, organization);
}

export function noSuchProduct(organization: string, text: string): Reply {
  const problem = `There is no product “${text}” that can be ordered for ${organization}.`;
  return refusal(
    problem,
    'Choose from the catalog, or go step by step.',
    [NEW_ORDER, { title: 'Catalog', command: 'catalog' }],
    organization,
  );
}

const MOST_CHOICES = 6;

export function whichProduct(
  organization: string,
  text: string,
  found: readonly string[],
  quantity: string,
): Reply {
  const question = `Which “${text}”?`;
  const shown = found.slice(0, MOST_CHOICES);
  const detail =
    found.length > shown.length ? `${found.length - shown.length} more have that in their name.` : undefined;
  const choices = shown.map((name) => ({
    title: name,
    value: `new order ${quoted(name)} ${quantity}`.trim(),
  }));
  return tell(`${organization}: ${question}`, chatChoiceCard({ organization, question, detail, choices }));
}

export function askedForApproval(
  organization: string,
  order: string,
  asked: { readonly expiresAt: Date; readonly by: string; readonly told: number },
): Reply {
  const answer = `Order ${order} of ${organization} waits for approval by ${asked.by}`;
  const detail = `${whoDecides(asked)} Nothing is bought before. Without an answer it becomes a draft again on ${dateTime(asked.expiresAt.toISOString())}.`;
  const buttons = [
    { title: 'Order', command: `order ${order}` },
    { title: 'Withdraw', command: `withdraw ${order}` },
    { title: 'Orders', command: 'orders' },
  ];
  return tell(`${answer}. ${detail}`, chatDoneCard({ organization, answer, detail, buttons }));
}

export function refusal(
  problem: string,
  remedy: string | undefined,
  buttons: readonly Button[],
  organization?: string,
): Reply {
  return tell(
    remedy === undefined ? problem : `${problem} ${remedy}`,
    chatRefusalCard({ organization, problem, remedy, buttons }),
  );
}
