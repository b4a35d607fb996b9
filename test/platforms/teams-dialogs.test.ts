/** Forms that open as dialogs in Teams, and what is looked up there, with the whole bot behind them. */
import assert from 'node:assert/strict';
import { after, before, type TestContext, test } from 'node:test';
import { formsIn } from '../../src/bot/index.ts';
import { cardIn } from '../edges/teams/connector.ts';
import { dialogIn, fetched, handedIn, readIn } from '../edges/teams/dialog.ts';
import { ALICE, inChannel, openTalk as openTeamsTalk } from '../edges/teams/talk.ts';
import { onBothEngines } from '../support/database.ts';
import { openTalk, type Talk } from '../support/talk.ts';

type Teams = Awaited<ReturnType<typeof openTeamsTalk>>;
type Action = { readonly title: string; readonly type: string; readonly data: Record<string, unknown> };

onBothEngines('dialogs of Teams', (engine) => {
  let bot: Talk;
  let count = 0;
  before(async () => {
    bot = await openTalk(engine);
    await bot.as('priya').say('grant alice@contoso.example customer admin contoso');
  });
  after(() => bot.close());
  const open = (t: TestContext) =>
    openTeamsTalk(t, {
      receive: bot.receive,
      targeted: true,
      forms: formsIn(bot.db, () => bot.ctx().now),
      timing: { answerWithinMs: 20_000 },
    });
  const newId = () => `f:${1_600_000 + ++count}`;
  const last = (teams: Teams) => teams.connector.messages().at(-1);

  /** The button of the last card, as Teams sends it. */
  const press = (teams: Teams, title: string) => {
    const call = last(teams);
    const actions = ((call && cardIn(call))?.actions ?? []) as Action[];
    const action = actions.find((one) => one.title === title);
    assert.equal(action?.type, 'Action.Submit', `${title} among ${actions.map((one) => one.title)}`);
    const { msteams: _, ...data } = action.data;
    return { ...fetched(data), id: newId() };
  };
  const setRole = (role: string) =>
    bot.db.updateTable('members').set({ role }).where('email', '=', 'alice@contoso.example').execute();
  const associations = async (user: string) => {
    const rows = await bot.db
      .selectFrom('associations as a')
      .innerJoin('users as u', 'u.id', 'a.user_id')
      .select('a.units')
      .where('u.email', '=', user)
      .execute();
    return rows.map(({ units }) => units);
  };

  test('a form opens from a card, comes back with what is wrong, and its answer is in the chat', async (t) => {
    const teams = await open(t);
    await teams.send({ id: newId(), text: 'service 10023/1' });
    const user = `ida.${engine.toLowerCase()}@contoso.example`;

    const form = await teams.send(press(teams, 'Associate users'));
    assert.match(readIn(form), /"value":"10023\/1"/);
    const wrong = await teams.send({
      ...handedIn(form, 'Associate', { service: '10023/1', users: 'ida', units: '1' }),
      id: newId(),
    });
    assert.match(readIn(wrong), /is not an e-mail address/);
    assert.match(readIn(wrong), /"value":"ida"/);
    const handed = { ...handedIn(wrong, 'Associate', { service: '10023/1', users: user, units: '1' }) };
    const answers = await Promise.all([
      teams.send({ ...handed, id: newId() }),
      teams.send({ ...handed, id: newId() }),
    ]);

    for (const answer of answers) assert.deepEqual(answer, { status: 200, body: undefined });
    assert.deepEqual(await associations(user), [1]);
    const told = teams.connector.messages().filter(({ body }) => JSON.stringify(body).includes(user));
    assert.equal(told.length, 1);
  });

  test('in a channel only who pressed sees it, and another can not hand it in', async (t) => {
    const teams = await open(t);
    const where = { ...inChannel };
    await teams.send({ ...where, id: newId(), text: 'free 10023/1' });
    const form = await teams.send({ ...where, ...press(teams, 'Associate users') });
    const before = teams.connector.messages().length;

    const stolen = await teams.send({
      ...where,
      ...handedIn(form, 'Associate', { users: 'eve@contoso.example' }),
      from: { id: '29:bob', name: 'Bob' },
      id: newId(),
    });

    assert.match(readIn(stolen), /do not know this form/);
    assert.equal(teams.connector.messages().length, before);
    assert.deepEqual(await associations('eve@contoso.example'), []);
    assert.equal(dialogIn(form).card.contentType, 'application/vnd.microsoft.card.adaptive');
  });

  test('who may not any more is told so when the form is handed in', async (t) => {
    const teams = await open(t);
    await teams.send({ id: newId(), text: 'service 10023/2' });
    const form = await teams.send(press(teams, 'Associate users'));
    await setRole('customer');

    const answer = await teams.send({
      ...handedIn(form, 'Associate', { service: '10023/2', users: 'late@contoso.example', units: '1' }),
      id: newId(),
    });
    await setRole('customer admin');

    assert.deepEqual(await associations('late@contoso.example'), []);
    assert.match(
      JSON.stringify([answer.body, last(teams)?.body.text, last(teams)?.body.summary]),
      /may not|not allowed|your role/i,
    );
  });

  test('the order that a message names is looked up in a dialog, and nobody else sees it', async (t) => {
    const teams = await open(t);
    const payload = { body: { contentType: 'html', content: '<p>What about <b>10023</b>?</p>' } };

    const shown = await teams.send({
      ...inChannel,
      type: 'invoke',
      id: newId(),
      name: 'composeExtension/fetchTask',
      value: { commandId: 'find_named', commandContext: 'message', messagePayload: payload },
    });

    assert.match(readIn(shown), /10023/);
    assert.doesNotMatch(readIn(shown), /markup/i);
    assert.deepEqual(teams.connector.messages(), []);
    const services = await teams.send({
      ...inChannel,
      ...handedIn(shown, 'Services'),
      name: 'composeExtension/submitAction',
      id: newId(),
      from: ALICE,
    });
    assert.match(readIn(services), /Webex Suite/);
    assert.deepEqual(teams.connector.messages(), []);
  });
});
