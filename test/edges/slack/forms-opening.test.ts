import assert from 'node:assert/strict';
import { test } from 'node:test';
import { samples as approvals } from '../../../cards/approvals-request.ts';
import {
  blockOf,
  button,
  card,
  form,
  formCard,
  gate,
  openForms,
  pressOf,
  textsOf,
  told,
  until,
  type View,
} from './forms-rig.ts';
import { installationsInMemory, openMany } from './installations.ts';
import { ops, refusing, reply } from './rig.ts';

const openingMilliseconds = 1_800;

test('a command whose answer is a form opens a window with it, and nothing is posted', async () => {
  const { at, api, command, viewIn } = await openForms();
  at.answer(form({ user: 'dave@contoso.example' }));

  const response = await command();
  await at.settled();

  assert.deepEqual([response.status, await response.text()], [200, '']);
  assert.equal(api.of('views.open')[0]?.trigger_id, 'trigger-1');
  const view = viewIn('views.open');
  assert.deepEqual(
    [view.title.text, view.submit?.text, view.close?.text],
    ['Associate users', 'Associate', 'Cancel'],
  );
  assert.deepEqual(
    view.blocks.map(({ type }) => type),
    ['context', 'input', 'input', 'actions'],
  );
  assert.equal(view.blocks[1]?.element?.initial_value, 'dave@contoso.example');
  assert.ok(!textsOf(view).includes('"Associate users"'), 'the title is not said twice');
  assert.deepEqual(api.of('chat.postMessage').concat(api.of('/respond')), []);
});

test('what a button does stays on the server; the window holds an id that tells nothing', async () => {
  const { at, command, viewIn, store } = await openForms();
  at.answer(form());

  await command();
  await at.settled();

  const view = viewIn('views.open');
  assert.match(view.private_metadata ?? '', /^[\w-]{22}$/);
  assert.ok(!JSON.stringify(view).includes('mark-'), 'no mark');
  assert.ok(!JSON.stringify(view).includes('10023/1'), 'no data');
  assert.deepEqual([...store.rows.keys()], [view.private_metadata]);
});

test('where the answer takes long a window says so in time, and the form takes its place', async () => {
  const { at, api, command, viewIn, pass } = await openForms();
  const database = gate();
  at.play(async (_, respond) => {
    await database.opened;
    await respond(form());
  });

  await command();
  await pass(openingMilliseconds);
  await until(() => api.of('views.open').length === 1);
  const waiting = viewIn('views.open');
  database.open();
  await at.settled();

  assert.equal(waiting.title.text, 'One moment…');
  assert.equal(waiting.submit, undefined);
  assert.equal(api.of('views.open').length, 1);
  assert.equal(api.of('views.update')[0]?.view_id, 'V1');
  assert.equal(viewIn('views.update').title.text, 'Associate users');
});

test('where the slow answer is no form, it goes where it always goes, and the window says where that is', async () => {
  const { at, api, command, viewIn, pass } = await openForms();
  const database = gate();
  at.play(async (_, respond) => {
    await database.opened;
    await respond(told('7 of 10 free'));
  });

  await command('free');
  await pass(openingMilliseconds);
  await until(() => api.of('views.open').length === 1);
  database.open();
  await at.settled();

  assert.equal(api.of('/respond')[0]?.response_type, 'ephemeral');
  const done = viewIn('views.update');
  assert.equal(done.title.text, 'The answer');
  assert.match(textsOf(done), /7 of 10 free.*The answer is in #ops, where only you see it\./);
});

test('an answer that is no form opens nothing', async () => {
  const { at, api, command } = await openForms();
  at.answer(told('7 of 10 free', { card: card([{ type: 'TextBlock', text: '7 of 10 free', wrap: true }]) }));

  await command('free');
  await at.settled();

  assert.deepEqual(api.of('views.open'), []);
  assert.equal(api.of('/respond').length, 1);
});

test('a list with a field to search is no form: it stays a message with its field', async () => {
  const { at, api, command } = await openForms();
  const search = { ...button('Search', 'orders', {}), associatedInputs: 'auto' } as const;
  at.answer(told('Orders', { card: card([{ type: 'Input.Text', id: 'text', label: 'Find' }], [search]) }));

  await command('orders');
  await at.settled();

  assert.deepEqual(api.of('views.open'), []);
  assert.match(JSON.stringify(api.of('/respond')), /plain_text_input/);
});

test('a form that everybody is to see is a message', async () => {
  const { at, api, command } = await openForms();
  at.answer(reply('Associate users', { card: form().card ?? card([]) }));

  await command();
  await at.settled();

  assert.deepEqual(api.of('views.open'), []);
  assert.equal(api.of('chat.postMessage').length, 1);
});

for (const error of ['expired_trigger_id', 'exchanged_trigger_id', 'internal_error']) {
  test(`where Slack does not open the window (${error}), the form is a message with a button`, async () => {
    const { at, api, command } = await openForms(() => refusing('views.open', error));
    at.answer(form());

    await command();
    await at.settled();

    const [message] = api.of('/respond') as unknown as View[];
    assert.ok(message);
    assert.match(JSON.stringify(message), /Associate users/);
    assert.ok(!JSON.stringify(message).includes('"input"'), 'no fields in the message');
    assert.ok(pressOf(message, 'Open the form'));
    assert.ok(pressOf(message, 'Free units'), 'what needs no field can be pressed at once');
    assert.equal(pressOf(message, 'Preview'), undefined);
  });
}

for (const error of ['invalid_arguments', 'view_too_large']) {
  test(`a form that Slack does not take as a window (${error}) is filled in where it is`, async () => {
    const { at, api, command, press } = await openForms(() => refusing('views.open', error));
    at.answer(form());

    await command();
    await at.event({ type: 'app_mention', user: 'U1', channel: 'C1', text: 'associate', ts: '1.1' });
    await at.settled();
    const [invitation] = api.of('chat.postEphemeral') as unknown as View[];
    await press(invitation && pressOf(invitation, 'Open the form'));
    await at.settled();

    const messages = api.of('/respond');
    assert.equal(messages.length, 2);
    for (const message of messages) assert.match(JSON.stringify(message), /plain_text_input/);
  });
}

/** A command whose form comes after the window to wait was asked for. */
async function openLate(answers: Parameters<typeof openForms>[0]) {
  const { at, api, command, pass } = await openForms(answers);
  const database = gate();
  at.play(async (_, respond) => {
    await database.opened;
    await respond(form());
  });

  await command();
  await pass(openingMilliseconds);
  await until(() => api.of('views.open').length === 1);
  database.open();
  await at.settled();
  return api;
}

test('a window to wait that could not be opened is no loss either', async () => {
  const api = await openLate(() => refusing('views.open', 'expired_trigger_id'));

  assert.equal(api.of('views.open').length, 1, 'a trigger is good for one try');
  assert.match(JSON.stringify(api.of('/respond')), /Open the form/);
});

test('who closes the window to wait finds the form in the conversation', async () => {
  const api = await openLate(() => refusing('views.update', 'not_found'));

  assert.match(JSON.stringify(api.of('/respond')), /Open the form/);
});

test('a mention has no trigger: its form is a message whose button opens it', async () => {
  const { at, api, press, viewIn } = await openForms();
  at.answer(form({ units: '2' }));
  await at.event({ type: 'app_mention', user: 'U1', channel: 'C1', text: '<@UBOT> associate', ts: '1.1' });
  await at.settled();
  const [message] = api.of('chat.postEphemeral') as unknown as View[];
  assert.ok(message);

  await press(pressOf(message, 'Open the form'));
  await at.settled();

  assert.equal(api.of('views.open')[0]?.trigger_id, 'trigger-2');
  const view = viewIn('views.open');
  assert.equal(view.title.text, 'Associate users');
  assert.match(JSON.stringify(view), /"initial_value":"2"/);
  assert.ok(blockOf(view, 'user'));
});

test('of what was wrong with a form the message tells', async () => {
  const { at, api } = await openForms();
  at.answer({ ...form({ units: 'two' }, { units: '“two” is no number.' }), text: '“two” is no number.' });

  await at.event({ type: 'app_mention', user: 'U1', channel: 'C1', text: 'associate 1 a two', ts: '1.1' });
  await at.settled();

  assert.match(JSON.stringify(api.of('chat.postEphemeral')[0]?.blocks), /“two” is no number\./);
});

test('the button of a message for one person opens nothing for another', async () => {
  const { at, api, press, viewIn } = await openForms();
  at.answer(form());
  await at.event({ type: 'app_mention', user: 'U1', channel: 'C1', text: 'associate', ts: '1.1' });
  await at.settled();
  const [message] = api.of('chat.postEphemeral') as unknown as View[];

  await press(message && pressOf(message, 'Open the form'), { user: { id: 'U2' } });
  await at.settled();

  assert.equal(viewIn('views.open').title.text, 'Not open any more');
});

test('a form that the bot forgot is asked for once more, kindly', async () => {
  const { at, press, viewIn, api, store } = await openForms();
  at.answer(form());
  await at.event({ type: 'app_mention', user: 'U1', channel: 'C1', text: 'associate', ts: '1.1' });
  await at.settled();
  const [message] = api.of('chat.postEphemeral') as unknown as View[];
  store.rows.clear();

  await press(message && pressOf(message, 'Open the form'));
  await at.settled();

  assert.match(textsOf(viewIn('views.open')), /I do not know this form any more, and nothing was done/);
});

test('where the trigger of that button has run out, the person is asked to press once more', async () => {
  const { at, api, press } = await openForms(() => refusing('views.open', 'expired_trigger_id'));
  at.answer(form());
  await at.event({ type: 'app_mention', user: 'U1', channel: 'C1', text: 'associate', ts: '1.1' });
  await at.settled();
  const [message] = api.of('chat.postEphemeral') as unknown as View[];

  await press(message && pressOf(message, 'Open the form'));
  await at.settled();

  assert.match(String(api.of('/respond')[0]?.text), /Please press its button once more/);
});

test('a form that can not be kept is filled in where it is', async () => {
  const { at, api, command, store } = await openForms();
  store.rows.set = () => {
    throw new Error('The database is away');
  };
  at.answer(form());

  await command();
  await at.settled();

  assert.match(JSON.stringify(api.of('/respond')), /plain_text_input/);
});

test('an answer that asks for a file opens a window that takes it', async () => {
  const { at, command, viewIn } = await openForms();
  at.answer(told('Attach the sheet', { card: attach, wantsFile: { text: 'bulk 10023/1' } }));

  await command('bulk 10023/1');
  await at.settled();

  const view = viewIn('views.open');
  assert.deepEqual([view.title.text, view.submit?.text], ['Attach the sheet', 'Send']);
  assert.ok(view.blocks.some(({ element }) => element?.type === 'file_input'));
  assert.ok(pressOf(view, 'Help'));
});

test('without a trigger the message that asks for a file has a button to choose one', async () => {
  const { at, api } = await openForms();
  at.answer(told('Attach the sheet', { card: attach, wantsFile: { text: 'bulk' } }));

  await at.event({ type: 'app_mention', user: 'U1', channel: 'C1', text: 'bulk', ts: '1.1' });
  await at.settled();

  const [message] = api.of('chat.postEphemeral') as unknown as View[];
  assert.ok(message && pressOf(message, 'Choose a file'));
  assert.ok(pressOf(message, 'Help'), 'the rest of it is there');
});

const attach = card(
  [{ type: 'TextBlock', text: 'Attach the sheet', wrap: true, style: 'heading', size: 'large' }],
  [button('Help', 'say', { text: 'help bulk' })],
);

test('what is posted of the bot’s own accord is a message with a button as well', async () => {
  const { at, api } = await openForms();
  const place = {
    platform: 'slack',
    conversation: 'T1:D1',
    kind: 'personal',
    name: '',
    address: { team: 'T1', channel: 'D1' },
  } as const;

  await at.slack.edge.post(place, form(), 'notice-1');

  const [message] = api.of('chat.postMessage') as unknown as View[];
  assert.ok(message && pressOf(message, 'Open the form'));
});

test('a workspace that does not let windows open is no reason to lose an answer', async () => {
  const { at, api, command } = await openForms(
    () =>
      ({ method }) =>
        method === 'views.open' ? { status: 429, headers: { 'retry-after': '30' }, body: {} } : undefined,
  );
  at.answer(form());

  await command();
  await at.settled();

  assert.match(JSON.stringify(api.of('/respond')), /Open the form/);
});

test('an answer that finds no way to the conversation is shown in the window that says to wait', async () => {
  const { at, api, command, viewIn, pass } = await openForms(
    () =>
      ({ method }) =>
        method === '/respond' || method.startsWith('chat.') ? { status: 500, body: 'down' } : undefined,
  );
  const database = gate();
  at.play(async (_, respond) => {
    await database.opened;
    await respond(told('7 of 10 free'));
  });

  await command('free');
  await pass(openingMilliseconds);
  await until(() => api.of('views.open').length === 1);
  database.open();
  await at.settled();

  assert.match(textsOf(viewIn('views.update')), /7 of 10 free/);
});

test('where a request fails the window that says to wait says so', async () => {
  const database = gate();
  const receive = async () => {
    await database.opened;
    throw new Error('The database is away');
  };
  const { at, api, command, viewIn, pass } = await openForms(undefined, { receive });

  await command();
  await pass(openingMilliseconds);
  await until(() => api.of('views.open').length === 1);
  database.open();
  await at.settled();

  assert.match(textsOf(viewIn('views.update')), /could not do that just now, and nothing was done/);
});

test('a fault is not called an answer', async () => {
  const { at, api, command, viewIn, pass } = await openForms();
  const database = gate();
  at.play(async (_, respond) => {
    await database.opened;
    await respond(told('Something went wrong.', { fault: true }));
  });

  await command();
  await pass(openingMilliseconds);
  await until(() => api.of('views.open').length === 1);
  database.open();
  await at.settled();

  assert.equal(viewIn('views.update').title.text, 'That did not work');
});

test('a workspace that can not be looked up takes nothing down', async () => {
  const installations = installationsInMemory();
  const find = async () => {
    throw new Error('The database is away');
  };
  const { at } = await openMany(undefined, { install: { installations: { ...installations, find } } });

  await at.event({ type: 'app_mention', user: 'U1', channel: 'C1', text: 'associate', ts: '1.1' });
  await at.settled();
  await new Promise(setImmediate);

  assert.ok(at.logged.some(({ message }) => /could not be handled/.test(message)));
});

test('from a Home tab, what asks before it takes away is no window: the answer with its buttons is in the conversation', async () => {
  const { at, api, viewIn } = await openForms();
  at.answer(told('Order 10029 waits', { card: approvals.waiting ?? card([]) }));
  const view = { id: 'VH', type: 'home', state: { values: {} } };
  const value = JSON.stringify({ v: 'say', d: { text: 'approvals 10029' }, i: 0 });

  await at.action({
    trigger_id: 'trigger-9',
    user: { id: 'U1', name: 'alice' },
    container: { type: 'view', view_id: 'VH' },
    view,
    actions: [{ type: 'button', action_id: 'execute-0', value }],
  });
  await at.settled();

  assert.match(JSON.stringify(api.of('chat.postMessage')), /Refuse order 10029\?/);
  const where = viewIn('views.open');
  assert.equal(where.submit, undefined);
  assert.match(textsOf(where), /The answer is in your conversation with me\./);
});

test('a word that ends like a field of errors is no error', async () => {
  const { at, api } = await openForms();
  at.answer({ ...form({ user: 'my.error' }), text: 'Give units to users' });

  await at.event({ type: 'app_mention', user: 'U1', channel: 'C1', text: 'associate', ts: '1.1' });
  await at.settled();

  assert.ok(!JSON.stringify(api.of('chat.postEphemeral')[0]?.blocks).includes('Give units to users'));
});

test('a message that is drawn again stands for the same form, whose id nobody can tell', async () => {
  const { at, store } = await openForms();
  const sent = { place: ops, message: '1.1' };
  for (const units of ['1', '2', '3']) await at.slack.edge.update(sent, form({ units }));
  await at.slack.edge.post(ops, reply('Associate users', { card: formCard() }), 'notice-1');

  const ids = [...store.rows.keys()];
  assert.equal(ids.length, 2);
  for (const id of ids) assert.match(id, /^[\w-]{22}$/);
  assert.match(store.rows.get(ids[0] ?? '')?.form ?? '', /"value":"3"/);
  const other = await openForms(undefined, { signingSecret: 'another' });
  await other.at.slack.edge.update(sent, form());
  assert.ok(![...other.store.rows.keys()].some((id) => ids.includes(id)));
});

test('a form that holds a secret is not kept for a button', async () => {
  const { at, store } = await openForms();
  at.answer({ ...form({ user: 'qm_secret' }), keptAs: 'A key was made.' });

  await at.event({ type: 'app_mention', user: 'U1', channel: 'C1', text: 'key', ts: '1.1' });
  await at.settled();

  assert.equal(store.rows.size, 0);
});
