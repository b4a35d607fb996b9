/** Which product an article number of a vendor stands for. */
import { distance, nearest } from '../../../chat/words.ts';
import { matching } from '../../organizations/rules.ts';

/** As long as the article numbers of a price list. */
export const LONGEST_SKU = 60;

/** `E3-NEW = Office 365 E3`, also without the sign: the article number and what was said of the product. */
export function parseAlias(words: readonly string[]): { readonly sku: string; readonly product: string } {
  const said = words.join(' ');
  const at = said.indexOf('=');
  const [sku, product] =
    at < 0 ? [words[0] ?? '', words.slice(1).join(' ')] : [said.slice(0, at), said.slice(at + 1)];
  return { sku: withoutQuotes(sku), product: withoutQuotes(product) };
}

const withoutQuotes = (said: string): string => said.replace(/["“”„]/g, '').trim();

type Named = { readonly name: string; readonly sku: string | null };

/** The product of this article number, else those of this name or with it in their name. */
export function productsMeant<T extends Named>(said: string, products: readonly T[]): T[] {
  const typed = said.toLowerCase();
  if (typed === '') return [];
  const bySku = products.filter(({ sku }) => sku?.toLowerCase() === typed);
  return bySku.length > 0 ? bySku : matching(said, products);
}

/** Those whose name or article number comes nearest. */
export function productsNear<T extends Named>(said: string, products: readonly T[], most: number): T[] {
  const words = products.flatMap((product) =>
    [product.name, product.sku ?? '', ...product.name.split(' ')].map((word) => ({
      word: word.toLowerCase(),
      product,
    })),
  );
  const typed = said.toLowerCase();
  const isNear = (word: string) => word.startsWith(typed) || distance(typed, word) <= typed.length / 4;
  const near = nearest(said, [...new Set(words.map(({ word }) => word))], most * 2).filter(isNear);
  return [
    ...new Set(
      near.flatMap((found) => words.filter(({ word }) => word === found).map(({ product }) => product)),
    ),
  ].slice(0, most);
}
