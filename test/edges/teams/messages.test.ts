import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Card } from '../../../src/chat/card.ts';
import { cardIn } from './connector.ts';
import { inChannel, openTalk, reply } from './talk.ts';

const card: Card = {
  type: 'AdaptiveCard',
  $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
  version: '1.5',
  body: [{ type: 'TextBlock', text: 'Orders of *Contoso*', wrap: true }],
  actions: [{ type: 'Action.Execute', title: 'Open', verb: 'say', data: { text: 'order 10023' } }],
};

test('a message of a personal chat reaches the bot with who and where, and is answered there', async (t) => {
  const talk = await openTalk(t);

  const answer = await talk.send({ text: 'orders&nbsp;recent &amp; more' });

  assert.equal(answer.status, 200);
  assert.deepEqual(talk.heard, [
    {
      kind: 'message',
      id: '1700000000001',
      text: 'orders recent & more',
      attachments: [],
      person: {
        platform: 'teams',
        id: 'aad-alice',
        name: 'Alice Adams',
        email: 'alice@contoso.example',
        local: true,
      },
      place: {
        platform: 'teams',
        conversation: 'a:alice-and-bot',
        kind: 'personal',
        name: '',
        address: {
          serviceUrl: talk.connector.serviceUrl,
          channelId: 'msteams',
          bot: { id: '28:quartermaster', name: 'Quartermaster' },
          tenantId: 'tenant-1',
        },
      },
    },
  ]);
  const [message] = talk.connector.messages();
  assert.equal(message?.path, '/v3/conversations/a:alice-and-bot/activities');
  assert.equal(message?.body.text, 'Three orders.');
  assert.equal(message?.body.textFormat, 'plain');
  assert.equal(talk.sent[0]?.message, '1700000000001');
});

test('in a channel the mention of the bot goes, one of a person becomes the address, and the answer stays in the thread', async (t) => {
  const talk = await openTalk(t);

  await talk.send({
    ...inChannel,
    text: '<at>Quartermaster</at> associate 10023/1 <at>Alice</at> <at>Alice</at> 2 \n',
    entities: [
      { type: 'clientInfo', locale: 'en-US' },
      { type: 'mention', text: '<at>Quartermaster</at>', mentioned: { id: '28:quartermaster', name: 'Q' } },
      { type: 'mention', text: '<at>Alice</at>', mentioned: { id: '29:alice', name: 'Alice' } },
      { type: 'mention', text: '<at>Alice</at>', mentioned: { id: '29:bob', name: 'Alice' } },
    ],
  });

  const [inbound] = talk.heard;
  assert.equal(
    inbound?.kind === 'message' && inbound.text,
    'associate 10023/1 alice@contoso.example bob@contoso.example 2',
  );
  assert.equal(inbound?.place.kind, 'channel');
  assert.equal(inbound?.place.name, 'Sales › Orders');
  assert.equal(inbound?.place.conversation, '19:orders@thread.tacv2');
  assert.equal(inbound?.place.thread, '1600');
  assert.equal(
    talk.connector.messages()[0]?.path,
    '/v3/conversations/19:orders@thread.tacv2;messageid=1600/activities',
  );
});

test('somebody the roster does not know is heard without an address, and stays mentioned by name', async (t) => {
  const talk = await openTalk(t);

  await talk.send({
    from: { id: '29:stranger', name: 'Mallory' },
    text: 'user <at>Mallory</at>',
    entities: [
      { type: 'mention', text: '<at>Mallory</at>', mentioned: { id: '29:stranger', name: 'Mallory' } },
    ],
  });

  const [inbound] = talk.heard;
  assert.deepEqual(inbound?.person, { platform: 'teams', id: '29:stranger', name: 'Mallory', local: true });
  assert.equal(inbound?.kind === 'message' && inbound.text, 'user Mallory');
});

test('who somebody is is asked once', async (t) => {
  const talk = await openTalk(t);

  await talk.send({ text: 'orders' });
  await talk.send({ text: 'orders', id: '1700000000002' });

  assert.equal(talk.connector.calls.filter(({ method }) => method === 'GET').length, 1);
});

test('a card goes out with its text as the summary, wide, quoted, and with buttons for older clients', async (t) => {
  const talk = await openTalk(t);
  talk.bot((_, respond) => respond(reply({ card })));

  await talk.send({ text: 'orders' });

  const [message] = talk.connector.messages();
  assert.equal(message?.body.summary, 'Three orders.');
  assert.deepEqual(message && cardIn(message), {
    ...card,
    msteams: { width: 'Full' },
    body: [{ type: 'TextBlock', text: 'Orders of \\*Contoso\\*', wrap: true }],
    actions: [
      {
        type: 'Action.Execute',
        title: 'Open',
        verb: 'say',
        data: { text: 'order 10023' },
        fallback: { type: 'Action.Submit', title: 'Open', data: { text: 'order 10023', verb: 'say' } },
      },
    ],
  });
});

test('an answer for the asker alone goes from a channel to the personal chat', async (t) => {
  const talk = await openTalk(t);
  talk.bot((_, respond) => respond(reply({ audience: 'asker' })));

  await talk.send({ ...inChannel, text: 'orders' });

  const [secret, sentence] = talk.connector.messages();
  assert.equal(secret?.path, '/v3/conversations/a:with-29:alice/activities');
  assert.equal(secret?.body.text, 'Three orders.');
  assert.match(String(sentence?.path), /19:orders@thread.tacv2;messageid=1600/);
  assert.equal(sentence?.body.text, "I've sent you the answer privately.");
  assert.equal(talk.sent[0]?.place.kind, 'personal');
  assert.equal(talk.sent[0]?.place.conversation, 'a:with-29:alice');
});

test('who has not added the app is told how to, and the channel sees nothing of the answer', async (t) => {
  const talk = await openTalk(t);
  talk.bot((_, respond) => respond(reply({ audience: 'asker', card })));
  talk.connector.fail(({ path }) => path === '/v3/conversations', {
    status: 403,
    body: { error: { code: 'Forbidden', message: 'The bot is not installed for the user.' } },
  });

  await talk.send({ ...inChannel, text: 'orders' });

  const texts = talk.connector.messages().map(({ body }) => JSON.stringify(body));
  assert.equal(texts.length, 1);
  assert.match(String(texts[0]), /Open a chat with Quartermaster in Teams/);
  assert.doesNotMatch(String(texts[0]), /Three orders|Contoso/);
});

test('who waits sees that the bot is typing', async (t) => {
  const talk = await openTalk(t, { timing: { typingAfterMs: 1 } });
  talk.bot(async (_, respond) => {
    await talk.connector.call(({ body }) => body.type === 'typing');
    return respond(reply());
  });

  await talk.send({ text: 'orders' });

  assert.deepEqual(
    talk.connector.calls.filter(({ method }) => method === 'POST').map(({ body }) => body.type),
    ['typing', 'message'],
  );
});

test('Teams gets its answer in time, and the person theirs when it is ready', async (t) => {
  const talk = await openTalk(t, { timing: { answerWithinMs: 1 } });
  const { promise: teamsWasAnswered, resolve } = Promise.withResolvers<void>();
  talk.bot(async (_, respond) => {
    await teamsWasAnswered;
    return respond(reply());
  });

  const answer = await talk.send({ text: 'orders' });
  resolve();

  assert.equal(answer.status, 200);
  await talk.connector.call(({ body }) => body.text === 'Three orders.');
});

test('files of an answer are links: as buttons, or below the text', async (t) => {
  const talk = await openTalk(t);
  const files = [{ id: 'f1', name: 'result of job 7.xlsx' }];
  talk.bot(async (_, respond) => {
    await respond(reply({ files }));
    await respond(reply({ files, card }));
  });

  await talk.send({ text: 'job 7 report' });

  const [plain, rich] = talk.connector.messages();
  const url = 'https://bot.example/files/f1/result%20of%20job%207.xlsx';
  assert.equal(plain?.body.text, `Three orders.\nresult of job 7.xlsx: ${url}`);
  const actions = rich && (cardIn(rich)?.actions as object[]);
  assert.deepEqual(actions?.at(-1), { type: 'Action.OpenUrl', title: 'result of job 7.xlsx', url });
});

test('the bot remembers a place that it was added to, and greets with its help', async (t) => {
  const talk = await openTalk(t);

  await talk.send({ type: 'installationUpdate', action: 'add' });
  await talk.send({ type: 'conversationUpdate', membersAdded: [{ id: '28:quartermaster' }] });
  await talk.send({ type: 'conversationUpdate', membersAdded: [{ id: '29:bob' }] });

  assert.deepEqual(
    talk.remembered.map(({ conversation }) => conversation),
    ['a:alice-and-bot', 'a:alice-and-bot'],
  );
  assert.deepEqual(
    talk.heard.map((inbound) => inbound.kind === 'message' && inbound.text),
    ['help'],
  );
});

test('a channel that got another name is remembered by it', async (t) => {
  const talk = await openTalk(t);

  await talk.send({
    type: 'conversationUpdate',
    conversation: { id: '19:general@thread.tacv2', conversationType: 'channel', isGroup: true },
    channelData: { ...inChannel.channelData, eventType: 'channelRenamed' },
  });

  const [place] = talk.remembered;
  assert.equal(place?.conversation, '19:orders@thread.tacv2');
  assert.equal(place?.name, 'Sales › Orders');
  assert.equal(talk.heard.length, 0);
});

test('what is no concern of the bot is taken in silence', async (t) => {
  const talk = await openTalk(t);

  const answers = [
    await talk.send({ type: 'messageReaction', reactionsAdded: [{ type: 'like' }] }),
    await talk.send({ type: 'typing' }),
    await talk.send({ type: 'conversationUpdate', membersRemoved: [{ id: '29:bob' }] }),
  ];

  assert.deepEqual(
    answers.map(({ status }) => status),
    [200, 200, 200],
  );
  assert.equal(talk.heard.length, 0);
  assert.equal(talk.connector.messages().length, 0);
});
