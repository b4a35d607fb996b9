import { type CatalogList, type CatalogRow, catalogListCard } from '../../../cards/catalog-list.ts';
import { chatRefusalCard } from '../../../cards/chat-refusal.ts';
import { count, money, number, percent } from '../../../cards/format.ts';
import { type Role, tell } from '../../bot/index.ts';
import type { Reply } from '../../chat/reply.ts';
import { isConfigured, notPriced, pricedBy } from './rules.ts';
import type { Found } from './store.ts';

type List = Omit<CatalogList, 'products' | 'markup'> & {
  readonly found: readonly Found[];
  readonly markupBp: number | undefined;
};

export function productList({ found, markupBp, ...data }: List): Reply {
  const markup = markupBp === undefined ? undefined : `Markup ${percent(markupBp)}`;
  const { organization, text, total, page, pages } = data;
  const what = total === 0 ? 'no products' : count(total, 'product');
  const searched = text === '' ? '' : ` with “${text}”`;
  const paged = pages > 1 ? ` Page ${number(page)} of ${number(pages)}.` : '';
  const products = found.map(asRow);
  const lines = [`${organization}: ${what}${searched}.${paged}`, ...products.map(inShort)];
  return tell(lines.join('\n'), catalogListCard({ ...data, markup, products }));
}

function asRow(product: Found): CatalogRow {
  const { name, sku, unit, offering, category, group, currency, enabled } = product;
  const amount = (minor: number | null) => (minor === null ? undefined : { minor, currency });
  return {
    name,
    sku: sku ?? '',
    unit,
    yearly: product.commitment === 'yearly',
    offering,
    category,
    group,
    price: { minor: product.price_minor, currency },
    purchase: amount(product.purchase_minor),
    list: amount(product.list_minor),
    enabled: Boolean(enabled),
    isResource: product.resource !== null,
    isConfigured: isConfigured(product),
  };
}

function inShort({ name, sku, unit, yearly, price, isConfigured }: CatalogRow): string {
  const each = `${money(price)} per ${unit} and month`;
  const own = price.minor === 0 ? 'priced as configured' : `${each}, and what is configured`;
  const costs = isConfigured ? own : each;
  return `${[sku, name].filter(Boolean).join(' ')}: ${costs}${yearly ? ', yearly commitment' : ''}`;
}

export function nothingPriced(organization: string, currency: string, role: Role): Reply {
  const problem = notPriced(organization, currency);
  const remedy = pricedBy(role, currency);
  const buttons =
    role === 'provider admin'
      ? [
          { title: 'Set a price', command: 'price' },
          { title: 'Price list', command: 'prices' },
        ]
      : [{ title: 'Offerings', command: 'offerings' }];
  return tell(`${problem} ${remedy}`, chatRefusalCard({ organization, problem, remedy, buttons }));
}

/** In a place where others read along. */
export function onlyInPrivate(): Reply {
  const problem = 'Ask me this in a personal chat: the answer is not for everybody here.';
  return tell(problem, chatRefusalCard({ problem }));
}
