import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { samples } from '../../../cards/home-page.ts';
import { samples as preview } from '../../../cards/home-preview.ts';
import type { Card } from '../../../src/chat/card.ts';
import { type Home, type HomeOpened, PostFailed } from '../../../src/chat/edge.ts';
import { openBoth, refusal, refusing, reply } from './rig.ts';

const alone = {
  platform: 'slack',
  conversation: 'T1:D1',
  kind: 'personal',
  name: '',
  address: { team: 'T1', channel: 'D1' },
} as const;
const page: Home = {
  person: { platform: 'slack', id: 'T1:U1', name: 'Alice', email: 'a@b.example' },
  place: alone,
};
const withCard = (card: Card | undefined) => ({ audience: 'asker' as const, ...(card && { card }) });
const home = reply('Nothing waits for you.', withCard(samples.some));

describe('the Home tab is opened', () => {
  const opened = {
    type: 'app_home_opened',
    user: 'U1',
    channel: 'D1',
    tab: 'home',
    event_ts: '1700000000.1',
  };

  test('the bot hears whose it is, where they talk alone, and which drawing they look at', async () => {
    const heard: Parameters<HomeOpened>[] = [];
    const { at } = await openBoth(undefined, { homeOpened: async (...all) => void heard.push(all) });

    await at.event({ ...opened, view: { id: 'V1', type: 'home', hash: '156.1' } });
    await at.settled();

    const [[{ person, place } = page, mark] = []] = heard;
    assert.equal(person.id, 'T1:U1');
    assert.equal(person.email, 'a@b.example');
    assert.deepEqual(place, alone);
    assert.equal(mark, '156.1');
  });

  test('the first time there is no drawing yet', async () => {
    const marks: unknown[] = [];
    const { at } = await openBoth(undefined, { homeOpened: async (_, mark) => void marks.push(mark) });

    await at.event(opened);
    await at.settled();

    assert.deepEqual(marks, [undefined]);
  });

  test('the tab of messages is none', async () => {
    let heard = 0;
    const { at, api } = await openBoth(undefined, { homeOpened: async () => void heard++ });

    await at.event({ ...opened, tab: 'messages' });
    await at.settled();

    assert.equal(heard, 0);
    assert.deepEqual(api.of('users.info'), []);
  });
});

describe('whose Home tab it is', () => {
  test('is asked of Slack anew', async () => {
    const { at } = await openBoth();
    const stale = { ...page, person: { ...page.person, email: 'old@b.example' } };

    assert.equal((await at.slack.edge.personNow?.(stale))?.email, 'a@b.example');
  });

  test('is not somebody without an address only because Slack does not say', async () => {
    const { at } = await openBoth(() => refusing('users.info', 'fatal_error'));

    await assert.rejects(
      async () => at.slack.edge.personNow?.(page),
      (failed) => failed instanceof PostFailed && failed.reason === 'later',
    );
  });
});

describe('the Home tab is drawn', () => {
  const answer = { ok: true, view: { id: 'V1', hash: '156.2' } };
  const taking = () => (call: { method: string }) =>
    call.method === 'views.publish' ? { body: answer } : undefined;

  test('for its person, from the card that every client shows', async () => {
    const { at, api } = await openBoth(taking);

    const drawn = await at.slack.edge.drawHome?.(page, home, '156.1');

    assert.deepEqual(drawn, { mark: '156.2' });
    const [call] = api.of('views.publish');
    assert.equal(call?.user_id, 'U1');
    assert.equal(call?.hash, '156.1');
    const { type, blocks } = (call?.view ?? {}) as { type: string; blocks: { type: string }[] };
    assert.equal(type, 'home');
    const shown = JSON.stringify(blocks);
    for (const said of [
      '2 orders wait for your approval',
      'Free units of your customers',
      'HAMARACLOUD10029',
    ])
      assert.ok(shown.includes(said), said);
    assert.ok(blocks.length <= 100);
    // Messages take tables; about Home tabs that is not said.
    assert.ok(blocks.every((block) => !['table', 'data_table', 'data_visualization'].includes(block.type)));
  });

  test('without a mark over whatever is there', async () => {
    const { at, api } = await openBoth(taking);

    await at.slack.edge.drawHome?.(page, home, undefined);

    assert.ok(!('hash' in (api.of('views.publish')[0] ?? {})));
  });

  test('not over a newer drawing', async () => {
    const { at } = await openBoth(() => refusing('views.publish', 'hash_conflict'));

    assert.equal(await at.slack.edge.drawHome?.(page, home, '156.1'), 'outdated');
  });

  test('in words where Slack refuses its blocks', async () => {
    let tries = 0;
    const { at, api } = await openBoth(() => (call) => {
      if (call.method !== 'views.publish') return undefined;
      return tries++ === 0 ? refusal('invalid_blocks') : { body: answer };
    });

    const drawn = await at.slack.edge.drawHome?.(page, home, '156.1');

    assert.deepEqual(drawn, { mark: '156.2' });
    const { blocks } = (api.of('views.publish')[1]?.view ?? {}) as { blocks: unknown[] };
    assert.match(JSON.stringify(blocks), /Nothing waits for you/);
  });

  test('it is said how long Slack asks to wait', async () => {
    const { at } = await openBoth(
      () =>
        ({ method }) =>
          method === 'views.publish'
            ? { status: 429, headers: { 'retry-after': '17' }, body: { ok: false, error: 'ratelimited' } }
            : undefined,
    );

    await assert.rejects(
      async () => at.slack.edge.drawHome?.(page, home, undefined),
      (err) => err instanceof PostFailed && err.retryAfterSeconds === 17,
    );
  });
});

describe('a button of the Home tab', () => {
  const value = (verb: string, d: object) => JSON.stringify({ v: verb, d });
  const pressed = (more: object = {}) => ({
    trigger_id: 'trigger.1',
    user: { id: 'U1', username: 'alice' },
    container: { type: 'view', view_id: 'V1' },
    view: {
      id: 'V1',
      type: 'home',
      state: {
        values: { b: { text: { type: 'static_select', selected_option: { value: 'order 10025' } } } },
      },
    },
    actions: [{ type: 'button', action_id: 'execute-0', value: value('say', {}) }],
    ...more,
  });

  test('is a submit where the person talks to the bot alone, with what was chosen', async () => {
    const { at } = await openBoth();

    await at.action(pressed());

    const submit = await at.submit();
    assert.equal(submit.verb, 'say');
    assert.deepEqual(submit.values, { text: 'order 10025' });
    assert.deepEqual(submit.place, alone);
    assert.equal(submit.person.id, 'T1:U1');
    assert.equal(submit.message, undefined);
  });

  test('is answered in a window, not in a message that nobody looks at', async () => {
    const { at, api } = await openBoth();
    at.answer(reply('Order 10025', withCard(preview.alone)));

    await at.action(pressed());
    await at.settled();

    const [call] = api.of('views.open');
    assert.equal(call?.trigger_id, 'trigger.1');
    assert.match(JSON.stringify(call?.view), /HAMARACLOUD10023/);
    assert.deepEqual(api.of('chat.postMessage'), []);
  });

  test('that is none of ours is left alone', async () => {
    const { at, api } = await openBoth();

    await at.action(pressed({ actions: [{ type: 'button', action_id: 'x', value: 'not ours' }] }));
    await at.action(pressed({ actions: [{ type: 'static_select', action_id: 'text' }] }));
    await at.settled();

    assert.deepEqual(api.of('conversations.open'), []);
  });
});
