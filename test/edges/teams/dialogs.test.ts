import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { teamsCard } from '../../../src/edges/teams/cards/card.ts';
import { cardIn } from './connector.ts';
import {
  asForm,
  dialogIn,
  done,
  fetched,
  form,
  handedIn,
  handTimers,
  openDialogs,
  readIn,
} from './dialog.ts';
import { inChannel, openTalk, reply } from './talk.ts';

type Dialogs = Awaited<ReturnType<typeof openDialogs>>;
const empty = { status: 200, body: undefined };
const methods = ({ connector }: Dialogs) => connector.messages().map(({ method }) => method);

/** A button was pressed, and the form is open. */
async function opened(talk: Dialogs, where: object = {}, more: object = {}) {
  talk.bot((_, respond) => respond({ ...asForm(), ...more }));
  return talk.send({ ...where, ...fetched({ verb: 'say', text: 'associate' }) });
}

describe('a button whose answer is a form', () => {
  test('asks Teams for a dialog, which an Action.Execute can not', () => {
    const button = { type: 'Action.Execute', title: 'Go', verb: 'say', data: { text: 'associate' } } as const;
    const { actions } = teamsCard({ ...done, actions: [{ ...button, opens: 'form' }, button] }, []);
    const [opens, other] = actions as Record<string, unknown>[];
    assert.equal(opens?.type, 'Action.Submit');
    assert.deepEqual(opens?.data, { text: 'associate', verb: 'say', msteams: { type: 'task/fetch' } });
    assert.equal(other?.type, 'Action.Execute');
    assert.doesNotMatch(JSON.stringify(actions), /"opens"/);
  });

  test('reaches the bot as it was pressed, and shows the form with its heading on top', async (t) => {
    const talk = await openDialogs(t);

    const answer = await opened(talk, inChannel);

    const [inbound] = talk.heard;
    assert.ok(inbound?.kind === 'submit');
    assert.deepEqual([inbound.verb, inbound.values, inbound.message], ['say', { text: 'associate' }, '1650']);
    const { title, card } = dialogIn(answer);
    assert.equal(title, 'Associate a user');
    assert.equal(card.contentType, 'application/vnd.microsoft.card.adaptive');
    assert.doesNotMatch(JSON.stringify(card.content.body), /Associate a user/);
    assert.deepEqual(
      card.content.actions?.map(({ type }) => type),
      ['Action.Submit', 'Action.Submit', 'Action.Submit'],
    );
    assert.equal(talk.connector.messages().length, 0);
  });

  test('tells the client nothing of what its buttons do', async (t) => {
    const talk = await openDialogs(t);

    const { actions } = dialogIn(await opened(talk)).card.content;

    assert.doesNotMatch(JSON.stringify(actions), /verb|once|10023|mark-of/);
    assert.equal(new Set(actions?.map(({ data }) => data['dialog.id'])).size, 1);
  });

  test('whose answer is something else has it in the conversation, and says so', async (t) => {
    const talk = await openDialogs(t);
    talk.bot((_, respond) => respond(reply({ text: 'Three users have it.', card: done })));

    const answer = await talk.send({ ...inChannel, ...fetched({ verb: 'say', text: 'x' }) });

    assert.match(readIn(answer), /Three users have it\..*The answer is in Sales › Orders/s);
    assert.deepEqual(methods(talk), ['POST']);
  });

  test('whose answer takes the place of the card changes the card', async (t) => {
    const talk = await openDialogs(t);
    talk.bot((_, respond) => respond(reply({ text: 'Approved.', card: done, position: 'instead' })));

    await talk.send({ ...inChannel, ...fetched({ verb: 'x' }) });

    assert.deepEqual(methods(talk), ['PUT']);
  });

  test('that asks for a file is answered in the chat: dialogs take none', async (t) => {
    const talk = await openDialogs(t);

    const answer = await opened(talk, {}, { wantsFile: { text: 'bulk' } });

    assert.match(readIn(answer), /in our chat/);
    assert.deepEqual(methods(talk), ['POST']);
  });

  test('of a bot that is slow is answered in time, and the form comes as a message', async (t) => {
    const timers = handTimers();
    const talk = await openDialogs(t, { timers });
    const { promise, resolve } = Promise.withResolvers<void>();
    talk.bot(async (_, respond) => {
      timers.ring();
      await promise;
      return respond(asForm());
    });

    const answer = await talk.send(fetched({ verb: 'say', text: 'associate' }));
    resolve();

    assert.match(readIn(answer), /I am at it/);
    const posted = await talk.connector.call(
      ({ method, body }) => method === 'POST' && 'attachments' in body,
    );
    assert.match(JSON.stringify(cardIn(posted)), /Associate a user/);
  });

  test('whose answer the bot could not make says that, and nothing is posted', async (t) => {
    const talk = await openDialogs(t);
    talk.bot((_, respond) => respond(reply({ text: 'Something went wrong. 7F3A2C', fault: true })));

    assert.match(readIn(await talk.send(fetched({ verb: 'x' }))), /7F3A2C/);
    assert.deepEqual(methods(talk), []);
  });

  test('without a verb, or where nothing can be kept, opens nothing', async (t) => {
    const talk = await openTalk(t);
    talk.bot((_, respond) => respond(asForm()));

    assert.match(readIn(await talk.send(fetched({}))), /do not know this form/);
    assert.equal(talk.heard.length, 0);
    assert.match(readIn(await talk.send(fetched({ verb: 'x' }))), /in our chat/);
    assert.deepEqual(methods(talk), ['POST']);
  });
});

describe('a dialog that is handed in', () => {
  test('brings what was typed with what its button was made for, and closes', async (t) => {
    const talk = await openDialogs(t);
    const shown = await opened(talk, inChannel);
    talk.bot((_, respond) => respond(reply({ text: 'Done.', card: done, position: 'instead' })));
    const typed = { user: 'alice@contoso.example', units: '2', verb: 'evil', service: '1/1', once: 'x' };

    const answer = await talk.send({ ...inChannel, ...handedIn(shown, 'Associate', typed) });

    const inbound = talk.heard.at(-1);
    assert.ok(inbound?.kind === 'submit');
    assert.equal(inbound.verb, 'associate');
    assert.deepEqual(inbound.values, {
      user: 'alice@contoso.example',
      units: '2',
      service: '10023/1',
      once: 'mark-of-the-first-form',
    });
    assert.equal(inbound.place.thread, '1600');
    assert.deepEqual(answer, empty);
    // The form was none that stood in the place of the pressed card: that one stays.
    assert.equal(inbound.message, undefined);
    assert.deepEqual(methods(talk), ['POST']);
  });

  test('takes the place of the pressed card, where the form was to do so', async (t) => {
    const talk = await openDialogs(t);
    const shown = await opened(talk, inChannel, { position: 'instead' });
    talk.bot((_, respond) => respond(reply({ card: done, position: 'instead' })));

    await talk.send({ ...inChannel, ...handedIn(shown, 'Associate') });

    const [update, ...more] = talk.connector.messages();
    assert.deepEqual([update?.method, more.length], ['PUT', 0]);
    assert.match(update?.path ?? '', /activities\/1650$/);
  });

  test('with a mistake comes back with what was typed, and the error by its field', async (t) => {
    const talk = await openDialogs(t);
    const shown = await opened(talk);
    const wrong = { value: 'alice', error: '“alice” is not an e-mail address.', once: 'mark-of-the-second' };
    talk.bot((_, respond) => respond({ ...asForm(wrong), position: 'instead' }));

    const again = await talk.send(handedIn(shown, 'Associate', { user: 'alice' }));

    const { body } = dialogIn(again).card.content;
    assert.deepEqual(
      body.map(({ id, value, text }) => [id, value ?? text]),
      [
        ['user', 'alice'],
        ['user.error', '“alice” is not an e-mail address.'],
        ['units', undefined],
      ],
    );
    talk.bot((_, respond) => respond(reply({ card: done })));
    await talk.send(handedIn(again, 'Associate', { user: 'alice@contoso.example' }));
    const inbound = talk.heard.at(-1);
    assert.equal(inbound?.kind === 'submit' && inbound.values.once, 'mark-of-the-second');
  });

  test('that the bot could not take shows the form as it was, with what was typed', async (t) => {
    const talk = await openDialogs(t);
    const shown = await opened(talk);
    talk.bot((_, respond) => respond(reply({ text: 'Something went wrong. 7F3A2C', fault: true })));

    const again = await talk.send(handedIn(shown, 'Associate', { user: 'alice@contoso.example' }));

    assert.match(readIn(again), /7F3A2C.*"value":"alice@contoso\.example"/s);
    talk.bot((_, respond) => respond(reply({ card: done })));
    assert.deepEqual(await talk.send(handedIn(again, 'Associate', {})), empty);
  });

  test('stays open, with what was typed, where something is looked up beside it', async (t) => {
    const talk = await openDialogs(t);
    const shown = await opened(talk);
    talk.bot((_, respond) => respond(reply({ text: '7 free.', card: done, audience: 'asker' })));

    const again = await talk.send(handedIn(shown, 'Free units', { user: 'alice' }));

    const inbound = talk.heard.at(-1);
    assert.deepEqual(inbound?.kind === 'submit' && inbound.values, { text: 'free' });
    assert.match(readIn(again), /The answer is in our chat.*"value":"alice"/s);
    assert.deepEqual(methods(talk), ['POST']);
  });

  test('asks before a button that has a question, which Teams itself never does', async (t) => {
    const talk = await openDialogs(t);
    const shown = await opened(talk);
    const heard = talk.heard.length;

    const question = await talk.send(handedIn(shown, 'Remove order', { user: 'alice' }));

    assert.match(readIn(question), /Remove order 10029\?.*is lost/s);
    assert.equal(talk.heard.length, heard);
    const back = await talk.send(handedIn(question, 'Back'));
    assert.match(readIn(back), /"value":"alice"/);
    const once = await talk.send(handedIn(back, 'Remove order', {}));
    talk.bot((_, respond) => respond(reply({ card: done })));
    assert.deepEqual(await talk.send(handedIn(once, 'Remove it')), empty);
    const inbound = talk.heard.at(-1);
    assert.deepEqual(inbound?.kind === 'submit' && [inbound.verb, inbound.values], [
      'ordering.remove',
      { order: '10029' },
    ]);
  });

  test('twice has one answer in the conversation', async (t) => {
    const talk = await openDialogs(t);
    const shown = await opened(talk);
    talk.bot((_, respond) => respond(reply({ card: done })));
    const press = handedIn(shown, 'Associate', { user: 'alice@contoso.example' });

    const answers = [await talk.send(press), await talk.send({ ...press, id: 'f:again' })];

    assert.deepEqual(answers, [empty, empty]);
    assert.deepEqual(methods(talk), ['POST']);
  });

  test('by somebody else, or under an id that was made up, does nothing and tells what was typed', async (t) => {
    const talk = await openDialogs(t);
    const shown = await opened(talk);
    const heard = talk.heard.length;
    const press = handedIn(shown, 'Associate', { user: 'alice@contoso.example' });
    const madeUp = {
      ...press,
      value: { data: { user: 'x', 'dialog.id': 'A'.repeat(22), 'dialog.button': 0 } },
    };

    const bob = await talk.send({ ...press, from: { id: '29:bob', name: 'Bob' } });

    assert.match(readIn(bob), /do not know this form.*alice@contoso\.example/s);
    assert.match(readIn(await talk.send(madeUp)), /do not know this form/);
    assert.match(readIn(await talk.send({ ...press, value: {} })), /do not know this form/);
    const noButton = { ...press.value.data, 'dialog.button': 17 };
    assert.match(readIn(await talk.send({ ...press, value: { data: noButton } })), /do not know this form/);
    assert.equal(talk.heard.length, heard);
  });

  test('whose work takes long is answered in time, and the answer comes into the conversation', async (t) => {
    const timers = handTimers();
    const talk = await openDialogs(t, { timers });
    const shown = await opened(talk, inChannel, { position: 'instead' });
    const { promise, resolve } = Promise.withResolvers<void>();
    talk.bot(async (_, respond) => {
      timers.ring();
      await promise;
      return respond(reply({ card: done, position: 'instead' }));
    });

    const answer = await talk.send({ ...inChannel, ...handedIn(shown, 'Associate') });
    resolve();

    assert.match(readIn(answer), /the answer then comes as a message/);
    const update = await talk.connector.call(({ method }) => method === 'PUT');
    assert.match(update.path, /activities\/1650$/);
  });

  test('whose answer finds no way to the conversation shows it', async (t) => {
    const talk = await openDialogs(t);
    const shown = await opened(talk);
    talk.bot((_, respond) =>
      respond(reply({ text: 'Done.', card: { ...done, actions: form().actions ?? [] } })),
    );
    talk.connector.fail(({ method }) => method === 'POST', {
      status: 403,
      body: { error: { code: 'Blocked' } },
    });

    const answer = await talk.send(handedIn(shown, 'Associate'));

    const { title, card } = dialogIn(answer);
    assert.deepEqual([title, card.content.actions], ['Done', undefined]);
  });
});
