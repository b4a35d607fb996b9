/** Windows of a workspace of `emulate`, whose triggers are good for three seconds and once, as Slack's are. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { button, card, form, told } from './forms-rig.ts';
import { openWorkspace, type Workspace } from './workspace.ts';

let at: Workspace;
before(async () => {
  at = await openWorkspace();
});
after(() => at.close());

const trigger = async (): Promise<string> => {
  const answer = await at.bot.apiCall('views.generateTriggerId', { user_id: at.user('alice') });
  return String((answer as { trigger_id?: string }).trigger_id);
};

const command = async (trigger_id: string) => {
  await at.command({
    user_id: at.user('alice'),
    user_name: 'alice',
    channel_id: at.channel('ops'),
    trigger_id,
    text: 'associate',
  });
  await at.settled();
};

/** How many windows are open, as the inspector of the emulator lists them. */
const windows = async (): Promise<number> => {
  const page = await (await fetch(`${at.emulator.url}/?tab=views`)).text();
  return page.split('>modal<').length - 1;
};
const refusals = (word: string) => at.logged.filter((line) => JSON.stringify(line).includes(word)).length;

test('a form opens as a window, once for each trigger', async () => {
  at.answer(form());
  const once = await trigger();

  await command(once);
  assert.equal(await windows(), 1);
  assert.equal(refusals('exchanged_trigger_id'), 0);

  await command(once);
  assert.equal(refusals('exchanged_trigger_id'), 1);
});

test('an unknown trigger loses nothing: the form is posted, with a button that opens it', async () => {
  at.answer(form());
  await at.command({
    user_id: at.user('alice'),
    channel_id: await direct(),
    trigger_id: 'never-given',
    text: 'associate',
  });
  await at.settled();

  const [message] = await at.history(await direct());
  const press = async (trigger_id: string) => {
    const actions = message?.blocks?.find(({ type }) => type === 'actions') as
      | { elements: object[] }
      | undefined;
    await at.action({
      trigger_id,
      user: { id: at.user('alice') },
      channel: { id: await direct() },
      container: { type: 'message', message_ts: message?.ts, channel_id: await direct() },
      actions: actions?.elements.slice(0, 1) ?? [],
    });
    await at.settled();
  };
  assert.match(JSON.stringify(message?.blocks), /Open the form/);
  const before = await windows();
  await press(await trigger());
  assert.equal(await windows(), before + 1);
});

test('any form that is valid for Slack’s own types is taken', async () => {
  const confirm = card(
    [
      {
        type: 'TextBlock',
        text: 'A heading that is longer than a title may be',
        wrap: true,
        style: 'heading',
        size: 'large',
      },
    ],
    [button('Yes', 'yes', { once: 'mark-0123456789abcdef' })],
  );
  at.answer(
    told('Sure?', {
      card: { ...confirm, body: [...confirm.body, { type: 'Input.Text', id: 'why', label: 'Why' }] },
    }),
  );
  const before = await windows();
  await command(await trigger());
  assert.equal(await windows(), before + 1);
});

const direct = async (): Promise<string> =>
  (await at.bot.conversations.open({ users: at.user('alice') })).channel?.id ?? '';
