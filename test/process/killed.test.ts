import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Cells } from '../features/bulk/support.ts';
import { type Home, newHome, onBothEngines } from '../support/database.ts';
import { PEOPLE } from '../support/talk.ts';
import { type Bot, killAll, startBot } from './bot.ts';
import type { Moment } from './death.ts';
import { assertAccounted, type Ran } from './ledger.ts';
import {
  afterTheCardIsPosted,
  beforeTheCardIsTaken,
  inABatch,
  soon,
  whileItStarts,
  whileTheEndIsWrittenDown,
  whileTheWorkbookIsWritten,
} from './moments.ts';
import { arm, chance, live } from './mortal.ts';
import { isEndOf, jobOf, LICENCE, LICENSED, people, STORAGE, sell, showSheet } from './sheets.ts';
import { type Visit, visit } from './visit.ts';

const SETTINGS = { BULK_BATCH_ROWS: '10' };
/** Gets a licence while the job that has one for her, in its last row, runs. */
const LATE = 'person1499@contoso.example';
const giveLate = (carla: Visit) => carla.say(`associate ${LICENCE} ${LATE}`);
const GIVEN_BY_HAND = [...LICENSED, LATE].map((user) => [LICENCE, user, 1] as const);
/** Then somebody else ends it. */
const NEVER: Moment = { nth: 1e9, side: 'before' };
type Act<T> = (carla: Visit, bot: Bot) => Promise<T>;

onBothEngines('bulk jobs of a bot that is killed again and again', (engine) => {
  let home: Home;
  before(async () => {
    home = await newHome(engine);
    await sell(home, 8000);
  });
  after(async () => {
    killAll();
    await home.remove();
  });

  test('do every row once or say why not, and tell of their end once', async () => {
    const dice = chance(20_261_121);
    const jobs = [await killedFromPreviewToCard(home, dice), ...(await killedInTwosAndCancelled(home, dice))];

    const bot = await startBot(home, SETTINGS);
    const carla = await visit(bot, PEOPLE.carla);
    for (const { job } of jobs) await carla.waitFor(isEndOf(job));
    assert.equal((await bot.end('SIGTERM')).code, 0);

    const [first, second, third] = await assertAccounted(home, jobs, GIVEN_BY_HAND);
    assert.deepEqual(first, { Done: 2000, Failed: 0, Skipped: 0, 'Not valid': 20 });
    assert.ok(second?.Done && second.Skipped, `it was cancelled in the middle: ${JSON.stringify(second)}`);
    assert.deepEqual(third, { Done: 1499, Failed: 1, Skipped: 0, 'Not valid': 1 });
  });
});

type Dice = ReturnType<typeof chance>;

async function killedFromPreviewToCard(home: Home, dice: Dice): Promise<Ran> {
  const rows = [...people(2000, 1800, 3), ...Array.from({ length: 20 }, (_, n): Cells => [`nobody ${n}`, 1])];
  const life = <T>(moment: Moment, act: Act<T>) => live(home, SETTINGS, moment, act);
  let preview = await life(soon(dice), (carla, bot) => {
    arm(bot);
    return showSheet(carla, STORAGE, rows);
  });
  await life(NEVER, async (carla, bot) => {
    preview ??= await showSheet(carla, STORAGE, rows);
    await bot.end('SIGKILL');
  });
  assert.ok(preview);
  const shown = preview;
  await life(soon(dice), (carla, bot) => {
    arm(bot);
    return carla.press(shown, 'Run');
  });
  // More often than a failing job is tried again.
  for (let kill = 0; kill < 6; kill++) await life(inABatch(dice), (carla) => carla.press(shown, 'Run'));
  for (const at of [whileItStarts, whileItStarts, whileTheWorkbookIsWritten, whileTheEndIsWrittenDown])
    await life(at(dice), idle);
  await life(afterTheCardIsPosted(dice), idle);
  return { job: jobOf(shown), service: STORAGE, rows };
}

/** Two jobs at once; the first of them is cancelled. */
async function killedInTwosAndCancelled(home: Home, dice: Dice): Promise<Ran[]> {
  const life = <T>(moment: Moment, act: Act<T>) => live(home, SETTINGS, moment, act);
  const [storage, licences] = [
    people(1500, 1200, 2),
    [...people(1500, 1500, 1), ['alice@contoso.example', 1]],
  ];
  const previews = await life(NEVER, async (carla, bot) => {
    const shown = [await showSheet(carla, STORAGE, storage), await showSheet(carla, LICENCE, licences)];
    await bot.end('SIGKILL');
    return shown;
  });
  const [first, second] = previews ?? [];
  assert.ok(first && second);
  for (let kill = 0; kill < 2; kill++) {
    await life(inABatch(dice), async (carla) => {
      for (const preview of [first, second]) await carla.press(preview, 'Run');
      await giveLate(carla);
    });
  }
  const cancel = `job ${jobOf(first)} cancel`;
  await life(soon(dice), async (carla, bot) => {
    await giveLate(carla);
    arm(bot);
    await carla.say(cancel);
  });
  await life(whileTheEndIsWrittenDown(dice), (carla) => carla.say(cancel));
  await life(beforeTheCardIsTaken(dice), idle);
  return [
    { job: jobOf(first), service: STORAGE, rows: storage },
    { job: jobOf(second), service: LICENCE, rows: licences },
  ];
}

const idle = async () => undefined;
