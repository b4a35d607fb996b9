import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { sql } from 'kysely';
import type { Db } from '../../src/db/index.ts';
import { changes, MANY, subscribeMany } from '../features/reconciliation/many.ts';
import { type Home, newHome } from '../support/database.ts';
import { type Bot, killAll, startBot } from './bot.ts';
import type { Moment } from './death.ts';
import { inDatabase } from './ledger.ts';
import { live } from './mortal.ts';

/** It is due in every second, of the one month that it is. */
const SETTINGS = { RECONCILE_CRON: '* * * * * *' };
const COPIES = 4;
/** Those of the demo data that are wrong, too. */
const WRONG = MANY + 3;
const CHANNELS = { billing: 'HamaraCloud', northwind: 'Northwind Partners' } as const;

/** Channels that hear of reconciliations: one of the provider, one of its reseller. */
async function bindChannels(db: Db): Promise<void> {
  for (const [name, of] of Object.entries(CHANNELS)) {
    const place = { platform: 'console', conversation: `channel:${name}`, kind: 'channel', name: `#${name}` };
    await sql`
      insert into notice_channels (platform, conversation, kind, place, organization_id, asked_by)
      select 'console', ${place.conversation}, 'reconciliation', ${JSON.stringify(place)}::jsonb, id, 'Priya Raman'
      from organizations where name = ${of}`.execute(db);
  }
}

type Books = {
  readonly runs: number;
  readonly finished: number;
  readonly changed: number | null;
  readonly told: number;
  readonly waiting: number;
  readonly ticks: number;
};

async function booksOf(db: Db): Promise<Books> {
  const { rows } = await sql<Books>`
    select (select count(*)::int from reconciliation_runs) as runs,
      (select count(*)::int from reconciliation_runs where finished_at is not null) as finished,
      (select sum(changed)::int from reconciliation_runs) as changed,
      (select count(*)::int from deliveries where kind = 'reconciliation' and state = 'sent') as told,
      (select count(*)::int from deliveries where kind = 'reconciliation' and state = 'waiting') as waiting,
      (select count(*)::int from pgboss.job where name = 'reconciliation.run' and state = 'completed') as ticks`.execute(
    db,
  );
  const [row] = rows;
  assert.ok(row);
  return row;
}

async function until(db: Db, fits: (books: Books) => boolean): Promise<Books> {
  for (;;) {
    const books = await booksOf(db);
    if (fits(books)) return books;
    await setTimeout(100);
  }
}

const isTold = ({ finished, told }: Books) => finished === 1 && told === Object.keys(CHANNELS).length;

async function furnish(home: Home): Promise<void> {
  await inDatabase(home, async (db) => {
    await subscribeMany(db);
    await bindChannels(db);
  });
}

async function assertOnce(home: Home): Promise<void> {
  await inDatabase(home, async (db) => {
    const { runs, changed, told, waiting } = await booksOf(db);
    assert.deepEqual({ runs, changed, told, waiting }, { runs: 1, changed: WRONG, told: 2, waiting: 0 });
    assert.deepEqual(await changes(db), { wrong: 0, entries: WRONG });
  });
}

test('four copies that tick at the same time make one run, and tell each channel once', async () => {
  const home = await newHome('Postgres');
  after(async () => {
    killAll();
    await home.remove();
  });
  await furnish(home);
  const copies = await Promise.all(Array.from({ length: COPIES }, () => startBot(home, SETTINGS)));

  await inDatabase(home, async (db) => {
    const { ticks } = await until(db, isTold);
    // All of them tick on.
    await until(db, (books) => books.ticks >= ticks + 2 * COPIES);
  });
  const ended = await Promise.all(copies.map((bot: Bot) => bot.end('SIGTERM')));

  assert.deepEqual(
    ended.map(({ code, errors }) => [code, errors]),
    copies.map(() => [0, '']),
  );
  await assertOnce(home);
});

/** In the middle of each thing that a run does; the machine is gone at once. */
const DEATHS: readonly Moment[] = [
  { at: 'insert into reconciliation_lines', nth: 1, side: 'sent' },
  { at: 'update reconciliation_runs set through', nth: 1, side: 'after' },
  { at: 'insert into history', nth: 1, side: 'before' },
  { at: 'update reconciliation_runs set through', nth: 1, later: 2, side: 'sent' },
  { at: 'set "applied_at"', nth: 1, side: 'sent' },
  { at: 'insert into "files"', nth: 1, side: 'after' },
  { at: 'insert into "deliveries"', nth: 1, side: 'before' },
];

test('a run of a bot that is killed again and again is finished, changes each subscription and tells of it once', async () => {
  const home = await newHome('Postgres');
  after(async () => {
    killAll();
    await home.remove();
  });
  await furnish(home);
  for (const moment of DEATHS) await live(home, SETTINGS, moment, async () => undefined);

  const bot = await startBot(home, SETTINGS);
  await inDatabase(home, (db) => until(db, isTold));
  assert.equal((await bot.end('SIGTERM')).code, 0);

  await assertOnce(home);
});
