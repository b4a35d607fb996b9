/** A search as one word: platforms say of an input that somebody types into no more than what the bot gave them. */
import { BOUNDS, type DataQuery, type Dataset, isDataset, type Within } from './card.ts';

/** `used-services`, or with the ids of the inputs that narrow it: `used-services?user=user` */
export function searchName({ dataset, within = {} }: Pick<DataQuery, 'dataset' | 'within'>): string {
  const ids = new URLSearchParams(within).toString();
  return ids === '' ? dataset : `${dataset}?${ids}`;
}

/** The search of this name, with what the inputs hold that narrow it. A client sent both, so they may be anything. */
export function readSearch(
  name: unknown,
  values: Readonly<Record<string, unknown>>,
): { readonly dataset: Dataset; readonly within?: Within } | undefined {
  if (typeof name !== 'string') return undefined;
  const [dataset, ids] = name.split('?', 2);
  if (!isDataset(dataset)) return undefined;
  const within = narrowed(Object.fromEntries(new URLSearchParams(ids)), values);
  return Object.keys(within).length === 0 ? { dataset } : { dataset, within };
}

function narrowed(ids: Within, values: Readonly<Record<string, unknown>>): Within {
  const known = BOUNDS.map((bound) => {
    const id = ids[bound];
    return [bound, id !== undefined && Object.hasOwn(values, id) ? values[id] : undefined] as const;
  });
  return Object.fromEntries(known.filter(([, value]) => typeof value === 'string' && value.trim() !== ''));
}
