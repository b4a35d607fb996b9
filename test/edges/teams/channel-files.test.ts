import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import type { Message } from '../../../src/chat/inbound.ts';
import { checkGraph } from '../../../src/edges/teams/files/graph-token.ts';
import type { TeamsOptions } from '../../../src/edges/teams/index.ts';
import { CHANNEL_DRIVE, driveOf, GRAPH_TOKEN, OTHER_DRIVE, openGraphServer } from './graph.ts';
import { inChannel, openTalk } from './talk.ts';

const MB = 1024 * 1024;
const CSV = 'alice@contoso.example,2\n';
const GROUP = 'f0000000-0000-0000-0000-00000000000a';
const CHANNEL = '19:orders@thread.tacv2';

const html = (content: string) => ({ attachments: [{ contentType: 'text/html', content }] });
const MENTION = '<div><span itemtype="http://schema.skype.com/Mention" itemid="0">Quartermaster</span></div>';
const WITH_FILE = `${MENTION}<attachment id="74d20c7f34aa4a7fb74e2b30004247c5"></attachment>`;
const inGroup = {
  conversation: { id: '19:meeting@thread.v2', conversationType: 'groupChat', isGroup: true },
};
const inTeam = {
  ...inChannel,
  channelData: {
    ...inChannel.channelData,
    team: { id: '19:general@thread.tacv2', aadGroupId: GROUP },
  },
};

async function heard(t: TestContext, activity: object, options: Partial<TeamsOptions> = {}) {
  const talk = await openTalk(t, options);
  talk.bot(async (inbound, respond) => {
    if (inbound.kind === 'message') found = await inbound.findFiles?.();
    await respond({ text: 'Done.', audience: 'everyone', position: 'below' });
  });
  let found: Awaited<ReturnType<NonNullable<Message['findFiles']>>> | undefined;
  await talk.send(activity);
  const [message] = talk.heard;
  assert.ok(message?.kind === 'message');
  return { message, found, talk };
}

const read = async (found: Awaited<ReturnType<typeof heard>>['found']): Promise<string[]> => {
  assert.ok(Array.isArray(found), String(found));
  return Promise.all(found.map(async (file) => `${file.name}: ${Buffer.from(await file.read(MB))}`));
};

const marks = ({ filesInPrivate, withheld, findFiles }: Message) => [
  filesInPrivate,
  withheld,
  findFiles !== undefined,
];

test('where Teams hands over no files the bot is told so, and whether there was one as far as that is known', async (t) => {
  const words = { text: 'orders' };
  const of = async (activity: object) => marks((await heard(t, { ...words, ...activity })).message);

  assert.deepEqual(await of(html('<div>orders</div>')), [undefined, undefined, false]);
  // As of a file that is shared from OneDrive: https://github.com/openclaw/openclaw/issues/55383
  assert.deepEqual(await of(html(WITH_FILE)), [undefined, 'surely', false]);
  assert.deepEqual(await of({ ...inChannel, ...html(MENTION) }), [true, undefined, false]);
  assert.deepEqual(await of({ ...inChannel, ...html(WITH_FILE) }), [true, 'surely', false]);
  // An element stands for a card too, and for a message that is answered.
  const withCard = (...more: object[]) => ({
    attachments: [{ contentType: 'text/html', content: WITH_FILE }, ...more],
  });
  const adaptive = { contentType: 'application/vnd.microsoft.card.adaptive', content: {} };
  assert.deepEqual(await of({ ...inChannel, ...withCard(adaptive) }), [true, undefined, false]);
  assert.deepEqual(await of(withCard({ contentType: 'messageReference', content: '{}' })), [
    undefined,
    undefined,
    false,
  ]);
  const both = { contentType: 'text/html', content: `${WITH_FILE}<attachment id="2"></attachment>` };
  assert.deepEqual(await of({ ...inChannel, attachments: [both, adaptive] }), [true, 'surely', false]);
  // In group chats Teams leaves out the element that stands for a file.
  assert.deepEqual(await of({ ...inGroup, ...html(MENTION) }), [true, 'perhaps', false]);
  assert.deepEqual(await of({ ...inGroup }), [true, undefined, false]);
});

test('what a button asks for can be sent in private only as well', async (t) => {
  const talk = await openTalk(t);
  await talk.send({ ...inChannel, type: 'message', text: '', value: { verb: 'say', text: 'bulk' } });
  assert.equal(talk.heard[0]?.filesInPrivate, true);
});

const refs = [
  ['a message that starts a thread', '1600', inTeam, `/teams/${GROUP}/channels/${CHANNEL}/messages/1600`],
  ['an answer', '1700', inTeam, `/teams/${GROUP}/channels/${CHANNEL}/messages/1600/replies/1700`],
  ['a group chat', '1700', inGroup, '/chats/19:meeting@thread.v2/messages/1700'],
  [
    'a team whose group Teams has to be asked for',
    '1600',
    inChannel,
    `/teams/group-of-sales/channels/${CHANNEL}/messages/1600`,
  ],
] as const;

for (const [what, id, where, path] of refs) {
  test(`with consent the file of ${what} is read by Graph, whose token goes nowhere else`, async (t) => {
    const graph = await openGraphServer(t);
    graph.message(path, [
      { id: 'q', contentType: 'messageReference', content: '{}' },
      graph.file('users of may.csv', CSV, where === inGroup ? driveOf('aad-alice') : CHANNEL_DRIVE),
    ]);
    const tenants: unknown[] = [];
    const token = async (tenant: string | undefined) => {
      tenants.push(tenant);
      return GRAPH_TOKEN;
    };

    const { message, found } = await heard(
      t,
      { id, text: 'bulk', ...where, ...html(WITH_FILE) },
      { graph: { base: graph.base, token } },
    );

    assert.equal(message.filesInPrivate, undefined);
    assert.deepEqual(tenants, ['tenant-1']);
    assert.ok(graph.asked.every(({ at }) => at === 'graph'));
    assert.deepEqual(await read(found), [`users of may.csv: ${CSV}`]);
    assert.deepEqual(
      [...new Set(graph.asked.map(({ at, token }) => `${at} ${token}`))],
      [`graph Bearer ${GRAPH_TOKEN}`, 'sharepoint undefined'],
    );
  });
}

const PATH = '/chats/19:meeting@thread.v2/messages/1700';
type Server = Awaited<ReturnType<typeof openGraphServer>>;
const beyond: readonly (readonly [string, (graph: Server) => void])[] = [
  ['nobody consented to the message being read', (graph) => graph.refuse('/chats/', 403, 'Forbidden')],
  ['nobody consented to the file being read', (graph) => graph.refuse('/shares/', 403, 'accessDenied')],
  ['Graph is asked too often', (graph) => graph.refuse('/chats/', 429, 'TooManyRequests')],
];

for (const [why, happens] of beyond) {
  test(`a file is out of reach where ${why}, and no token is in the log`, async (t) => {
    const graph = await openGraphServer(t);
    graph.message(PATH, [graph.file('users.csv', CSV)]);
    happens(graph);

    const options = { graph: { base: graph.base, token: async () => GRAPH_TOKEN } };
    const { found, talk } = await heard(t, { id: '1700', text: 'bulk', ...inGroup }, options);

    assert.equal(found, 'out of reach');
    const logged = JSON.stringify(talk.logged, (_, value) =>
      value instanceof Error ? String(value) : value,
    );
    assert.match(logged, /Graph did not give the files of a message/);
    assert.doesNotMatch(logged, new RegExp(`${GRAPH_TOKEN}|tempauth`));
  });
}

test('Graph is not asked for a file that lies elsewhere than in SharePoint', async (t) => {
  const graph = await openGraphServer(t);
  const contentUrl = 'https://files.example/a.csv';
  graph.message(PATH, [{ contentType: 'reference', contentUrl, name: 'a.csv' }]);

  const options = { graph: { base: graph.base, token: async () => GRAPH_TOKEN } };
  const { found } = await heard(t, { id: '1700', text: 'bulk', ...inGroup }, options);

  assert.equal(found, 'out of reach');
  assert.deepEqual(
    graph.asked.map(({ path }) => decodeURIComponent(path)),
    [`/v1.0${PATH}`],
  );
});

const strangers: readonly (readonly [string, string, object, string])[] = [
  [
    'in a team that the channel is not of',
    OTHER_DRIVE,
    inTeam,
    `/teams/${GROUP}/channels/${CHANNEL}/messages/1600`,
  ],
  [
    'in the OneDrive of somebody else',
    driveOf('aad-bob'),
    inTeam,
    `/teams/${GROUP}/channels/${CHANNEL}/messages/1600`,
  ],
  ['in the OneDrive of somebody else', driveOf('aad-bob'), inGroup, PATH],
  ['in the files of a channel', CHANNEL_DRIVE, inGroup, PATH],
];

for (const [where, drive, place, path] of strangers) {
  test(`a file ${where} is not read for who refers to it, whatever the bot may read: ${path}`, async (t) => {
    const graph = await openGraphServer(t);
    graph.message(path, [graph.file('salaries.csv', CSV, drive)]);

    const options = { graph: { base: graph.base, token: async () => GRAPH_TOKEN } };
    const id = path === PATH ? '1700' : '1600';
    const { found } = await heard(t, { id, text: 'bulk', ...place }, options);

    assert.equal(found, 'out of reach');
    assert.ok(graph.asked.every(({ path }) => !path.endsWith('/content')));
  });
}

test('a file of the sender’s own OneDrive is read in a channel as well', async (t) => {
  const graph = await openGraphServer(t);
  graph.message(`/teams/${GROUP}/channels/${CHANNEL}/messages/1600`, [graph.file('users.csv', CSV)]);

  const options = { graph: { base: graph.base, token: async () => GRAPH_TOKEN } };
  const { found } = await heard(t, { id: '1600', text: 'bulk', ...inTeam }, options);

  assert.deepEqual(await read(found), [`users.csv: ${CSV}`]);
});

test('who has no id in Entra has no OneDrive', async (t) => {
  const graph = await openGraphServer(t);
  graph.message(PATH, [graph.file('users.csv', CSV)]);

  const options = { graph: { base: graph.base, token: async () => GRAPH_TOKEN } };
  const from = { id: '29:alice', name: 'Alice' };
  assert.equal(
    (await heard(t, { id: '1700', text: 'bulk', ...inGroup, from }, options)).found,
    'out of reach',
  );
});

test('a file is out of reach where Microsoft gives the bot no token', async (t) => {
  const graph = await openGraphServer(t);
  const token = async (): Promise<string> => {
    throw new Error('AADSTS7000215: Invalid client secret provided.');
  };
  const { found } = await heard(t, { text: 'bulk', ...inGroup }, { graph: { base: graph.base, token } });
  assert.equal(found, 'out of reach');
  assert.deepEqual(graph.asked, []);
});

test('a link that leads away from SharePoint is not followed', async (t) => {
  const graph = await openGraphServer(t);
  graph.message(PATH, [graph.file('users.csv', CSV)]);
  graph.moved.set('/sites/sales/Orders/users.csv', 'http://192.0.2.1/users.csv?tempauth=secret');

  const options = { graph: { base: graph.base, token: async () => GRAPH_TOKEN } };
  const { found } = await heard(t, { id: '1700', text: 'bulk', ...inGroup }, options);

  assert.ok(Array.isArray(found));
  await assert.rejects(
    found[0]?.read(MB),
    /I can't fetch users.csv: its link does not lead to Teams or SharePoint/,
  );
});

test('a message without files has none, and one with several gives them all', async (t) => {
  const graph = await openGraphServer(t);
  const options = { graph: { base: graph.base, token: async () => GRAPH_TOKEN } };
  graph.message(PATH, []);
  assert.deepEqual((await heard(t, { id: '1700', text: 'bulk', ...inGroup }, options)).found, []);

  graph.message(PATH, [graph.file('a.csv', 'a'), graph.file('b.csv', 'b')]);
  const { found } = await heard(t, { id: '1700', text: 'bulk', ...inGroup }, options);
  assert.deepEqual(await read(found), ['a.csv: a', 'b.csv: b']);
});

const jwt = (roles: unknown) =>
  ['e30', Buffer.from(JSON.stringify({ roles })).toString('base64url'), 'x'].join('.');
const ALL = ['ChannelMessage.Read.All', 'Chat.ReadWrite.All', 'Files.Read.All'];

const checks: readonly (readonly [string, () => Promise<string>, readonly unknown[]])[] = [
  [
    'all that is needed',
    async () => jwt(ALL),
    ['good', 'The bot may read the files of channels and group chats.'],
  ],
  ['less', async () => jwt(ALL.slice(0, 2)), ['attention', 'The bot may not read them: Files.Read.All.']],
  [
    'nothing',
    async () => jwt(undefined),
    ['attention', `The bot may not read them: ChannelMessage.Read.All, Chat.Read.All, Files.Read.All.`],
  ],
  [
    'no token',
    () => Promise.reject(new Error('AADSTS700016: no such app\nTrace ID: 1')),
    ['attention', 'Microsoft gave the bot no token for Graph (AADSTS700016: no such app).'],
  ],
];

for (const [granted, token, expected] of checks) {
  test(`the check of the bot says what it may read where an admin granted ${granted}`, async (t) => {
    const { teams } = await openTalk(t, { graph: { token } });
    const found = (await teams.edge.check?.())?.filter(({ what }) => what === 'Files of channels') ?? [];
    assert.deepEqual(
      found.map(({ state, says }) => [state, says]),
      [expected],
    );
  });
}

test('an app of several tenants and none of its own is told that each decides for itself', async () => {
  const credentials = { appId: 'app', password: 'hush', type: 'MultiTenant', tenants: 'all' } as const;
  const found = await checkGraph({ graph: {}, credentials } as unknown as TeamsOptions);
  assert.deepEqual(
    found.map(({ state, says }) => [state, says]),
    [
      [
        'note',
        'Each tenant decides for itself whether the bot may read them: an admin there consents to ChannelMessage.Read.All, Chat.Read.All, Files.Read.All.',
      ],
    ],
  );
});

test('without Graph there is nothing to check', async (t) => {
  const { teams } = await openTalk(t);
  assert.deepEqual(await teams.edge.check?.(), []);
});
