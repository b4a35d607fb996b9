/** Windows that take a file. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { FileForm, Reply } from '../../../src/chat/reply.ts';
import { settlingMilliseconds, submittingMilliseconds } from '../../../src/edges/slack/forms/slip.ts';
import { blockOf, button, card, gate, openForms, textsOf, told, type View } from './forms-rig.ts';

const title = { type: 'TextBlock', wrap: true, style: 'heading', size: 'large' } as const;
const service = {
  type: 'Input.ChoiceSet',
  id: 'service',
  label: 'Service',
  choices: [],
  'choices.data': { type: 'Data.Query', dataset: 'services' },
} as const;

const fileForm: FileForm = {
  card: card(
    [
      { ...title, text: 'Associate by sheet' },
      { type: 'TextBlock', text: 'Choose the service and the file below.', wrap: true },
      {
        type: 'Input.ChoiceSet',
        id: 'option',
        label: 'How',
        choices: [{ title: 'Add only', value: 'add-only' }],
      },
      service,
    ],
    [button('Help', 'say', { text: 'help bulk' })],
  ),
  words: ['bulk', { input: 'option' }, 'of', { input: 'service', missing: 'Choose the service.' }],
  formats: ['.xls', '.xlsx', '.csv'],
  maxFileMb: 25,
};

const asks = (form: FileForm = fileForm): Reply =>
  told('Attach the sheet with the words: bulk', {
    card: card([
      { ...title, text: 'Attach the sheet' },
      { type: 'TextBlock', text: 'Attach the file to your next message here. At most 25 MB.', wrap: true },
    ]),
    wantsFile: { text: 'bulk', form },
  });

const chosen = {
  selected_option: { text: { type: 'plain_text', text: '10023/1 · Webex' }, value: '10023/1' },
};
const fileOf = (name: string) => ({
  files: [{ id: `F-${name}`, name, url_private: 'https://files.slack.com/f' }],
});
const filled = (name: string) => ({ 'quartermaster-file': fileOf(name), 'service@services': chosen });

async function openAsking(form?: FileForm) {
  const at = await openForms();
  at.at.answer(asks(form));
  await at.command('bulk');
  await at.at.settled();
  await at.at.message();
  return { ...at, view: at.viewIn('views.open') };
}

type Field = {
  readonly element?: { readonly filetypes?: string[] };
  readonly hint?: { readonly text: string };
};
const fileField = (view: View): Field | undefined =>
  view.blocks.find(({ element }) => element?.type === 'file_input') as Field | undefined;

test('the window says that the file is chosen there, of which kinds, and the one size that holds there', async () => {
  const { view } = await openAsking();

  assert.equal(view.title.text, 'Associate by sheet');
  assert.match(textsOf(view), /Choose the service and the file below\./);
  assert.doesNotMatch(textsOf(view), /next message|25 MB/);
  const field = fileField(view);
  assert.deepEqual(field?.element?.filetypes, ['xls', 'xlsx', 'csv']);
  assert.equal(
    field?.hint?.text,
    '.xls, .xlsx or .csv, up to 10 MB. Attach a larger one to a message to me, with: bulk',
  );
});

test('where the bot itself takes less than Slack, that is the size, and nothing larger goes another way', async () => {
  const { view } = await openAsking({ ...fileForm, maxFileMb: 2 });
  assert.equal(fileField(view)?.hint?.text, '.xls, .xlsx or .csv, up to 2 MB.');
});

test('a message that asks for a file speaks of messages, and its button opens the form', async () => {
  const { at, api, press, viewIn } = await openForms();
  at.answer(asks());
  await at.event({ type: 'app_mention', user: 'U1', channel: 'C1', text: 'bulk', ts: '1.1' });
  await at.settled();
  const [message] = api.of('chat.postEphemeral') as unknown as View[];
  assert.match(JSON.stringify(message), /Attach the file to your next message here/);

  const open = message?.blocks
    .flatMap(({ elements = [] }) => elements)
    .find(({ value }) => value !== undefined);
  await press(open?.value);
  await at.settled();

  assert.match(textsOf(viewIn('views.open')), /Choose the service and the file below\./);
});

test('what is chosen beside the file goes with it', async () => {
  const { at, submit, view } = await openAsking();
  at.answer(told('Job 7: 2 of 2 rows are valid'));

  const response = await submit(view, filled('users.csv'));

  const { text, attachments } = await at.message();
  assert.equal(text, 'bulk of 10023/1');
  assert.deepEqual(
    attachments.map(({ name }) => name),
    ['users.csv'],
  );
  assert.deepEqual(await response.json(), { response_action: 'clear' });
  await at.settled();
});

test('all that is missing is said at once, each beside its field', async () => {
  const { submit, view, at } = await openAsking();

  const response = await submit(view, {});

  assert.deepEqual(await response.json(), {
    response_action: 'errors',
    errors: {
      [blockOf(view, 'service@services')]: 'Choose the service.',
      'quartermaster-file': 'Choose a file.',
    },
  });
  await at.settled();
});

test('a wrong file is said beside its field, and the next one is a request of its own', async () => {
  const { at, submit, view, api } = await openAsking();
  at.answer(told('“cat.png” is not a spreadsheet.', { wrong: { file: '“cat.png” is not a spreadsheet.' } }));

  const wrong = await submit(view, filled('cat.png'));

  const first = await at.message();
  assert.deepEqual(await wrong.json(), {
    response_action: 'errors',
    errors: { 'quartermaster-file': '“cat.png” is not a spreadsheet.' },
  });
  await at.settled();
  assert.deepEqual(
    [api.of('/respond'), api.of('chat.postMessage'), api.of('chat.postEphemeral')],
    [[], [], []],
  );

  at.answer(told('Job 7: 2 of 2 rows are valid'));
  const right = await submit(view, filled('users.csv'));
  const second = await at.message();
  assert.notEqual(second.id, first.id);
  assert.equal(second.text, 'bulk of 10023/1');
  assert.deepEqual(await right.json(), { response_action: 'clear' });
  await at.settled();
});

test('a wrong file that took a while to be read brings the form back, with what else was chosen', async () => {
  const { at, submit, view, pass, viewIn } = await openAsking();
  const reading = gate();
  at.play(async (_, respond) => {
    await reading.opened;
    await respond(told('This file is damaged.', { wrong: { file: 'This file is damaged.' } }));
  });

  const response = submit(view, filled('users.xlsx'));
  await pass(submittingMilliseconds);
  assert.equal(((await (await response).json()) as { response_action: string }).response_action, 'update');
  reading.open();
  await pass(settlingMilliseconds);
  await at.settled();

  const back = viewIn('views.update');
  assert.match(textsOf(back), /This file is damaged\..*"initial_option".*10023\/1.*file_input/);
  assert.equal(back.private_metadata, view.private_metadata);
});

test('what is wrong with something that the window does not ask is a message', async () => {
  const { at, submit, view, api } = await openAsking({
    ...fileForm,
    card: card([{ ...title, text: 'Associate by sheet' }]),
    words: ['bulk', '10023/1'],
  });
  const sentence = '10023/1 has no units.';
  at.answer(told(sentence, { wrong: { service: sentence } }));

  const response = await submit(view, filled('users.csv'));

  assert.deepEqual(await response.json(), { response_action: 'clear' });
  await at.settled();
  assert.match(String(api.of('/respond')[0]?.text), /has no units/);
});
