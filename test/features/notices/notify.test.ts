import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { onBothEngines } from '../../support/database.ts';
import { channel, openTalk, type Talk } from '../../support/talk.ts';
import { addFabrikam, isEndOf, jobOf, runButton, runSheet, sheet, users } from '../bulk/support.ts';

onBothEngines('a channel', (engine) => {
  let talk: Talk;
  before(async () => {
    talk = await openTalk(engine);
    await addFabrikam(talk);
  });
  after(() => talk.close());
  afterEach(() => talk.db.deleteFrom('notice_channels').execute());

  /** Runs a job of this customer from the provider's own conversation; gives where its end is told of. */
  async function placesTold(service: '10024/1' | '10028/1'): Promise<string[]> {
    const priya = talk.as('priya');
    const preview = await priya.say(`bulk ${service}`, [sheet(users(1))]);
    await priya.press(preview, runButton(preview));
    await talk.waitForPost(isEndOf(jobOf(preview)));
    const rows = await talk.db
      .selectFrom('deliveries')
      .select('conversation')
      .where('key', 'like', `job:${jobOf(preview)} %`)
      .execute();
    return rows.map(({ conversation }) => conversation).sort();
  }

  test('that asked for it hears of a job that was started elsewhere, once', async () => {
    const answer = await talk.as('priya', channel('ops')).say('notify here jobs');
    assert.match(answer.text, /Notices about jobs arrive here now/);

    const carla = talk.as('carla');
    const end = await runSheet(talk, carla, '10024/1', sheet(users(3)));
    const endIn = (conversation: string) =>
      talk.waitForPost(({ place, key }) => place.conversation === conversation && key.startsWith('job:'));
    const [heard] = await Promise.all([endIn('channel:ops'), endIn('personal:carla')]);

    assert.equal(heard.reply.text, end.reply.text);
    const job = jobOf(end.reply);
    const told = talk.posts.filter(isEndOf(job)).map(({ place }) => place.conversation);
    assert.deepEqual(told.sort(), ['channel:ops', 'personal:carla']);
    assert.deepEqual(heard.reply.files, end.reply.files);
  });

  test('in which the job was started hears of it once, also where it asked for notices', async () => {
    const ops = talk.as('priya', channel('ops'));
    await ops.say('notify here jobs');
    await ops.say('notify here jobs');
    const end = await runSheet(talk, ops, '10024/1', sheet(users(1)));
    assert.deepEqual(
      talk.posts.filter(isEndOf(jobOf(end.reply))).map(({ place }) => place.conversation),
      ['channel:ops'],
    );
  });

  test('hears nothing any more after notify off', async () => {
    const ops = talk.as('priya', channel('ops'));
    await ops.say('notify here jobs');
    assert.deepEqual(await placesTold('10024/1'), ['channel:ops', 'personal:priya']);

    assert.match((await ops.say('notify off')).text, /Notices about jobs no longer arrive here/);
    assert.deepEqual(await placesTold('10024/1'), ['personal:priya']);
    assert.match((await ops.say('notify off')).text, /No notices arrive here/);
  });

  test('of a reseller hears of its customers only', async () => {
    await talk.as('nora', channel('northwind')).say('notify here jobs');
    await talk.as('priya', channel('ops')).say('notify here jobs');
    assert.deepEqual(await placesTold('10028/1'), ['channel:ops', 'personal:priya']);
    assert.deepEqual(await placesTold('10024/1'), ['channel:northwind', 'channel:ops', 'personal:priya']);
  });

  test('of a customer hears of its own jobs only', async () => {
    await talk.as('carla', channel('contoso')).say('notify here jobs');
    assert.deepEqual(await placesTold('10028/1'), ['personal:priya']);
    assert.deepEqual(await placesTold('10024/1'), ['channel:contoso', 'personal:priya']);
  });

  test('lists what it hears of, and a personal chat lists the others', async () => {
    const ops = talk.as('priya', channel('ops'));
    assert.equal((await ops.say('notify list')).text, '#ops hears of: nothing.');
    await ops.say('notify here jobs');
    assert.equal((await ops.say('notify list')).text, '#ops hears of: jobs.');
    const card = JSON.stringify((await talk.as('priya').say('notify list')).card);
    assert.match(card, /#ops/);
    assert.doesNotMatch(JSON.stringify((await talk.as('nora').say('notify list')).card), /#ops/);
  });

  test('hears of several topics at once, or of none where one does not exist', async () => {
    const ops = talk.as('priya', channel('ops'));
    assert.match((await ops.say('notify here jobs bananas')).text, /There are no notices about “bananas”/);
    assert.match((await ops.say('notify list')).text, /hears of: nothing/);
    const several = await ops.say('notify here orders, jobs and low units');
    assert.match(several.text, /Notices about jobs, orders and low-units arrive here now/);
    assert.match((await ops.say('notify list')).text, /hears of: jobs, orders, low-units/);
    assert.match((await ops.say('notify off jobs orders')).text, /about jobs and orders no longer/);
  });

  test('of a customer can’t ask for what is between the provider and its resellers', async () => {
    const reply = await talk.as('carla', channel('contoso')).say('notify here reconciliation');
    assert.match(reply.text, /There are no notices about “reconciliation”/);
    assert.match((await talk.as('carla').say('notify here')).text, /Notices about what\?/);
  });
});
