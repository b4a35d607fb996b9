/** A sheet that is asked for in a channel of Teams, from the whole bot's view: what Teams sends, and what is sent to it. */
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { after, before, type TestContext, test } from 'node:test';
import { cardIn } from '../edges/teams/connector.ts';
import { GRAPH_TOKEN, openGraphServer } from '../edges/teams/graph.ts';
import { listen } from '../edges/teams/listen.ts';
import { ALICE, inChannel, openTalk as openTeamsTalk, pressed } from '../edges/teams/talk.ts';
import { isEndOf } from '../features/bulk/support.ts';
import { onBothEngines } from '../support/database.ts';
import { openTalk, type Talk } from '../support/talk.ts';

type Action = { readonly title: string; readonly verb: string; readonly data: Record<string, unknown> };
type Teams = Awaited<ReturnType<typeof openTeamsTalk>>;

onBothEngines('a sheet for a channel of Teams', (engine) => {
  let bot: Talk;
  let count = 0;
  before(async () => {
    bot = await openTalk(engine);
    await bot.as('priya').say('grant alice@contoso.example customer admin contoso');
  });
  after(() => bot.close());

  const open = (t: TestContext, graph?: { base: string; token: () => Promise<string> }) =>
    openTeamsTalk(t, { receive: bot.receive, targeted: true, ...(graph && { graph }) });
  const newId = () => `${1_600_000 + ++count}`;
  const inThread = (id: string) => ({
    ...inChannel,
    id: newId(),
    conversation: { ...inChannel.conversation, id },
  });
  const said = (teams: Teams) =>
    teams.connector.messages().map((call) => ({
      to: call.path.replace(/^\/v3\/conversations\/|\/activities$/g, ''),
      says: String(call.body.summary ?? call.body.text),
      run: ((cardIn(call)?.actions ?? []) as Action[]).find(({ title }) => title.startsWith('Run ')),
    }));

  async function personalFile(t: TestContext, content: string): Promise<object> {
    const server = await listen(createServer((_, response) => response.end(content)));
    t.after(server.close);
    return {
      contentType: 'application/vnd.microsoft.teams.file.download.info',
      name: 'users.csv',
      content: { downloadUrl: `http://127.0.0.1:${server.port}/users.csv`, fileType: 'csv' },
    };
  }

  test('is asked for in the personal chat, run there, and its end is told in the thread', async (t) => {
    const teams = await open(t);
    const channel = inThread('19:orders@thread.tacv2;messageid=1600');
    await teams.send({ ...channel, text: 'bulk 10024/1' });

    const [asks, told] = said(teams);
    assert.equal(asks?.to, `a:with-${ALICE.id}`);
    assert.match(asks?.says ?? '', /bulk 10024\/1\nFor Sales › Orders: send the file here, /);
    assert.equal(told?.to, '19:orders@thread.tacv2;messageid=1600');
    assert.match(told?.says ?? '', /^Teams gives me no files here, so I've asked you for it in our chat\./);

    const attachments = [await personalFile(t, 'olga@contoso.example,1\n')];
    await teams.send({ id: newId(), text: '', attachments });
    const preview = said(teams).at(-1);
    assert.equal(preview?.to, 'a:alice-and-bot');
    assert.match(preview?.says ?? '', /1 of 1 rows are valid/);
    assert.match(preview?.says ?? '', /\nFor Sales › Orders: what comes of it is posted there\.$/);

    const { run } = preview ?? {};
    assert.ok(run);
    await teams.send({ ...pressed(run.verb, run.data), id: newId() });
    const job = Number(/Job (\d+)/.exec(preview?.says ?? '')?.[1]);
    const { place } = await bot.waitForPost(isEndOf(job));
    assert.deepEqual(
      [place.platform, place.conversation, place.thread],
      ['teams', '19:orders@thread.tacv2', '1600'],
    );
  });

  test('attached in the channel without a word is told so, and asked for in the same way', async (t) => {
    const teams = await open(t);
    const content = '<div>Quartermaster<attachment id="74d20c7f"></attachment></div>';
    await teams.send({
      ...inThread('19:orders@thread.tacv2;messageid=1601'),
      text: '',
      attachments: [{ contentType: 'text/html', content }],
    });

    const [asks, told] = said(teams);
    assert.equal(asks?.to, `a:with-${ALICE.id}`);
    assert.match(told?.says ?? '', /^Teams gives me no files here/);
  });

  test('is taken from the channel where an admin has consented to that', async (t) => {
    const graph = await openGraphServer(t);
    const teams = await open(t, { base: graph.base, token: async () => GRAPH_TOKEN });
    const channel = inThread('19:orders@thread.tacv2;messageid=1602');
    graph.message(
      `/teams/group-of-sales/channels/19:orders@thread.tacv2/messages/1602/replies/${channel.id}`,
      [graph.file('users.csv', 'pia@contoso.example,1\n')],
    );

    await teams.send({ ...channel, text: 'bulk 10024/1' });

    const [preview, ...more] = said(teams);
    assert.deepEqual(more, []);
    assert.equal(preview?.to, '19:orders@thread.tacv2;messageid=1602');
    assert.match(preview?.says ?? '', /1 of 1 rows are valid/);
  });

  test('is asked for in private where they have not, whatever the setting says', async (t) => {
    const graph = await openGraphServer(t);
    graph.refuse('/teams/', 403, 'Forbidden');
    const teams = await open(t, { base: graph.base, token: async () => GRAPH_TOKEN });

    await teams.send({ ...inThread('19:orders@thread.tacv2;messageid=1603'), text: 'bulk 10024/1' });

    const [asks, told] = said(teams);
    assert.equal(asks?.to, `a:with-${ALICE.id}`);
    assert.match(told?.says ?? '', /^Teams gives me no files here/);
  });
});
