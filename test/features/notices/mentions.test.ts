import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { type CalmTalk, openCalmTalk } from '../../chat/calm.ts';
import { onBothEngines } from '../../support/database.ts';
import { channel, type Post } from '../../support/talk.ts';
import { runSheet, sheet, users } from '../bulk/support.ts';

const TEXTS = { description: 'More', payment: '' };

onBothEngines('a notice', (engine) => {
  let talk: CalmTalk;
  before(async () => {
    talk = await openCalmTalk(engine);
  });
  after(() => talk.close());
  afterEach(() => talk.db.deleteFrom('notice_channels').execute());

  const mentioned = ({ reply }: Post) => reply.mention?.id;
  const next = (place: string, says: RegExp, from = talk.posts.length) =>
    talk.waitForPost(
      (post) => talk.posts.indexOf(post) >= from && post.place.name === place && says.test(post.reply.text),
    );

  test('of the end of a job mentions who started it, where they have spoken', async () => {
    await talk.as('priya', channel('ops')).say('notify here jobs');
    const from = talk.posts.length;
    const end = await runSheet(talk, talk.as('carla', channel('licences')), '10024/1', sheet(users(1)));
    const own = end.place.name === '#licences' ? end : await next('#licences', /^Job/, from);
    assert.equal(mentioned(own), 'carla');
    assert.equal(own.reply.mention?.email, undefined);
    assert.equal(mentioned(await next('#ops', /^Job/, from)), undefined);
  });

  test('in a personal chat mentions nobody', async () => {
    const end = await runSheet(talk, talk.as('carla'), '10024/1', sheet(users(1, 50)));
    assert.equal(end.place.name, 'carla');
    assert.equal(mentioned(end), undefined);
  });

  test('of an order is heard where it is followed: that it waits, and that it was refused', async () => {
    await talk.as('carla', channel('contoso')).say('notify here orders');
    await talk.as('nora', channel('northwind')).say('notify here orders');
    const from = talk.posts.length;
    const asker = talk.as('carla', channel('licences'));
    const asked = await asker.press(await asker.say('increase 10024/1 1'), 'Ask for approval', TEXTS);
    const [, number = ''] = /Order \D*(\d+)/.exec(asked.text) ?? [];
    const waits = await next('#contoso', /waits for approval/, from);
    assert.match(waits.reply.text, /Carla.* asked Northwind Partners for it until/);
    assert.doesNotMatch(JSON.stringify(waits.reply), /€/);
    assert.match((await next('#northwind', /waits for approval/, from)).reply.text, new RegExp(number));

    await talk.as('nora').say(`refuse ${number} "Too many"`);
    assert.equal(mentioned(await next('#licences', /is refused/, from)), 'carla');
    assert.equal(mentioned(await next('#contoso', /is refused/, from)), 'carla');
    assert.equal(mentioned(await next('#northwind', /is refused/, from)), undefined);
    const threads = await talk.db
      .selectFrom('deliveries')
      .select('thread')
      .where('conversation', '=', 'channel:contoso')
      .where('kind', '=', 'orders')
      .execute();
    assert.deepEqual(new Set(threads.map(({ thread }) => thread)), new Set([`order:${number}`]));
  });

  test('of the end of an order mentions who ordered', async () => {
    const nora = talk.as('nora', channel('northwind'));
    await nora.say('notify here orders');
    const from = talk.posts.length;
    const confirm = await nora.say('increase 10023/3 1');
    await nora.press(confirm, 'Place order', TEXTS);
    assert.equal(mentioned(await next('#northwind', /was placed by/, from)), undefined);
    assert.equal(mentioned(await next('#northwind', /is completed/, from)), 'nora');
  });
});
