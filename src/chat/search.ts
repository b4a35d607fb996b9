/** A search as one word: platforms say of an input that somebody types into no more than what the bot gave them. */
import { BOUNDS, type DataQuery, isDataset, type Within } from './card.ts';

/** `used-services`, or with the ids of the inputs that narrow it, and the customer: `used-services?user=user&customer=4` */
export function searchName({ dataset, within = {}, customer }: Omit<DataQuery, 'type'>): string {
  const whose = customer !== undefined && { customer: String(customer) };
  const ids = new URLSearchParams({ ...within, ...whose }).toString();
  return ids === '' ? dataset : `${dataset}?${ids}`;
}

/** The search of this name, with what the inputs hold that narrow it. A client sent both, so they may be anything. */
export function readSearch(
  name: unknown,
  values: Readonly<Record<string, unknown>>,
): Omit<DataQuery, 'type'> | undefined {
  if (typeof name !== 'string') return undefined;
  const [dataset, ids] = name.split('?', 2);
  if (!isDataset(dataset)) return undefined;
  const { customer, ...named } = Object.fromEntries(new URLSearchParams(ids));
  const within = narrowed(named, values);
  const whose = customerIn(customer);
  return {
    dataset,
    ...(Object.keys(within).length > 0 && { within }),
    ...(whose !== undefined && { customer: whose }),
  };
}

/** The id of a customer as a client sends it. */
export const customerIn = (word: string | null | undefined): number | undefined =>
  /^[1-9]\d{0,8}$/.test(word ?? '') ? Number(word) : undefined;

function narrowed(ids: Within, values: Readonly<Record<string, unknown>>): Within {
  const known = BOUNDS.map((bound) => {
    const id = ids[bound];
    return [bound, id !== undefined && Object.hasOwn(values, id) ? values[id] : undefined] as const;
  });
  return Object.fromEntries(known.filter(([, value]) => typeof value === 'string' && value.trim() !== ''));
}
