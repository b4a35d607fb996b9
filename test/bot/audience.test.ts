import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { features } from '../../src/features.ts';
import { type CalmTalk, openCalmTalk } from '../chat/calm.ts';
import { onBothEngines } from '../support/database.ts';
import { channel, PEOPLE, type Somebody } from '../support/talk.ts';

/** What changes something for all who read along, and is for all of them to know. */
const OPEN = /^(notify here|notify off|notify quiet|use \S+ here|previews (on|off) here)\b/;

/** How each command is asked: alone, and as its examples have it. */
const asked = features
  .flatMap(({ commands }) => commands)
  .flatMap(({ name, examples }) => [...new Set([name, ...examples])]);

onBothEngines('who reads the answer in a channel', (engine) => {
  let talk: CalmTalk;
  before(async () => {
    talk = await openCalmTalk(engine);
  });
  after(() => talk.close());

  for (const who of Object.keys(PEOPLE) as Somebody[]) {
    test(`${who} alone, but for what changes the channel`, async () => {
      const speaker = talk.as(who, channel(`audience of ${who}`));
      const open: string[] = [];
      for (const text of [...asked, 'notify here tea', 'notify quiet never', 'asociate', 'job 999']) {
        const { audience } = await speaker.say(text);
        // What is not done is nobody else's to know either.
        if (audience === 'everyone' && !OPEN.test(text)) open.push(text);
        if (text.endsWith(' here')) await speaker.say('use nobody here');
      }

      assert.deepEqual(open, []);
    });
  }

  test('somebody unknown alone is told how to become known', async () => {
    const reply = await talk.as('stranger', channel('ops')).say('orders');

    assert.match(reply.text, /^I don’t know you yet/);
    assert.equal(reply.audience, 'asker');
  });

  test('a refusal is for who is refused', async () => {
    const ops = channel('ops');
    const refused = [
      await talk.as('chris', ops).say('notify here jobs'),
      await talk.as('priya', ops).say('notify here tea'),
      await talk.as('priya', ops).say('notify quiet never'),
      await talk.as('priya', ops).say('notify off'),
      await talk.as('priya', ops).submit('no.such.button', {}),
    ];

    assert.deepEqual(
      refused.map(({ audience }) => audience),
      refused.map(() => 'asker'),
    );
  });

  test('what a channel hears of is told to all of it', async () => {
    const priya = talk.as('priya', channel('ops'));

    assert.equal((await priya.say('notify here jobs')).audience, 'everyone');
    assert.equal((await priya.say('notify list')).audience, 'asker');
    assert.equal((await priya.say('notify quiet 20:00-07:00')).audience, 'everyone');
    assert.equal((await priya.say('notify quiet')).audience, 'asker');
    assert.equal((await priya.say('notify off jobs')).audience, 'everyone');
  });
});
