import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import type { Reply } from '../../src/chat/reply.ts';
import { assertSums, unitsOf } from '../features/bulk/support.ts';
import { onBothEngines } from '../support/database.ts';
import { openTalk, type Talk } from '../support/talk.ts';
import { message, send, sendAll, submit, times } from './support.ts';

const SERVICE = '10024/1';

onBothEngines('a request', (engine) => {
  let talk: Talk;
  before(async () => {
    talk = await openTalk(engine);
  });
  after(() => talk.close());

  const form = (user: string, once = randomUUID()) => ({
    from: 'entered',
    service: SERVICE,
    users: user,
    units: '1',
    once,
  });

  test('that the platform sends twenty times at once happens once and is answered once', async () => {
    const user = 'dora@contoso.example';
    const asked = message('carla', randomUUID(), `associate ${SERVICE} ${user} 1`);

    const answers = await sendAll(
      talk,
      times(20, () => asked),
    );

    assert.equal(await unitsOf(talk.db, SERVICE, user), 1);
    assert.deepEqual(answers.length, 1);
    assert.match(answers[0]?.text ?? '', /dora@contoso\.example now has 1/);
  });

  test('with the same words but another id is another request', async () => {
    const user = 'emil@contoso.example';
    await sendAll(
      talk,
      times(3, () => message('carla', randomUUID(), `associate ${SERVICE} ${user} 1`)),
    );
    assert.equal(await unitsOf(talk.db, SERVICE, user), 3);
  });

  test('whose answer got lost is answered again, and not done again', async () => {
    const user = 'finn@contoso.example';
    const asked = message('carla', randomUUID(), `associate ${SERVICE} ${user} 1`);
    talk.setTime('2026-11-21T10:00:00Z');
    const answers: Reply[] = [];
    await talk.receive(asked, async (reply) => {
      answers.push(reply);
      throw new Error('The platform took no answer.');
    });
    assert.equal(answers.length, 1, 'nothing that was done is told to be undone');

    talk.setTime('2026-11-21T10:01:00Z');
    const [again] = await send(talk, asked);
    const third = await send(talk, asked);

    assert.deepEqual(again, answers[0]);
    assert.deepEqual(third, []);
    assert.equal(await unitsOf(talk.db, SERVICE, user), 1);
  });

  test('of a form that is sent twenty times at once happens once, and each gets its answer', async () => {
    const user = 'gus@contoso.example';
    const values = form(user);

    const answers = await sendAll(
      talk,
      times(20, () => submit('carla', randomUUID(), 'associate', values)),
    );

    assert.equal(await unitsOf(talk.db, SERVICE, user), 1);
    assert.deepEqual([answers.length, new Set(answers.map(({ text }) => text)).size], [20, 1]);
  });

  test('of a form that somebody else sent before is refused, and the other one is told so', async () => {
    const user = 'hal@contoso.example';
    const values = form(user);

    const answers = await sendAll(talk, [
      submit('carla', randomUUID(), 'associate', values),
      submit('nora', randomUUID(), 'associate', values),
    ]);

    const texts = answers.map(({ text }) => text).sort();
    assert.equal(await unitsOf(talk.db, SERVICE, user), 1);
    assert.equal(texts.filter((text) => /now has 1/.test(text)).length, 1, texts.join(' | '));
    assert.equal(texts.filter((text) => /Somebody else has answered this already/.test(text)).length, 1);
  });

  test('of a form that came back with an error is another request when it is mended', async () => {
    const carla = talk.as('carla');
    const wrong = await carla.submit('associate', form('not an address'));
    const action = wrong.card?.actions?.find((one) => 'verb' in one && one.verb === 'associate');
    assert.ok(action, wrong.text);
    const mended = await carla.press(wrong, action.title, {
      service: SERVICE,
      users: 'ivy@contoso.example',
      units: '1',
    });
    assert.match(mended.text, /ivy@contoso\.example now has 1/);
  });

  test('that fails changes nothing, says so with a reference, and can be made again', async () => {
    const user = 'jan@contoso.example';
    const asked = message('carla', randomUUID(), `associate ${SERVICE} ${user} 1`);
    const mend = await breakHistory(talk);

    const [fault] = await send(talk, asked);
    assert.match(fault?.text ?? '', /Nothing was changed\. Reference [0-9A-F]{6}\./);
    assert.equal(await unitsOf(talk.db, SERVICE, user), 0);
    await assertSums(talk.db);
    await mend();

    const [done] = await send(talk, asked);
    assert.match(done?.text ?? '', /jan@contoso\.example now has 1 \(new user\)/);
    assert.equal(await unitsOf(talk.db, SERVICE, user), 1);
  });

  test('of a stranger is answered with one sentence, each time, and leaves no trace', async () => {
    const asked = {
      ...message('carla', randomUUID(), `associate ${SERVICE} sam@contoso.example 1`),
      person: { platform: 'test', id: 'x', name: 'Sam' },
    };
    const answers = await sendAll(talk, [asked, asked]);
    assert.deepEqual(
      answers.map(({ text, card }) => [/I don’t know you yet/.test(text), card]),
      [
        [true, undefined],
        [true, undefined],
      ],
    );
    assert.equal(await unitsOf(talk.db, SERVICE, 'sam@contoso.example'), 0);
  });
});

/** Makes every change fail in the middle, until the function that it gives is called. */
async function breakHistory({ db }: Talk): Promise<() => Promise<void>> {
  await sql`
    create or replace function fail() returns trigger language plpgsql as $$
    begin raise exception 'the disk is full'; end $$`.execute(db);
  await sql`create trigger broken before insert on history for each row execute function fail()`.execute(db);
  return async () => {
    await sql`drop trigger broken on history`.execute(db);
  };
}
