import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, afterEach, before, test } from 'node:test';
import type { Db } from '../../src/db/index.ts';
import { assertSums } from '../features/bulk/support.ts';
import { onBothEngines } from '../support/database.ts';
import { openTalk, type Talk } from '../support/talk.ts';
import { message, sendAll, submit, times } from './support.ts';

onBothEngines('the last free unit', (engine) => {
  let talk: Talk;
  before(async () => {
    talk = await openTalk(engine);
    await talk.as('carla').say('associate 10023/2 x@contoso.example,y@contoso.example');
  });
  after(() => talk.close());
  afterEach(() => assertSums(talk.db));

  const letGo = async () => {
    const holder = await newestHolder(talk.db);
    await talk.as('carla').say(`release 10023/2 ${holder}`);
  };

  test('goes to one of eight who ask for it at once', async () => {
    const answers = await sendAll(
      talk,
      times(8, (n) => message('carla', randomUUID(), `associate 10023/2 last${n}@contoso.example`)),
    );

    const texts = answers.map(({ text }) => text);
    assert.equal(texts.filter((text) => /now has 1/.test(text)).length, 1, texts.join('\n'));
    assert.equal(texts.filter((text) => /0 units are free; this needs 1/.test(text)).length, 7);
    assert.match((await talk.as('carla').say('free 10023/2')).text, /: 0 of 5 units free/);
  });

  test('goes to one form of eight that are sent at once', async () => {
    await letGo();
    const forms = times(8, (n) => ({
      from: 'entered',
      service: '10023/2',
      users: `form${n}@contoso.example`,
      units: '1',
      once: randomUUID(),
    }));

    const answers = await sendAll(
      talk,
      forms.map((values) => submit('carla', randomUUID(), 'associate', values)),
    );

    assert.equal(answers.filter(({ text }) => /now has 1/.test(text)).length, 1);
    assert.match((await talk.as('carla').say('free 10023/2')).text, /: 0 of 5 units free/);
  });

  test('goes either to the move of a user or to an association', async () => {
    await letGo();
    const answers = await sendAll(talk, [
      message('carla', randomUUID(), 'move bob@contoso.example 10023/3 10023/2'),
      ...times(4, (n) => message('carla', randomUUID(), `associate 10023/2 other${n}@contoso.example`)),
    ]);
    const won = answers.filter(({ text }) => /now has 1|Moved|moved/.test(text));
    assert.equal(won.length, 1, answers.map(({ text }) => text).join('\n'));
  });
});

async function newestHolder(db: Db): Promise<string> {
  const row = await db
    .selectFrom('associations as a')
    .innerJoin('users as u', 'u.id', 'a.user_id')
    .innerJoin('services as s', 's.id', 'a.service_id')
    .select('u.email')
    .where('s.position', '=', 2)
    .orderBy('u.id', 'desc')
    .executeTakeFirstOrThrow();
  return row.email;
}
