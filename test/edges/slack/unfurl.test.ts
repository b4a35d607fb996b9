import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { samples } from '../../../cards/home-preview.ts';
import type { Listening } from '../../../src/chat/edge.ts';
import { openBoth, refusing, reply } from './rig.ts';

type Heard = Parameters<Listening['previews']>[0];

type Audience = 'asker' | 'everyone';

/** Hears of order 10023 in texts and of all in links; shows them as the test says. */
function listening(audience: Audience | ((number: string) => Audience)) {
  const heard: Heard[] = [];
  const notShown: string[] = [];
  const audienceOf = (number: string) => (typeof audience === 'string' ? audience : audience(number));
  const ears: Listening = {
    numbersIn: (text) => (text.includes('HAMARACLOUD10023') ? ['10023'] : []),
    numbersOfLink: (url) =>
      url.startsWith('https://qm.example/orders/') ? [url.slice(url.lastIndexOf('/') + 1)] : [],
    async previews(one) {
      heard.push(one);
      return one.numbers.map((number) => {
        const card = audienceOf(number) === 'asker' ? samples.alone : samples.open;
        return {
          number,
          reply: reply(`Order ${number}`, { audience: audienceOf(number), ...(card && { card }) }),
          notShown: async () => void notShown.push(number),
        };
      });
    },
  };
  return { heard, notShown, ears };
}
const open = async (audience: Parameters<typeof listening>[0], answers?: Parameters<typeof openBoth>[0]) => {
  const { heard, notShown, ears } = listening(audience);
  return { heard, notShown, ...(await openBoth(answers, { listening: ears })) };
};

describe('an order that somebody names in a channel', () => {
  const said = (more: object = {}) => ({
    type: 'message',
    channel: 'C1',
    channel_type: 'channel',
    user: 'U1',
    text: 'Where is HAMARACLOUD10023?',
    ts: '1700000000.5',
    ...more,
  });

  test('is shown to them alone', async () => {
    const { at, api, heard } = await open('asker');

    await at.event(said());
    await at.settled();

    assert.equal(heard[0]?.person.id, 'T1:U1');
    assert.equal(heard[0]?.place.conversation, 'T1:C1');
    const [shown] = api.of('chat.postEphemeral');
    assert.equal(shown?.channel, 'C1');
    assert.equal(shown?.user, 'U1');
    assert.match(JSON.stringify(shown?.blocks), /HAMARACLOUD10023/);
    assert.deepEqual(api.of('chat.postMessage'), []);
  });

  test('in a channel of its customer is shown to all, below the message', async () => {
    const { at, api } = await open('everyone');

    await at.event(said());
    await at.settled();

    const [shown] = api.of('chat.postMessage');
    assert.equal(shown?.thread_ts, '1700000000.5');
    assert.deepEqual(api.of('chat.postEphemeral'), []);
  });

  test('in a thread is shown there', async () => {
    const { at, api } = await open('asker');

    await at.event(said({ thread_ts: '1700000000.1' }));
    await at.settled();

    assert.equal(api.of('chat.postEphemeral')[0]?.thread_ts, '1700000000.1');
  });

  for (const [what, more] of [
    ['of a bot', { bot_id: 'B2' }],
    ['of the bot itself', { user: 'UBOT' }],
    ['that was edited', { subtype: 'message_changed' }],
    ['in a direct message', { channel_type: 'im', channel: 'D1' }],
    ['among a few people', { channel_type: 'mpim', channel: 'G1' }],
    ['to the bot', { text: '<@UBOT> order HAMARACLOUD10023' }],
    ['in a link', { text: 'see <https://elsewhere.example/HAMARACLOUD10023|this>' }],
    ['that names none', { text: 'hello' }],
    ['without a text', { text: undefined }],
  ] as const) {
    test(`is not heard in a message ${what}`, async () => {
      const { at, api, heard } = await open('asker');

      await at.event(said(more));
      await at.settled();

      assert.deepEqual(heard, []);
      assert.deepEqual(api.of('chat.postEphemeral'), []);
    });
  }

  test('a message that names none costs no question to Slack', async () => {
    const { at, api } = await open('asker');
    const before = api.calls.length;

    await at.event(said({ text: 'Good morning' }));
    await at.settled();

    assert.equal(api.calls.length, before);
  });

  test('is not sent as a direct message where it can’t be shown', async () => {
    const { at, api, notShown } = await open('asker', () =>
      refusing('chat.postEphemeral', 'user_not_in_channel'),
    );

    await at.event(said());
    await at.settled();

    assert.deepEqual(api.of('chat.postMessage'), []);
    assert.deepEqual(notShown, ['10023'], 'so it is shown when it can be');
    assert.deepEqual(
      at.logged.filter(({ level }) => level === 'error'),
      [],
    );
  });
});

describe('a link to an order', () => {
  const others = ['10024', '10025'];
  const several = (more: object = {}) => {
    const links = ['10023', ...others].map((number) => ({ url: `https://qm.example/orders/${number}` }));
    return shared({ links, ...more });
  };
  const url = 'https://qm.example/orders/10023';
  const shared = (more: object = {}) => ({
    type: 'link_shared',
    channel: 'C1',
    user: 'U1',
    message_ts: '1700000000.5',
    source: 'conversations_history',
    links: [{ domain: 'qm.example', url }],
    ...more,
  });

  test('is not unfolded for all: it is shown to who wrote it', async () => {
    const { at, api } = await open('asker');

    await at.event(shared());
    await at.settled();

    assert.deepEqual(api.of('chat.unfurl'), []);
    assert.equal(api.of('chat.postEphemeral')[0]?.user, 'U1');
  });

  test('is unfolded in a channel of its customer', async () => {
    const { at, api } = await open('everyone');

    await at.event(shared());
    await at.settled();

    const [call] = api.of('chat.unfurl');
    assert.equal(call?.channel, 'C1');
    assert.equal(call?.ts, '1700000000.5');
    const unfurls = call?.unfurls as Record<string, { blocks: unknown[] }>;
    assert.deepEqual(Object.keys(unfurls), [url]);
    assert.match(JSON.stringify(unfurls[url]?.blocks), /HAMARACLOUD10023/);
    assert.deepEqual(api.of('chat.postMessage'), []);
  });

  test('among others is unfolded with them', async () => {
    const { at, api } = await open('everyone');

    await at.event(several());
    await at.settled();

    assert.deepEqual(
      api.of('chat.unfurl').map(({ unfurls }) => Object.keys(unfurls as object).length),
      [3],
    );
  });

  test('that Slack does not unfold takes nothing from who wrote the others', async () => {
    const { at, api, notShown } = await open(
      (number) => (number === '10025' ? 'asker' : 'everyone'),
      () => refusing('chat.unfurl', 'cannot_unfurl_url'),
    );

    await at.event(several());
    await at.settled();

    assert.equal(api.of('chat.postEphemeral').length, 1);
    assert.deepEqual(notShown, ['10023', '10024']);
    assert.deepEqual(
      at.logged.filter(({ level }) => level === 'error'),
      [],
    );
  });

  test('where the bot is no member is shown to nobody alone, and another time where it is one', async () => {
    const { at, api, notShown } = await open('asker');

    await at.event(shared({ is_bot_user_member: false }));
    await at.settled();

    assert.deepEqual(api.of('chat.postEphemeral'), []);
    assert.deepEqual(notShown, ['10023']);
  });

  for (const [what, more] of [
    ['while it is written', { source: 'composer', channel: 'COMPOSER' }],
    ['once more', { is_unfurl_refresh: true }],
    ['of others', { links: [{ domain: 'x.example', url: 'https://x.example/orders/10023' }] }],
  ] as const) {
    test(`is not read ${what}`, async () => {
      const { at, heard } = await open('everyone');

      await at.event(shared(more));
      await at.settled();

      assert.deepEqual(heard, []);
    });
  }

  for (const links of [undefined, 'x', [null], [{ url: 7 }]]) {
    test(`that is no link is left alone: ${JSON.stringify(links)}`, async () => {
      const { at, heard } = await open('everyone');

      assert.equal((await at.event(shared({ links }))).status, 200);
      await at.settled();

      assert.deepEqual(heard, []);
    });
  }
});
