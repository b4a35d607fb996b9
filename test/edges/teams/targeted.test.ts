/** Messages that one person of a conversation alone sees. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { keepsTargeted } from '../../../src/edges/teams/answers/targeted.ts';
import { cardIn } from './connector.ts';
import { ALICE, BOT, inChannel } from './talk.ts';
import { forAsker, isTargeted, openTargeted, shape, THREAD, toBotAlone } from './targeted.ts';

const refused = { status: 403, body: { error: { code: 'BotNotInConversationRoster' } } };

test('an answer for the asker alone is shown to them alone, where they asked', async (t) => {
  const talk = await openTargeted(t);
  talk.bot((_, respond) => respond(forAsker));

  await talk.send({ ...inChannel, text: 'orders' });

  const [message, ...more] = talk.connector.messages();
  assert.deepEqual(message && shape(message), ['POST', THREAD, true]);
  assert.deepEqual(message?.body.recipient, { id: ALICE.id, name: ALICE.name });
  assert.ok(message && cardIn(message));
  assert.equal(more.length, 0);
});

test('in a group chat as well; in a personal chat nothing is hidden from anybody', async (t) => {
  const talk = await openTargeted(t);
  talk.bot((_, respond) => respond(forAsker));
  const group = { id: '19:group@thread.v2', conversationType: 'groupChat', isGroup: true };

  await talk.send({ conversation: group, text: 'orders' });
  await talk.send({ text: 'orders' });

  assert.deepEqual(talk.connector.messages().map(shape), [
    ['POST', '/v3/conversations/19:group@thread.v2/activities', true],
    ['POST', '/v3/conversations/a:alice-and-bot/activities', false],
  ]);
});

test('it can be drawn anew later, for the same person', async (t) => {
  const talk = await openTargeted(t);
  talk.bot((_, respond) => respond(forAsker));
  await talk.send({ ...inChannel, text: 'orders' });
  talk.connector.calls.length = 0;
  const stored = JSON.parse(JSON.stringify(talk.sent[0]));
  assert.equal(stored.place.reader, 'alice@contoso.example');

  await talk.teams.edge.update(stored, { ...forAsker, text: 'Four orders.' });

  const [put] = talk.connector.messages();
  assert.deepEqual(put && shape(put), ['PUT', `${THREAD}/${stored.message}`, true]);
  assert.equal(put?.body.recipient, undefined);
});

test('where Teams refuses it, it goes to the personal chat, and the channel is told no more than that', async (t) => {
  const talk = await openTargeted(t);
  talk.connector.fail(isTargeted, refused);
  talk.connector.fail(isTargeted, refused);
  talk.bot((_, respond) => respond(forAsker));

  await talk.send({ ...inChannel, text: 'orders' });

  const [, answer, , told, ...more] = talk.connector.messages();
  assert.deepEqual(answer && shape(answer), ['POST', '/v3/conversations/a:with-29:alice/activities', false]);
  assert.ok(answer && cardIn(answer));
  assert.deepEqual(told && shape(told), ['POST', THREAD, false]);
  assert.equal(told?.body.text, "I've sent you the answer privately.");
  assert.equal(more.length, 0);
});

test('a fault of Teams that passes is no reason to look for another way', async (t) => {
  const talk = await openTargeted(t, { timing: { againWithinMs: 0 } });
  talk.connector.fail(isTargeted, { status: 503 });
  talk.bot((_, respond) => respond(forAsker));

  await talk.send({ ...inChannel, text: 'orders' });

  assert.equal(talk.connector.messages().length, 1);
  assert.match(JSON.stringify(talk.logged), /the bot met a fault/);
});

test('a file that can not be linked to is given in the personal chat, and only who asked is told', async (t) => {
  const talk = await openTargeted(t, { fileUrl: () => undefined });
  talk.bot((_, respond) => respond({ ...forAsker, files: [{ id: 'f1', name: 'job 7.xlsx' }] }));

  await talk.send({ ...inChannel, text: 'job 7 report' });

  assert.deepEqual(talk.connector.messages().map(shape), [
    ['POST', '/v3/conversations/a:with-29:alice/activities', false],
    ['POST', THREAD, true],
  ]);
});

test('a file that can be linked to comes with the answer', async (t) => {
  const talk = await openTargeted(t);
  talk.bot((_, respond) => respond({ ...forAsker, files: [{ id: 'f1', name: 'job 7.xlsx' }] }));

  await talk.send({ ...inChannel, text: 'job 7 report' });

  const [message] = talk.connector.messages();
  assert.equal(message?.targeted, true);
  assert.match(JSON.stringify(message?.body), /https:\/\/bot\.example\/files\/f1/);
});

test('what is said behind a slash is answered to who said it alone, whatever the answer', async (t) => {
  const talk = await openTargeted(t);

  await talk.send({ ...toBotAlone, text: 'orders' });
  await talk.send({ ...toBotAlone, id: '2', text: '/orders recent' });
  await talk.send({ ...toBotAlone, id: '3', text: '/quartermaster order 10023' });

  assert.deepEqual(
    talk.heard.map((inbound) => inbound.kind === 'message' && [inbound.text, inbound.alone]),
    [
      ['orders', true],
      ['orders recent', true],
      ['order 10023', true],
    ],
  );
  assert.deepEqual(
    talk.connector.messages().map(({ targeted }) => targeted),
    [true, true, true],
  );
});

test('what everybody saw is said to everybody; in a personal chat nobody else is there', async (t) => {
  const talk = await openTargeted(t);

  await talk.send({ ...inChannel, text: '/orders' });
  await talk.send({ recipient: { ...BOT, isTargeted: true }, text: 'orders' });

  assert.deepEqual(
    talk.heard.map((inbound) => [inbound.alone, inbound.kind === 'message' && inbound.text]),
    [
      [undefined, '/orders'],
      [undefined, 'orders'],
    ],
  );
  assert.equal(talk.connector.messages().some(isTargeted), false);
});

test('who asked behind a slash is not named before all where the answer goes to their own chat', async (t) => {
  const talk = await openTargeted(t);
  talk.connector.fail(isTargeted, refused);
  talk.connector.fail(isTargeted, refused);

  await talk.send({ ...toBotAlone, text: 'orders' });

  const arrived = talk.connector.messages().filter(({ targeted }) => !targeted);
  assert.deepEqual(arrived.map(shape), [['POST', '/v3/conversations/a:with-29:alice/activities', false]]);
});

/** Source: `TeamsServiceEndpoints`, https://microsoft.github.io/Agents-for-js */
for (const [serviceUrl, keeps] of [
  ['https://smba.trafficmanager.net/amer/', true],
  ['https://smba.infra.gov.teams.microsoft.us/teams', false],
  ['https://smba.trafficmanager.net.evil.example/', false],
  ['http://smba.trafficmanager.net/', false],
] as const) {
  test(`a message for one person ${keeps ? 'is one' : 'might be one for all'} at ${serviceUrl}`, () => {
    const credentials = { appId: 'app-1' };
    const address = { serviceUrl, bot: BOT };
    const place = {
      platform: 'teams',
      conversation: '19:orders',
      kind: 'channel',
      name: '',
      address,
    } as const;

    assert.equal(keepsTargeted(place, { credentials }), keeps);
    assert.equal(keepsTargeted(place, { credentials, targeted: false }), false);
    assert.equal(keepsTargeted({ ...place, kind: 'personal' }, { credentials }), false);
    assert.equal(keepsTargeted(place, {}), false);
  });
}
