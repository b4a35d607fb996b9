/** A vendor whose books the tests write, and readings of it. */
import { sql } from 'kysely';
import type { Working } from '../../../src/bot/index.ts';
import { compare } from '../../../src/features/findings/reading/compare.ts';
import { readVendor } from '../../../src/features/findings/reading/read.ts';
import { openProviders, type Provider } from '../../../src/providers/index.ts';
import type { Talk } from '../../support/talk.ts';

export const MESSAGING = 'sub-contoso-10023-1';
export const OFFICE = 'sub-contoso-10023-2';
export const WEBEX = 'sub-contoso-10023-3';
/** So many idle units that nobody has them. */
export const NO_IDLE = 1_000_000;

export const ledgerOf = ({ db }: Talk): Provider =>
  openProviders(db, { clock: () => new Date(), seconds: 0, fail: undefined })('ledger');

/** Background work on a vendor that is the ledger, but for what is said here. */
export const workingOn = (talk: Talk, vendor: Partial<Provider> = {}): Working => ({
  ...talk.ctx(),
  clock: () => talk.ctx().now,
  quiet: async () => undefined,
  post: async (place) => ({ place, message: '' }),
  providers: () => ({ ...ledgerOf(talk), ...vendor }),
});

/** Reads the ledger and compares, with so many idle units as are worth a word. */
export async function readLedger(talk: Talk, idle = NO_IDLE, vendor: Partial<Provider> = {}) {
  const working = workingOn(talk, vendor);
  const came = await readVendor(working, 'ledger');
  if (came.kind !== 'read') throw new Error(`The ledger was not read: ${came.kind}`);
  const compared = await compare(working, came.reading, idle);
  if (compared.kind !== 'compared') throw new Error(`The ledger was not compared: ${compared.kind}`);
  return compared.found;
}

export type Seen = readonly [kind: string, subscription: string, numbers: unknown];

/** What the last reading found: kind, subscription, numbers. */
export async function lastFound({ db }: Talk): Promise<Seen[]> {
  const rows = await db
    .selectFrom('findings as f')
    .select(['f.kind', 'f.provider_subscription as of', 'f.numbers'])
    .where('f.provider', '=', 'ledger')
    .where('f.reading_id', '=', (eb) =>
      eb
        .selectFrom('readings as r')
        .select(({ fn }) => fn.max('r.id').as('id'))
        .where('r.provider', '=', 'ledger')
        .where('r.finished_at', 'is not', null),
    )
    .orderBy('f.provider_subscription')
    .orderBy('f.kind')
    .execute();
  return rows.map(({ kind, of, numbers }) => [kind, of, numbers] as const);
}

/** The vendor has what our books say, but for what is done to it afterwards. */
export async function agree({ db }: Talk): Promise<void> {
  await sql`update ledger_subscriptions set quantity = 10 where id = ${MESSAGING}`.execute(db);
  await sql`delete from ledger_subscriptions where id = 'sub-contoso-trial'`.execute(db);
}
