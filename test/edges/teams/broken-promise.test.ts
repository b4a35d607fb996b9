/** Presses that Teams was told are worked on, and of which nothing comes. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inChannel, pressed, reply } from './talk.ts';
import { openTargeted, THREAD } from './targeted.ts';

const WORKING = 'Working on it …';
const NOBODY = 'Teams could not tell me just now who you are. Please try again in a moment.';

for (const [where, targeted, activity, path] of [
  ['where it was pressed', true, inChannel, THREAD],
  ['in their own chat', false, inChannel, '/v3/conversations/a:with-29:alice/activities'],
  ['in the chat that it is', true, {}, '/v3/conversations/a:alice-and-bot/activities'],
] as const) {
  test(`who pressed and was told to wait is told ${where} that nothing came of it`, async (t) => {
    const talk = await openTargeted(t, { targeted, timing: { answerWithinMs: 1 } });
    const release = talk.connector.hold(({ path }) => path.includes('/members/'));
    talk.connector.fail(({ path }) => path.includes('/members/'), { status: 500 });

    const unknown = await talk.send({ ...activity, ...pressed('say', {}) });
    release();
    await talk.settled();

    assert.match(JSON.stringify(unknown.body), new RegExp(WORKING));
    const [told, ...more] = talk.connector.messages();
    assert.deepEqual([told?.path, told?.body.text], [path, NOBODY]);
    assert.equal(more.length + talk.heard.length, 0);
  });
}

test('so is who pressed and whose answer Teams does not take', async (t) => {
  const talk = await openTargeted(t, { timing: { answerWithinMs: 1 } });
  const { promise: teamsWasAnswered, resolve } = Promise.withResolvers<void>();
  talk.bot(async (_, respond) => {
    await teamsWasAnswered;
    return respond(reply());
  });
  talk.connector.fail(({ body }) => body.text === 'Three orders.', { status: 400 });

  await talk.send({ ...inChannel, ...pressed('say', {}) });
  resolve();
  await talk.settled();

  assert.deepEqual(
    talk.connector.messages().map(({ method, targeted, body }) => [method, targeted, body.text]),
    [
      ['POST', false, 'Three orders.'],
      ['POST', true, 'Teams did not take the answer. Please try again in a moment.'],
    ],
  );
});
