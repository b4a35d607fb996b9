import { type CatalogPrice, catalogPriceCard } from '../../../../cards/catalog-price.ts';
import { chatDoneCard } from '../../../../cards/chat-done.ts';
import { count, list, type Money, money, percent } from '../../../../cards/format.ts';
import { replaceWith, tell } from '../../../bot/index.ts';
import type { Reply } from '../../../chat/reply.ts';
import { quoted } from '../../../chat/words.ts';
import type { Changes, Known } from './rules.ts';

type Product = Pick<Known, 'name' | 'sku' | 'unit'>;

export function priceForm(data: CatalogPrice): Reply {
  const problems = Object.values(data.errors ?? {}).filter((error) => error !== undefined);
  return tell(problems.length > 0 ? problems.join('\n') : 'Set a list price', catalogPriceCard(data));
}

/** `back`: the price it had, as one types it. */
export function priceSaved(
  { name, sku, unit }: Product,
  before: number | undefined,
  after: Money,
  back: string | undefined,
): Reply {
  const costs = `${name} costs ${money(after)} per ${unit} and month`;
  const was =
    before === undefined || before === after.minor
      ? ''
      : `, before it was ${money({ ...after, minor: before })}`;
  const answer = before === after.minor ? `${costs}, as before.` : `${costs}${was}.`;
  const buttons = [
    { title: 'Prices', command: `prices ${sku ?? name}` },
    ...(back === undefined
      ? []
      : [{ title: `Back to ${back}`, command: `price ${sku ?? quoted(name)} ${back} ${after.currency}` }]),
  ];
  const detail = 'New orders have this list price. Subscriptions that run keep what was agreed.';
  return replaceWith(answer, chatDoneCard({ answer, detail, buttons }));
}

export function priceSummary({ name, sku }: Product, before: number | undefined, after: Money): string {
  const from = before === undefined ? '' : ` from ${money({ ...after, minor: before })}`;
  return `Set the list price of ${name}${sku === null ? '' : ` (${sku})`}${from} to ${money(after)}`;
}

type Moved = {
  readonly sku: string;
  readonly currency: string;
  readonly was: number | null;
  readonly is: number | null;
};
const MOST_NAMED = 3;

/** `Saved 2 prices, 1 changed: O365-E3 from €22.00 to €22.50` */
export function listSummary(saved: number, moved: readonly Moved[]): string {
  const price = (minor: number | null, currency: string) =>
    minor === null ? '' : money({ minor, currency });
  const named = moved.slice(0, MOST_NAMED).map(({ sku, currency, was, is }) => {
    const from = was === null ? 'at' : `from ${price(was, currency)} to`;
    return `${sku} ${from} ${price(is, currency)}`;
  });
  const more = moved.length > named.length ? [count(moved.length - named.length, 'other')] : [];
  const changed =
    moved.length === 0 ? 'none changed' : `${moved.length} changed: ${list([...named, ...more])}`;
  return `Saved ${count(saved, 'price')}, ${changed}`;
}

export const noSuchProduct = (sku: string): string =>
  sku.trim() === ''
    ? 'Write the SKU of a product.'
    : `There is no product with the SKU “${sku.trim()}”. A new one comes with a price list.`;

export const tooLarge = (price: string): string => `“${price.trim()}” is too large.`;

export const onlyInPrivateSheet = (): string =>
  'Send me the price list in a personal chat: it is not for everybody here. Nothing was changed.';

export const headerMissing = (titles: readonly string[]): string =>
  `The first row has no column ${list(titles.map((title) => `“${title}”`))}. It names the columns: SKU, Product, Category, Product group, Offering, Unit, Price, Currency.`;

export const headerTwice = (title: string): string => `Two columns are “${title}”. One of them has to go.`;

export const changedSince = (sku: string): string => `${sku} has changed since, so it stays as it is.`;

/** What the list would do, in sentences. */
export function notesOf(changes: Changes, leftOut: readonly string[], hasProblems: boolean): string[] {
  const { up, down, same, added, largest } = changes;
  const goes = (total: number, way: string) =>
    total === 0 ? [] : [`${count(total, 'price')} ${total === 1 ? 'goes' : 'go'} ${way}`];
  const moves = [
    ...goes(up, 'up'),
    ...goes(down, 'down'),
    ...(added.length === 0
      ? []
      : [`${count(added.length, 'price')} ${added.length === 1 ? 'is' : 'are'} new`]),
    ...(same === 0 ? [] : [`${count(same, 'price')} ${same === 1 ? 'stays' : 'stay'}`]),
  ];
  const first = added.slice(0, 5).map(({ name, minor, currency }) => `${name} ${money({ minor, currency })}`);
  const more = added.length > first.length ? [`${added.length - first.length} more`] : [];
  return [
    ...(hasProblems
      ? ['A price list counts as a whole: as long as a row is wrong, nothing is changed.']
      : []),
    ...(moves.length > 0 ? [`${list(moves)}.`] : []),
    ...(largest.length > 0 ? [`Largest changes: ${largest.map(inWords).join('; ')}.`] : []),
    ...(first.length > 0 ? [`New: ${list([...first, ...more])}.`] : []),
    ...(leftOut.length > 0 ? [`Left out: ${leftOut.slice(0, 10).join(', ')}.`] : []),
    'Subscriptions that run keep what was agreed.',
  ];
}

function inWords({ wanted: { name, minor, currency }, before }: Changes['largest'][number]): string {
  const part = before === 0 ? '' : ` (${signedPercent(Math.round(((minor - before) * 10_000) / before))})`;
  return `${name} ${money({ minor: before, currency })} → ${money({ minor, currency })}${part}`;
}

const signedPercent = (bp: number): string => (bp > 0 ? `+${percent(bp)}` : percent(bp));
