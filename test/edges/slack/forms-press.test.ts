import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  blockOf,
  button,
  card,
  form,
  formCard,
  gate,
  openForm as openFormWith,
  pressOf,
  textsOf,
  told,
  until,
  type View,
} from './forms-rig.ts';
import { type Answers, refusing, reply } from './rig.ts';

const openForm = (answers?: () => Answers) => openFormWith({}, answers);

const freeUnits = told('7 of 10 free', {
  card: card(
    [{ type: 'TextBlock', text: '7 of 10 free', wrap: true, style: 'heading', size: 'large' }],
    [button('Orders', 'say', { text: 'orders' })],
  ),
});
const typed = { user: 'dave@contoso.example' };

test('what one looks up beside a form lies on top of it', async () => {
  const { at, pressIn, view, api, viewIn } = await openForm();
  at.answer(freeUnits);

  await pressIn(view, pressOf(view, 'Free units'), typed);
  const inbound = await at.submit();
  await at.settled();

  assert.deepEqual([inbound.verb, inbound.values], ['say', { text: 'free' }]);
  assert.equal(inbound.place.conversation, 'T1:C1');
  assert.equal(api.of('views.push')[0]?.trigger_id, 'trigger-3');
  const above = viewIn('views.push');
  assert.deepEqual([above.title.text, above.submit, above.close?.text], ['7 of 10 free', undefined, 'Close']);
  assert.deepEqual([api.of('views.update'), api.of('/respond')], [[], []]);
});

test('its buttons work there', async () => {
  const { at, pressIn, view, viewIn } = await openForm();
  at.answer(freeUnits);
  await pressIn(view, pressOf(view, 'Free units'));
  await at.submit();
  await at.settled();
  const above = viewIn('views.push');

  await pressIn(above, pressOf(above, 'Orders'));

  assert.deepEqual((await at.submit()).values, { text: 'orders' });
  await at.settled();
});

test('a button that takes what was typed takes it, and a form that follows takes the place of the form', async () => {
  const { at, pressIn, view, api, viewIn } = await openForm();
  at.answer({ ...form(typed), position: 'instead' });

  await pressIn(view, pressOf(view, 'Preview'), typed);
  const inbound = await at.submit();
  await at.settled();

  assert.deepEqual([inbound.verb, inbound.values], ['preview', { ...typed, units: '' }]);
  const [update] = api.of('views.update');
  assert.deepEqual([update?.view_id, update?.hash], ['V1', 'h1']);
  assert.match(textsOf(viewIn('views.update')), /"initial_value":"dave@contoso\.example"/);
});

test('where the window went on meanwhile it is not covered up: the answer lies on top of it', async () => {
  const { at, pressIn, view, api } = await openForm(() => refusing('views.update', 'hash_conflict'));
  at.answer({ ...form(typed), position: 'instead' });

  await pressIn(view, pressOf(view, 'Preview'), typed);
  await at.settled();

  assert.equal(api.of('views.push').length, 1);
  assert.deepEqual(api.of('/respond'), []);
});

test('where the window is closed the form comes as a message', async () => {
  const { at, pressIn, view, api } = await openForm(() => refusing('views.update', 'not_found'));
  at.answer({ ...form(typed), position: 'instead' });

  await pressIn(view, pressOf(view, 'Preview'), typed);
  await at.settled();

  assert.match(JSON.stringify(api.of('/respond')), /Open the form/);
});

for (const error of ['expired_trigger_id', 'push_limit_reached']) {
  test(`where nothing can be put on top (${error}) the answer goes to the conversation, and the form says so`, async () => {
    const { at, pressIn, view, api, viewIn } = await openForm(() => refusing('views.push', error));
    at.answer(freeUnits);

    await pressIn(view, pressOf(view, 'Free units'), typed);
    await at.settled();

    assert.equal(api.of('/respond').length, 1);
    const same = viewIn('views.update');
    assert.match(textsOf(same), /7 of 10 free\\nThe answer is in #ops, where only you see it\./);
    const ids = ({ blocks }: View) =>
      blocks.flatMap(({ block_id, type }) => (type === 'input' ? [block_id] : []));
    assert.deepEqual(ids(same), ids(view), 'so Slack keeps what is typed');
    assert.equal(same.private_metadata, view.private_metadata);
  });
}

test('what took the place of the form and is for everybody is posted, and the window says where it is', async () => {
  const { at, pressIn, view, api, viewIn } = await openForm();
  at.answer(reply('Saved as a draft', { position: 'instead', track: 'order:7' }));

  await pressIn(view, pressOf(view, 'Preview'), typed);
  await at.settled();

  assert.equal(api.of('chat.postMessage').length, 1);
  assert.deepEqual([viewIn('views.update').title.text], ['The answer']);
});

test('a fault leaves the form as it is, with a word on it', async () => {
  const { at, pressIn, view, viewIn, api } = await openForm();
  at.answer(told('Something went wrong.', { fault: true }));

  await pressIn(view, pressOf(view, 'Preview'), typed);
  await at.settled();

  assert.match(textsOf(viewIn('views.update')), /Something went wrong\./);
  assert.deepEqual(api.of('/respond'), []);
});

test('a button of a form that is not known any more, or of somebody else’s, says so', async () => {
  const { at, pressIn, view, viewIn, store } = await openForm();
  at.answer(freeUnits);
  store.rows.clear();

  await pressIn(view, pressOf(view, 'Free units'), typed);
  await at.settled();

  assert.match(textsOf(viewIn('views.push')), /I do not know this form any more.*dave@contoso\.example/);
});

for (const value of [
  '{"v":"99","d":{}}',
  '{"v":"associate","d":{"once":"x"}}',
  '{"v":"__proto__","d":{}}',
  'no json',
  undefined,
]) {
  test(`a value that names no button of the form does nothing: ${value}`, async () => {
    const { at, pressIn, view, api } = await openForm();
    at.play(async () => assert.fail('The bot was asked'));

    const response = await pressIn(view, value, typed);
    await at.settled();

    assert.equal(response.status, 200);
    assert.deepEqual(api.of('views.update'), []);
  });
}

test('what is chosen in a list that lies on a form is shown there', async () => {
  const { at, pressIn, submit, view, viewIn } = await openForm();
  const open = { ...button('Open', 'say', {}), associatedInputs: 'auto' } as const;
  at.answer(told('Orders', { card: card([{ type: 'Input.Text', id: 'text', label: 'Which' }], [open]) }));
  await pressIn(view, pressOf(view, 'Free units'));
  await at.submit();
  await at.settled();

  at.answer(freeUnits);
  const response = await submit(viewIn('views.push'), { text: 'order 10023' });
  assert.deepEqual((await at.submit()).values, { text: 'order 10023' });
  const { response_action, view: next } = (await response.json()) as { response_action: string; view: View };
  await at.settled();

  assert.deepEqual([response_action, next.title.text], ['update', '7 of 10 free']);
  assert.ok(formCard());
});

const openingMilliseconds = 1_800;

test('where the answer to a button takes long a window on top says so, and the answer takes its place', async () => {
  const { at, pressIn, view, api, viewIn, pass } = await openForm();
  const database = gate();
  at.play(async (_, respond) => {
    await database.opened;
    await respond(freeUnits);
  });

  await pressIn(view, pressOf(view, 'Free units'), typed);
  await pass(openingMilliseconds);
  await until(() => api.of('views.push').length === 1);
  const waiting = viewIn('views.push') as View & { readonly clear_on_close?: boolean };
  database.open();
  await at.settled();

  assert.deepEqual([waiting.title.text, waiting.clear_on_close], ['One moment…', false]);
  assert.equal(api.of('views.push').length, 1);
  assert.equal(viewIn('views.update').title.text, '7 of 10 free');
});

test('what can not be kept for a window is posted, and not lost', async () => {
  const { at, pressIn, view, api, store } = await openForm();
  store.keep = async () => {
    throw new Error('The database is away');
  };
  at.answer(freeUnits);

  await pressIn(view, pressOf(view, 'Free units'), typed);
  await at.settled();

  assert.equal(api.of('/respond')[0]?.text, '7 of 10 free');
});

test('where the form can not be looked up a window on top asks to try once more', async () => {
  const { at, pressIn, view, viewIn, store } = await openForm();
  store.find = async () => {
    throw new Error('The database is away');
  };

  await pressIn(view, pressOf(view, 'Free units'), typed);
  await at.settled();

  assert.match(textsOf(viewIn('views.push')), /nothing was done\. Please try once more/);
});

test('a fault that the window can not show is told in the conversation', async () => {
  const { at, pressIn, view, api } = await openForm(() => refusing('views.update', 'not_found'));
  at.answer(told('Something went wrong.', { fault: true }));

  await pressIn(view, pressOf(view, 'Preview'), typed);
  await at.settled();

  assert.equal(api.of('/respond')[0]?.text, 'Something went wrong.');
});

test('a word above the form takes nothing of what was typed since it was told what is wrong', async () => {
  const { at, submit, pressIn, view, viewIn } = await openForm();
  const wrong = formCard({ units: 'two' }, { units: 'No number' }, 'mark-of-the-second-try');
  at.answer(told('No number', { card: wrong, position: 'instead' }));
  await submit(view, { units: 'two' });
  await at.settled();

  at.answer(reply('12 free'));
  await pressIn(view, pressOf(view, 'Free units'), { user: 'erin@contoso.example', units: '2' });
  await at.settled();

  const noticed = viewIn('views.update');
  assert.equal(blockOf(noticed, 'units'), blockOf(view, 'units'));
  assert.match(textsOf(noticed), /12 free.*"erin@contoso\.example".*"2"/);

  await pressIn(noticed, pressOf(noticed, 'Free units'));
  await at.settled();
  assert.equal(textsOf(viewIn('views.update')).split('12 free').length, 2, 'one word at a time');
});
