import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import type { Card } from '../../../src/chat/card.ts';
import type { Reply } from '../../../src/chat/reply.ts';
import type { TeamsOptions } from '../../../src/edges/teams/index.ts';
import { formsInMemory } from '../slack/forms-store.ts';
import { type Call, cardIn } from './connector.ts';
import { inChannel, openTalk, pressed, reply } from './talk.ts';
import { toBotAlone } from './targeted.ts';

const PLACE = 'Sales › Orders';
const ASIDE =
  "Teams gives me no files here, so I've asked you for it in our chat. Send it there within 15 minutes: what comes of it is posted here.";
const OPEN_IT =
  'Teams gives me no files here. Open our chat, add the app if Teams asks you to, and send the file there within 15 minutes: what comes of it is posted here.';
const LINK = 'https://teams.microsoft.com/l/chat/0/0?tenantId=tenant-1&users=28%3Aquartermaster';
const CHAT = '/v3/conversations/a:with-29:alice/activities';
const THREAD = '/v3/conversations/19:orders@thread.tacv2;messageid=1600/activities';

const card: Card = {
  type: 'AdaptiveCard',
  $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
  version: '1.5',
  body: [{ type: 'TextBlock', text: 'Attach the sheet', wrap: true }],
};
const asks = (more: Partial<Reply> = {}): Reply =>
  reply({
    text: 'Attach the sheet with the words: bulk 10023/1',
    card,
    audience: 'asker',
    wantsFile: { text: 'bulk 10023/1', inPrivate: { minutes: 15 } },
    ...more,
  });

const texts = (call: Call | undefined): unknown[] =>
  ((call && cardIn(call)?.body) as { text: string }[] | undefined)?.map(({ text }) => text) ?? [];
const links = (call: Call | undefined) =>
  ((call && cardIn(call)?.actions) as { type: string; title: string; url: string }[] | undefined)?.map(
    ({ type, title, url }) => [type, title, url],
  ) ?? [];
const opensChat = (call: Call) => call.method === 'POST' && call.path === '/v3/conversations';

async function openAsking(t: TestContext, options: Partial<TeamsOptions> = {}, answer = asks()) {
  const talk = await openTalk(t, { chatsWith: '28:quartermaster', targeted: true, ...options });
  talk.bot((_, respond) => respond(answer));
  return talk;
}

test('a file is asked for in the personal chat, and who asked is led there in one tap', async (t) => {
  const talk = await openAsking(t);

  await talk.send({ ...inChannel, text: 'bulk 10023/1' });

  const [asked, told, ...more] = talk.connector.messages();
  assert.deepEqual(more, []);
  assert.equal(asked?.path, CHAT);
  const line = `For ${PLACE}: send the file here, and what comes of it is posted there.`;
  assert.deepEqual(texts(asked), ['Attach the sheet', line]);
  assert.equal(asked?.body.summary, `Attach the sheet with the words: bulk 10023/1\n${line}`);
  assert.equal(told?.path, THREAD);
  assert.equal((told?.body.recipient as { id: string } | undefined)?.id, '29:alice');
  assert.deepEqual(texts(told), [ASIDE]);
  assert.deepEqual(links(told), [['Action.OpenUrl', 'Open our chat', LINK]]);
  assert.equal(talk.sent[0]?.place.conversation, 'a:with-29:alice');
});

test('where nobody saw it being asked for, nothing is said to be posted there', async (t) => {
  const talk = await openAsking(t);

  await talk.send({
    ...inChannel,
    text: 'bulk 10023/1',
    recipient: { id: '28:quartermaster', name: 'Quartermaster', isTargeted: true },
  });

  const [asked, told] = talk.connector.messages();
  assert.equal(
    texts(asked)[1],
    `You asked in ${PLACE}: send the file here, and only you see what comes of it.`,
  );
  assert.match(String(texts(told)[0]), /within 15 minutes: only you see what comes of it\.$/);
  assert.equal((told?.body.recipient as { id: string } | undefined)?.id, '29:alice');
});

test('where nothing can be shown to one person alone, everybody sees the way to the chat, and nothing else', async (t) => {
  const talk = await openAsking(t, { targeted: false });

  await talk.send({ ...inChannel, text: 'bulk 10023/1' });

  const [asked, told] = talk.connector.messages();
  assert.equal(asked?.path, CHAT);
  assert.equal(told?.path, THREAD);
  assert.equal(told?.body.recipient, undefined);
  assert.deepEqual(texts(told), [ASIDE]);
  assert.doesNotMatch(JSON.stringify(told?.body), /10023/);
});

test('where the bot can not write to the person yet, the way to the chat is all there is', async (t) => {
  const talk = await openAsking(t);
  talk.connector.fail(opensChat, { status: 403, body: { error: { code: 'BotNotInConversationRoster' } } });

  await talk.send({ ...inChannel, text: 'bulk 10023/1' });

  const [told, ...more] = talk.connector.messages();
  assert.deepEqual(more, []);
  assert.deepEqual(texts(told), [OPEN_IT]);
  assert.deepEqual(links(told), [['Action.OpenUrl', 'Open our chat', LINK]]);
  assert.equal(talk.sent[0], undefined);
});

test('a button that asks for a file leaves its card as it is', async (t) => {
  const talk = await openAsking(t, {}, asks({ position: 'instead' }));

  const answered = await talk.send({ ...inChannel, ...pressed('say', { text: 'bulk 10023/1' }) });

  assert.deepEqual(answered.body, {
    statusCode: 200,
    type: 'application/vnd.microsoft.activity.message',
    value: '',
  });
  assert.deepEqual(
    talk.connector.messages().map(({ method, path }) => [method, path]),
    [
      ['POST', CHAT],
      ['POST', THREAD],
    ],
  );
});

test('who pressed on a card that nobody saw them ask for is not named before all for a file', async (t) => {
  const talk = await openAsking(t, { forms: formsInMemory() }, reply({ card, audience: 'asker' }));
  await talk.send({ ...toBotAlone, text: 'service 10023/1' });
  talk.connector.calls.length = 0;
  talk.bot((_, respond) => respond(asks()));
  talk.connector.fail(({ targeted }) => targeted, { status: 403 });

  const press = { type: 'message', id: '77', text: '', value: { verb: 'say' } };
  await talk.send({ ...inChannel, ...press, replyToId: talk.sent[0]?.message });
  await talk.settled();

  const arrived = talk.connector.messages().filter(({ targeted }) => !targeted);
  assert.deepEqual(
    arrived.map(({ path }) => path),
    [CHAT],
  );
});

test('a client on this machine is given no link into Teams', async (t) => {
  const talk = await openTalk(t);
  talk.bot((_, respond) => respond(asks()));

  await talk.send({ ...inChannel, text: 'bulk 10023/1' });

  const told = talk.connector.messages().at(-1);
  assert.deepEqual(texts(told), [ASIDE]);
  assert.deepEqual(links(told), []);
});

test('a place without a name is called what it is', async (t) => {
  const talk = await openAsking(t);
  const group = { conversation: { id: '19:g@thread.v2', conversationType: 'groupChat', isGroup: true } };

  await talk.send({ ...group, text: 'bulk 10023/1' });

  assert.match(String(texts(talk.connector.messages()[0])[1]), /^For the group chat: /);
});

test('in a personal chat a file is asked for as it is, also one for somewhere else', async (t) => {
  const talk = await openAsking(t);

  await talk.send({ text: 'bulk 10023/1' });

  const [asked, ...more] = talk.connector.messages();
  assert.deepEqual(more, []);
  assert.deepEqual(texts(asked), ['Attach the sheet']);
});

test('where files can be sent, they are asked for where one is', async (t) => {
  const talk = await openAsking(t, {}, asks({ audience: 'everyone', wantsFile: { text: 'bulk 10023/1' } }));

  await talk.send({ ...inChannel, text: 'bulk 10023/1' });

  assert.deepEqual(
    talk.connector.messages().map(({ path }) => path),
    [THREAD],
  );
});
