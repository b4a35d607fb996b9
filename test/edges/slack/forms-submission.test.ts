import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Reply } from '../../../src/chat/reply.ts';
import { troubleView } from '../../../src/edges/slack/forms/notes.ts';
import { closed, slipFor } from '../../../src/edges/slack/forms/slip.ts';
import {
  blockOf,
  button,
  card,
  form,
  formCard,
  gate,
  openForms,
  openForm as openFormWith,
  pressOf,
  textsOf,
  timersByHand,
  told,
  until,
  type View,
} from './forms-rig.ts';
import { refusing, reply } from './rig.ts';

const submittingMilliseconds = 2_200;
const settlingMilliseconds = 500;

const openForm = (...how: Parameters<typeof openForms>) =>
  openFormWith({ user: 'dave@contoso.example' }, ...how);

const typed = { user: 'dave@contoso.example', units: '2' };
const done = told('Dave has 2.', { position: 'instead' });

test('what is handed in is a submit of the main button, for the place where the form was asked for', async () => {
  const { at, submit, view, api } = await openForm();
  at.answer(done);

  const response = await submit(view, typed);
  const inbound = await at.submit();
  await at.settled();

  assert.equal(inbound.verb, 'associate');
  assert.deepEqual(inbound.values, { ...typed, once: 'mark-0123456789abcdef', service: '10023/1' });
  assert.deepEqual(
    [inbound.place.conversation, inbound.person.id, inbound.message],
    ['T1:C1', 'T1:U1', undefined],
  );
  assert.deepEqual(await response.json(), { response_action: 'clear' });
  assert.deepEqual(
    api
      .of('/respond')
      .map(({ text, response_type, replace_original }) => [text, response_type, replace_original]),
    [['Dave has 2.', 'ephemeral', false]],
  );
});

test('a field can not speak for the button: its data wins', async () => {
  const { at, submit, view } = await openForm();
  at.answer(done);
  const forged = {
    ...view,
    blocks: [
      ...view.blocks,
      { type: 'input', block_id: 'x', element: { type: 'plain_text_input', action_id: 'service' } },
    ],
  };

  await submit(forged, { ...typed, service: '99999/9' });

  assert.equal((await at.submit()).values.service, '10023/1');
  await at.settled();
});

test('what is wrong is told beside its field, and what was typed stays', async () => {
  const { at, submit, view, api, store } = await openForm();
  const wrong = formCard({ units: 'two' }, { units: '“two” is no number.' }, 'mark-of-the-second-try');
  at.answer(told('“two” is no number.', { card: wrong, position: 'instead' }));

  const response = await submit(view, { ...typed, units: 'two' });
  await at.settled();

  assert.deepEqual(await response.json(), {
    response_action: 'errors',
    errors: { [blockOf(view, 'units')]: '“two” is no number.' },
  });
  assert.deepEqual([api.of('views.update'), api.of('/respond')], [[], []]);

  await at.submit();
  at.answer(done);
  await submit(view, typed);
  assert.equal((await at.submit()).values.once, 'mark-of-the-second-try', 'the next try is another request');
  await at.settled();
  assert.equal(store.rows.size, 1);
});

test('a form that came back otherwise changed is shown anew, with what was typed and what is wrong', async () => {
  const { at, submit, view } = await openForm();
  const { body, ...rest } = formCard({ units: 'two' }, { units: '“two” is no number.' });
  const more = { ...rest, body: [...body, { type: 'Input.Text', id: 'country', label: 'Country' } as const] };
  at.answer(told('“two” is no number.', { card: more }));

  const response = await submit(view, { ...typed, units: 'two' });
  await at.settled();

  const { response_action, view: next } = (await response.json()) as { response_action: string; view: View };
  assert.equal(response_action, 'update');
  assert.match(textsOf(next), /“two” is no number\./);
  assert.match(textsOf(next), /"initial_value":"two"/);
  assert.ok(blockOf(next, 'country'));
  assert.notEqual(blockOf(next, 'units'), blockOf(view, 'units'), 'else Slack keeps what the field held');
});

test('step by step: the next form takes the place of the one before, and is handed in itself', async () => {
  const { at, submit, view } = await openForm();
  const confirm = card(
    [{ type: 'TextBlock', text: 'Give dave 2 units?', wrap: true, style: 'heading', size: 'large' }],
    [
      {
        ...button('Yes, give them', 'associate.yes', { once: 'mark-of-the-confirmation' }),
        style: 'positive',
      },
    ],
  );
  at.answer(told('Give dave 2 units?', { card: confirm, position: 'instead' }));

  const response = await submit(view, typed);
  await at.submit();
  const { view: next } = (await response.json()) as { view: View };
  assert.deepEqual([next.title.text, next.submit?.text], ['Give dave 2 units?', 'Yes, give them']);
  assert.notEqual(next.private_metadata, view.private_metadata);

  at.answer(done);
  const last = await submit(next, {});
  assert.deepEqual((await at.submit()).values, { once: 'mark-of-the-confirmation' });
  assert.deepEqual(await last.json(), { response_action: 'clear' });
  await at.settled();
});

test('where the answer takes long the window says so in time, and then that it is done', async () => {
  const { at, submit, view, pass, api, viewIn } = await openForm();
  const database = gate();
  at.play(async (_, respond) => {
    await database.opened;
    await respond(done);
  });

  const asked = submit(view, typed);
  await pass(submittingMilliseconds);
  const { response_action, view: waiting } = (await (await asked).json()) as {
    response_action: string;
    view: View;
  };
  database.open();
  await pass(settlingMilliseconds);
  await at.settled();

  assert.deepEqual([response_action, waiting.title.text], ['update', 'One moment…']);
  assert.equal(api.of('/respond').length, 1);
  assert.equal(api.of('views.update')[0]?.view_id, 'V1');
  assert.match(
    textsOf(viewIn('views.update')),
    /Dave has 2\..*The answer is in #ops, where only you see it\./,
  );
});

test('what is wrong comes late as well, with what was typed', async () => {
  const { at, submit, view, pass, viewIn } = await openForm();
  const database = gate();
  at.play(async (_, respond) => {
    await database.opened;
    await respond(form({ ...typed, units: 'two' }, { units: '“two” is no number.' }));
  });

  const asked = submit(view, { ...typed, units: 'two' });
  await pass(submittingMilliseconds);
  await asked;
  database.open();
  await pass(settlingMilliseconds);
  await at.settled();

  const late = viewIn('views.update');
  assert.match(
    textsOf(late),
    /“two” is no number\..*"initial_value":"two"|"initial_value":"two".*“two” is no number\./,
  );
  assert.equal(late.private_metadata, view.private_metadata);
});

test('who closes the window that says to wait finds the form with what is wrong in the conversation', async () => {
  const { at, submit, view, pass, api } = await openForm(() => refusing('views.update', 'not_found'));
  const database = gate();
  at.play(async (_, respond) => {
    await database.opened;
    await respond({ ...form({}, { units: 'How many?' }), text: 'How many?' });
  });

  const asked = submit(view, typed);
  await pass(submittingMilliseconds);
  await asked;
  database.open();
  await pass(settlingMilliseconds);
  await at.settled();

  assert.match(JSON.stringify(api.of('/respond')), /How many\?.*Open the form/);
});

test('a fault keeps the window as it is, with a word on it', async () => {
  const { at, submit, view, api } = await openForm();
  at.answer(told('Something went wrong. Reference 4F2A11.', { fault: true }));

  const response = await submit(view, typed);
  await at.settled();

  const { errors } = (await response.json()) as { errors: Record<string, string> };
  assert.deepEqual(errors, { [blockOf(view, 'user')]: 'Something went wrong. Reference 4F2A11.' });
  assert.deepEqual(api.of('/respond'), []);
});

test('a fault that comes late brings the window back with what was typed', async () => {
  const { at, submit, view, pass, viewIn } = await openForm();
  const database = gate();
  at.play(async (_, respond) => {
    await database.opened;
    await respond(told('Something went wrong.', { fault: true }));
  });

  const asked = submit(view, typed);
  await pass(submittingMilliseconds);
  await asked;
  database.open();
  await pass(settlingMilliseconds);
  await at.settled();

  const late = viewIn('views.update');
  assert.match(textsOf(late), /Something went wrong\..*dave@contoso\.example/);
  assert.equal(late.private_metadata, view.private_metadata);
});

test('where it can not be looked up what the form was, nothing is lost', async () => {
  const { at, submit, view, store } = await openForm();
  store.rows.get = () => {
    throw new Error('The database is away');
  };

  const response = await submit(view, typed);
  await at.settled();

  const { errors } = (await response.json()) as { errors: Record<string, string> };
  assert.match(String(errors[blockOf(view, 'user')]), /nothing was done\. Please try once more/);
});

test('a form that is not known any more is told so, with what was typed', async () => {
  const { at, submit, view, store } = await openForm();
  store.rows.clear();

  const response = await submit(view, typed);
  await at.settled();

  const { view: sorry } = (await response.json()) as { view: View };
  assert.equal(sorry.title.text, 'Not open any more');
  assert.match(textsOf(sorry), /User name: dave@contoso\.example\\nUnits: 2/);
});

for (const [name, id] of [
  ['of another person', undefined],
  ['that is none', 'x'.repeat(22)],
  ['that is none of ours', '{"place":"C9"}'],
  ['that is left out', ''],
] as const) {
  test(`the id of a form ${name} opens nothing`, async () => {
    const { at, submit, view, api } = await openForm();
    at.answer(done);
    const other = { user: { id: 'U2', name: 'mallory' } };

    const response = await submit(
      { ...view, private_metadata: id ?? view.private_metadata ?? '' },
      typed,
      id === undefined ? other : {},
    );
    await at.settled();

    assert.match(await response.text(), /Not open any more/);
    assert.deepEqual(api.of('/respond'), []);
  });
}

test('handed in twice at once: the bot is asked twice, and its answer is there once', async () => {
  const { at, submit, view, api, pass, due, store } = await openForm();
  at.answer(done);
  const { claimAnswer, answered } = store;
  let claims = 0;
  store.claimAnswer = async (...claim) => {
    claims += 1;
    return claimAnswer(...claim);
  };
  store.answered = async (id) => {
    await until(() => claims >= 2);
    await answered(id);
  };

  const asked = Promise.all([submit(view, typed), submit(view, typed, { trigger_id: 'trigger-5' })]);
  // One of them is about to answer, and the other waits until it has.
  let isOver = false;
  const responses = asked.finally(() => {
    isOver = true;
  });
  await until(() => {
    if (due(1_000) > 0) void pass(1_000);
    return isOver;
  });
  await at.settled();

  for (const response of await responses)
    assert.deepEqual(await response.json(), { response_action: 'clear' });
  assert.equal(api.of('/respond').length, 1);
});

test('who hands in what was handed in already waits for its answer, also of a bot that was killed meanwhile', async () => {
  const { at, submit, view, api, pass, store } = await openForm();
  at.answer(done);
  // Another copy of the bot is about to answer, and never will.
  const id = view.private_metadata ?? '';
  assert.equal(await store.claimAnswer(id, 20), 'mine');

  const asked = submit(view, typed);
  await pass(submittingMilliseconds);
  const row = store.rows.get(id);
  assert.ok(row);
  row.claimedUntil = 0;
  await pass(1_000);
  await pass(settlingMilliseconds);
  assert.match(await (await asked).text(), /One moment/);
  await at.settled();

  assert.equal(api.of('/respond').length, 1);
});

test('what was kept outlives the bot: one that was started anew takes the form', async () => {
  const { store, view, api, at } = await openForm();
  await at.settled();
  const again = await openForms(undefined, { forms: store });
  again.at.answer(done);

  const response = await again.submit(view, typed);
  const inbound = await again.at.submit();
  await again.at.settled();

  assert.equal(inbound.verb, 'associate');
  assert.deepEqual(await response.json(), { response_action: 'clear' });
  assert.equal(api.of('/respond').length, 1, 'where it was asked for');
});

test('two people on one form: each has a window, and each hears', async () => {
  const { at, api, press, submit, viewIn } = await openForms();
  at.answer(reply('Associate users', { card: formCard() }));
  await at.event({ type: 'app_mention', user: 'U1', channel: 'C1', text: 'associate', ts: '1.1' });
  await at.settled();
  const [message] = api.of('chat.postMessage') as unknown as View[];
  const value = message && pressOf(message, 'Open the form');
  const open = async (id: string) => {
    await press(value, {
      user: { id },
      container: { type: 'message', message_ts: '17.1', channel_id: 'C1' },
    });
    await at.settled();
    return viewIn('views.open');
  };
  const [one, two] = [await open('U1'), await open('U2')];
  assert.notEqual(one.private_metadata, two.private_metadata);

  at.answer(told('Done'));
  await submit(one, typed);
  at.answer(told('Somebody was faster'));
  await submit(two, typed, { user: { id: 'U2' } });
  await at.settled();

  assert.deepEqual(
    api.of('/respond').map(({ text }) => text),
    ['Done', 'Somebody was faster'],
  );
});

test('the answer takes the place of the message that stood for the form', async () => {
  const { at, api, press, submit, viewIn } = await openForms();
  at.answer(reply('Associate users', { card: formCard() }));
  await at.event({ type: 'app_mention', user: 'U1', channel: 'C1', text: 'associate', ts: '1.1' });
  await at.settled();
  await at.message();
  const [message] = api.of('chat.postMessage') as unknown as View[];
  const value = message && pressOf(message, 'Open the form');
  await press(value, { container: { type: 'message', message_ts: '17.1', channel_id: 'C1' } });
  await at.settled();

  at.answer(reply('Dave has 2.', { position: 'instead' }));
  await submit(viewIn('views.open'), typed);
  assert.equal((await at.submit()).message, '17.1');
  await at.settled();

  assert.deepEqual(
    api.of('chat.update').map(({ ts, text }) => [ts, text]),
    [['17.1', 'Dave has 2.']],
  );
});

test('a message from which a form was opened beside it stays as it is', async () => {
  const { at, api, press, submit, viewIn } = await openForms();
  at.answer(form());
  await press(JSON.stringify({ v: 'say', d: { text: 'associate' }, i: 0 }));
  await at.settled();

  at.answer(done);
  await submit(viewIn('views.open'), typed);
  await at.settled();

  assert.deepEqual(
    api.of('/respond').map(({ replace_original }) => replace_original),
    [false],
  );
  assert.deepEqual(api.of('chat.update'), []);
});

test('a form that took the place of what was pressed has its answer there', async () => {
  const { at, api, press, submit, viewIn } = await openForms();
  at.answer({ ...form(), position: 'instead' });
  await press(JSON.stringify({ v: 'basket.change', d: {}, i: 0 }));
  await at.settled();

  at.answer(done);
  await submit(viewIn('views.open'), typed);
  await at.settled();

  assert.deepEqual(
    api.of('/respond').map(({ replace_original }) => replace_original),
    [true],
  );
});

test('half an hour later the answer still arrives: the response_url is not good any more', async () => {
  let now = Date.now();
  const { at, submit, view, api } = await openForm(undefined, { now: () => now });
  at.answer(done);
  now += 31 * 60_000;

  await submit(view, typed);
  await at.settled();

  assert.deepEqual(api.of('/respond'), []);
  assert.equal(api.of('chat.postEphemeral')[0]?.text, 'Dave has 2.');
});

test('an answer that finds no way to the conversation is shown in the window', async () => {
  const { at, submit, view } = await openForm(
    (url) =>
      ({ method }) =>
        method === '/respond' || method.startsWith('chat.')
          ? { status: 500, body: `down ${url}` }
          : undefined,
  );
  at.answer(told('Dave has 2.'));

  const response = await submit(view, typed);
  await at.settled();

  assert.match(await response.text(), /"response_action":"update".*Dave has 2\./);
});

test('what everybody is to see, or what goes on changing, is posted and not shown in the window', async () => {
  const { at, submit, view, api } = await openForm();
  at.answer(reply('Job 7 runs', { track: 'job:7', card: formCard(), position: 'instead' }) as Reply);

  const response = await submit(view, typed);
  await at.settled();

  assert.deepEqual(await response.json(), { response_action: 'clear' });
  assert.equal(api.of('chat.postMessage').length, 1);
});

test('a secret that is shown once is not kept anywhere', async () => {
  const { at, submit, view, store, api } = await openForm();
  at.answer(
    told('The key is qm_secret', { keptAs: 'A key was made.', card: formCard({ user: 'qm_secret' }) }),
  );

  await submit(view, typed);
  await at.settled();

  assert.ok(!JSON.stringify([...store.rows.values()]).includes('qm_secret'));
  assert.match(JSON.stringify(api.of('/respond')), /qm_secret/);
});

test('a window that is closed is forgotten, by who opened it', async () => {
  const { at, close, view, store } = await openForm();
  await close(view);
  await at.settled();
  assert.equal(store.rows.size, 0);
});

test('a file that was chosen comes as a message with the words that ask for it', async () => {
  const { at, command, submit, viewIn, api } = await openForms();
  const attach = card([
    { type: 'TextBlock', text: 'Attach the sheet', wrap: true, style: 'heading', size: 'large' },
  ]);
  at.answer(told('Attach the sheet', { card: attach, wantsFile: { text: 'bulk 10023/1' } }));
  await command('bulk 10023/1');
  await at.message();
  await at.settled();
  const view = viewIn('views.open');

  const none = await submit(view, {});
  assert.match(await none.text(), /Choose a file\./);
  at.answer(told('988 valid rows', { card: formCard(), position: 'below' }));
  const files = [
    { id: 'F1', name: 'users.xlsx', url_private: `${api.url}/f`, mimetype: 'text/csv', size: 4 },
  ];
  await submit(view, { 'quartermaster-file': { files } });
  const message = await at.message();
  await at.settled();

  assert.deepEqual(
    [message.text, message.attachments.map(({ name }) => name)],
    ['bulk 10023/1', ['users.xlsx']],
  );
  assert.equal(message.id, `form:${view.private_metadata}`);
});

test('a file that was forgotten is asked for late as well', async () => {
  const { at, command, submit, viewIn, pass, store } = await openForms();
  at.answer(told('Attach the sheet', { card: card([heading]), wantsFile: { text: 'bulk 10023/1' } }));
  await command('bulk 10023/1');
  await at.settled();
  const view = viewIn('views.open');
  const database = gate();
  const { find } = store;
  store.find = async (id) => {
    await database.opened;
    return find(id);
  };

  const asked = submit(view, {});
  await pass(submittingMilliseconds);
  await asked;
  database.open();
  await pass(settlingMilliseconds);
  await at.settled();

  assert.match(textsOf(viewIn('views.update')), /Choose a file\..*file_input/);
});

const heading = {
  type: 'TextBlock',
  text: 'Take a role away',
  wrap: true,
  style: 'heading',
  size: 'large',
} as const;

const asking = card(
  [heading, { type: 'Input.Text', id: 'person', label: 'Person' }],
  [
    {
      ...button('Take away', 'access.revoke', { once: 'mark-0123456789abcdef' }),
      associatedInputs: 'auto',
      style: 'destructive',
      confirm: {
        title: 'Take the role away?',
        text: 'The person can’t talk to me any more.',
        yes: 'Take it',
      },
    },
  ],
);

/** A form whose button asks before, handed in once. */
async function openAsking(answers?: Parameters<typeof openForms>[0]) {
  const at = await openForms(answers);
  at.at.answer(told('Take a role away', { card: asking }));
  await at.command('revoke');
  await at.at.settled();
  await at.at.message();
  const view = at.viewIn('views.open');
  const response = await at.submit(view, { person: 'dave@contoso.example' });
  const { response_action, view: question } = (await response.json()) as Updated;
  await at.at.settled();
  return { ...at, view, question, response_action };
}

type Updated = { readonly response_action: string; readonly view: View };

test('what a button asks before is asked in the window, and only the yes is handed in, with what was typed', async () => {
  const { at, submit, view, question, response_action, api } = await openAsking();
  assert.equal(response_action, 'push', 'it lies on the form, which is there again after a no');
  assert.deepEqual(
    [question.title.text, question.submit?.text, question.close?.text],
    ['Take the role away?', 'Take it', 'No'],
  );
  assert.match(textsOf(question), /The person can’t talk to me any more\./);
  assert.ok(!JSON.stringify(question).includes('dave@'), 'what was typed stays on the server');
  assert.notEqual(question.private_metadata, view.private_metadata);
  assert.deepEqual(api.of('/respond'), []);

  at.answer(told('Dave has no role any more.'));
  const response = await submit(question, {});

  assert.deepEqual((await at.submit()).values, {
    person: 'dave@contoso.example',
    once: 'mark-0123456789abcdef',
  });
  assert.deepEqual(await response.json(), { response_action: 'clear' });
  await at.settled();
});

test('after a no the form below can be handed in again, with something else', async () => {
  const { at, submit, close, view, question, api } = await openAsking();
  await close(question);
  await at.settled();

  const response = await submit(view, { person: 'erin@contoso.example' });
  const { view: again } = (await response.json()) as Updated;
  await at.settled();
  at.answer(told('Erin has no role any more.'));
  await submit(again, {});

  assert.equal((await at.submit()).values.person, 'erin@contoso.example');
  await at.settled();
  assert.equal(api.of('/respond').length, 1);
});

test('the question takes the place of a form that lies on two others', async () => {
  const { submit, view, at } = await openAsking();
  const deep = { root_view_id: 'V-root', previous_view_id: 'V-between' };

  const response = await submit({ ...view, ...deep } as View, { person: 'dave@contoso.example' });

  assert.equal(((await response.json()) as Updated).response_action, 'update');
  await at.settled();
});

test('where the question comes too late, the form is there again as it was filled in', async () => {
  const at = await openForms();
  at.at.answer(told('Take a role away', { card: asking }));
  await at.command('revoke');
  await at.at.settled();
  const view = at.viewIn('views.open');
  const database = gate();
  const { find } = at.store;
  at.store.find = async (id) => {
    await database.opened;
    return find(id);
  };

  const response = at.submit(view, { person: 'dave@contoso.example' });
  await at.pass(submittingMilliseconds);
  await response;
  database.open();
  await at.pass(settlingMilliseconds);
  await at.at.settled();

  const back = at.viewIn('views.update');
  assert.match(textsOf(back), /nothing was done.*dave@contoso\.example/);
  assert.deepEqual([back.submit?.text, back.private_metadata], ['Take away', view.private_metadata]);
});

const mistaken = (): Reply => {
  const { body, ...rest } = asking;
  const wrong = { type: 'TextBlock', id: 'person.error', text: 'Nobody by that name.', wrap: true } as const;
  return told('Nobody by that name.', { card: { ...rest, body: [...body, wrong] }, position: 'instead' });
};

test('what is wrong after that question is said in the form below, which asks once more', async () => {
  const { at, submit, question, viewIn, api } = await openAsking();
  at.answer(mistaken());

  const response = await submit(question, {});
  assert.equal(await response.text(), '', 'only the question is closed');
  await at.settled();

  assert.deepEqual([api.of('views.update')[0]?.view_id, api.of('/respond')], ['V1', []]);
  const form = viewIn('views.update');
  assert.equal(form.submit?.text, 'Take away');
  assert.match(textsOf(form), /Nobody by that name\./);
  const again = (await (await submit(form, { person: 'erin@contoso.example' })).json()) as Updated;
  assert.deepEqual([again.response_action, again.view.submit?.text], ['push', 'Take it']);
  await at.settled();
});

test('a form that is closed by then comes back in the place of the question', async () => {
  const { at, submit, question } = await openAsking(() => refusing('views.update', 'not_found'));
  at.answer(mistaken());

  const { response_action, view: form } = (await (await submit(question, {})).json()) as Updated & {
    view: { clear_on_close?: boolean };
  };
  await at.settled();

  assert.deepEqual([response_action, form.submit?.text, form.clear_on_close], ['update', 'Take away', true]);
  assert.match(textsOf(form), /Nobody by that name\./);
});

test('other choices at hand are no other form: what is wrong is told beside the field', async () => {
  const { at, command, submit, viewIn } = await openForms();
  const choosing = (services: readonly string[], error?: string): Reply['card'] =>
    card(
      [
        heading,
        {
          type: 'Input.ChoiceSet',
          id: 'service',
          label: 'Service',
          choices: services.map((value) => ({ title: value, value })),
        },
        { type: 'Input.Text', id: 'user', label: 'User name' },
        ...(error === undefined
          ? []
          : [{ type: 'TextBlock', id: 'user.error', text: error, wrap: true } as const]),
      ],
      [{ ...button('Give', 'give', { once: 'mark-0123456789abcdef' }), associatedInputs: 'auto' }],
    );
  at.answer({ ...form(), card: choosing(['10023/1', '10024/1']) ?? card([]) });
  await command();
  await at.settled();
  at.answer(told('No address', { card: choosing(['10023/1'], 'No address') ?? card([]) }));

  const view = viewIn('views.open');
  const response = await submit(view, { user: 'dave at contoso' });
  await at.settled();

  assert.deepEqual(await response.json(), {
    response_action: 'errors',
    errors: { [blockOf(view, 'user')]: 'No address' },
  });
});

test('what was cleared or unticked stays so where the window is drawn anew', async () => {
  const { at, command, submit, viewIn, pass } = await openForms();
  const ticked = card(
    [
      heading,
      { type: 'Input.Toggle', id: 'mail', label: 'Mail', title: 'Send a mail', value: 'true' },
      { type: 'Input.Text', id: 'user', label: 'User', value: 'dave' },
    ],
    [{ ...button('Go', 'go', { once: 'mark-0123456789abcdef' }), associatedInputs: 'auto' }],
  );
  at.answer(told('Go', { card: ticked }));
  await command();
  await at.settled();
  const database = gate();
  at.play(async (_, respond) => {
    await database.opened;
    await respond(told('Something went wrong.', { fault: true }));
  });

  const asked = submit(viewIn('views.open'), { mail: { selected_options: [] }, user: { value: null } });
  await pass(submittingMilliseconds);
  await asked;
  database.open();
  await pass(settlingMilliseconds);
  await at.settled();

  assert.ok(!textsOf(viewIn('views.update')).includes('initial_'));
});

test('an answer that nobody could be shown is not taken for delivered', async () => {
  const { at, submit, view, pass } = await openForm(() => ({ method }) => {
    if (method === '/respond' || method.startsWith('chat.')) return { status: 500, body: 'down' };
    return method === 'views.update' ? { body: { ok: false, error: 'not_found' } } : undefined;
  });
  const database = gate();
  let delivered: boolean | undefined;
  at.play(async (_, respond) => {
    await database.opened;
    delivered = await respond(told('Dave has 2.')).then(
      () => true,
      () => false,
    );
  });

  const asked = submit(view, typed);
  await pass(submittingMilliseconds);
  await asked;
  database.open();
  await pass(settlingMilliseconds);
  await at.settled();

  assert.equal(delivered, false);
});

test('where Slack can not be told of the wait, that is no fault of anybody, and nobody sees the outcome', async () => {
  const { timers, pass, due } = timersByHand();
  const down = async () => {
    throw new Error('The socket is down');
  };
  const slip = slipFor(Promise.resolve(undefined), 'V1', down, timers);
  await pass(submittingMilliseconds);

  assert.equal(await slip.settle(closed(troubleView())), false);
  assert.equal(due(settlingMilliseconds), 0);
});
