import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Entry } from '../../src/edges/console/index.ts';
import { type Home, newHome, onBothEngines } from '../support/database.ts';
import { PEOPLE } from '../support/talk.ts';
import { killAll, startBot } from './bot.ts';
import { assertAccounted, inDatabase } from './ledger.ts';
import { isEndOf, jobOf, people, STORAGE, sell, showSheet } from './sheets.ts';
import { type Visit, visit } from './visit.ts';

const SETTINGS = { BULK_BATCH_ROWS: '3' };
const ROWS = 2000;

onBothEngines('a bulk job', (engine) => {
  let home: Home;
  before(async () => {
    home = await newHome(engine);
    await sell(home, 5000);
  });
  after(async () => {
    killAll();
    await home.remove();
  });

  test('of a bot that is stopped is left in the middle, and goes on after the next start', async () => {
    const rows = people(ROWS, ROWS, 1);
    const first = await startBot(home, SETTINGS);
    const carla = await visit(first, PEOPLE.carla);
    const preview = await showSheet(carla, STORAGE, rows);
    await carla.press(preview, 'Run');
    const job = jobOf(preview);
    await begins(carla, job);

    const ended = await first.end('SIGTERM');
    assert.deepEqual([ended.code, ended.errors], [0, '']);
    const { done, finished_at } = await inDatabase(home, (db) =>
      db.selectFrom('jobs').selectAll().where('id', '=', job).executeTakeFirstOrThrow(),
    );
    assert.ok(done > 0 && done < ROWS && finished_at === null, `${done} rows were done`);

    const second = await startBot(home, SETTINGS);
    const back = await visit(second, PEOPLE.carla);
    await back.waitFor(isEndOf(job));
    assert.match((await back.say(`free ${STORAGE}`)).text, /: 3,000 of 5,000 units free/);
    assert.equal((await second.end('SIGTERM')).code, 0);
    const [counts] = await assertAccounted(home, [{ job, service: STORAGE, rows }]);
    assert.equal(counts?.Done, ROWS);
  });
});

async function begins(carla: Visit, job: number): Promise<void> {
  const doneOf = ({ text }: Entry) => {
    const done = /: ([\d,]+) of [\d,]+ rows done/.exec(text)?.[1];
    return Number(done?.replaceAll(',', '') ?? Number.NaN);
  };
  for (;;) {
    const done = doneOf(await carla.say(`job ${job}`));
    assert.ok(done < ROWS, 'it has ended already');
    if (done > 0) return;
  }
}
