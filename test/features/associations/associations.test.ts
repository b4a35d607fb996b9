import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { onBothEngines } from '../../support/database.ts';
import { openTalk, type Talk } from '../../support/talk.ts';

onBothEngines('associations', (engine) => {
  let talk: Talk;
  before(async () => {
    talk = await openTalk(engine);
  });
  after(() => talk.close());

  test('a user is given units and the answer says what is free', async () => {
    const carla = talk.as('carla');

    const reply = await carla.say('associate 10023/1 dave@contoso.example 2');

    assert.match(reply.text, /dave@contoso\.example now has 2 \(new user\)\./);
    assert.match(reply.text, /5 of 10 units/);
    assert.match((await carla.say('free 10023/1')).text, /5 of 10 units free/);
  });

  test('twice one unit is two', async () => {
    const carla = talk.as('carla');
    await carla.say('associate 10024/1 erin@contoso.example');
    const reply = await carla.say('associate 10024/1 erin@contoso.example');
    assert.match(reply.text, /erin@contoso\.example now has 2\./);
  });

  test('more units than are free are refused with the number that is free', async () => {
    const reply = await talk
      .as('carla')
      .say(
        'associate 10023/2 frank@contoso.example,gina@contoso.example,hal@contoso.example,ian@contoso.example',
      );
    assert.match(reply.text, /3 units are free; this needs 4/);
  });

  test('undo takes back what was given', async () => {
    const carla = talk.as('carla');
    const done = await carla.say('associate 10023/2 jane@contoso.example');
    assert.match(done.text, /2 of 5 units/);

    const undone = await carla.press(done, 'Undo');

    assert.match(undone.text, /^Undone/);
    assert.match((await carla.say('free 10023/2')).text, /3 of 5/);
    assert.match((await carla.say('user jane@contoso.example')).text, /has no user/);
  });
});
