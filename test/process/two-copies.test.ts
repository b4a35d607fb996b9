import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import type { Entry } from '../../src/edges/console/index.ts';
import type { Cells } from '../features/bulk/support.ts';
import { type Home, newHome } from '../support/database.ts';
import { PEOPLE } from '../support/talk.ts';
import { type Bot, killAll, startBot } from './bot.ts';
import { assertAccounted, inDatabase, type Ran } from './ledger.ts';
import { beforeTheCardIsPosted, inABatch } from './moments.ts';
import { arm, chance, disarm, mortal } from './mortal.ts';
import { isEndOf, jobOf, LICENCE, LICENSED, people, STORAGE, sell, showSheet } from './sheets.ts';
import { type Visit, visit } from './visit.ts';

const SETTINGS = { BULK_BATCH_ROWS: '5' };
/** A copy that was killed is missed after ten seconds; the rest is for a slow machine. */
const MISSED_MS = 25_000;
const dice = chance(7);

let home: Home;
before(async () => {
  home = await newHome('Postgres');
  await sell(home, 6000);
});
after(async () => {
  killAll();
  await home.remove();
});

test('what a killed copy of the bot leaves undone the other does, once', async () => {
  const jobs: Ran[] = [];
  const withTheCard = mortal({ ...beforeTheCardIsPosted(dice), armed: true });
  const [doomed, other] = await Promise.all([
    startBot(home, { ...SETTINGS, ...mortal({ ...inABatch(dice), armed: true }) }),
    startBot(home, { ...SETTINGS, ...withTheCard }),
  ]);
  jobs.push(...(await runFour(other, 'first')));
  arm(doomed);
  await dies(doomed);
  await soon(allEnd(other, jobs));

  const third = await startBot(home, { ...SETTINGS, ...withTheCard });
  const [survivor, last] = await oneDiesWithTheCard([other, third]);
  jobs.push(last);

  const fourth = await startBot(home, SETTINGS);
  const more = await runFour(survivor, 'second');
  jobs.push(...more);
  await setTimeout(dice.between(50, 400));
  await Promise.all([survivor, fourth].map((bot) => bot.end('SIGKILL')));
  assert.ok((await unfinished()) > 0, 'both were killed in the middle');
  const copies = await Promise.all([startBot(home, SETTINGS), startBot(home, SETTINGS)]);
  await allEnd(copies[0], more);
  const ended = await Promise.all(copies.map((bot) => bot.end('SIGTERM')));
  assert.deepEqual(
    ended.map(({ code }) => code),
    [0, 0],
  );

  await assertAccounted(
    home,
    jobs,
    LICENSED.map((user) => [LICENCE, user, 1] as const),
  );
});

/** More jobs at once than one copy takes on, two of them on each service. */
async function runFour(bot: Bot, name: string): Promise<Ran[]> {
  const carla = await visit(bot, PEOPLE.carla);
  const sheets: readonly (readonly [string, Cells[]])[] = [
    [STORAGE, people(600, 500, 3, name)],
    [STORAGE, people(500, 500, 2, name)],
    [LICENCE, people(500, 500, 1, name)],
    [LICENCE, people(500, 500, 1, `${name}-more`)],
  ];
  const shown: Entry[] = [];
  for (const [service, rows] of sheets) shown.push(await showSheet(carla, service, rows));
  for (const preview of shown) await carla.press(preview, 'Run');
  return sheets.map(([service, rows], n) => ({ job: jobOf(shown[n] ?? assert.fail()), service, rows }));
}

/** One of two takes the card and dies before it posts it; gives the one that lives. */
async function oneDiesWithTheCard(bots: readonly [Bot, Bot]): Promise<[Bot, Ran]> {
  const carla = await visit(bots[0], PEOPLE.carla);
  const rows = people(5, 5, 1, 'card');
  const preview = await showSheet(carla, STORAGE, rows);
  for (const bot of bots) arm(bot);
  await carla.press(preview, 'Run').catch(() => undefined);
  const dead = await Promise.race(bots.map(async (bot) => dies(bot).then(() => bot)));
  const alive = bots.find((bot) => bot !== dead) ?? assert.fail();
  disarm(alive);
  const job = jobOf(preview);
  await soon(isNoted(job));
  return [alive, { job, service: STORAGE, rows }];
}

const dies = async (bot: Bot) => assert.equal((await bot.ended).code, null);

async function allEnd(bot: Bot, jobs: readonly Ran[]): Promise<void> {
  const carla: Visit = await visit(bot, PEOPLE.carla);
  for (const { job } of jobs) await carla.waitFor(isEndOf(job));
}

async function unfinished(): Promise<number> {
  return inDatabase(home, async (db) => {
    const jobs = await db.selectFrom('jobs').select('id').where('finished_at', 'is', null).execute();
    return jobs.length;
  });
}

/** The bot has written down that the card of this job was posted. */
const isNoted = (job: number) =>
  inDatabase(home, async (db) => {
    const waiting = db
      .selectFrom('deliveries')
      .select('id')
      .where('key', 'like', `job:${job} %`)
      .where('state', '=', 'waiting');
    while ((await waiting.execute()).length > 0) await setTimeout(100);
  });

async function soon(what: Promise<void>): Promise<void> {
  const late = setTimeout(MISSED_MS, 'late', { ref: false });
  assert.notEqual(await Promise.race([what, late]), 'late', 'the other copy did not go on in time');
}
