import { createHmac, timingSafeEqual } from 'node:crypto';

/** Proves to the bot that it said this itself. */
export const sealOf = (secret: string, words: readonly (string | number)[]): string =>
  createHmac('sha256', secret).update(JSON.stringify(words)).digest('base64url');

export function isSeal(given: string, expected: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(expected)];
  return one.length === other.length && timingSafeEqual(one, other);
}
