// What somebody saw of an organization in the form that changes it, and what is another since then.
import { createHash } from 'node:crypto';
import { FIELDS, type OrganizationValues } from './values.ts';

const SEEN = [...FIELDS, 'parent'] as const;
type Seen = (typeof SEEN)[number];
/** So many letters stand for the value of a field. */
const LETTERS = 6;

/** Clients send blanks and ends of lines in their own way. */
const markOf = (value: string): string =>
  createHash('sha256').update(value.trim().replace(/\s+/g, ' ')).digest('base64url').slice(0, LETTERS);

/** What goes along with a form and comes back with it. */
export const seenOf = (values: OrganizationValues): string =>
  SEEN.map((field) => markOf(values[field])).join('');

/** Where others made of a field something else than was seen, and than is said now; `typed` where also who says it did. */
export function changedSince(
  seen: string,
  now: OrganizationValues,
  said: Partial<OrganizationValues>,
): { readonly field: Seen; readonly typed: boolean }[] {
  return SEEN.flatMap((field, at) => {
    const was = seen.slice(at * LETTERS, (at + 1) * LETTERS);
    const is = markOf(now[field]);
    const wish = said[field];
    if (wish === undefined || was === '' || was === is || markOf(wish) === is) return [];
    return [{ field, typed: markOf(wish) !== was }];
  });
}
