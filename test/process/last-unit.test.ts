import assert from 'node:assert/strict';
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { assertSums } from '../features/bulk/support.ts';
import { type Home, newHome } from '../support/database.ts';
import { openTalk, type Talk } from '../support/talk.ts';

const PROCESSES = 8;
const ROUNDS = 5;
const SCRIPT = fileURLToPath(new URL('./one-of-many.ts', import.meta.url));

let home: Home;
let talk: Talk;
let others: ChildProcess[] = [];

before(async () => {
  home = await newHome('Postgres');
  talk = await openTalk('Postgres', home);
  others = await Promise.all(Array.from({ length: PROCESSES }, () => startOther(home)));
});
after(async () => {
  await Promise.all(others.map(stopOther));
  await talk.close();
  await home.remove();
});

test('the last free unit goes to one of eight processes that ask for it at once', async () => {
  const carla = talk.as('carla');
  await carla.say('associate 10023/2 x@contoso.example,y@contoso.example');
  for (let round = 0; round < ROUNDS; round++) {
    const asking = others.map((other, n) => ask(other, `associate 10023/2 p${round}-${n}@contoso.example`));
    const answers = await Promise.all(asking);

    const winners = answers.flatMap((text) => /(p\d-\d@\S+) now has 1/.exec(text)?.[1] ?? []);
    assert.equal(winners.length, 1, answers.join('\n'));
    assert.equal(answers.filter((text) => /0 units are free; this needs 1/.test(text)).length, PROCESSES - 1);
    assert.match((await carla.say('free 10023/2')).text, /: 0 of 5 units free/);
    await assertSums(talk.db);
    await carla.say(`release 10023/2 ${winners[0]}`);
  }
});

async function startOther({ databaseUrl = '', dataDir }: Home): Promise<ChildProcess> {
  const { NODE_TEST_CONTEXT: _, ...env } = process.env;
  const other = fork(SCRIPT, [databaseUrl, dataDir], { env, execArgv: [] });
  assert.deepEqual((await once(other, 'message'))[0], 'ready');
  return other;
}

async function ask(other: ChildProcess, text: string): Promise<string> {
  const answer = once(other, 'message');
  other.send(text);
  return String((await answer)[0]);
}

async function stopOther(other: ChildProcess): Promise<void> {
  const exit = once(other, 'exit');
  other.disconnect();
  await exit;
}
