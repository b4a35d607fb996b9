/** Teams asks what a card shows now. Source: https://learn.microsoft.com/microsoftteams/platform/task-modules-and-cards/cards/universal-actions-for-adaptive-cards/user-specific-views */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Card } from '../../../src/chat/card.ts';
import { cardIn } from './connector.ts';
import { inChannel, openTalk, reply } from './talk.ts';

const card: Card = {
  type: 'AdaptiveCard',
  $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
  version: '1.5',
  body: [{ type: 'TextBlock', text: 'It waits', wrap: true }],
  refresh: { verb: 'approvals.look', data: { order: '10029' }, automatic: true },
};
const action = {
  type: 'Action.Execute',
  title: 'Refresh',
  verb: 'approvals.look',
  data: { order: '10029', '@refresh': true },
  associatedInputs: 'none',
};
const shown = {
  type: 'AdaptiveCard',
  $schema: card.$schema,
  version: '1.5',
  body: [{ type: 'TextBlock', text: 'It waits', wrap: true }],
  refresh: { action },
  msteams: { width: 'Full' },
};
/** Somebody opened the channel in which the card stands. */
const looked = {
  ...inChannel,
  type: 'invoke',
  id: 'f:look-1',
  name: 'adaptiveCard/action',
  replyToId: '1650',
  value: { action, trigger: 'automatic' },
};
const note = (value: string) => ({
  status: 200,
  body: { statusCode: 200, type: 'application/vnd.microsoft.activity.message', value },
});

test('a card says what is asked for, for everybody who looks at it', async (t) => {
  const talk = await openTalk(t);
  talk.bot((_, respond) => respond(reply({ card })));
  await talk.send({ ...inChannel, text: 'approvals' });

  const [message] = talk.connector.messages();
  assert.deepEqual(message && cardIn(message), shown);
});

test('a card that the bot keeps up to date itself is asked for by hand alone', async (t) => {
  const talk = await openTalk(t);
  const refresh = { verb: 'bulk.look', data: { job: 7 } };
  talk.bot((_, respond) => respond(reply({ card: { ...card, refresh } })));
  await talk.send({ ...inChannel, text: 'job 7' });

  const [message] = talk.connector.messages();
  const asked = { ...action, verb: 'bulk.look', data: { job: 7, '@refresh': true } };
  assert.deepEqual(message && cardIn(message)?.refresh, { action: asked, userIds: [] });
});

test('who looks without being known there is looked up once, there alone', async (t) => {
  const talk = await openTalk(t);
  talk.bot(async () => undefined);
  const guest = { id: '29:guest', name: 'Guest' };
  for (const id of ['f:1', 'f:2', 'f:3']) await talk.send({ ...looked, id, from: guest });

  const asked = talk.connector.calls.map(({ method, path }) => `${method} ${path}`);
  assert.deepEqual(
    asked.filter((call) => !call.includes('/v3/teams/')),
    ['GET /v3/conversations/19:general@thread.tacv2/members/29:guest'],
  );
  const [first] = talk.heard;
  assert.deepEqual([first?.person.name, first?.person.email], ['Guest', undefined]);

  await talk.send({ ...inChannel, from: guest, text: 'orders' });
  const again = talk.connector.calls.filter(({ path }) => path.includes('/members/'));
  assert.equal(again.length, 2, 'who writes may be there by now');
});

test('who looks sees the card as it is now, and nobody else hears of it', async (t) => {
  const talk = await openTalk(t);
  talk.bot((_, respond) =>
    respond(reply({ card, position: 'instead', audience: 'asker', track: 'order:1' })),
  );

  const answer = await talk.send(looked);

  assert.deepEqual(answer.body, {
    statusCode: 200,
    type: 'application/vnd.microsoft.card.adaptive',
    value: shown,
  });
  const [inbound] = talk.heard;
  assert.ok(inbound?.kind === 'submit');
  assert.equal(inbound.refresh, true);
  assert.equal(inbound.verb, 'approvals.look');
  assert.deepEqual(inbound.values, { order: '10029' });
  assert.equal(inbound.person.email, 'alice@contoso.example');
  await talk.settled();
  assert.deepEqual(talk.connector.messages(), [], 'neither a message nor an update');
  assert.deepEqual(talk.sent, [undefined], 'nothing that could be changed later');
});

test('where there is nothing to tell, or not in time, the card stays without a word', async (t) => {
  const silent = await openTalk(t);
  silent.bot(async () => undefined);
  assert.deepEqual(await silent.send(looked), note(''));

  const wordy = await openTalk(t);
  wordy.bot((_, respond) => respond(reply()));
  assert.deepEqual(await wordy.send(looked), note(''));
  await wordy.settled();
  assert.deepEqual(wordy.connector.messages(), []);

  const slow = await openTalk(t, { timing: { answerWithinMs: 1 } });
  const { promise: teamsWasAnswered, resolve } = Promise.withResolvers<void>();
  slow.bot(async (_, respond) => {
    await teamsWasAnswered;
    return respond(reply({ card }));
  });
  assert.deepEqual(await slow.send(looked), note(''));
  resolve();
  await slow.settled();
  assert.deepEqual(slow.connector.messages(), []);
});

test('a button is pressed, whatever its data is called', async (t) => {
  const talk = await openTalk(t);
  for (const data of [{ refresh: true }, { '@refresh': 'true' }, { '@refresh': 1 }])
    await talk.send({ ...looked, id: JSON.stringify(data), value: { action: { ...action, data } } });
  assert.deepEqual(
    talk.heard.map((inbound) => inbound.kind === 'submit' && inbound.refresh),
    [undefined, undefined, undefined],
  );
});
