// `alias`: the same product under another article number of its vendor.
import { z } from 'zod';
import { type Asked, PAGE_SIZE, pageOf, record } from '../../../bot/index.ts';
import type { Reply } from '../../../chat/reply.ts';
import { nearest } from '../../../chat/words.ts';
import type { Undoers } from '../../history/undoers.ts';
import {
  aliasAdded,
  aliasAddedInHistory,
  aliasAlready,
  aliasList,
  aliasRemoved,
  aliasRemovedInHistory,
  incomplete,
  noArticle,
  noSuchAlias,
  notBack,
  ownSku,
  tooLong,
  unknownProduct,
  whichProduct,
  whichProductOf,
} from './replies.ts';
import { LONGEST_SKU, parseAlias, productsMeant, productsNear } from './rules.ts';
import {
  countAliases,
  deleteAlias,
  findAliases,
  findSubscription,
  loadAliases,
  loadAllSkus,
  loadProducts,
  loadSeenSkus,
  lockAliases,
  type Product,
  saveAlias,
} from './store.ts';

const MOST_CHOICES = 5;

/** `alias`, `alias E3-NEW = Office 365 E3` */
export async function alias(asked: Asked, words: readonly string[]): Promise<Reply> {
  return words.length === 0 ? listAliases(asked, 1) : addAlias(asked, words);
}

export async function listAliases({ db, member }: Asked, page: number): Promise<Reply> {
  const paging = pageOf(page, await countAliases(db));
  const found = await loadAliases(db, (paging.page - 1) * PAGE_SIZE, PAGE_SIZE);
  return aliasList({
    ...paging,
    organization: member.organization.name,
    aliases: found.map(({ at, own, productId: _, ...one }) => ({
      ...one,
      own: own ?? undefined,
      at: at.toISOString(),
    })),
  });
}

/** `alias add E3-NEW = Office 365 E3` */
export async function addAlias(asked: Asked, words: readonly string[]): Promise<Reply> {
  const { db } = asked;
  const { sku, product: said } = parseAlias(words);
  if (sku === '') return incomplete(await loadSeenSkus(db, MOST_CHOICES));
  if (sku.length > LONGEST_SKU) return tooLong();
  const products = await loadProducts(db);
  const own = products.find((one) => one.sku?.toLowerCase() === sku.toLowerCase());
  if (own !== undefined) return ownSku(sku, own);
  const subscription = await findSubscription(db, sku);
  if (subscription !== undefined) return noArticle(sku, subscription, said);
  if (said === '') return whichProductOf(sku, productsNear(sku, products, MOST_CHOICES));
  const [product, ...others] = productsMeant(said, products);
  if (product === undefined) return unknownProduct(sku, said, productsNear(said, products, MOST_CHOICES));
  if (others.length > 0) return whichProduct(sku, said, [product, ...others], MOST_CHOICES);
  return add(asked, sku, product);
}

async function add(asked: Asked, sku: string, product: Product): Promise<Reply> {
  const { db, member, now } = asked;
  await lockAliases(db);
  const known = (await findAliases(db, sku)).find(({ provider }) => provider === product.provider);
  if (known !== undefined) return aliasAlready(known, product);
  const { provider, id, name } = product;
  await saveAlias(db, { provider, sku, product: id, by: member.name, at: now });
  await record(asked, {
    organizationId: member.organization.id,
    orderId: null,
    kind: 'alias',
    summary: aliasAddedInHistory(sku, name),
    after: { sku, product: name },
    undo: { provider, sku, product: id, was: 'added' } satisfies Back,
  });
  return aliasAdded(sku, name);
}

/** `alias remove E3-NEW` */
export async function removeAlias(asked: Asked, words: readonly string[]): Promise<Reply> {
  const { db, member } = asked;
  const said = words.join(' ').trim();
  const [found] = said === '' ? [] : await findAliases(db, said);
  if (found === undefined) return noSuchAlias(said, await nearSkus(asked, said));
  const { provider, sku, productId, product } = found;
  await deleteAlias(db, { provider, sku, product: productId });
  await record(asked, {
    organizationId: member.organization.id,
    orderId: null,
    kind: 'alias',
    summary: aliasRemovedInHistory(sku, product),
    before: { sku, product },
    undo: { provider, sku, product: productId, was: 'removed' } satisfies Back,
  });
  return aliasRemoved(found);
}

async function nearSkus({ db }: Asked, said: string): Promise<string[]> {
  const all = await loadAllSkus(db);
  if (said === '') return all.slice(0, MOST_CHOICES);
  const near = nearest(
    said,
    all.map((sku) => sku.toLowerCase()),
    MOST_CHOICES,
  );
  return all.filter((sku) => near.includes(sku.toLowerCase()));
}

const back = z.object({
  provider: z.string(),
  sku: z.string(),
  product: z.number(),
  was: z.enum(['added', 'removed']),
});
type Back = z.infer<typeof back>;

/** How an article number that was added or removed is taken back. */
export const undoAliases: Undoers = {
  async alias({ db, member, now }, data) {
    const { was, ...of } = back.parse(data);
    if (member.organization.kind !== 'provider') return { kind: 'impossible', reason: notBack(of.sku) };
    const isBack =
      was === 'added' ? await deleteAlias(db, of) : await saveAlias(db, { ...of, by: member.name, at: now });
    return isBack ? { kind: 'undone' } : { kind: 'impossible', reason: notBack(of.sku) };
  },
};
