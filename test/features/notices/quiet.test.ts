import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import type { Place } from '../../../src/chat/place.ts';
import { inTransaction } from '../../../src/db/index.ts';
import { deliverWaiting } from '../../../src/features/notices/deliver.ts';
import { notify } from '../../../src/features/notices/notify.ts';
import { onBothEngines } from '../../support/database.ts';
import { channel, openTalk, type Talk } from '../../support/talk.ts';

/** A Tuesday in the quiet hours of Berlin, and the morning after. */
const NIGHT = '2026-11-24T21:30:00Z';
const MORNING = '2026-11-25T06:00:00Z';

onBothEngines('quiet hours', (engine) => {
  let talk: Talk;
  before(async () => {
    talk = await openTalk(engine);
  });
  after(() => talk.close());
  afterEach(async () => {
    await talk.db.deleteFrom('notice_channels').execute();
    await talk.db.deleteFrom('quiet_hours').execute();
    await talk.db.deleteFrom('deliveries').execute();
  });

  const ops = () => talk.as('priya', channel('ops'));
  let count = 0;
  const tell = (text: string, more: { also?: readonly Place[]; urgent?: true } = {}) =>
    inTransaction(talk.ctx(), (ctx) =>
      notify(ctx, {
        kind: 'orders',
        key: `quiet ${engine} ${count++}`,
        reply: async () => ({ text, audience: 'everyone', position: 'below' }),
        ...more,
      }),
    );
  const posted = () =>
    talk.posts.filter(({ key }) => key.startsWith('quiet ')).map(({ reply }) => reply.text);
  const isPosted = (text: string) => talk.waitForPost(({ reply }) => reply.text === text);

  async function quietNight(): Promise<void> {
    talk.setTime(NIGHT);
    await ops().say('notify here orders');
    await ops().say('notify quiet 20:00-07:00 Europe/Berlin');
  }

  test('keep what comes, and bring it in its order when they end', async () => {
    await quietNight();
    const before = posted().length;
    await tell('first');
    await tell('second');
    await tell('now', { urgent: true });
    await isPosted('now');
    assert.deepEqual(posted().slice(before), ['now']);
    talk.setTime(MORNING);
    await tell('third');
    await deliverWaiting(talk.ctx());
    await isPosted('third');
    assert.deepEqual(posted().slice(before), ['now', 'first', 'second', 'third']);
  });

  test('that begin while something waits hold it back as well', async () => {
    await quietNight();
    talk.setTime('2026-11-24T12:00:00Z');
    const { platform, conversation } = channel('ops');
    const dead_since = new Date('2026-11-24T11:00:00Z');
    const gone = {
      platform,
      conversation,
      dead_since,
      dead_why: 'gone',
      place: JSON.stringify(channel('ops')),
    };
    await talk.db.deleteFrom('destinations').execute();
    await talk.db.insertInto('destinations').values(gone).execute();
    const before = posted().length;
    await tell('by day');
    await tell('someone waits', { urgent: true });
    talk.setTime(NIGHT);
    await ops().say('help');
    await isPosted('someone waits');
    assert.deepEqual(posted().slice(before), ['someone waits']);
    talk.setTime(MORNING);
    await deliverWaiting(talk.ctx());
    await isPosted('by day');
  });

  test('hold nothing back where it was asked for', async () => {
    await quietNight();
    await tell('ended here', { also: [channel('ops')] });
    await isPosted('ended here');
  });

  test('hold nothing back elsewhere', async () => {
    await quietNight();
    await talk.as('nora', channel('northwind')).say('notify here orders');
    await tell('elsewhere');
    const { place } = await isPosted('elsewhere');
    assert.equal(place.name, '#northwind');
  });

  test('that end early let go what they kept', async () => {
    await quietNight();
    await tell('kept');
    const changed = await ops().say('notify quiet 18:00-23:00 Europe/Berlin');
    assert.match(changed.text, /until Tue 24 Nov 2026, 23:00\. 1 notice kept waits? for that\./);
    const ended = await ops().say('notify quiet off');
    assert.match(ended.text, /No more quiet hours in #ops\. 1 notice that was kept arrives? now\./);
    await isPosted('kept');
    assert.match((await ops().say('notify quiet off')).text, /There are no quiet hours here/);
  });

  test('are said where they are set, listed and asked for', async () => {
    talk.setTime('2026-11-24T12:00:00Z');
    const set = await ops().say('notify quiet 20:00-07:00 weekends Europe/Berlin');
    assert.match(set.text, /^Quiet in #ops from 20:00 to 07:00 and on weekends, Europe\/Berlin\./);
    assert.match(set.text, /Not held back: answers, the end of what was started here/);
    assert.doesNotMatch(set.text, /quiet now/);
    for (const said of ['notify list', 'notify quiet'])
      assert.match(
        (await ops().say(said)).text,
        /uiet .*from 20:00 to 07:00 and on weekends, Europe\/Berlin/,
      );
    assert.match(JSON.stringify((await ops().say('notify list')).card), /Quiet from 20:00 to 07:00/);
    // Without a time zone it is that of the reconciliation.
    assert.match((await ops().say('notify quiet weekends')).text, /on weekends, Europe\/Berlin/);
  });

  test('are refused with what is wrong', async () => {
    for (const [said, says] of [
      ['notify quiet 20:00-20:00', /begin and end at 20:00 have no length/],
      ['notify quiet 25:00-07:00', /“25:00-07:00” are no times of the day/],
      ['notify quiet 20:00-07:00 Mars/Base', /There is no time zone “Mars\/Base”/],
      ['notify quiet always', /“always” are no quiet hours/],
      ['notify quiet 00:00-24:00', /With “00:00-24:00” it would always be quiet\. .*type: notify off/],
      ['notify quiet 8pm-7', /“8pm-7” are no times of the day/],
      ['notify quiet 20:00-07:00 always so', /“20:00-07:00 always so” are no quiet hours/],
    ] as const) {
      assert.match((await ops().say(said)).text, says);
    }
    assert.deepEqual(await talk.db.selectFrom('quiet_hours').selectAll().execute(), []);
  });

  test('are set as people say them, and a city is understood', async () => {
    assert.match((await ops().say('notify quiet 8pm-7:30 am UTC')).text, /from 20:00 to 07:30, UTC/);
    assert.match((await ops().say('notify quiet 12am to 12 pm UTC')).text, /from 00:00 to 12:00, UTC/);
    const berlin = await ops().say('notify quiet 20:00-07:00 weekends berlin');
    assert.match(
      berlin.text,
      /no time zone “berlin”\. Did you mean: notify quiet 20:00-07:00 weekends Europe\/Berlin\?/,
    );
    const set = await ops().press(berlin, '20:00-07:00 weekends Europe/Berlin');
    assert.match(set.text, /from 20:00 to 07:00 and on weekends, Europe\/Berlin/);
    const york = await ops().say('notify quiet 20-7 new york');
    assert.match(york.text, /Did you mean: notify quiet 20:00-07:00 America\/New_York\?/);
  });

  test('can’t hold back what somebody above chose to be told here', async () => {
    const carla = talk.as('carla', channel('contoso'));
    for (const said of ['notify here orders', 'watch 10023/1 below 2']) {
      await talk.as('priya', channel('contoso')).say(said);
      const refused = await carla.say('notify quiet 00:01-00:00 weekends');
      assert.match(refused.text, /Somebody above your organization chose what is told here/, said);
      await talk.db.deleteFrom('notice_channels').execute();
      await talk.db.deleteFrom('watches').execute();
    }
    await carla.say('notify here orders');
    assert.match((await carla.say('notify quiet weekends')).text, /Quiet in #contoso on weekends/);
    const told = await talk.as('priya', channel('contoso')).say('notify here jobs');
    assert.match(told.text, /It is quiet on weekends/);
  });

  test('that somebody above set are not others’ to change', async () => {
    await talk.as('priya', channel('contoso')).say('notify quiet weekends');
    const carla = talk.as('carla', channel('contoso'));
    assert.match((await carla.say('notify quiet off')).text, /above your organization/);
    assert.match((await carla.say('notify quiet 20-7')).text, /above your organization/);
    assert.match((await carla.say('notify quiet')).text, /on weekends/);
  });
});
