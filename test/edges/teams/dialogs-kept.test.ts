/** Whatever comes in between, neither an answer nor what was typed is lost. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Card } from '../../../src/chat/card.ts';
import { asForm, dialogIn, done, fetched, form, handedIn, openDialogs, readIn } from './dialog.ts';
import { inChannel, reply } from './talk.ts';

type Dialogs = Awaited<ReturnType<typeof openDialogs>>;
const empty = { status: 200, body: undefined };
const CAROL = '8c0f1a52-4a8e-4f7b-9d29-2f4a5d3b7c11';

const openIn = (talk: Dialogs, where: object) => {
  talk.bot((_, respond) => respond(asForm()));
  return talk.send({ ...where, ...fetched({ verb: 'say', text: 'associate' }) });
};
const refusePrivately = ({ connector }: Dialogs) =>
  connector.fail(({ path }) => path === '/v3/conversations', {
    status: 403,
    body: { error: { code: 'ForbiddenOperationException' } },
  });

describe('an answer for who handed a form in in a channel, to whom the bot can not write,', () => {
  test('is shown in the dialog', async (t) => {
    const talk = await openDialogs(t);
    const shown = await openIn(talk, inChannel);
    talk.bot((_, respond) => respond(reply({ text: 'alice has 2.', card: done, audience: 'asker' })));
    refusePrivately(talk);

    const answer = await talk.send({ ...inChannel, ...handedIn(shown, 'Associate', { user: 'alice' }) });

    assert.equal(dialogIn(answer).title, 'Done');
    assert.doesNotMatch(readIn(answer), /ask again/);
    assert.deepEqual(talk.connector.messages(), []);
  });

  test('is a word above the form that it was looked up beside', async (t) => {
    const talk = await openDialogs(t);
    const shown = await openIn(talk, inChannel);
    talk.bot((_, respond) => respond(reply({ text: '7 free.', card: done, audience: 'asker' })));
    refusePrivately(talk);

    const again = await talk.send({ ...inChannel, ...handedIn(shown, 'Free units', { user: 'alice' }) });

    assert.match(readIn(again), /7 free\..*"value":"alice"/s);
    assert.deepEqual(talk.connector.messages(), []);
  });
});

describe('a form keeps what was typed', () => {
  test('where what is looked up in a channel goes to the personal chat', async (t) => {
    const talk = await openDialogs(t);
    const shown = await openIn(talk, inChannel);
    talk.bot((_, respond) => respond(reply({ text: '7 free.', card: done, audience: 'asker' })));

    const again = await talk.send({ ...inChannel, ...handedIn(shown, 'Free units', { user: 'alice' }) });

    assert.match(readIn(again), /sent you the answer privately.*"value":"alice"/s);
    talk.bot((_, respond) => respond(reply({ card: done })));
    const handed = await talk.send({ ...inChannel, ...handedIn(again, 'Associate', { user: 'alice' }) });
    assert.deepEqual(handed, empty);
  });

  test('after a fault of the bot behind a question, and can be handed in', async (t) => {
    const talk = await openDialogs(t);
    const question = await talk.send(
      handedIn(await openIn(talk, {}), 'Remove order', { user: 'alice@contoso.example' }),
    );
    talk.bot((_, respond) => respond(reply({ text: 'Something went wrong. 7F3A2C', fault: true })));

    const again = await talk.send(handedIn(question, 'Remove it'));

    assert.match(readIn(again), /7F3A2C.*"value":"alice@contoso\.example"/s);
    talk.bot((_, respond) => respond(reply({ card: done })));
    assert.deepEqual(await talk.send(handedIn(again, 'Associate', { user: 'alice' })), empty);
    const inbound = talk.heard.at(-1);
    assert.equal(inbound?.kind === 'submit' && inbound.verb, 'associate');
  });
});

describe('a button that a client names', () => {
  for (const named of [null, '', [], '0', 0.5, -1, 17, true]) {
    test(`as ${JSON.stringify(named)} is none`, async (t) => {
      const talk = await openDialogs(t);
      const press = handedIn(await openIn(talk, {}), 'Associate');
      const heard = talk.heard.length;

      const value = { data: { ...press.value.data, 'dialog.button': named } };

      assert.match(readIn(await talk.send({ ...press, value })), /do not know this form/);
      assert.equal(talk.heard.length, heard);
    });
  }
});

describe('somebody who uses the bot', () => {
  const names: Card = {
    ...form(),
    body: [{ type: 'Input.Text', id: 'person', label: 'Person', person: true }],
  };
  const asked = (talk: Dialogs, where: object) => {
    talk.bot((_, respond) => respond(reply({ card: names, audience: 'asker' })));
    return talk.send({ ...where, ...fetched({ verb: 'say', text: 'grant' }) });
  };
  const idsOf = (answer: { readonly body: unknown }) =>
    dialogIn(answer).card.content.body.map(({ id }) => id);

  test('is chosen in the dialog of a channel among those who are there', async (t) => {
    const talk = await openDialogs(t, { playground: false });

    const shown = await asked(talk, inChannel);
    talk.bot((_, respond) => respond(reply({ text: 'Something went wrong.', fault: true })));
    const chosen = handedIn(shown, 'Associate', { 'person@people': CAROL, person: '' });
    const again = await talk.send({ ...inChannel, ...chosen });

    assert.deepEqual(idsOf(shown), ['person@people', 'person']);
    const inbound = talk.heard.at(-1);
    assert.equal(inbound?.kind === 'submit' && inbound.values.person, 'carol@contoso.example');
    assert.match(readIn(again), /"value":"carol@contoso\.example"/);
  });

  test('whom Teams does not name is asked about, and the form stays empty', async (t) => {
    const talk = await openDialogs(t, { playground: false });
    const shown = await asked(talk, inChannel);
    talk.bot((_, respond) => respond(reply({ text: 'Something went wrong.', fault: true })));
    const somebody = '00000000-4a8e-4f7b-9d29-2f4a5d3b7c11';

    const again = await talk.send({
      ...inChannel,
      ...handedIn(shown, 'Associate', { 'person@people': somebody, person: '' }),
    });

    const inbound = talk.heard.at(-1);
    assert.equal(inbound?.kind === 'submit' && inbound.values.person, 'person:unnamed');
    assert.doesNotMatch(readIn(again), /unnamed/);
  });

  test('is typed where one talks to the bot alone', async (t) => {
    assert.deepEqual(idsOf(await asked(await openDialogs(t, { playground: false }), {})), ['person']);
  });
});
