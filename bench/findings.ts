/** Reading a vendor and comparing, with more and more subscriptions, each with three users. */
import { sql } from 'kysely';
import type { Working } from '../src/bot/index.ts';
import type { Db } from '../src/db/index.ts';
import { compare } from '../src/features/findings/reading/compare.ts';
import { readVendor } from '../src/features/findings/reading/read.ts';
import { countFound, loadFound } from '../src/features/findings/store.ts';
import { openProviders } from '../src/providers/index.ts';
import { fillOrders } from './processes/fill.ts';
import { type Engine, openDatabase, openHomes } from './support/homes.ts';
import { figure, now, ratio } from './support/numbers.ts';
import type { Findings, Measured } from './support/table.ts';

const SUBSCRIPTIONS = [10_000, 100_000];
const USERS = 3;
/** Ten times as many may take this much longer each. */
const GOAL = '<= 1.50x';
const SECONDS = 15;
/** What is not in our books is found by the product whose article number it has. */
const UNKNOWN = 20_000;
const PRODUCTS = 2_000;
const SEARCH_SECONDS = 2;

type Sized = {
  readonly engine: Engine;
  readonly subscriptions: number;
  readonly readMs: number;
  readonly compareMs: number;
  /** The same once more, where there are findings of the reading before. */
  readonly againMs: number;
  readonly found: number;
  /** Those of the unknown ones that a word is in, counted and listed. */
  readonly searchMs?: number | undefined;
};

export async function benchFindings(quick: boolean): Promise<Findings> {
  const newHome = await openHomes();
  const all: Sized[] = [];
  for (const engine of quick ? (['Postgres'] as const) : (['PGlite', 'Postgres'] as const)) {
    for (const subscriptions of SUBSCRIPTIONS) {
      const { remove, ...home } = await newHome(engine);
      const opened = await openDatabase(home);
      const measured = await measure(opened.db, subscriptions);
      const isLast = subscriptions === SUBSCRIPTIONS.at(-1);
      const searchMs = isLast ? await measureSearch(opened.db) : undefined;
      all.push({ engine, subscriptions, ...measured, searchMs });
      await opened.close();
      await remove();
    }
  }
  return findings(all);
}

async function measure(db: Db, subscriptions: number) {
  await fill(db, subscriptions);
  const working = { db, clock: () => new Date(), quiet: async () => undefined } as unknown as Working;
  const providers = openProviders(db, { clock: working.clock, seconds: 0, fail: undefined });
  const times: { readMs: number; compareMs: number; found: number }[] = [];
  for (let round = 0; round < 2; round++) {
    const began = now();
    const came = await readVendor({ ...working, providers }, 'ledger');
    if (came.kind !== 'read') throw new Error('The ledger was not read.');
    const read = now();
    const found = await compare(working, came.reading);
    if (found.kind !== 'compared') throw new Error('Somebody else compared the ledger.');
    times.push({ readMs: read - began, compareMs: now() - read, found: found.found.found });
  }
  const [first, second] = times;
  if (first === undefined || second === undefined || first.found !== second.found)
    throw new Error('Two readings of the same found something else.');
  return { ...first, againMs: second.compareMs };
}

async function measureSearch(db: Db): Promise<number> {
  await sql`
    insert into products (name, provider, sku)
    select 'Product ' || n, 'ledger', 'SKU-' || n from generate_series(1, ${PRODUCTS}::int) as n`.execute(db);
  await sql`
    insert into findings (kind, provider, provider_subscription, numbers, fingerprint, found_at, size, reading_id)
    select 'unknown', 'ledger', 'unknown-' || n,
      jsonb_build_object('sku', 'sku-' || 1 + n % ${PRODUCTS}::int, 'quantity', 1), '', r.finished_at, 1, r.id
    from generate_series(1, ${UNKNOWN}::int) as n,
      (select id, finished_at from readings order by id desc limit 1) as r`.execute(db);
  const wanted = { kind: undefined, service: undefined, texts: ['product'] };
  const began = now();
  const at = new Date();
  const counts = await countFound(db, { kind: 'all' }, wanted, at);
  await loadFound(db, { kind: 'all' }, wanted, { now: at, offset: 0, limit: 10 });
  if (counts.find(({ kind }) => kind === 'unknown')?.count !== UNKNOWN)
    throw new Error('Not all were found by their product.');
  return now() - began;
}

/** Of a hundred subscriptions one has other units at the vendor, one another user, and one is not there. */
async function fill(db: Db, subscriptions: number): Promise<void> {
  await fillOrders(db, subscriptions);
  const added = sql`o.number >= 1000000`;
  await sql`
    insert into users (organization_id, email)
    select o.organization_id, 'more.' || n || '.' || o.number || '@old.example'
    from orders o, generate_series(2, ${USERS}::int) as n where ${added}`.execute(db);
  await sql`
    insert into associations (service_id, user_id, units)
    select s.id, u.id, 1 from orders o join services s on s.order_id = o.id
    cross join generate_series(2, ${USERS}::int) as n
    join users u on u.organization_id = o.organization_id
      and u.email = 'more.' || n || '.' || o.number || '@old.example'
    where ${added}`.execute(db);
  await sql`
    update services s set associated = ${USERS}::int from orders o where o.id = s.order_id and ${added}`.execute(
    db,
  );
  await sql`
    insert into subscriptions (organization_id, service_id, quantity, status, admin_email, first_name, last_name,
      price_minor, currency, provider_subscription, started_at)
    select o.organization_id, s.id, s.units, 'active', 'carla@contoso.example', 'Carla', 'Diaz', 199, 'EUR',
      'old-' || o.number, timestamptz '2020-01-01'
    from orders o join services s on s.order_id = o.id where ${added}`.execute(db);
  await sql`update orders o set status = 'Completed' where ${added}`.execute(db);
  await sql`
    insert into assignments_told (service_id, revision)
    select s.id, s.revision from services s join orders o on o.id = s.order_id where ${added}
    on conflict (service_id) do update set revision = excluded.revision`.execute(db);
  await sql`
    insert into ledger_subscriptions (id, sku, quantity, status)
    select 'old-' || o.number, p.sku, s.units + case when o.number % 100 = 1 then 2 else 0 end, 'active'
    from orders o join services s on s.order_id = o.id join products p on p.id = s.product_id
    where ${added} and o.number % 100 <> 2`.execute(db);
  await sql`
    insert into ledger_assignments (subscription_id, user_name, units)
    select 'old-' || o.number,
      case when o.number % 100 = 3 and u.email like 'more.2.%' then 'somebody.else@old.example' else u.email end, a.units
    from orders o join services s on s.order_id = o.id join associations a on a.service_id = s.id
    join users u on u.id = a.user_id
    where ${added} and o.number % 100 <> 2`.execute(db);
  await sql`analyze`.execute(db);
}

function findings(all: readonly Sized[]): Findings {
  return {
    title: 'Reading a vendor with many subscriptions',
    ratios: all.flatMap((one) => [...grown(all, one), ...inSeconds(one)]),
    figures: {
      head: ['subscriptions', 'read s', 'compare s', 'once more s', 'findings', 'search s'],
      rows: all.map(({ engine, subscriptions, readMs, compareMs, againMs, found, searchMs }) => [
        `${figure(subscriptions)} (${engine})`,
        ...[readMs, compareMs, againMs].map((ms) => figure(ms / 1000)),
        figure(found),
        searchMs === undefined ? '-' : figure(searchMs / 1000),
      ]),
    },
  };
}

const total = ({ readMs, compareMs }: Pick<Sized, 'readMs' | 'compareMs'>) => readMs + compareMs;

function grown(all: readonly Sized[], one: Sized): Measured[] {
  const smaller = all.findLast(
    (other) => other.engine === one.engine && other.subscriptions < one.subscriptions,
  );
  if (smaller === undefined) return [];
  const each = ratio(total(one) / one.subscriptions, total(smaller) / smaller.subscriptions);
  const what = `a subscription, ${figure(one.subscriptions)} / ${figure(smaller.subscriptions)} (${one.engine})`;
  return [[what, each, GOAL]];
}

const inSeconds = ({ engine, subscriptions, searchMs, ...one }: Sized): Measured[] =>
  searchMs === undefined
    ? []
    : [
        [`${figure(subscriptions)} in s (${engine})`, figure(total(one) / 1000), `<= ${SECONDS}`],
        [
          `a search of ${figure(UNKNOWN)} findings and ${figure(PRODUCTS)} products in s (${engine})`,
          figure(searchMs / 1000),
          `<= ${SEARCH_SECONDS}`,
        ],
      ];
