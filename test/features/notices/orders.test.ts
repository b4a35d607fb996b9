import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { inTransaction } from '../../../src/db/index.ts';
import { notifyThose } from '../../../src/features/notices/notify.ts';
import { onBothEngines } from '../../support/database.ts';
import { channel, openTalk, type Talk } from '../../support/talk.ts';

onBothEngines('a notice about an order', (engine) => {
  let talk: Talk;
  before(async () => {
    talk = await openTalk(engine);
  });
  after(() => talk.close());
  afterEach(() => talk.db.deleteFrom('notice_channels').execute());

  const everywhere = async () => {
    await talk.as('priya', channel('ops')).say('notify here orders');
    await talk.as('nora', channel('northwind')).say('notify here orders');
    await talk.as('nora').say('notify here orders');
    await talk.as('carla', channel('contoso')).say('notify here orders');
  };

  async function told(number: number, chosenBy?: string) {
    const order = await talk.db
      .selectFrom('orders')
      .select(['id', 'organization_id'])
      .where('number', '=', number)
      .executeTakeFirstOrThrow();
    const by = await talk.db
      .selectFrom('organizations')
      .select('id')
      .where('name', '=', chosenBy ?? '')
      .executeTakeFirst();
    const heard: string[] = [];
    const places = await inTransaction(talk.ctx(), (ctx) =>
      notifyThose(ctx, {
        kind: 'orders',
        key: `test ${number} ${chosenBy}`,
        organizationId: order.organization_id,
        orderId: order.id,
        ...(by && { chosenBy: by.id }),
        reply: async (_, { place, seesMarkup }) => {
          heard.push(`${place.name}${seesMarkup ? ' with markup' : ''}`);
          return { text: 'x', audience: 'everyone', position: 'below' };
        },
      }),
    );
    assert.equal(places.length, heard.length);
    return heard.toSorted();
  }

  test('is for channels that may see its customer; markup is for personal chats of who sells', async () => {
    await everywhere();
    assert.deepEqual(await told(10023), ['#contoso', '#northwind', '#ops', 'nora with markup']);
    assert.deepEqual(await told(10025), ['#ops']);
  });

  test('that only changes the markup is for nobody else', async () => {
    await everywhere();
    assert.deepEqual(await told(10026), ['nora with markup']);
  });

  test('can be for the channels of one organization', async () => {
    await everywhere();
    assert.deepEqual(await told(10024, 'Northwind Partners'), ['#northwind', 'nora with markup']);
  });

  test('tells no markup to somebody who sells no more', async () => {
    await talk.as('nora').say('notify here orders');
    const nora = talk.db.updateTable('members').where('email', '=', 'nora@northwind.example');
    await nora.set({ role: 'customer' }).execute();
    assert.deepEqual(await told(10024), ['nora']);
    await nora.set({ role: 'reseller admin' }).execute();
  });

  test('can be chosen by every role that changes orders', async () => {
    for (const who of ['priya', 'arjun', 'nora', 'carla'] as const) {
      const reply = await talk.as(who).say('notify here orders');
      assert.match(reply.text, /Notices about orders arrive here now/, who);
    }
  });
});
