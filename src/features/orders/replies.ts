import { chatChoiceCard } from '../../../cards/chat-choice.ts';
import { chatDoneCard } from '../../../cards/chat-done.ts';
import { chatRefusalCard } from '../../../cards/chat-refusal.ts';
import { count, number } from '../../../cards/format.ts';
import { approvalLine, priceChanged } from '../../../cards/ordered.ts';
import { type OrdersDetails, ordersDetailsCard } from '../../../cards/orders-details.ts';
import { type OrdersFind, ordersFindCard } from '../../../cards/orders-find.ts';
import { type OrdersLinks, ordersLinksCard } from '../../../cards/orders-links.ts';
import { type OrdersList, ordersListCard } from '../../../cards/orders-list.ts';
import { type OrdersNote, ordersNoteCard } from '../../../cards/orders-note.ts';
import { type ServicesDetails, servicesDetailsCard } from '../../../cards/services-details.ts';
import { type ServicesList, servicesListCard } from '../../../cards/services-list.ts';
import { type ServicesPreview, servicesPreviewCard } from '../../../cards/services-preview.ts';
import type { Undo } from '../../../cards/undo.ts';
import { billedOf, freeOf, machinesOf, type ServiceUnits, unitsIn } from '../../../cards/units.ts';
import { replaceWith, tell } from '../../bot/index.ts';
import type { Found } from '../../chat/edge.ts';
import type { Reply } from '../../chat/reply.ts';
import type { Choosable } from './store.ts';

export function orderList(data: OrdersList): Reply {
  const orders = `${data.more ? 'more than ' : ''}${count(data.total, 'order')}`;
  const lines = data.orders.map(({ number: name, status, waits, items, changes }) => {
    // Nothing is ordered where only the markup changes.
    const what = items.length > 0 ? items : changes;
    return `${name} ${status}${waits ? ', waits for approval' : ''}${what.length > 0 ? ': ' : ''}${what.join(', ')}`;
  });
  return tell([`${data.organization}: ${orders}, ${data.view}.`, ...lines].join('\n'), ordersListCard(data));
}

export function orderDetails(data: OrdersDetails): Reply {
  const lines = [
    `${data.number} of ${data.organization}: ${data.status}.`,
    ...(data.error === undefined ? [] : [data.error]),
    ...(data.approval === undefined ? [] : [approvalLine(data.approval)]),
    ...(data.costBefore === undefined ? [] : [priceChanged(data.costBefore)]),
    ...(data.note === undefined ? [] : [`Note: ${data.note}`]),
    ...data.lines.map(({ change, item, quantity }) =>
      [change, quantity === undefined ? item : `${number(quantity)} × ${item}`].join(': '),
    ),
    ...data.steps.map(({ title, state, error }) =>
      state === 'unsent' ? title : `${title}: ${state}${error === undefined ? '' : ` (${error})`}`,
    ),
    ...data.services.map(inShort),
  ];
  return tell(lines.join('\n'), ordersDetailsCard(data));
}

export function serviceList(data: ServicesList): Reply {
  const lines = [`Services of ${data.short} (${data.organization}):`, ...data.services.map(inShort)];
  return tell(lines.join('\n'), servicesListCard(data));
}

export function serviceDetails(data: ServicesDetails): Reply {
  const { service, users, total, text } = data;
  const searched = text === undefined ? '' : ` with “${text}”`;
  const of = `${service.product} (${service.service}) of ${data.organization}`;
  if (service.machines !== undefined)
    return tell(`${of}: ${machinesOf(service.machines)}.`, servicesDetailsCard(data));
  const lines = [
    `${of}: ${freeOf(service)}, ${count(total, 'user')}${searched}.`,
    ...billedOf(service).map((line) => `${line}.`),
    ...(data.refused === undefined ? [] : [`Not assigned at the vendor: ${data.refused}`]),
    ...users.map(({ user, units }) => `${user}: ${count(units, 'unit')}`),
  ];
  return tell(lines.join('\n'), servicesDetailsCard(data));
}

function inShort(of: ServiceUnits): string {
  const { service, product, units, free, machines } = of;
  const counted = [`${number(free)} of ${number(units)} free`, ...billedOf(of)].join(', ');
  return `${service} ${product}: ${machines === undefined ? counted : machinesOf(machines)}`;
}

export function setUpLinks(data: OrdersLinks): Reply {
  const links = data.links.map(({ title, url }) => `${title}: ${url}`);
  return replaceWith(
    [`Set up the services of order ${data.short} of ${data.organization}:`, ...links].join('\n'),
    ordersLinksCard(data),
  );
}

export function noServices(organization: string, short: string): Reply {
  const problem = `Order ${short} has no services yet.`;
  const buttons = [{ title: 'Order', command: `order ${short}` }];
  return tell(problem, chatRefusalCard({ organization, problem, buttons }));
}

export function noteForm(data: OrdersNote): Reply {
  const card = ordersNoteCard(data);
  return data.errors === undefined
    ? tell(data.short === undefined ? 'Note on an order' : `Note on order ${data.short}`, card)
    : replaceWith([data.errors.order, data.errors.note].filter(Boolean).join('\n'), card);
}

/** `undo` is nothing where the note was the same before. */
export function noteSaved(organization: string, short: string, note: string, undo: Undo | undefined): Reply {
  const answer =
    note === '' ? `The note on order ${short} is removed.` : `Order ${short} has the note “${note}”.`;
  const buttons = [{ title: 'Order', command: `order ${short}` }];
  return replaceWith(answer, chatDoneCard({ organization, answer, buttons, undo }));
}

export function orderForm(data: OrdersFind): Reply {
  const card = ordersFindCard(data);
  return data.error === undefined
    ? tell(`Which order? Write its number: ${data.show} 10023.`, card)
    : replaceWith(data.error, card);
}

export const WHICH_ORDER = 'Choose an order, or write its number.';
export const noOrder = (word: string): string => `There is no order ${word} that you can see.`;

export function notAnOrderNumber(word: string, prefix: string): Reply {
  return refusal(`“${word}” is not an order number.`, `Write it like 10023 or ${prefix}10023.`, [
    { title: 'Orders', command: 'orders' },
  ]);
}

export function noSuchOrder(word: string): Reply {
  return refusal(noOrder(word), undefined, [{ title: 'Orders', command: 'orders' }]);
}

export function noSuchService(word: string, order?: number): Reply {
  const button =
    order === undefined
      ? { title: 'Free units', command: 'free' }
      : { title: 'Services', command: `services ${order}` };
  return refusal(
    `There is no service “${word}” that you can see.`,
    'Write it like 10023/1, or part of its name.',
    [button],
  );
}

/** Slack allows 75 characters in an option. */
const LONGEST_CHOICE = 75;

export function whichService(
  organization: string,
  word: string,
  { services, more }: Choosable,
  again: (ref: string) => string,
): Reply {
  const question = `Which “${word}”?`;
  // Up to six are buttons, which hold a long command; more are a list of short ones.
  const shown = services.some(({ ref }) => again(ref).length > LONGEST_CHOICE)
    ? services.slice(0, 6)
    : services;
  const choices = shown.map(({ ref, product, free, machines }) => ({
    title: `${ref} · ${machines === null ? `${number(free)} free` : machinesOf(machines)} · ${product}`,
    value: again(ref),
  }));
  const left = more ? 'More services' : number(services.length - shown.length);
  const isWhole = !more && services.length === shown.length;
  const have = more ? 'have' : 'more have';
  const detail = isWhole ? undefined : `${left} ${have} that in their name. Write its number, as in 10023/1.`;
  return tell(question, chatChoiceCard({ organization, question, detail, choices }));
}

function refusal(
  problem: string,
  remedy?: string,
  buttons: { title: string; command: string }[] = [],
): Reply {
  return tell(problem, chatRefusalCard({ problem, remedy, buttons }));
}

/** A service that somebody shows to others. */
export const shownService = (data: ServicesPreview): Found => ({
  title: `${data.product} · ${data.service}`,
  detail: `${data.organization}: ${unitsIn(data)}`,
  card: servicesPreviewCard(data),
});
