import { createHmac } from 'node:crypto';
import { type Db, sharedSecret } from '../../db/index.ts';
import type { Answer } from '../provider.ts';

/** What an answer says instead of the password, which is kept nowhere. */
export type New = { readonly isNew?: true };

/**
 * Puts the password into an answer that says there is a new one. It is made from the key of the request and a secret:
 * who asks again with the same key gets the same, and nobody can read it in the books.
 */
export function passwords(db: Db) {
  return async <T extends object>(
    key: string,
    asked: Promise<Answer<T & New>>,
  ): Promise<Answer<Omit<T, 'isNew'> & { readonly password?: string }>> => {
    const answer = await asked;
    if (answer.kind !== 'done') return answer;
    const { isNew, ...value } = answer.value;
    if (isNew === undefined) return { kind: 'done', value };
    return {
      kind: 'done',
      value: { ...value, password: passwordFor(await sharedSecret(db, 'ledger'), key) },
    };
  };
}

/** Twenty letters, digits and marks, with one of each. */
const passwordFor = (secret: string, key: string): string =>
  `${createHmac('sha256', secret).update(`password ${key}`).digest('base64url').slice(0, 17)}-a7`;
