/** Users found while somebody types, among few and among a hundred thousand of each of two customers. */
import { sql } from 'kysely';
import type { Db, Viewer } from '../src/db/index.ts';
import { usersFitting } from '../src/features/associations/users/store.ts';
import { ENGINES, type Engine, openDatabase, openHomes } from './support/homes.ts';
import { figure, median, now } from './support/numbers.ts';
import type { Findings, Measured } from './support/table.ts';

const USERS = [1_000, 100_000];
/** Nothing yet, how many begin, how one begins, how nobody does. */
const TYPED = ['', 'u', 'user', 'user777', 'user77777@', 'anderson', 'num and', '@contoso', 'zzz'];
const ROUNDS = 5;
const MOST = 20;
/** Slack waits three seconds for choices; who types does not. */
const GOAL_MS = 400;
const EVERYTHING: Viewer = { scope: { kind: 'all' }, seesMarkup: true };

type Sized = { readonly engine: Engine; readonly users: number; readonly ms: readonly number[] };

export async function benchSearch(quick: boolean): Promise<Findings> {
  const newHome = await openHomes();
  const all: Sized[] = [];
  for (const engine of ENGINES) {
    for (const users of USERS) {
      const { remove, ...home } = await newHome(engine);
      const opened = await openDatabase(home);
      await fill(opened.db, users);
      all.push({ engine, users, ms: await measure(opened.db, quick ? 1 : ROUNDS) });
      await opened.close();
      await remove();
    }
  }
  return findings(all);
}

const fill = (db: Db, users: number) =>
  sql`
    insert into users (organization_id, email, first_name, last_name)
    select o.id, 'user' || n || '@contoso.example', 'Number',
      case when n % 1000 = 0 then 'Anderson' else 'Name' || n end
    from organizations o, generate_series(1, ${users}::int) n where o.name in ('Contoso', 'Fabrikam')`.execute(
    db,
  );

async function measure(db: Db, rounds: number): Promise<number[]> {
  const found: number[] = [];
  for (const words of TYPED) {
    const times: number[] = [];
    for (let round = 0; round < rounds; round++) {
      const began = now();
      await usersFitting(db, EVERYTHING, words, MOST);
      times.push(now() - began);
    }
    found.push(median(times));
  }
  return found;
}

function findings(all: readonly Sized[]): Findings {
  const largest = Math.max(...USERS);
  return {
    title: 'Users found while somebody types',
    ratios: all
      .filter(({ users }) => users === largest)
      .map(({ engine, users, ms }): Measured => {
        const what = `the slowest of ${TYPED.length} among ${figure(users)} of each customer, ms (${engine})`;
        return [what, figure(Math.max(...ms)), `<= ${GOAL_MS}`];
      }),
    figures: {
      head: ['typed, p50 ms', ...all.map(({ engine, users }) => `${figure(users)} (${engine})`)],
      rows: TYPED.map((words, at) => [`“${words}”`, ...all.map(({ ms }) => figure(ms[at] ?? Number.NaN))]),
    },
  };
}
