/** In a channel that belongs to one customer nothing of another one is told. */
import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { inTransaction } from '../../../src/db/index.ts';
import { type Notice, notify, postTo } from '../../../src/features/notices/notify.ts';
import { onBothEngines } from '../../support/database.ts';
import { channel, openTalk, type Talk } from '../../support/talk.ts';
import { addFabrikam, organizationIds } from '../bulk/support.ts';

onBothEngines('a channel of one customer', (engine) => {
  let talk: Talk;
  let ids: Map<string, number>;
  before(async () => {
    talk = await openTalk(engine);
    await addFabrikam(talk);
    ids = await organizationIds(talk);
  });
  after(() => talk.close());
  afterEach(async () => {
    for (const table of ['notice_channels', 'bound_channels', 'deliveries'] as const)
      await talk.db.deleteFrom(table).execute();
  });

  const shared = () => talk.as('priya', channel('shared'));
  const of = (name: string) => ids.get(name) ?? assert.fail(`there is no ${name}`);
  let count = 0;
  /** Who hears of it, in order. */
  async function told(more: Pick<Notice, 'kind' | 'organizationId' | 'also'>): Promise<string[]> {
    const key = `bound ${engine} ${count++}`;
    const reply = async () => ({ text: key, audience: 'everyone', position: 'below' }) as const;
    await inTransaction(talk.ctx(), (ctx) => notify(ctx, { key, reply, ...more }));
    return placesOf(key);
  }
  async function placesOf(key: string): Promise<string[]> {
    const rows = await talk.db
      .selectFrom('deliveries')
      .select('conversation')
      .where('key', 'like', `${key} %`)
      .orderBy('conversation')
      .execute();
    return rows.map(({ conversation }) => conversation);
  }

  test('hears of that customer alone, also where somebody above chose the notices', async () => {
    for (const kind of ['jobs', 'orders'] as const) await shared().say(`notify here ${kind}`);
    await shared().say('use Contoso here');
    for (const kind of ['jobs', 'orders'] as const) {
      assert.deepEqual(await told({ kind, organizationId: of('Contoso') }), ['channel:shared']);
      assert.deepEqual(await told({ kind, organizationId: of('Fabrikam') }), []);
    }
    await shared().say('use nobody here');
    assert.deepEqual(await told({ kind: 'jobs', organizationId: of('Fabrikam') }), ['channel:shared']);
  });

  test('does not hear of another one’s work that was begun there before', async () => {
    await shared().say('use Contoso here');
    const also = [channel('shared')];
    assert.deepEqual(await told({ kind: 'jobs', organizationId: of('Fabrikam'), also }), []);
    assert.deepEqual(await told({ kind: 'jobs', organizationId: of('Contoso'), also }), ['channel:shared']);
    const reply = { text: 'one', audience: 'everyone', position: 'below' } as const;
    for (const name of ['Fabrikam', 'Contoso']) {
      const post = { kind: 'orders', key: `to ${name}`, place: channel('shared'), reply };
      await inTransaction(talk.ctx(), (ctx) => postTo(ctx, { ...post, organizationId: of(name) }));
    }
    assert.deepEqual([await placesOf('to Fabrikam'), await placesOf('to Contoso')], [[], ['channel:shared']]);
  });

  test('hears nothing of reconciliation, which is of all of them, and says so', async () => {
    await shared().say('notify here reconciliation');
    await talk.as('priya', channel('ops')).say('notify here reconciliation');
    const bound = await shared().say('use Contoso here');
    assert.match(bound.text, /Notices here are of Contoso alone, and none about reconciliation\./);
    assert.deepEqual(await told({ kind: 'reconciliation' }), ['channel:ops']);
    assert.match((await shared().say('notify list')).text, /#shared hears of: nothing\./);
    const refused = await shared().say('notify here reconciliation');
    assert.match(refused.text, /belongs to Contoso: nothing is told here about reconciliation/);
    const orders = await shared().say('notify here orders');
    assert.match(orders.text, /This channel belongs to Contoso: it hears of nobody else\./);
  });

  test('is not others’ to choose notices for', async () => {
    await shared().say('use Fabrikam here');
    const carla = talk.as('carla', channel('shared'));
    assert.match(
      (await carla.say('notify here jobs')).text,
      /belongs to a customer that is not one of yours/,
    );
    assert.deepEqual(await talk.db.selectFrom('notice_channels').selectAll().execute(), []);
  });
});
