import { type RawBuilder, sql } from 'kysely';

/** What `like` compares with to find `text` anywhere, letter by letter. */
export const likeText = (text: string): string => `%${text.replace(/[\\%_]/g, '\\$&')}%`;

/** Does the column `search`, which is in small letters, hold `text`? Each row is read to know. */
export const isIn = (search: string, text: string): RawBuilder<boolean> =>
  sql<boolean>`${sql.ref(search)} like lower(${likeText(text)})`;

/** The same, by the index of a text of three letters and more, which knows where each three letters in a row are. */
export function holdsText(search: string, text: string): RawBuilder<boolean> {
  return [...text].length < 3
    ? isIn(search, text)
    : sql<boolean>`(trigrams(${sql.ref(search)}) @> trigrams(lower(${text})) and ${isIn(search, text)})`;
}
