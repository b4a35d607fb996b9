/** The bot itself, its database and its forms, before a scripted Slack. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { formsIn } from '../../../src/bot/index.ts';
import { openTalk, PEOPLE, type Talk } from '../../support/talk.ts';
import { blockOf, openForms, pressOf, textsOf, type View } from './forms-rig.ts';
import type { Answers } from './rig.ts';

let talk: Talk;
before(async () => {
  talk = await openTalk('PGlite');
});
after(() => talk.close());

const asCarla = (): Answers => (call) =>
  call.method === 'users.info'
    ? { body: { ok: true, user: { id: 'U1', team_id: 'T1', profile: { email: PEOPLE.carla } } } }
    : undefined;

const openBot = () =>
  openForms(asCarla, { receive: talk.receive, forms: formsIn(talk.db, () => new Date()) });

const freeOf = async (service: string) => (await talk.as('carla').say(`free ${service}`)).text;
const chosen = (value: string) => ({ selected_option: { text: { type: 'plain_text', text: value }, value } });

test('a form is opened, sent wrongly, mended, and sent again after the bot was started anew', async () => {
  const first = await openBot();
  await first.command('associate 10023/1');
  await first.at.settled();
  const view = first.viewIn('views.open');
  assert.equal(view.title.text, 'Associate users');
  const filled = {
    service: chosen('10023/1'),
    from: chosen('entered'),
    'service@free-services': chosen('10023/1'),
  };

  const wrong = await first.submit(view, { ...filled, users: 'grace at contoso', units: 'two' });
  const { response_action, errors } = (await wrong.json()) as {
    response_action: string;
    errors: Record<string, string>;
  };
  assert.equal(response_action, 'errors');
  assert.match(String(errors[blockOf(view, 'users')]), /“grace at contoso” is not an e-mail address/);
  assert.match(String(errors[blockOf(view, 'units')]), /“two” is not a whole number/);
  await first.at.settled();

  const second = await openBot();
  const right = { ...filled, users: 'grace@contoso.example', units: '2' };
  const response = await second.submit(view, right, { trigger_id: 'trigger-9' });
  assert.deepEqual(await response.json(), { response_action: 'clear' });
  await second.at.settled();
  assert.match(String(first.api.of('/respond')[0]?.text), /grace@contoso\.example now has 2/);
  const free = await freeOf('10023/1');

  // The same window once more, as somebody sends it who saw no answer: nothing more is done, and nothing said twice.
  const again = await second.submit(view, right, { trigger_id: 'trigger-10' });
  assert.deepEqual(await again.json(), { response_action: 'clear' });
  await second.at.settled();
  assert.equal(await freeOf('10023/1'), free);
  assert.equal(first.api.of('/respond').length + second.api.of('/respond').length, 1);
});

test('what is begun on the Home tab asks for which customer, whoever was used last, and goes on in the same window', async () => {
  const asArjun: Answers = (call) =>
    call.method === 'users.info'
      ? { body: { ok: true, user: { id: 'U9', team_id: 'T1', profile: { email: PEOPLE.arjun } } } }
      : undefined;
  const at = await openForms(() => asArjun, {
    receive: talk.receive,
    forms: formsIn(talk.db, () => new Date()),
  });
  const user = { id: 'U9', name: 'arjun' };
  const onHome = (text: string) => ({
    trigger_id: `trigger-home-${text}`,
    user,
    container: { type: 'view', view_id: 'VH' },
    view: { id: 'VH', type: 'home', state: { values: {} } },
    actions: [
      {
        type: 'button',
        action_id: 'execute-0',
        value: JSON.stringify({ v: 'home.begin', d: { text }, i: 0 }),
      },
    ],
  });
  const choose = async (view: View, customer: string, trigger_id: string) => {
    await at.at.action({
      trigger_id,
      user,
      container: { type: 'view', view_id: 'V1' },
      view: { id: 'V1', hash: 'h1', type: 'modal', callback_id: 'form', ...view, state: { values: {} } },
      actions: [{ type: 'button', action_id: 'execute-1', value: pressOf(view, customer) }],
    });
    await at.at.settled();
  };

  for (const [command, customer, last] of [
    ['associate', 'Contoso', /^(?!.*You used)/],
    ['new order', 'Fabrikam', /You used Contoso last\./],
  ] as const) {
    await at.at.action(onHome(command));
    await at.at.settled();
    const asked = at.viewIn('views.open');
    assert.equal(asked.title.text, 'Which customer?');
    assert.match(textsOf(asked), last);

    await choose(asked, customer, `trigger-chosen-${command}`);
    assert.match(textsOf(at.viewIn('views.update')), new RegExp(customer));
  }
  assert.deepEqual(at.api.of('chat.postMessage'), []);
});

test('the service is chosen in the form: what is wrong with the rest is told beside its field', async () => {
  const at = await openBot();
  await at.command('associate', { trigger_id: 'trigger-30' });
  await at.at.settled();
  const view = at.viewIn('views.open');
  const filled = { 'service@free-services': chosen('10023/1'), from: chosen('entered') };

  const response = await at.submit(
    view,
    { ...filled, users: 'grace at contoso', units: '1' },
    { trigger_id: 'trigger-31' },
  );
  const { errors } = (await response.json()) as { errors?: Record<string, string> };
  await at.at.settled();

  assert.match(String(errors?.[blockOf(view, 'users')]), /is not an e-mail address/);
});

test('who may not do it any more is told so when the form is sent', async () => {
  const at = await openBot();
  await at.command('note 10023', { trigger_id: 'trigger-20' });
  await at.at.settled();
  const view = at.viewIn('views.open');
  await talk.db.updateTable('members').set({ role: 'customer' }).where('email', '=', PEOPLE.carla).execute();
  try {
    const response = await at.submit(view, { note: 'Called' }, { trigger_id: 'trigger-23' });
    assert.deepEqual(await response.json(), { response_action: 'clear' });
    await at.at.settled();
    assert.ok(!String(at.api.of('/respond')[0]?.text).includes('has the note'));
  } finally {
    await talk.db
      .updateTable('members')
      .set({ role: 'customer admin' })
      .where('email', '=', PEOPLE.carla)
      .execute();
  }
});

test('what is free is looked up beside the form', async () => {
  const at = await openBot();
  await at.command('associate 10023/1', { trigger_id: 'trigger-21' });
  await at.at.settled();
  const view = at.viewIn('views.open');

  await at.pressIn(view, pressOf(view, 'Free units'));
  await at.at.settled();

  const above: View = at.viewIn('views.push');
  assert.match(textsOf(above), /10023\/1/);
});

test('a sheet is asked for with a window that takes it and its service, and a wrong one is said there', async () => {
  const at = await openBot();
  await at.command('bulk', { trigger_id: 'trigger-22' });
  await at.at.settled();
  const view = at.viewIn('views.open');
  assert.deepEqual([view.title.text, view.submit?.text], ['Associate by sheet', 'Send']);
  const field = blockOf(view, 'service@services');
  const files = [
    { id: 'F1', name: 'holiday.png', url_private: `${at.api.url}/picture`, mimetype: 'image/png' },
  ];
  const wrong = { 'quartermaster-file': { files }, 'service@services': chosen('10023/1') };

  const response = await at.submit(view, wrong);
  const { errors = {} } = (await response.json()) as { errors?: Record<string, string> };
  await at.at.settled();

  assert.ok(field);
  assert.deepEqual(Object.keys(errors), ['quartermaster-file']);
  assert.match(String(errors['quartermaster-file']), /holiday\.png|file/);
  assert.deepEqual(at.api.of('/respond'), []);
});

test('a message without a file, chosen for a bulk job, opens the window that says so', async () => {
  const at = await openBot();
  await at.at.action({
    type: 'message_action',
    callback_id: 'bulk_from_file',
    trigger_id: 'trigger-40',
    response_url: at.responseUrl,
    user: { id: 'U1', name: 'alice' },
    channel: { id: 'C1', name: 'ops' },
    message: { type: 'message', user: 'U2', ts: '1700000000.5', text: 'no file here' },
  });
  await at.at.settled();

  const view = at.viewIn('views.open');
  assert.match(textsOf(view), /There is no file in that message\./);
  assert.ok(view.blocks.some(({ element }) => element?.type === 'file_input'));
  assert.ok(blockOf(view, 'service@services'));
});
