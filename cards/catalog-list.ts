/** What can be ordered, with its prices: those of one customer, of a reseller, or the list prices. */
import type { Card, Element } from '../src/chat/card.ts';
import { quoted } from '../src/chat/words.ts';
import { commandButton, pageButtons } from './buttons.ts';
import { eur, longest, many } from './demo.ts';
import { card, lead, type Paging, pageLine, subtle } from './elements.ts';
import { choiceInput, textInput } from './fields.ts';
import { count, type Money, money } from './format.ts';
import { type Cell, small, type TableColumn, table } from './table.ts';

export type CatalogRow = {
  readonly name: string;
  readonly sku: string;
  readonly unit: string;
  readonly yearly: boolean;
  readonly offering: string;
  readonly category: string;
  readonly group: string;
  readonly price: Money;
  /** What the customer's reseller pays, and the list price: only for who may see them. */
  readonly purchase?: Money | undefined;
  readonly list?: Money | undefined;
  /** The customer has the offering already. */
  readonly enabled: boolean;
  /** A part of machines: it is configured, not ordered by itself. */
  readonly isResource: boolean;
  /** It costs what is configured of it, and its own price on top. */
  readonly isConfigured: boolean;
};

export type CatalogList = Paging & {
  readonly organization: string;
  readonly view: 'customer' | 'reseller' | 'provider';
  /** `Markup 15 %`, only for who may see it. */
  readonly markup?: string | undefined;
  /** What was searched for. */
  readonly text: string;
  readonly group: string;
  readonly groups: readonly { readonly title: string; readonly value: string }[];
  readonly products: readonly CatalogRow[];
};

const COLUMNS: readonly TableColumn[] = [
  { title: 'Product', width: 4.2 },
  { title: 'Offering, group', width: 3.2 },
  { title: 'Per month', width: 2.8, align: 'right' },
];

const MOST_BUTTONS = 2;
const TITLES = { customer: 'Catalog', reseller: 'What you pay', provider: 'Price list' } as const;

export function catalogListCard(data: CatalogList): Card {
  const { organization, view, markup, products } = data;
  const toOrder = view === 'customer' ? products.filter(({ isResource }) => !isResource) : [];
  const few = toOrder.length <= MOST_BUTTONS;
  return card({
    organization,
    title: TITLES[view],
    body: [
      lead(answer(data)),
      markup === undefined ? undefined : subtle(markup),
      products.length > 0 ? table(COLUMNS, products.map(row)) : undefined,
      pageLine(data),
      few ? undefined : hint(toOrder),
      ...filters(data),
    ],
    actions: [
      ...(few ? toOrder.map(orderButton) : []),
      {
        type: 'Action.Execute',
        title: 'Search',
        verb: 'catalog.search',
        data: { view },
        associatedInputs: 'auto',
      },
      ...pageButtons(data, 'catalog.page', { view, query: data.text, of: data.group }),
      view === 'provider' ? commandButton('Change prices', 'price') : undefined,
      commandButton('Offerings', 'offerings'),
    ],
  });
}

function answer({ total, text, view }: CatalogList): string {
  const what = total === 0 ? 'No products' : count(total, 'product');
  const whose = view === 'provider' ? ' at list prices' : '';
  return `${what}${text === '' ? '' : ` with “${text}”`}${whose}.`;
}

function row({ name, sku, unit, yearly, offering, category, group, enabled, ...prices }: CatalogRow): Cell[] {
  const commitment = yearly ? 'yearly commitment' : 'monthly';
  return [
    [{ text: name, weight: 'bolder' }, small([sku, commitment].filter(Boolean).join(' · '))],
    [offering, small(`${category} · ${group}`), ...(enabled ? [] : [small('Not enabled yet')])],
    costs(prices, unit),
  ];
}

type Prices = Pick<CatalogRow, 'price' | 'purchase' | 'list' | 'isConfigured'>;

function costs({ price, purchase, list, isConfigured }: Prices, unit: string): Cell {
  if (isConfigured && price.minor === 0) return [{ text: 'As configured', weight: 'bolder' }];
  return [
    { text: money(price), weight: 'bolder' },
    small(`per ${unit}${isConfigured ? ', and what is configured' : ''}`),
    ...(purchase === undefined ? [] : [small(`purchase ${money(purchase)}`)]),
    ...(list === undefined ? [] : [small(`list ${money(list)}`)]),
  ];
}

function orderButton({ name, sku, offering, enabled }: CatalogRow) {
  if (!enabled) return commandButton(`Enable ${offering}`, `enable ${quoted(offering)}`);
  return commandButton(`Order ${name}`, `new order ${sku === '' ? quoted(name) : sku}`);
}

function hint(products: readonly CatalogRow[]): Element | undefined {
  const first = products.find(({ enabled, sku }) => enabled && sku !== '');
  return first && subtle(`To order one, type its code: new order ${first.sku}`);
}

function filters({ text, group, groups }: CatalogList): Element[] {
  const all = { title: 'All product groups', value: 'all' };
  return [
    textInput({
      id: 'text',
      label: 'Search by name, code, group, category or offering',
      placeholder: 'office',
      maxLength: 100,
      ...(text && { value: text }),
    }),
    ...(groups.length < 2
      ? []
      : [
          choiceInput({
            id: 'group',
            label: 'Product group',
            style: 'compact',
            choices: [all, ...groups],
            value: group === '' ? 'all' : group,
          }),
        ]),
  ];
}

const office: CatalogRow = {
  name: 'Office 365 E3',
  sku: 'O365-E3',
  unit: 'user',
  yearly: true,
  offering: 'Microsoft O365',
  category: 'Corporate',
  group: 'Office 365',
  price: eur(2200),
  enabled: true,
  isResource: false,
  isConfigured: false,
};
const core: CatalogRow = {
  ...office,
  name: 'Core',
  sku: 'AP-CORE',
  unit: 'core',
  yearly: false,
  offering: 'Azure Pack',
  category: 'Infrastructure',
  group: 'Virtual machines',
  price: eur(1087),
  isResource: true,
};
const machines: CatalogRow = {
  ...core,
  name: 'Azure Pack virtual machines',
  sku: 'AP-IAAS',
  unit: 'configuration',
  price: eur(0),
  isResource: false,
  isConfigured: true,
};
const groups = [
  { title: 'Microsoft O365 · Corporate · Office 365', value: '2' },
  { title: 'Azure Pack · Infrastructure · Virtual machines', value: '6' },
];
const one = { page: 1, pages: 1, text: '', group: '', groups } as const;

export const samples: Record<string, Card> = {
  customer: catalogListCard({
    ...one,
    total: 2,
    organization: 'Contoso',
    view: 'customer',
    products: [office, core],
  }),
  configured: catalogListCard({
    ...one,
    total: 2,
    text: 'azure',
    organization: 'Contoso',
    view: 'customer',
    markup: 'Markup 15 %',
    products: [
      { ...machines, purchase: eur(0) },
      { ...machines, name: 'Azure Pack with support', sku: 'AP-PLUS', price: eur(4500), purchase: eur(3913) },
    ],
  }),
  reseller: catalogListCard({
    ...one,
    total: 1,
    text: 'e3',
    organization: 'Contoso',
    view: 'customer',
    markup: 'Markup 15 %',
    products: [{ ...office, purchase: eur(1913) }],
  }),
  provider: catalogListCard({
    ...one,
    total: 1,
    organization: 'Contoso',
    view: 'customer',
    markup: 'Markup 15 %',
    products: [{ ...office, purchase: eur(1913), list: eur(1822), enabled: false }],
  }),
  list: catalogListCard({
    ...one,
    total: 2,
    organization: 'HamaraCloud',
    view: 'provider',
    products: [
      { ...office, price: eur(1822) },
      { ...core, price: eur(900) },
    ],
  }),
  empty: catalogListCard({
    ...one,
    total: 0,
    text: 'zoom',
    organization: 'Contoso',
    view: 'customer',
    products: [],
  }),
  page: catalogListCard({
    organization: longest.organization,
    view: 'customer',
    markup: 'Markup 10,000 %',
    page: 2,
    pages: 7,
    total: 68,
    text: 'microsoft',
    group: '4',
    groups: many(30, (index) => ({
      title: `${longest.product} · Corporate · Office 365 number ${index}`,
      value: String(index),
    })),
    products: many(10, () => ({
      ...office,
      name: longest.product,
      sku: 'O365-E3-YEARLY-NON-PROFIT-2026',
      price: eur(2_147_483_647),
      purchase: eur(2_047_483_647),
      list: eur(1_947_483_647),
    })),
  }),
};
