import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { samples } from '../../../cards/orders-find.ts';
import type { Inbound } from '../../../src/chat/inbound.ts';
import { shortcuts } from '../../../src/edges/slack/home/shortcuts.ts';
import { openBoth, reply } from './rig.ts';

describe('a global shortcut', () => {
  const chosen = (callback_id: string) => ({
    type: 'shortcut',
    callback_id,
    trigger_id: `trigger.${callback_id}`,
    action_ts: '1700000000.1',
    team: { id: 'T1' },
    user: { id: 'U1', username: 'alice' },
  });

  const alone = ({ place, person, id }: Inbound) => [place.conversation, place.kind, person.id, id];

  test('find_order says order where the person talks to the bot alone', async () => {
    const { at } = await openBoth();

    await at.action(chosen('find_order'));

    const said = await at.message();
    assert.equal(said.text, 'order');
    assert.deepEqual(alone(said), ['T1:D1', 'personal', 'T1:U1', 'trigger.find_order']);
  });

  for (const [id, text] of [
    ['associate_users', 'associate'],
    ['new_order', 'new order'],
    ['bulk_job', 'bulk'],
  ] as const) {
    test(`${id} begins ${text} there, as a home page does that asks for whom`, async () => {
      const { at } = await openBoth();

      await at.action(chosen(id));

      const begun = await at.submit();
      assert.equal(begun.verb, 'home.begin');
      assert.deepEqual(begun.values, { text });
      assert.deepEqual(alone(begun), ['T1:D1', 'personal', 'T1:U1', `trigger.${id}`]);
    });
  }

  test('each of the manifest is understood', async () => {
    const { at } = await openBoth();
    for (const { callback_id, type } of shortcuts) {
      if (type === 'global') await at.action(chosen(callback_id));
    }
    for (const { type } of shortcuts) if (type === 'global') await at.any();
  });

  test('is answered in a window', async () => {
    const { at, api } = await openBoth();
    at.answer(reply('Which order?', { audience: 'asker', ...(samples.order && { card: samples.order }) }));

    await at.action(chosen('find_order'));
    await at.settled();

    assert.equal(api.of('views.open')[0]?.trigger_id, 'trigger.find_order');
    assert.deepEqual(api.of('chat.postMessage'), []);
  });

  test('that is not ours is acknowledged and left alone', async () => {
    const { at, api } = await openBoth();

    assert.equal((await at.action(chosen('of_another_time'))).status, 200);
    await at.settled();

    assert.deepEqual(api.of('users.info'), []);
  });
});

describe('a shortcut at a message', () => {
  const at_ = (callback_id: string, message: object, url: string) => ({
    type: 'message_action',
    callback_id,
    trigger_id: 'trigger.1',
    message_ts: '1700000000.5',
    response_url: `${url}/answer`,
    team: { id: 'T1' },
    user: { id: 'U1', name: 'alice' },
    channel: { id: 'C1', name: 'ops' },
    message: { type: 'message', user: 'U2', ts: '1700000000.5', ...message },
  });

  test('finds the orders that it names, also in blocks and attachments', async () => {
    const { at, api } = await openBoth();
    const message = {
      text: 'See &lt;HAMARACLOUD10023&gt;',
      blocks: [{ type: 'section', text: { type: 'mrkdwn', text: 'and HAMARACLOUD10024' } }],
      attachments: [{ fallback: 'HAMARACLOUD10025' }],
    };

    await at.action(at_('find_named', message, api.url));

    const { verb, values, place } = await at.submit();
    assert.equal(verb, 'home.named');
    for (const number of ['10023', '10024', '10025']) assert.match(String(values.text), new RegExp(number));
    assert.equal(place.conversation, 'T1:C1');
    assert.equal(place.thread, undefined);
  });

  test('is answered to who chose it alone', async () => {
    const { at, api } = await openBoth();
    at.answer(reply('Order 10023', { audience: 'asker' }));

    await at.action(at_('find_named', { text: 'HAMARACLOUD10023' }, api.url));
    await at.settled();

    const [answer] = api.of('/answer');
    assert.equal(answer?.response_type, 'ephemeral');
    assert.deepEqual(api.of('chat.postMessage'), []);
  });

  test('in a thread is answered there', async () => {
    const { at, api } = await openBoth();

    await at.action(at_('find_named', { text: 'x', thread_ts: '1700000000.1' }, api.url));

    assert.equal((await at.submit()).place.thread, '1700000000.1');
  });

  test('takes the file of the message for a bulk job', async () => {
    const { at, api } = await openBoth();
    const files = [{ id: 'F1', name: 'users.csv', url_private_download: `${api.url}/file`, mode: 'hosted' }];

    await at.action(at_('bulk_from_file', { text: 'here you are', files }, api.url));

    const said = await at.message();
    assert.equal(said.text, 'bulk');
    assert.deepEqual(
      said.attachments.map(({ name }) => name),
      ['users.csv'],
    );
  });

  test('with nothing that is a file says so at once, and not after some other question', async () => {
    const { at, api } = await openBoth();

    await at.action(at_('bulk_from_file', { files: [null, 'F1', { name: 'no id' }] }, api.url));

    assert.equal((await at.submit()).verb, 'bulk.missing');
  });

  for (const [what, more] of [
    ['no channel', { channel: undefined }],
    ['a channel without an id', { channel: {} }],
  ] as const) {
    test(`with ${what} is left alone`, async () => {
      const { at, api } = await openBoth();

      await at.action({ ...at_('find_named', {}, api.url), ...more });
      await at.settled();

      assert.deepEqual(api.of('users.info'), []);
    });
  }
});
