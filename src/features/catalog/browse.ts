import { type Asked, PAGE_SIZE, pageOf } from '../../bot/index.ts';
import type { Reply } from '../../chat/reply.ts';
import { currentCustomer, inCustomerView, type View, viewerHere } from '../organizations/view.ts';
import { nothingPriced, onlyInPrivate, productList } from './replies.ts';
import { searchText, searchWords } from './rules.ts';
import {
  countProducts,
  type Eyes,
  loadGroups,
  loadMarkup,
  loadProducts,
  loadUnpricedCurrency,
} from './store.ts';

/** What is looked for: words, and a product group where one was chosen. */
export type Query = { readonly text: string; readonly group: string };

/** `catalog office`: at the prices of the customer whose view it is; without one, what one pays oneself. */
export async function showCatalog(asked: Asked, words: readonly string[]): Promise<Reply> {
  const query = { text: words.join(' '), group: '' };
  const chosen = await currentCustomer(asked);
  if (chosen === undefined && seesOwn(asked)) return ownPrices(asked, query, 1);
  return inCustomerView(asked, (view) => customerPrices(view, query, 1));
}

/** `prices office`: the list prices of the provider, or what a reseller pays. */
export function showPrices(asked: Asked, words: readonly string[]): Promise<Reply> {
  return ownPrices(asked, { text: words.join(' '), group: '' }, 1);
}

/** Another page or another search, in place of the card whose button was pressed. */
export async function turnCatalog(
  asked: Asked,
  view: 'customer' | 'own',
  query: Query,
  page: number,
): Promise<Reply> {
  const said = { ...asked, text: `catalog ${query.text}`.trim() };
  const reply =
    view === 'own'
      ? await ownPrices(said, query, page)
      : await inCustomerView(said, (inside) => customerPrices(inside, query, page));
  return { ...reply, position: 'instead' };
}

const seesOwn = (asked: Asked) => viewerHere(asked).seesMarkup;

async function ownPrices(asked: Asked, query: Query, page: number): Promise<Reply> {
  const { organization } = asked.member;
  if (organization.kind === 'customer' || !seesOwn(asked)) return onlyInPrivate();
  const eyes: Eyes = { kind: organization.kind, organizationId: organization.id };
  return list(asked, { organization: organization.name, view: organization.kind }, eyes, query, page);
}

async function customerPrices(view: View, query: Query, page: number): Promise<Reply> {
  const { id, name } = view.customer;
  const sees = !view.viewer.seesMarkup
    ? 'price'
    : view.member.organization.kind === 'provider'
      ? 'list'
      : 'purchase';
  const eyes: Eyes = { kind: 'customer', organizationId: id, sees };
  const markupBp = sees === 'price' ? undefined : await loadMarkup(view.db, id);
  const reply = await list(view, { organization: name, view: 'customer', markupBp }, eyes, query, page);
  return { ...reply, about: id };
}

type Whose = {
  readonly organization: string;
  readonly view: 'customer' | 'reseller' | 'provider';
  readonly markupBp?: number | undefined;
};

async function list(asked: Asked, whose: Whose, eyes: Eyes, query: Query, page: number): Promise<Reply> {
  const { db, member } = asked;
  const unpriced = eyes.kind === 'provider' ? undefined : await loadUnpricedCurrency(db, eyes.organizationId);
  if (unpriced !== undefined) return nothingPriced(whose.organization, unpriced, member.role);
  const text = searchText(query.text);
  const group = /^\d{1,9}$/.test(query.group) ? query.group : '';
  const search = { words: searchWords(text), group: group === '' ? undefined : Number(group) };
  const paging = pageOf(page, await countProducts(db, eyes, search));
  const groups = await loadGroups(db, eyes);
  return productList({
    markupBp: undefined,
    ...whose,
    ...paging,
    text,
    group: groups.some(({ id }) => String(id) === group) ? group : '',
    groups: groups.map(({ id, offering, category, name }) => ({
      title: `${offering} · ${category} · ${name}`,
      value: String(id),
    })),
    found: await loadProducts(db, eyes, search, (paging.page - 1) * PAGE_SIZE, PAGE_SIZE),
  });
}
