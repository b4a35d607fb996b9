// For whom an order is: words of `new order` that name an organization instead of a product.
import type { Asked } from '../../bot/index.ts';
import type { Reply } from '../../chat/reply.ts';
import { quoted } from '../../chat/words.ts';
import { isOrganization } from '../organizations/details.ts';
import { chooseCustomer } from '../organizations/use.ts';
import { currentCustomer, customerNamed } from '../organizations/view.ts';
import { findProducts } from './store.ts';

type Words = readonly string[];
/** What is ordered, and for whom. */
type Whom = { readonly what: Words; readonly name: string };

const SHORTEST = 3;
const MOST_WORDS = 8;

/** `e3 for contoso 5` -> `e3 5`, for `contoso`. A name without more is one too. */
async function whomIn(asked: Asked, words: Words): Promise<Whom | undefined> {
  const fors = words.slice(0, MOST_WORDS).flatMap((word, at) => (word.toLowerCase() === 'for' ? [at] : []));
  for (const at of fors) {
    const after = words.slice(at + 1);
    for (let length = Math.min(after.length, MOST_WORDS); length > 0; length--) {
      const name = after.slice(0, length).join(' ');
      if (await isNamed(asked, name)) return { what: [...words.slice(0, at), ...after.slice(length)], name };
    }
  }
  const [whole, unknown] = [words.join(' '), words.slice(1).join(' ')];
  if (fors[0] === 0 && unknown !== '') return { what: [], name: unknown };
  return (await isNamed(asked, whole)) ? { what: [], name: whole } : undefined;
}

/** A letter or two are in the name of somebody. */
const isNamed = async (asked: Asked, name: string): Promise<boolean> =>
  name.length >= SHORTEST && (await isOrganization(asked, name));

/**
 * The words without the name of the customer whose orders are seen here; or the answer: an order for another customer, or
 * the question for which one, where the name is that of a reseller. Words that name a product stay as they are.
 */
export async function forWhom(
  asked: Asked,
  words: Words,
): Promise<{ readonly words: Words } | { readonly reply: Reply }> {
  const isProduct = words.length === 0 || (await findProducts(asked.db, 0, words.join(' '))).length > 0;
  const whom = isProduct ? undefined : await whomIn(asked, words);
  if (whom === undefined) return { words };
  const { what, name } = whom;
  const named = await customerNamed(asked, name);
  if (named.kind === 'unclear') return { reply: named.reply };
  const { id } = named.customer;
  if ((await currentCustomer(asked))?.id === id) return { words: what };
  const command = ['new order', ...what.map(quoted)].join(' ');
  return { reply: { ...(await chooseCustomer(asked, `${id} ${command}`)), position: 'below' } };
}
