// The catalog: what can be sold and at which price, who has which offering, price lists and markups.
import { z } from 'zod';
import { button, EVERYBODY, type Feature, SELLERS } from '../../bot/index.ts';
import { showCatalog, showPrices, turnCatalog } from './browse.ts';
import { disableOffering } from './enabling/disable.ts';
import { enableOffering, submitEnable } from './enabling/enable.ts';
import { listOfferings } from './enabling/list.ts';
import { confirmMarkup, markupCommand, submitMarkup } from './markup/markup.ts';
import { setPriceCommand, submitPrice } from './prices/price.ts';

const PROVIDER = ['provider admin'] as const;

const text = z.string().max(500).default('');
const id = z.coerce.number().int().min(1).max(2_147_483_647);
const toggle = z
  .union([z.string(), z.boolean()])
  .optional()
  .transform((value) => value === true || value === 'true');
const page = z.coerce.number().int().min(1).max(1_000_000);
const view = z.enum(['customer', 'reseller', 'provider']);
const ownOr = (named: z.infer<typeof view>) => (named === 'customer' ? 'customer' : 'own');

export const catalog: Feature = {
  name: 'catalog',
  summary: 'Catalog',
  commands: [
    {
      name: 'catalog',
      aliases: ['products'],
      usage: 'catalog [text]',
      summary: 'List what can be ordered with its prices, or search it',
      examples: ['catalog', 'catalog office'],
      roles: EVERYBODY,
      run: showCatalog,
    },
    {
      name: 'prices',
      aliases: ['price list', 'pricelist'],
      usage: 'prices [text]',
      summary: 'Show what you pay yourself: the price list, or a reseller’s prices',
      examples: ['prices', 'prices core'],
      roles: SELLERS,
      run: showPrices,
    },
    {
      name: 'price',
      usage: 'price [sku] [amount]',
      summary: 'Set the price of a product',
      examples: ['price', 'price O365-E3 18.50', 'price AP-CORE 9,25 EUR'],
      roles: PROVIDER,
      run: setPriceCommand,
    },
    {
      name: 'markup',
      usage: 'markup [organization|10023/1] [percent]',
      summary: 'Set what is added to prices, after showing what it does',
      examples: ['markup', 'markup contoso 15', 'markup 10023/1 12.5', 'markup 10023/1 default'],
      roles: SELLERS,
      run: markupCommand,
    },
    {
      name: 'offerings',
      aliases: ['store'],
      usage: 'offerings [organization]',
      summary: 'Show which offerings your store or a customer has',
      examples: ['offerings', 'offerings contoso'],
      roles: EVERYBODY,
      run: listOfferings,
    },
    {
      name: 'enable',
      usage: 'enable [offering] [organization]',
      summary: 'Add an offering to your store, or to a customer',
      examples: ['enable', 'enable webex fabrikam', 'enable "Microsoft O365" "Northwind Partners"'],
      roles: SELLERS,
      run: enableOffering,
    },
    {
      name: 'disable',
      usage: 'disable [offering] [organization]',
      summary: 'Take an offering away where nothing of it runs',
      examples: ['disable webex fabrikam'],
      roles: SELLERS,
      run: disableOffering,
    },
  ],
  buttons: [
    button({
      verb: 'catalog.page',
      roles: EVERYBODY,
      input: z.object({ view, query: text, of: text, page }),
      run: (asked, { view, query, of, page }) =>
        turnCatalog(asked, ownOr(view), { text: query, group: of }, page),
    }),
    button({
      verb: 'catalog.search',
      roles: EVERYBODY,
      input: z.object({ view, text, group: text }),
      run: (asked, { view, text, group }) => turnCatalog(asked, ownOr(view), { text, group }, 1),
    }),
    button({
      verb: 'catalog.enable',
      roles: SELLERS,
      input: z.object({
        offering: id,
        organization: id,
        contactName: text,
        contactEmail: text,
        mpnId: text,
        domain: text,
        migrate: toggle,
        confirmed: toggle,
      }),
      run: submitEnable,
    }),
    button({
      verb: 'catalog.price',
      roles: PROVIDER,
      input: z.object({ sku: text, price: text, currency: text }),
      run: submitPrice,
    }),
    button({
      verb: 'catalog.markup',
      roles: SELLERS,
      input: z.object({ of: text, percent: text }),
      run: submitMarkup,
    }),
    button({
      verb: 'catalog.markup.confirm',
      roles: SELLERS,
      input: z.object({ organization: id, ref: text, markup: text, basis: text }),
      run: confirmMarkup,
    }),
  ],
};
