import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import { onBothEngines } from '../support/database.ts';
import { openTalk, PEOPLE, type Talk } from '../support/talk.ts';

onBothEngines('the personal chat of somebody', (engine) => {
  let talk: Talk;
  before(async () => {
    talk = await openTalk(engine);
  });
  after(() => talk.close());

  /** Where it is, which version of the row that is, and who locked that since. */
  const row = async () => {
    const { rows } = await sql<{ conversation: string; version: string; locked: string }>`
      select conversation, xmin::text as version, xmax::text as locked
      from personal_chats where email = ${PEOPLE.carla}`.execute(talk.db);
    return rows;
  };
  const from = (conversation: string) =>
    talk.as('carla', { platform: 'test', conversation, kind: 'personal', name: 'carla' }).say('help');

  test('is kept where it changes, and only read where it does not', async () => {
    await from('one');
    const first = await row();
    assert.deepEqual(
      first.map(({ conversation }) => conversation),
      ['one'],
    );
    await from('one');
    assert.deepEqual(await row(), first);
    await from('two');
    const second = await row();
    assert.deepEqual(
      second.map(({ conversation }) => conversation),
      ['two'],
    );
    await from('two');
    assert.deepEqual(await row(), second);
    await from('one');
    assert.equal((await row())[0]?.conversation, 'one');
  });
});
