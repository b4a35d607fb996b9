import { type CatalogList, type CatalogRow, catalogListCard } from '../../../cards/catalog-list.ts';
import { chatRefusalCard } from '../../../cards/chat-refusal.ts';
import { count, money, number, percent } from '../../../cards/format.ts';
import { tell } from '../../bot/index.ts';
import type { Reply } from '../../chat/reply.ts';
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
  };
}

const inShort = ({ name, sku, unit, yearly, price }: CatalogRow) =>
  `${[sku, name].filter(Boolean).join(' ')}: ${money(price)} a ${unit} and month${yearly ? ', yearly commitment' : ''}`;

/** In a place where others read along. */
export function onlyInPrivate(): Reply {
  const problem = 'Ask me this in a personal chat: the answer is not for everybody here.';
  return tell(problem, chatRefusalCard({ problem }));
}
