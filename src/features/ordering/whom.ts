// For whom an order is: words of `new order` that name an organization instead of a product.
import type { Asked } from '../../bot/index.ts';
import type { Reply } from '../../chat/reply.ts';
import { quoted } from '../../chat/words.ts';
import { namesAmong } from '../organizations/details.ts';
import { chooseCustomer } from '../organizations/use.ts';
import { currentCustomer, customerNamed } from '../organizations/view.ts';
import { looksLikeQuantity } from './rules.ts';
import { findProducts } from './store.ts';

type Words = readonly string[];
/** What is ordered, and for whom. */
type Whom = { readonly what: Words; readonly name: string };

const SHORTEST = 3;
const MOST_WORDS = 8;

/** What the words may mean, the longest name first: `e3 for contoso 5` -> `e3 5`, for `contoso`. A name alone is one too. */
function readings(words: Words): Whom[] {
  const fors = words.slice(0, MOST_WORDS).flatMap((word, at) => (isFor(word) ? [at] : []));
  const after = fors.flatMap((at) => {
    const rest = words.slice(at + 1);
    const lengths = rest.slice(0, MOST_WORDS).map((_, index) => index + 1);
    return lengths.toReversed().map((length) => ({
      what: [...words.slice(0, at), ...rest.slice(length)],
      name: rest.slice(0, length).join(' '),
    }));
  });
  const last = words.at(-1) ?? '';
  const counted =
    words.length > 1 && looksLikeQuantity(last) ? [{ what: [last], name: words.slice(0, -1).join(' ') }] : [];
  return [...after, { what: [], name: words.join(' ') }, ...counted];
}

const isFor = (word = ''): boolean => word.toLowerCase() === 'for';

async function whomIn(asked: Asked, words: Words): Promise<Whom | undefined> {
  // A letter or two are in the name of somebody.
  const all = readings(words).filter(({ name }) => name.length >= SHORTEST);
  const known = await namesAmong(
    asked,
    all.map(({ name }) => name),
  );
  const found = all.find(({ name }) => known.has(name));
  const [first, ...unknown] = words;
  if (found === undefined && isFor(first) && unknown.length > 0) return { what: [], name: unknown.join(' ') };
  return found;
}

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
  const { name } = whom;
  // A number alone names no product.
  const what = whom.what.length === 1 && whom.what.every(looksLikeQuantity) ? [] : whom.what;
  const named = await customerNamed(asked, name);
  if (named.kind === 'unclear') return { reply: named.reply };
  const { id } = named.customer;
  if ((await currentCustomer(asked))?.id === id) return { words: what };
  const command = ['new order', ...what.map(quoted)].join(' ');
  return { reply: { ...(await chooseCustomer(asked, String(id), command)), position: 'below' } };
}
