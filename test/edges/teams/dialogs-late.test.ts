/** What comes after a dialog has said that the work goes on. */
import assert from 'node:assert/strict';
import { describe, type TestContext, test } from 'node:test';
import { formsInMemory } from '../slack/forms-store.ts';
import { cardIn } from './connector.ts';
import { asForm, done, fetched, handedIn, handTimers, openDialogs, readIn } from './dialog.ts';
import { inChannel, reply } from './talk.ts';

type Dialogs = Awaited<ReturnType<typeof openLate>>;
const associate = fetched({ verb: 'say', text: 'associate' });
const said = ({ talk }: Dialogs) => talk.connector.messages().map(({ body }) => body.text);
const shown = ({ talk }: Dialogs) => talk.connector.messages().map((call) => JSON.stringify(cardIn(call)));

/** Dialogs that wait no longer as soon as something takes its time. */
async function openLate(t: TestContext) {
  const timers = handTimers();
  const memory = formsInMemory();
  const state = { isSlow: false };
  const forms = {
    ...memory,
    async find(id: string) {
      if (state.isSlow) timers.ring();
      return memory.find(id);
    },
  };
  const talk = await openDialogs(t, { forms, timers });
  talk.bot((_, respond) => respond(asForm()));
  const sendLate = async (activity: object) => {
    state.isSlow = true;
    const answer = await talk.send(activity);
    await talk.settled();
    state.isSlow = false;
    return answer;
  };
  return { talk, timers, sendLate };
}

describe('after a dialog has said that the work goes on', () => {
  test('comes what a form asks before it does something, above what was typed', async (t) => {
    const late = await openLate(t);
    const open = await late.talk.send(associate);
    const heard = late.talk.heard.length;

    const answer = await late.sendLate(handedIn(open, 'Remove order', { user: 'alice' }));

    assert.match(readIn(answer), /the answer then comes as a message/);
    const [form, ...more] = shown(late);
    assert.match(form ?? '', /Remove order 10029\?.*is lost.*"value":"alice"/s);
    assert.match(form ?? '', /"verb":"ordering\.remove"/);
    assert.deepEqual([more.length, late.talk.heard.length], [0, heard]);
  });

  test('comes the form to which somebody goes back', async (t) => {
    const late = await openLate(t);
    const open = await late.talk.send(associate);
    const question = await late.talk.send(handedIn(open, 'Remove order', { user: 'alice' }));

    await late.sendLate(handedIn(question, 'Back'));

    assert.match(shown(late).join(), /"value":"alice"/);
  });

  test('comes that the form is not known, with what was typed', async (t) => {
    const late = await openLate(t);
    const press = handedIn(await late.talk.send(associate), 'Associate', { user: 'alice' });

    await late.sendLate({ ...press, from: { id: '29:bob', name: 'Bob' } });

    assert.match(said(late).join(), /do not know this form.*alice/s);
  });

  test('comes the form with a word about the fault of the bot', async (t) => {
    const late = await openLate(t);
    const open = await late.talk.send(associate);
    late.talk.bot((_, respond) => respond(reply({ text: 'Something went wrong. 7F3A2C', fault: true })));

    await late.sendLate(handedIn(open, 'Associate', { user: 'alice' }));

    const [form, ...more] = shown(late);
    assert.match(form ?? '', /7F3A2C.*"value":"alice"/s);
    assert.match(form ?? '', /mark-of-the-first-form/);
    assert.equal(more.length, 0);
  });

  test('comes what was looked up, and the form beside it', async (t) => {
    const late = await openLate(t);
    const open = await late.talk.send(associate);
    late.talk.bot((_, respond) => respond(reply({ text: '7 free.', card: done, audience: 'asker' })));

    await late.sendLate(handedIn(open, 'Free units', { user: 'alice' }));

    const [found, form] = shown(late);
    assert.match(found ?? '', /Done/);
    assert.match(form ?? '', /"value":"alice"/);
  });

  test('comes that an answer was given before', async (t) => {
    const late = await openLate(t);
    const open = await late.talk.send(associate);
    late.talk.bot(async () => undefined);

    await late.sendLate(handedIn(open, 'Associate', { user: 'alice' }));

    assert.match(said(late).join(), /handed in before/);
  });

  test('comes to who asked alone, of whom nothing is said in the channel, that nothing was done', async (t) => {
    const { talk, timers } = await openLate(t);
    const asked = Promise.withResolvers<void>();
    const release = talk.connector.hold(({ path }) => {
      if (path.includes('/members/')) asked.resolve();
      return path.includes('/members/');
    });
    const busy = { status: 429, headers: { 'retry-after': '60' }, body: {} };
    talk.connector.fail(({ path }) => path.includes('/members/'), busy);

    const answer = talk.send({ ...inChannel, ...associate });
    await asked.promise;
    timers.ring();
    release();

    assert.match(readIn(await answer), /I am at it/);
    await talk.settled();
    assert.deepEqual(
      talk.connector.messages().map(({ path, body }) => [path, body.text]),
      [
        [
          '/v3/conversations/a:with-29:alice/activities',
          'I could not do that just now, and nothing was done. Please try once more.',
        ],
      ],
    );
  });

  test('comes, in the conversation, that there is no way to who asked, and nothing is asked for again', async (t) => {
    const late = await openLate(t);
    const open = await late.talk.send({ ...inChannel, ...associate });
    late.talk.bot((_, respond) => respond(reply({ card: done, audience: 'asker' })));
    const blocked = { status: 403, body: { error: { code: 'Forbidden' } } };
    late.talk.connector.fail(({ path }) => path === '/v3/conversations', blocked);

    await late.sendLate({ ...inChannel, ...handedIn(open, 'Associate', { user: 'alice' }) });

    const [sentence, ...more] = said(late);
    assert.match(String(sentence), /for you alone.*may be done already.*look before you try again/s);
    assert.equal(more.length, 0);
  });
});
