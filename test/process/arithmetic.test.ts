import assert from 'node:assert/strict';
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import type { Reply } from '../../src/chat/reply.ts';
import { buttons, jobOf } from '../features/bulk/support.ts';
import { type Home, newHome, onBothEngines } from '../support/database.ts';
import { settingsOf } from './bot.ts';
import { DEATH } from './death.ts';
import { type Step, step } from './steps.ts';
import type { Answer, Request } from './talker.ts';

const TALKER = fileURLToPath(new URL('./talker.ts', import.meta.url));
const PRELOAD = new URL('./death.ts', import.meta.url).href;

/** The embedded database takes a second or two to come back after each kill. */
const RUNS = { PGlite: 2, Postgres: 5 };

onBothEngines('whatever people do, and whenever the bot is killed', (engine) => {
  let home: Home;
  let talker: ChildProcess;
  let isOver = false;
  /** What can be undone, the last first. */
  let changes: Reply[] = [];
  let [carriedOut, jobs, crashes] = [0, 0, 0];
  before(async () => {
    home = await newHome(engine);
    talker = await start();
  });
  after(async () => {
    isOver = true;
    talker.kill('SIGKILL');
    await home.remove();
  });

  test('associated, reserved and free units add up', async () => {
    const steps = fc.array(step, { minLength: 20, maxLength: 25 });
    const numRuns = RUNS[engine];
    await fc.assert(fc.asyncProperty(steps, holds), { numRuns, seed: 20_261_121, endOnFailure: true });
    const counts = `${carriedOut} changes, ${jobs} jobs, ${crashes} crashes`;
    assert.ok(carriedOut >= numRuns * 2 && Math.min(jobs, crashes) >= numRuns, counts);
  });

  async function holds(steps: readonly Step[]): Promise<void> {
    await insist({ do: 'begin' });
    changes = [];
    for (const one of steps) {
      await carryOut(one);
      await insist({ do: 'check' });
    }
    await insist({ do: 'settle' });
    await insist({ do: 'check' });
    carriedOut += changes.length;
  }

  async function carryOut(one: Step): Promise<void> {
    switch (one.do) {
      case 'crash':
        await ask({ do: 'die', moment: one.moment });
        return;
      case 'undo': {
        const change = changes[one.back];
        if (change !== undefined) await ask({ do: 'press', reply: change, title: 'Undo' });
        return;
      }
      case 'say': {
        const { text, sheet, answer } = one;
        const said = (await ask({ do: 'say', text, sheet }))?.reply;
        const asks = said !== undefined && answer !== undefined && has(said, answer);
        const reply = asks ? (await ask({ do: 'press', reply: said, title: answer }))?.reply : said;
        if (reply !== undefined && has(reply, 'Run ')) await goOn(reply, one.next);
      }
    }
  }

  async function goOn(preview: Reply, next: (Step & { do: 'say' })['next']): Promise<void> {
    if (next === 'discard it') await ask({ do: 'press', reply: preview, title: 'Cancel' });
    if (!next?.startsWith('run')) return;
    jobs += 1;
    await ask({ do: 'press', reply: preview, title: 'Run ' });
    if (next === 'run and cancel it') await ask({ do: 'say', text: `job ${jobOf(preview)} cancel` });
    if (next === 'run it to its end') await ask({ do: 'settle' });
  }

  /** Nothing, where the bot was killed before it could answer; another one is there then. */
  async function ask(request: Request): Promise<Answer | undefined> {
    talker.send(request, () => undefined);
    const over = new AbortController();
    const until = (event: string) => once(talker, event, { signal: over.signal });
    const [answer] = await Promise.race([until('message'), until('exit')]);
    over.abort();
    if (typeof answer === 'object' && answer !== null) {
      assert.equal(answer.fault, undefined);
      const { reply, posts }: Answer = answer;
      changes.unshift(...[...posts, ...(reply ? [reply] : [])].filter((one) => has(one, 'Undo')));
      return answer;
    }
    assert.ok(!isOver);
    crashes += 1;
    talker = await start();
    return undefined;
  }

  async function insist(request: Request): Promise<void> {
    while ((await ask(request)) === undefined);
  }

  async function start(): Promise<ChildProcess> {
    const { PATH = '', HOME = '' } = process.env;
    const env = { PATH, HOME, ...settingsOf(home), [DEATH]: '' };
    const child = fork(TALKER, [], { env, execArgv: [`--import=${PRELOAD}`] });
    await once(child, 'message');
    return child;
  }
});

const has = (reply: Reply, title: string) => buttons(reply).some((one) => one.startsWith(title));
