import { type AliasesList, aliasesListCard } from '../../../../cards/aliases-list.ts';
import { chatChoiceCard } from '../../../../cards/chat-choice.ts';
import { chatDoneCard } from '../../../../cards/chat-done.ts';
import { chatRefusalCard } from '../../../../cards/chat-refusal.ts';
import { count } from '../../../../cards/format.ts';
import { tell } from '../../../bot/index.ts';
import type { Reply } from '../../../chat/reply.ts';
import { quoted } from '../../../chat/words.ts';
import { LONGEST_SKU } from './rules.ts';
import type { Alias, Product, Sold } from './store.ts';

const LIST = { title: 'Article numbers', command: 'alias' };
const ADD = 'Type the vendor’s article number and our product, such as: alias add E3-NEW = Office 365 E3';
const add = (sku: string, { sku: own, name }: Pick<Product, 'sku' | 'name'>) =>
  `alias add ${quoted(sku)} = ${quoted(own ?? name)}`;

export type Suggested = { readonly sku: string; readonly product: string };

export function aliasList(data: AliasesList): Reply {
  const lines = data.aliases.map(({ sku, product, own }) => `${sku} is ${product}${own ? ` (${own})` : ''}`);
  const head =
    data.total === 0
      ? 'No product has another article number at its vendor.'
      : `${count(data.total, 'other article number')}.`;
  return tell([head, ...lines, ADD].join('\n'), aliasesListCard(data));
}

export const aliasAddedInHistory = (sku: string, product: string): string =>
  `Added ${sku} as another article number of ${product}`;
export const aliasRemovedInHistory = (sku: string, product: string): string =>
  `Removed ${sku} as another article number of ${product}`;

export function aliasAdded(sku: string, product: string): Reply {
  const answer = `${sku} is ${product}`;
  const detail = 'Findings that this explains are gone; the next reading goes by it.';
  return tell(`${answer}. ${detail}`, chatDoneCard({ answer, detail, buttons: [LIST, FINDINGS] }));
}
const FINDINGS = { title: 'Findings', command: 'findings' };

export function aliasRemoved({ sku, product, own }: Pick<Alias, 'sku' | 'product' | 'own'>): Reply {
  const answer = `${sku} is not ${product} any more`;
  const detail = 'The next reading goes by it.';
  const back = { title: 'Add it again', command: add(sku, { sku: own, name: product }) };
  return tell(`${answer}. ${detail}`, chatDoneCard({ answer, detail, buttons: [back, LIST] }));
}

const refusal = (
  problem: string,
  remedy: string | undefined,
  buttons: readonly { title: string; command: string }[],
) =>
  tell(
    remedy === undefined ? problem : `${problem} ${remedy}`,
    chatRefusalCard({ problem, remedy, buttons }),
  );

/** Less was said than it takes; what vendors were found to use is offered. */
export const incomplete = (seen: readonly Suggested[]): Reply =>
  refusal('Which article number, and which product?', ADD, [
    ...seen.map(({ sku, product }) => ({
      title: `${sku} is ${product}`,
      command: add(sku, { sku: product, name: product }),
    })),
    LIST,
  ]);

export const whichProductOf = (sku: string, near: readonly Product[]): Reply =>
  refusal(
    `Which product is ${sku}?`,
    ADD,
    near.map((one) => ({ title: one.name, command: add(sku, one) })),
  );

export const tooLong = (): Reply =>
  refusal(`An article number has ${LONGEST_SKU} characters at most.`, undefined, [LIST]);

export const unknownProduct = (sku: string, said: string, near: readonly Product[]): Reply =>
  refusal(
    `There is no product “${said}”.`,
    near.length > 0 ? 'Did you mean one of these?' : 'The catalog shows what there is.',
    [
      ...near.map((one) => ({ title: one.name, command: add(sku, one) })),
      { title: 'Catalog', command: 'catalog' },
    ],
  );

export function whichProduct(sku: string, said: string, found: readonly Product[], most: number): Reply {
  const question = `Which product is ${sku}?`;
  const rest = found.length - most;
  const detail = `“${said}” fits ${count(found.length, 'product')}${rest > 0 ? `; say more of its name where it is none of these ${most}` : ''}.`;
  const choices = found.slice(0, most).map((one) => ({ title: one.name, value: add(sku, one) }));
  return tell(`${question} ${detail}`, chatChoiceCard({ question, detail, choices }));
}

export const ownSku = (sku: string, { name }: Product): Reply =>
  refusal(`${sku} is the article number of ${name} itself.`, 'It can’t be another product as well.', [
    { title: 'Catalog', command: `catalog ${sku}` },
    LIST,
  ]);

/** What was given is how the vendor calls one subscription, not what it sells. */
export const noArticle = (subscription: string, { sku, product }: Sold, wanted: string): Reply =>
  refusal(
    `${subscription} is a subscription at the vendor, not an article number.`,
    sku === undefined
      ? 'Take the number of what it was sold as.'
      : `Its article number is ${sku}${product === undefined ? '' : `: ${product}`}.`,
    [
      ...(sku === undefined || product !== undefined || wanted === ''
        ? []
        : [{ title: `Add ${sku}`, command: `alias add ${quoted(sku)} = ${quoted(wanted)}` }]),
      LIST,
    ],
  );

export const aliasAlready = (alias: Alias, wanted: Product): Reply =>
  alias.productId === wanted.id
    ? refusal(`${alias.sku} is ${alias.product} already.`, undefined, [LIST])
    : refusal(`${alias.sku} is ${alias.product}.`, 'Remove that first, if it is wrong.', [
        { title: 'Remove it', command: `alias remove ${quoted(alias.sku)}` },
        LIST,
      ]);

export const noSuchAlias = (sku: string, near: readonly string[]): Reply =>
  refusal(
    sku === '' ? 'Which article number?' : `${sku} is no other article number of a product.`,
    near.length > 0 ? 'Did you mean one of these?' : undefined,
    [...near.map((one) => ({ title: one, command: `alias remove ${quoted(one)}` })), LIST],
  );

export const notBack = (sku: string): string => `${sku} has changed since, so it stays as it is.`;
