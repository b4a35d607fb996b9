import type { Ctx } from '../bot/index.ts';
import { savePriceList } from '../features/catalog/prices/save.ts';
import { decimalsOf, parseCurrency, withMarkup } from '../features/catalog/rules.ts';
import { type FieldError, Refused } from './problem.ts';
import { ok, pageOf, type Route, route, rowsOf } from './route.ts';
import { list, nothing, paging, pricesInput, pricesSaved, product } from './schemas.ts';
import { loadProducts, markupOf } from './store.ts';

/** The columns of the sheet of prices, and what they are called here. */
const COLUMNS = [
  ['SKU', 'sku'],
  ['Product', 'name'],
  ['Category', 'category'],
  ['Product group', 'group'],
  ['Offering', 'offering'],
  ['Unit', 'unit'],
  ['Commitment', 'commitment'],
  ['Price', 'priceMinor'],
  ['Currency', 'currency'],
] as const;

type Price = (typeof pricesInput)['_output']['prices'][number];

/** An amount as it would be written in a sheet. */
export function amountText(minor: number, currency: string): string {
  const decimals = decimalsOf(currency);
  return (minor / 10 ** decimals).toFixed(decimals);
}

const textOf = (price: Price, name: (typeof COLUMNS)[number][1]): string =>
  name === 'priceMinor' ? amountText(price.priceMinor, price.currency) : (price[name] ?? '');

/** What was said of a cell, said of an entry: there are no rows here. */
const ofEntry = (sentence: string): string =>
  sentence
    .replace(/\brow (\d+)/, (_, row: string) => `/prices/${Number(row) - 2}`)
    .replace(/^(?:the|there)\b/, (word) => `T${word.slice(1)}`);

/** Carries the list out as the sheet of prices would: all of it, or nothing. */
async function savePrices(
  ctx: Ctx,
  provider: { id: number; name: string },
  prices: readonly Price[],
): Promise<number> {
  const unknown = prices.flatMap(({ currency }, index): FieldError[] => {
    const read = parseCurrency(currency);
    return 'error' in read ? [{ field: `/prices/${index}/currency`, reason: read.error }] : [];
  });
  if (unknown.length > 0) throw new Refused(422, 'No price was saved.', { errors: unknown });
  const header = { number: 1, cells: COLUMNS.map(([title]) => title) };
  const rows = prices.map((price, index) => ({
    number: index + 2,
    cells: COLUMNS.map(([, name]) => textOf(price, name)),
  }));
  const saved = await savePriceList(ctx, provider, [header, ...rows]);
  if (saved.kind === 'saved') return saved.rows;
  const errors = saved.problems.map(({ number, sentence }): FieldError => {
    const [, letter = '', reason = sentence] = /^([A-I])\d+: (.*)$/s.exec(sentence) ?? [];
    const name = COLUMNS[letter.charCodeAt(0) - 65]?.[1];
    return { field: `/prices/${number - 2}${name === undefined ? '' : `/${name}`}`, reason: ofEntry(reason) };
  });
  throw new Refused(422, saved.sentence, errors.length > 0 ? { errors } : {});
}

export const catalogRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/catalog',
    id: 'listCatalog',
    summary: 'List products with their prices',
    takes: 'every key',
    params: nothing,
    query: paging,
    response: {
      name: 'Catalog',
      schema: list(product),
      example: {
        items: [
          {
            sku: 'O365-E3',
            name: 'Office 365 E3',
            offering: 'Microsoft Online Services',
            category: 'Productivity',
            group: 'Office 365',
            unit: 'user',
            description: null,
            commitment: 'monthly',
            maxUnitsPerUser: 1,
            forSale: true,
            prices: [{ currency: 'EUR', priceMinor: 2200 }],
          },
        ],
        next: null,
      },
    },
    refusals: [400],
    async run({ db, holder, query }) {
      const rows = await loadProducts(db, rowsOf(query));
      const markup = holder.kind === 'provider' ? 0 : await markupOf(db, holder.id);
      return pageOf(rows, query, (row) => ({
        sku: row.sku,
        name: row.name,
        offering: row.offering,
        category: row.category,
        group: row.group,
        unit: row.unit,
        description: row.description,
        commitment: row.commitment,
        maxUnitsPerUser: row.max_units_per_user,
        forSale: row.for_sale,
        prices: row.prices.map(({ currency, minor }) => ({
          currency,
          priceMinor: withMarkup(minor, markup),
        })),
      }));
    },
  }),
  route({
    method: 'PUT',
    path: '/prices',
    id: 'putPrices',
    summary: 'Set list prices, and add products that are new: all of the list or nothing',
    takes: 'keys of the provider',
    params: nothing,
    query: nothing,
    body: {
      name: 'PricesInput',
      schema: pricesInput,
      example: { prices: [{ sku: 'O365-E3', priceMinor: 2250, currency: 'EUR' }] },
    },
    response: { name: 'PricesSaved', schema: pricesSaved, example: { saved: 1 } },
    refusals: [400, 413, 415, 422],
    run: async (call) => ok({ saved: await savePrices(call, call.holder, call.body.prices) }),
  }),
];
