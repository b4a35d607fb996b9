/** The card of a request, in the eyes of those who look at it. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Reply } from '../../../src/chat/reply.ts';
import { type CalmTalk, openCalmTalk } from '../../chat/calm.ts';
import { buttons, fields, shown } from '../../chat/reading.ts';
import { onBothEngines } from '../../support/database.ts';
import { channel } from '../../support/talk.ts';
import { addWaiting, type Pending } from './support.ts';

onBothEngines('a request for approval, looked at', (engine) => {
  let talk: CalmTalk;
  before(async () => {
    talk = await openCalmTalk(engine);
    await talk.as('nora', channel('northwind')).say('notify here orders');
  });
  after(() => talk.close());

  const postedIn = async ({ id }: Pending, conversation: string): Promise<Reply> => {
    const { reply } = await talk.waitForPost(
      ({ key, place }) => key.startsWith(`approval ${id} `) && place.conversation === conversation,
    );
    return reply;
  };

  test('in a channel each sees what they may do; nobody sees the margin there', async () => {
    const order = await addWaiting(talk);
    const card = await postedIn(order, 'channel:northwind');
    assert.deepEqual(buttons(card), ['Approve', 'Refuse', 'Order', 'All that waits']);
    const at = (who: Parameters<CalmTalk['as']>[0]) => talk.as(who, channel('northwind'));

    const nora = await at('nora').look(card);
    assert.deepEqual(nora && buttons(nora), ['Approve', 'Refuse', 'Order', 'All that waits']);
    assert.deepEqual(nora && fields(nora), ['reason']);
    assert.doesNotMatch(nora ? shown(nora) : '', /Purchase|Margin/);
    const carla = await at('carla').look(card);
    assert.deepEqual(carla && buttons(carla), ['Withdraw', 'Order', 'All that waits']);
    assert.deepEqual(carla && fields(carla), []);
    assert.match(carla ? shown(carla) : '', /Carla Diaz asks Northwind Partners to approve it/);

    assert.equal(await at('chris').look(card), undefined, 'who changes nothing sees what everybody sees');
    assert.equal(await at('stranger').look(card), undefined);
    for (const seen of [nora, carla]) {
      assert.equal(seen?.audience, 'asker');
      assert.equal(seen?.position, 'instead');
      assert.equal(seen?.track, undefined);
      assert.deepEqual(seen?.card?.refresh, card.card?.refresh, 'it is asked for again');
    }
  });

  test('a button on it does what it did on the card that everybody sees', async () => {
    const order = await addWaiting(talk);
    const nora = talk.as('nora', channel('northwind'));
    const seen = await nora.look(await postedIn(order, 'channel:northwind'));
    assert.ok(seen);
    const approved = await nora.press(seen, 'Approve');
    assert.match(approved.text, /was approved by Nora Lindgren/);
    assert.equal(approved.audience, 'everyone');
    const now = await nora.look(await postedIn(order, 'channel:northwind'));
    assert.match(now ? shown(now) : '', /Approved by Nora Lindgren/);
    assert.equal(now?.card?.refresh, undefined, 'it does not change any more');
  });

  test('in private who may see the margin sees it, and nobody sees the request of others', async () => {
    const order = await addWaiting(talk);
    const card = await talk.as('nora').say(`approvals ${order.word}`);
    assert.match(shown((await talk.as('nora').look(card)) ?? card), /Margin: €22\.50/);
    const carla = await talk.as('carla').look(card);
    assert.doesNotMatch(carla ? shown(carla) : 'nothing', /Margin|nothing/);
    const theirs = await addWaiting(talk, { of: 'Fabrikam', by: 'arjun' });
    const foreign = await talk.as('arjun').say(`approvals ${theirs.word}`);
    assert.ok(await talk.as('priya').look(foreign));
    assert.equal(await talk.as('nora').look(foreign), undefined);
    assert.equal(await talk.as('carla').look(foreign), undefined);
    const own = await talk.as('arjun').look(foreign);
    assert.deepEqual(own && buttons(own), ['Order', 'All that waits'], 'nobody decides on their own');
  });

  test('the card of an earlier request of the same order stays as it ended', async () => {
    const order = await addWaiting(talk);
    const card = await talk.as('nora').say(`approvals ${order.word}`);
    const data = { ...card.card?.refresh?.data, asked: '2020-01-01T00:00:00.000Z' };
    assert.equal(await talk.as('nora').look(card, data), undefined);
  });
});
