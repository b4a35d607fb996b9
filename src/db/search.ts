import { type RawBuilder, sql } from 'kysely';

/** What `like` compares with to find `text` anywhere, letter by letter. */
export const likeText = (text: string): string => `%${text.replace(/[\\%_]/g, '\\$&')}%`;

/**
 * Does the column `search`, which is in small letters, hold `text`? A text of three letters and more has an index,
 * which knows where each three letters in a row are.
 */
export function holdsText(search: string, text: string): RawBuilder<boolean> {
  const column = sql.ref(search);
  const like = sql<boolean>`${column} like lower(${likeText(text)})`;
  return [...text].length < 3
    ? like
    : sql<boolean>`(trigrams(${column}) @> trigrams(lower(${text})) and ${like})`;
}
