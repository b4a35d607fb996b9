import { type Asked, newOnce, record } from '../../../bot/index.ts';
import type { Reply } from '../../../chat/reply.ts';
import { onlyInPrivate } from '../replies.ts';
import { decimalsOf, parseAmount, parseCurrency } from '../rules.ts';
import { noSuchProduct, priceForm, priceSaved, priceSummary, tooLarge } from './replies.ts';
import { type Changed, isAffordable, type Known, keptOf } from './rules.ts';
import { loadCurrency, loadFactors, loadKnown, lockPrices, savePrices } from './store.ts';

export type PriceValues = { readonly sku: string; readonly price: string; readonly currency: string };
export type PriceErrors = { readonly [field in keyof PriceValues]?: string | undefined };

/** `price O365-E3 22.50`; without an amount it opens the form. */
export async function setPriceCommand(asked: Asked, words: readonly string[]): Promise<Reply> {
  if (asked.place.kind !== 'personal') return onlyInPrivate();
  const [sku = '', ...rest] = words;
  const last = rest.at(-1) ?? '';
  const named = rest.length > 1 && /^[a-z]{3}$/i.test(last);
  const currency = named ? last : await loadCurrency(asked.db);
  const price = (named ? rest.slice(0, -1) : rest).join(' ');
  if (price === '') return emptyForm(asked, { sku, price, currency });
  return { ...(await setPrice(asked, { sku, price, currency })), position: 'below' };
}

async function emptyForm(asked: Asked, values: PriceValues): Promise<Reply> {
  const product = await named(asked, values.sku);
  if (values.sku !== '' && product === undefined)
    return form(values, { sku: noSuchProduct(values.sku) }, undefined);
  return form(values, undefined, product);
}

function form(values: PriceValues, errors: PriceErrors | undefined, product: Known | undefined): Reply {
  const minor = product?.prices[values.currency];
  const present = minor === undefined ? undefined : { minor, currency: values.currency };
  return priceForm({ values, errors, product: product?.name, present, once: newOnce() });
}

export function submitPrice(asked: Asked, values: PriceValues): Promise<Reply> {
  return asked.place.kind === 'personal' ? setPrice(asked, values) : Promise.resolve(onlyInPrivate());
}

/** The product of this SKU, or of this whole name. */
async function named({ db }: Asked, sku: string): Promise<Known | undefined> {
  const typed = sku.trim().toLowerCase();
  const all = typed === '' ? [] : await loadKnown(db);
  return (
    all.find((one) => one.sku?.toLowerCase() === typed) ?? all.find((one) => one.name.toLowerCase() === typed)
  );
}

async function setPrice(asked: Asked, values: PriceValues): Promise<Reply> {
  const { db } = asked;
  await lockPrices(db);
  const product = await named(asked, values.sku);
  const currency = parseCurrency(values.currency);
  const amount =
    'value' in currency ? parseAmount(values.price, currency.value) : parseAmount(values.price, 'EUR');
  const errors: PriceErrors = {
    sku: product === undefined ? noSuchProduct(values.sku) : undefined,
    currency: 'error' in currency ? currency.error : undefined,
    price: 'error' in amount ? amount.error : undefined,
  };
  if (product === undefined || 'error' in currency || 'error' in amount)
    return { ...form(values, errors, product), position: 'instead' };
  const factor = (await loadFactors(db))[currency.value] ?? 1;
  if (!isAffordable(amount.value, factor))
    return { ...form(values, { price: tooLarge(values.price) }, product), position: 'instead' };

  const before = product.prices[currency.value];
  const after = { minor: amount.value, currency: currency.value };
  if (before !== amount.value) {
    await savePrices(db, [{ product: product.id, ...after }]);
    const kept = keptOf(product, currency.value);
    const changed: Changed = {
      product: product.id,
      currency: currency.value,
      before: kept,
      after: { ...kept, price: amount.value },
    };
    await record(asked, {
      organizationId: asked.member.organization.id,
      orderId: null,
      kind: 'price',
      summary: priceSummary(product, before, after),
      before: { sku: product.sku, currency: currency.value, price: before ?? null },
      after: { sku: product.sku, currency: currency.value, price: amount.value },
      undo: { prices: [{ sku: product.sku ?? product.name, changed }] },
    });
  }
  const back =
    before === undefined || before === amount.value ? undefined : plainAmount(before, currency.value);
  return priceSaved(product, before, after, back);
}

const plainAmount = (minor: number, currency: string): string => {
  const decimals = decimalsOf(currency);
  return (minor / 10 ** decimals).toFixed(decimals);
};
