import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import type { Place } from '../../../src/chat/place.ts';
import { shown } from '../../chat/reading.ts';
import { onBothEngines } from '../../support/database.ts';
import { channel, openTalk, type Post, type Talk } from '../../support/talk.ts';
import { addFabrikam } from '../bulk/support.ts';

onBothEngines('a watch', (engine) => {
  let talk: Talk;
  before(async () => {
    talk = await openTalk(engine);
    await addFabrikam(talk);
  });
  after(() => talk.close());
  afterEach(async () => {
    await talk.db.deleteFrom('watches').execute();
    await talk.db.deleteFrom('notice_channels').execute();
    await talk.db.deleteFrom('bound_channels').execute();
  });

  /** What is stored for places so far, the oldest first. */
  async function told(): Promise<string[]> {
    const rows = await talk.db
      .selectFrom('deliveries')
      .select(['place', 'reply'])
      .where('kind', '=', 'low-units')
      .orderBy('id')
      .execute();
    return rows.map(({ place, reply }) => {
      const { name, kind } = place as Place;
      return `${kind === 'personal' ? 'personal ' : ''}${name}: ${(reply as { text: string }).text}`;
    });
  }
  /** What is told while something is done. */
  async function toldBy(work: () => Promise<unknown>): Promise<string[]> {
    const before = (await told()).length;
    await work();
    return (await told()).slice(before);
  }

  async function belongsToFabrikam(conversation: string): Promise<void> {
    const { id } = await talk.db
      .selectFrom('organizations')
      .select('id')
      .where('name', '=', 'Fabrikam')
      .executeTakeFirstOrThrow();
    await talk.db
      .insertInto('bound_channels')
      .values({ platform: 'test', conversation, organization_id: id, bound_by: 'Priya' })
      .execute();
  }

  const carla = () => talk.as('carla');
  const associate = (units: number, user = 'dora@contoso.example') =>
    carla().say(`associate 10023/1 ${user} ${units}`);
  const release = (units: number, user = 'dora@contoso.example') =>
    carla().say(`release 10023/1 ${user} ${units}`);

  test('is named where one asks what is posted here', async () => {
    const here = talk.as('carla', channel('contoso'));
    await here.say('watch 10023/1 below 5');
    const list = await here.say('notify list');
    assert.match(list.text, /#contoso hears of: low-units \(1 watch\)\./);
    assert.match(shown(list), /Posted here: low-units \(1 watch\)\./);
    assert.match(shown(list), /\n1 watch\n?/);
    await here.say('watch 10023/2 below 2');
    assert.match((await here.say('notify list')).text, /low-units \(2 watches\)/);
    await here.say('notify here low-units');
    assert.match((await here.say('notify list')).text, /hears of: low-units\./);
    assert.match((await talk.as('carla', channel('other')).say('notify list')).text, /hears of: nothing/);
    assert.match((await talk.as('carla').say('notify list')).text, /^This conversation hears of: /);
  });

  test('tells once when the free units fall below its number, and again after they were there', async () => {
    const set = await talk.as('carla', channel('contoso')).say('watch 10023/1 below 5');
    assert.match(set.text, /10023\/1 of Contoso is watched: below 5 free units\..*7 units are free now/);

    assert.deepEqual(await toldBy(() => associate(2)), []);
    const [first, ...more] = await toldBy(() => associate(1));
    assert.equal(
      first,
      '#contoso: 10023/1 UniversalMessaging Small Business Edition (1GB) of Contoso has 4 free units, fewer than 5.',
    );
    assert.deepEqual(more, []);
    assert.deepEqual(await toldBy(() => associate(1)), []);
    assert.deepEqual(await toldBy(() => release(1)), []);
    assert.deepEqual(await toldBy(() => release(1)), []);
    assert.equal((await toldBy(() => associate(1))).length, 1);
    await release(3);
  });

  test('over units that are few already says so, and counts as told', async () => {
    await associate(4);
    const set = await carla().say('watch 10023/1 below 5');
    assert.match(set.text, /has 3 free units: fewer than 5 already/);
    assert.deepEqual(await toldBy(() => associate(1)), []);
    await release(5);
    assert.equal((await toldBy(() => associate(3))).length, 1);
    await release(3);
  });

  test('set anew has the new number', async () => {
    await carla().say('watch 10023/1 below 5');
    await carla().say('watch 10023/1 below 7');
    assert.equal((await toldBy(() => associate(1))).length, 1);
    await release(1);
    assert.match((await carla().say('watch list')).text, /1 watch over free units/);
  });

  test('that is ended tells nothing', async () => {
    await carla().say('watch 10023/1 below 7');
    assert.match((await carla().say('watch off 10023/1')).text, /no longer watched here/);
    assert.deepEqual(await toldBy(() => associate(1)), []);
    await release(1);
    assert.match((await carla().say('watch off 10023/1')).text, /is not watched here/);
  });

  test('has buttons that lead on, and one that ends it', async () => {
    await carla().say('watch 10023/1 below 7');
    const heard = (post: Post) => post.key.startsWith('low-units') && post.place.name === 'carla';
    const posts = talk.posts.filter(heard).length;
    await associate(1);
    const { reply } = await talk.waitForPost(
      (post) => heard(post) && talk.posts.filter(heard).indexOf(post) >= posts,
    );
    assert.match((await carla().press(reply, 'Free units')).text, /6 of 10 units free/);
    await carla().press(reply, 'Order more units');
    assert.match((await carla().press(reply, 'Stop watching')).text, /no longer watched here/);
    await release(1);
  });

  test('tells channels that chose low-units, such as may see the customer', async () => {
    await talk.as('priya', channel('ops')).say('notify here low-units');
    await talk.as('nora', channel('northwind')).say('notify here low-units');
    const answer = await talk.as('carla', channel('contoso')).say('notify here low-units');
    assert.match(answer.text, /Notices about low-units arrive here now/);
    await carla().say('watch 10023/1 below 7');
    const names = (all: string[]) => all.map((one) => one.split(':')[0]).toSorted();
    assert.deepEqual(names(await toldBy(() => associate(1))), [
      '#contoso',
      '#northwind',
      '#ops',
      'personal carla',
    ]);
    await release(1);
    await talk.db.deleteFrom('watches').execute();
    // Fabrikam is a customer of the provider.
    const priya = talk.as('priya');
    await priya.say('watch 10028/1 below 50');
    assert.deepEqual(names(await toldBy(() => priya.say('associate 10028/1 eve@fabrikam.example 1'))), [
      '#ops',
      'personal priya',
    ]);
  });

  test('and a channel that asked for both hears of it once', async () => {
    const ops = talk.as('priya', channel('ops'));
    await ops.say('notify here low-units');
    await ops.say('watch 10023/1 below 7');
    assert.equal((await toldBy(() => associate(1))).length, 1);
    await release(1);
  });

  test('can’t be set over what one may not see, nor in the channel of another customer', async () => {
    assert.match((await carla().say('watch 10028/1 below 5')).text, /10028/);
    assert.equal((await talk.db.selectFrom('watches').select('id').execute()).length, 0);
    await talk.as('priya', channel('fab')).say('use fabrikam');
    await belongsToFabrikam('channel:fab');
    const refused = await talk.as('priya', channel('fab')).say('watch 10023/1 below 5');
    assert.match(refused.text, /belongs to another customer/);
  });

  test('tells nothing in a channel that became another customer’s', async () => {
    await talk.as('priya', channel('shared')).say('watch 10023/1 below 7');
    await belongsToFabrikam('channel:shared');
    assert.deepEqual(await toldBy(() => associate(1)), []);
    await release(1);
  });

  test('of somebody who went to another organization is over', async () => {
    await talk.as('nora').say('watch 10023/1 below 7');
    await talk.as('priya').say('revoke nora@northwind.example');
    assert.deepEqual(await toldBy(() => associate(1)), []);
    await release(1);
    await talk.as('priya').say('grant nora@northwind.example reseller admin "Northwind Partners"');
  });

  test('set by the provider in a customer’s channel is not the customer’s to end', async () => {
    await talk.as('priya', channel('contoso')).say('watch 10023/1 below 5');
    const contoso = talk.as('carla', channel('contoso'));
    assert.match((await contoso.say('watch off 10023/1')).text, /above your organization/);
    assert.match((await contoso.say('watch 10023/1 below 3')).text, /above your organization/);
  });

  test('is set with a form as well', async () => {
    const form = await carla().say('watch');
    const again = await carla().press(form, 'Watch', { service: '10023/1', below: 'few' });
    assert.match(again.text, /“few” is not a whole number/);
    assert.equal(again.position, 'instead');
    const done = await carla().press(again, 'Watch', { service: '10023/1', below: '5' });
    assert.match(done.text, /is watched: below 5/);
    for (const [typed, says] of [
      ['watch 10023/1', /watch 10023\/1 below 5/],
      ['watch 10023/1 below 0', /give 1 or more/],
      ['watch 10023/1 below five', /“five” is not a whole number/],
      ['watch 10023/1 < 6', /below 6 free units/],
      ['watch webex below 1', /fewer than 1 already/],
    ] as const) {
      assert.match((await carla().say(typed)).text, says, typed);
    }
  });

  test('is listed where it is told, and to oneself everywhere', async () => {
    await carla().say('watch 10023/1 below 5');
    await talk.as('carla', channel('contoso')).say('watch 10023/2 below 2');
    await talk.as('priya').say('watch 10028/1 below 2');
    assert.match((await carla().say('watch list')).text, /2 watches.*\n10023\/1.*\n10023\/2.* in #contoso/);
    assert.match((await talk.as('carla', channel('contoso')).say('watch list')).text, /^1 watch over/);
    await talk.as('priya').say('watch 10024/1 below 3000');
    const all = (await talk.as('priya').say('watch list')).text;
    assert.match(all, /^4 watches/);
    assert.match(all, /10024\/1 .*: 2,000 free, watched below 3,000/);
    assert.match(
      (await talk.as('nora', channel('other')).say('watch list')).text,
      /No free units are watched here/,
    );
  });
});
