import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type CalmTalk, openCalmTalk } from '../../chat/calm.ts';
import { rows } from '../../chat/reading.ts';
import { channel } from '../../support/talk.ts';

let talk: CalmTalk;
before(async () => {
  talk = await openCalmTalk('PGlite');
});
after(() => talk.close());

test('a customer sees what runs on, with quantity, price and admin', async () => {
  const reply = await talk.as('chris').say('subscriptions');

  assert.match(reply.text, /^Contoso: 4 subscriptions\.\n/);
  assert.match(
    reply.text,
    /^10023\/2 5 × Office 365 E3: Active, €22\.00 a unit, Carla Diaz <carla@contoso\.example>, contoso\.onmicrosoft\.com$/m,
  );
  assert.equal(rows(reply).length, 4);
});

test('a search finds by product, order and admin, in a channel only for the one who asks', async () => {
  const nora = talk.as('nora', channel('sales'));
  for (const [text, found] of [
    ['webex', 1],
    ['10023', 3],
    ['carla', 4],
    ['nothing', 0],
  ] as const) {
    const reply = await nora.say(`subscriptions ${text}`);
    assert.equal(rows(reply).length, found, text);
    assert.equal(reply.audience, 'asker');
  }
});

test('a customer without subscriptions is told so by name', async () => {
  const priya = talk.as('priya');
  await priya.say('use fabrikam');
  assert.match((await priya.say('subscriptions')).text, /^Fabrikam: no subscriptions\./);
});
