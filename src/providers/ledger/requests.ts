import { createHash } from 'node:crypto';
import { type Db, inTransaction } from '../../db/index.ts';
import type { Answer, ProviderOptions } from '../provider.ts';

export const SUBJECTS = [
  'account',
  'tenant',
  'subscription',
  'quantity',
  'status',
  'credentials',
  'assignment',
  'reading',
] as const;
export type Subject = (typeof SUBJECTS)[number];

/** What comes of a request at once: done, or refused with nothing changed. */
export type Outcome<T> = Exclude<Answer<T>, { readonly kind: 'pending' }>;

export const done = <T>(value: T): Outcome<T> => ({ kind: 'done', value });
export const refused = (reason: string): Outcome<never> => ({ kind: 'refused', reason });

/** `subscription: no such address` refuses subscriptions; a reason alone refuses everything. */
export function refusalOf(fail: string | undefined, subject: Subject): string | undefined {
  if (fail === undefined || fail.trim() === '') return undefined;
  const [, about, reason = ''] = /^\s*(\w+)\s*:\s*(.*)$/s.exec(fail) ?? [];
  const known = SUBJECTS.find((one) => one === about?.toLowerCase());
  if (known === undefined) return fail.trim();
  return known === subject ? reason.trim() || 'The vendor refused.' : undefined;
}

/**
 * Requests that are done once: a key that was asked before gets what was answered then. The first ask of a key only
 * writes it down where the ledger takes its time. `effect` is carried out in the transaction that keeps the answer, and
 * gets a name for what it makes. Of the requests `about` one thing only the last is kept.
 */
export function openRequests(db: Db, options: ProviderOptions) {
  return <T>(
    subject: Subject,
    key: string,
    effect: (db: Db, id: string) => Promise<Outcome<T>>,
    about: string | null = null,
  ): Promise<Answer<T>> =>
    inTransaction({ db }, async ({ db }) => {
      const { seconds, fail } = options;
      const now = options.clock();
      if (about !== null) await forgetOthers(db, about, key);
      // The second of two at the same moment waits here for the first.
      await db
        .insertInto('ledger_requests')
        .values({ key, ready_at: new Date(now.getTime() + seconds * 1000), answer: null, about })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
      const { answer, ready_at } = await db
        .selectFrom('ledger_requests')
        .select(['answer', 'ready_at'])
        .where('key', '=', key)
        .forUpdate()
        .executeTakeFirstOrThrow();
      if (answer !== null) return answer as Outcome<T>;
      const afterMs = ready_at.getTime() - now.getTime();
      if (afterMs > 0) return { kind: 'pending', afterMs };
      const refusal = refusalOf(fail, subject);
      const outcome = refusal === undefined ? await effect(db, nameFor(subject, key)) : refused(refusal);
      await db
        .updateTable('ledger_requests')
        .set({ answer: JSON.stringify(outcome) })
        .where('key', '=', key)
        .execute();
      return outcome;
    });
}

async function forgetOthers(db: Db, about: string, key: string): Promise<void> {
  await db
    .deleteFrom('ledger_requests')
    .where('about', '=', about)
    .where('key', '<>', key)
    .where('answer', 'is not', null)
    .execute();
}

/** `sub-3f9a…`: the same for the same request. */
const nameFor = (subject: Subject, key: string): string =>
  `${subject.slice(0, 3)}-${createHash('sha256').update(key).digest('hex').slice(0, 16)}`;
