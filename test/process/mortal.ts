/** A bot that dies: where and when, by chance, but in the same way each time. */
import assert from 'node:assert/strict';
import { setTimeout } from 'node:timers/promises';
import type { Home } from '../support/database.ts';
import { PEOPLE } from '../support/talk.ts';
import { type Bot, launch, type Settings } from './bot.ts';
import { DEATH, type Moment, SIDES } from './death.ts';
import { type Visit, visit } from './visit.ts';

const PRELOAD = new URL('./death.ts', import.meta.url).href;
/** A moment that has not come by then does not come. */
const LONGEST_LIFE_MS = 25_000;

export type Chance = {
  /** A whole number from `least` to `most`. */
  between(least: number, most: number): number;
  side(): Moment['side'];
};

/** Numbers that look random and are the same each time: mulberry32. */
export function chance(seed: number): Chance {
  let state = seed;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const between = (least: number, most: number) => least + Math.floor(next() * (most - least + 1));
  return { between, side: () => SIDES[between(0, 2)] ?? 'sent' };
}

export const mortal = (moment: Moment): Settings => ({
  [DEATH]: JSON.stringify(moment),
  NODE_OPTIONS: `--import=${PRELOAD}`,
});

/** Counting to the moment begins. */
export const arm = ({ pid }: Bot): void => void process.kill(pid, 'SIGUSR2');
/** The moment does not come any more. */
export const disarm = arm;

/** Starts a bot that dies at this moment, at the latest after `act`. Gives what `act` came to, where it came so far. */
export async function live<T>(
  home: Home,
  settings: Settings,
  moment: Moment,
  act: (carla: Visit, bot: Bot) => Promise<T>,
): Promise<T | undefined> {
  const bot = await launch(home, { ...settings, ...mortal(moment) });
  if (!('url' in bot)) {
    assert.equal(bot.code, null, bot.errors);
    return undefined;
  }
  const outcome = await unlessItDies(bot, async () => act(await visit(bot, PEOPLE.carla), bot));
  const code = await Promise.race([
    bot.ended.then((ended) => ended.code),
    setTimeout(LONGEST_LIFE_MS, 'alive', { ref: false }),
  ]);
  if (code === 'alive') await bot.end('SIGKILL');
  assert.equal(code, null, `It did not die at ${JSON.stringify(moment)}: ${bot.output()}`);
  return outcome;
}

/** A request to a bot that dies comes to nothing. */
export async function unlessItDies<T>(bot: Bot, act: () => Promise<T>): Promise<T | undefined> {
  try {
    return await act();
  } catch (fault) {
    if (!(fault instanceof TypeError)) throw fault;
    await bot.ended;
    return undefined;
  }
}
