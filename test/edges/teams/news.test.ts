import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BOT, inChannel, openTalk, TENANT } from './talk.ts';

/** Source of all shapes: https://learn.microsoft.com/microsoftteams/platform/bots/how-to/conversations/subscribe-to-conversation-events */
const TEAM = '19:general@thread.tacv2';
const ORDERS = '19:orders@thread.tacv2';
const ofTeam = (channelData: object, more: object = {}) => ({
  type: 'conversationUpdate',
  id: 'f:event-1',
  conversation: { id: TEAM, conversationType: 'channel', isGroup: true, tenantId: TENANT },
  channelData: { tenant: { id: TENANT }, team: { id: TEAM }, ...channelData },
  ...more,
});
const event = (eventType: string, channelData: object = {}) => ofTeam({ eventType, ...channelData });
const channel = { channel: { id: ORDERS, name: 'Orders' } };
const group = {
  conversation: { id: '19:chat@thread.v2', conversationType: 'groupChat', isGroup: true, tenantId: TENANT },
};

const gone = [
  [
    'a removal from a team',
    event('teamMemberRemoved'),
    { within: TEAM },
    'The bot was removed from the team.',
  ],
  ['a deleted team', event('teamDeleted'), { within: TEAM }, 'The team was deleted.'],
  ['a team deleted for good', event('teamHardDeleted'), { within: TEAM }, 'The team was deleted.'],
  ['an archived team', event('teamArchived'), { within: TEAM }, 'The team is archived.'],
  [
    'a deleted channel',
    event('channelDeleted', channel),
    { conversation: ORDERS },
    'The channel was deleted.',
  ],
  [
    'an uninstalled app of a team',
    ofTeam(channel, { type: 'installationUpdate', action: 'remove' }),
    { within: TEAM },
    'The bot was removed from the team.',
  ],
  [
    'an app taken out of a private channel',
    ofTeam({ channel: { id: ORDERS, type: 'private' } }, { type: 'installationUpdate', action: 'remove' }),
    { conversation: ORDERS },
    'The bot was removed from the channel.',
  ],
  [
    'a removal from a group chat',
    { type: 'conversationUpdate', ...group, channelData: { tenant: { id: TENANT } } },
    { conversation: '19:chat@thread.v2' },
    'The bot was removed from the chat.',
  ],
  [
    'an uninstalled app of somebody',
    { type: 'installationUpdate', action: 'remove' },
    { conversation: 'a:alice-and-bot' },
    'The bot was removed from the chat.',
  ],
] as const;

for (const [what, activity, where, why] of gone) {
  test(`${what} ends posts there`, async (t) => {
    const talk = await openTalk(t);
    const isRemoval = activity.type === 'conversationUpdate' && /removal/.test(what);

    const answer = await talk.send({ ...activity, ...(isRemoval && { membersRemoved: [{ id: BOT.id }] }) });

    assert.equal(answer.status, 200);
    assert.deepEqual(talk.lost, [{ where, why }]);
    assert.equal(talk.heard.length + talk.found.length + talk.connector.messages().length, 0);
  });
}

const back = [
  ['a restored team', event('teamRestored'), { within: TEAM }],
  ['a restored team, as the documents write it', event('teamrestored'), { within: TEAM }],
  ['a team out of the archive', event('teamUnarchived'), { within: TEAM }],
  ['a restored channel', event('channelRestored', channel), { conversation: ORDERS }],
  [
    'an app installed in a team',
    ofTeam(channel, { type: 'installationUpdate', action: 'add' }),
    { within: TEAM },
  ],
  [
    'an app brought up to date',
    ofTeam(channel, { type: 'installationUpdate', action: 'add-upgrade' }),
    { within: TEAM },
  ],
  [
    'an app installed by somebody',
    { type: 'installationUpdate', action: 'add' },
    { conversation: 'a:alice-and-bot' },
  ],
] as const;

for (const [what, activity, where] of back) {
  test(`${what} has posted there what waits`, async (t) => {
    const talk = await openTalk(t);

    await talk.send(activity);

    assert.deepEqual(talk.found, [where]);
    assert.deepEqual([talk.lost, talk.heard, talk.connector.messages()], [[], [], []]);
  });
}

test('others that come and go, an upgrade that takes the bot out, and events nobody knows change nothing', async (t) => {
  const talk = await openTalk(t);

  const answers = [
    await talk.send({ ...event('teamMemberRemoved'), membersRemoved: [{ id: '29:bob' }] }),
    await talk.send({ ...event('teamMemberAdded'), membersAdded: [{ id: '29:bob' }] }),
    await talk.send({ type: 'installationUpdate', action: 'remove-upgrade' }),
    await talk.send({ type: 'installationUpdate' }),
    await talk.send(event('channelCreated', channel)),
    await talk.send(event('constructor')),
    await talk.send({ type: 'conversationUpdate', channelData: null }),
  ];

  assert.ok(answers.every(({ status }) => status === 200));
  assert.deepEqual([talk.lost, talk.found, talk.remembered, talk.heard], [[], [], [], []]);
});

test('the bot says hello to the team that it was added to, and a place knows its team', async (t) => {
  const talk = await openTalk(t);

  await talk.send({ ...ofTeam({ eventType: 'teamMemberAdded' }), membersAdded: [{ id: BOT.id }] });
  await talk.settled();

  assert.deepEqual(talk.found, [{ within: TEAM }]);
  assert.equal(talk.remembered[0]?.within, TEAM);
  const [hello, ...more] = talk.connector.calls.filter(({ method }) => method === 'POST');
  assert.match(JSON.stringify(hello?.body), /Hello\. Mention me .*“@Quartermaster help”/);
  assert.deepEqual([more, talk.heard], [[], []]);

  await talk.send({ ...inChannel, text: 'orders' });
  assert.equal(talk.heard.at(-1)?.place.within, TEAM);
  await talk.send({ text: 'orders' });
  assert.equal(talk.heard.at(-1)?.place.within, undefined);
});

test('a bot whose name Teams leaves out says hello without it', async (t) => {
  const talk = await openTalk(t);
  const { name: _, ...nameless } = BOT;

  const added = ofTeam({ eventType: 'teamMemberAdded' }, { recipient: nameless });
  await talk.send({ ...added, membersAdded: [{ id: BOT.id }] });
  await talk.settled();

  const [hello] = talk.connector.calls.filter(({ method }) => method === 'POST');
  assert.match(JSON.stringify(hello?.body), /for example “help” or “orders”/);
});

test('where Teams does not say who added it the bot is there all the same', async (t) => {
  const talk = await openTalk(t);
  talk.connector.fail(({ path }) => path.includes('/members/'), { status: 500 });

  await talk.send({ type: 'installationUpdate', action: 'add' });

  assert.deepEqual(talk.found, [{ conversation: 'a:alice-and-bot' }]);
  assert.deepEqual(
    talk.remembered.map(({ conversation }) => conversation),
    ['a:alice-and-bot'],
  );
});

test('a team that got another name gives it to each of its channels that the bot knows', async (t) => {
  const talk = await openTalk(t);
  const place = (conversation: string, name: string) =>
    ({
      platform: 'teams',
      conversation,
      kind: 'channel',
      name,
      within: TEAM,
      address: { of: name },
    }) as const;
  talk.known.push(place(ORDERS, 'Old › Orders'), place(TEAM, 'Old › General'));
  talk.known.push({ ...place('19:else@thread.tacv2', 'Else'), within: '19:elsewhere@thread.tacv2' });
  await talk.send({ ...inChannel, text: 'orders' });
  talk.remembered.length = 0;

  await talk.send(event('teamRenamed', { team: { id: TEAM, name: 'Sales' } }));

  assert.deepEqual(
    talk.remembered.map(({ conversation, name, address }) => ({ conversation, name, address })),
    [
      { conversation: ORDERS, name: 'Sales › Orders', address: { of: 'Old › Orders' } },
      { conversation: TEAM, name: 'Sales › General', address: { of: 'Old › General' } },
    ],
  );
});

test('a channel that the list of its team leaves out goes by the name of the team', async (t) => {
  const talk = await openTalk(t);
  const hidden = '19:hidden@thread.tacv2';
  const { channelData, conversation } = inChannel;

  await talk.send({
    conversation: { ...conversation, id: hidden },
    channelData: { ...channelData, channel: { id: hidden } },
    text: 'orders',
  });

  assert.equal(talk.heard[0]?.place.name, 'Sales');
});

test('a group chat that got another name is remembered by it', async (t) => {
  const talk = await openTalk(t);

  await talk.send({ type: 'conversationUpdate', ...group, topicName: 'Licences' });

  assert.deepEqual(
    talk.remembered.map(({ conversation, name, kind }) => ({ conversation, name, kind })),
    [{ conversation: '19:chat@thread.v2', name: 'Licences', kind: 'group' }],
  );
});

test('who installs the bot for themselves is known in their chat from then on', async (t) => {
  const people: (string | undefined)[] = [];
  const talk = await openTalk(t, { remember: async (_, person) => void people.push(person?.email) });

  await talk.send({ type: 'installationUpdate', action: 'add' });
  await talk.send({ ...ofTeam(channel), type: 'installationUpdate', action: 'add' });

  assert.deepEqual(people, ['alice@contoso.example', undefined]);
});

test('news that can not be noted is an answered request, and logged', async (t) => {
  const lost = async () => {
    throw new Error('no database');
  };
  const found = lost;
  const talk = await openTalk(t, { places: { known: async () => [], lost, found } });

  assert.equal((await talk.send(event('teamDeleted'))).status, 200);
  assert.equal((await talk.send(event('teamRestored'))).status, 200);
  assert.equal(talk.logged.length, 2);
});
