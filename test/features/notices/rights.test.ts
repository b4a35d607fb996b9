/** What waits for a place is not posted there once those in it may not hear of it, or don't want to. */
import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { inTransaction } from '../../../src/db/index.ts';
import { type Notice, notify } from '../../../src/features/notices/notify.ts';
import { onBothEngines } from '../../support/database.ts';
import { channel, openTalk, type Speaker, type Talk } from '../../support/talk.ts';
import { addFabrikam, organizationIds } from '../bulk/support.ts';

/** A Tuesday in the quiet hours of Berlin. */
const NIGHT = '2026-11-24T21:30:00Z';

onBothEngines('what waits', (engine) => {
  let talk: Talk;
  let ids: Map<string, number>;
  before(async () => {
    talk = await openTalk(engine);
    await addFabrikam(talk);
    ids = await organizationIds(talk);
    talk.setTime(NIGHT);
  });
  after(() => talk.close());
  afterEach(async () => {
    for (const table of ['notice_channels', 'bound_channels', 'quiet_hours', 'deliveries'] as const)
      await talk.db.deleteFrom(table).execute();
  });

  const of = (name: string) => ids.get(name) ?? assert.fail(`there is no ${name}`);
  let count = 0;
  const tell = (organization: string, more: Partial<Notice> = {}) =>
    inTransaction(talk.ctx(), (ctx) =>
      notify(ctx, {
        kind: 'orders',
        key: `rights ${engine} ${count++}`,
        organizationId: of(organization),
        reply: async () => ({ text: `of ${organization}`, audience: 'everyone', position: 'below' }),
        ...more,
      }),
    );
  async function waiting(): Promise<string[]> {
    const rows = await talk.db
      .selectFrom('deliveries')
      .select(['conversation', 'reply'])
      .where('state', '=', 'waiting')
      .orderBy('id')
      .execute();
    return rows.map(({ conversation, reply }) => `${conversation}: ${(reply as { text: string }).text}`);
  }
  async function quiet(speaker: Speaker): Promise<void> {
    await speaker.say('notify here orders');
    await speaker.say('notify quiet 20:00-07:00 Europe/Berlin');
  }
  const priya = () => talk.as('priya');

  test('for somebody who is revoked is gone, whatever role they get after that', async () => {
    await quiet(talk.as('nora'));
    await quiet(talk.as('priya', channel('ops')));
    await tell('Contoso');
    assert.deepEqual(await waiting(), ['channel:ops: of Contoso', 'personal:nora: of Contoso']);
    await priya().say('revoke nora@northwind.example');
    assert.deepEqual(await waiting(), ['channel:ops: of Contoso']);
    await priya().say('grant nora@northwind.example reseller admin Northwind');
  });

  test('for somebody who moves to another organization is gone', async () => {
    await quiet(talk.as('nora'));
    await tell('Contoso');
    assert.deepEqual(await waiting(), ['personal:nora: of Contoso']);
    await priya().say('grant nora@northwind.example customer admin Fabrikam');
    assert.deepEqual(await waiting(), []);
    await priya().say('grant nora@northwind.example reseller admin Northwind');
  });

  test('as a channel asked for it is gone when it no longer does; the rest is not', async () => {
    const ops = talk.as('priya', channel('ops'));
    await quiet(ops);
    await ops.say('notify here jobs');
    await tell('Contoso');
    await tell('Fabrikam', { kind: 'jobs' });
    const { id } = await talk.db
      .insertInto('deliveries')
      .values({ ...(await row()), key: `kept ${engine}`, chosen: false })
      .returning('id')
      .executeTakeFirstOrThrow();
    const off = await ops.say('notify off orders');
    assert.match(off.text, /no longer arrive here\. 1 notice that waited is dropped\./);
    assert.deepEqual(await waiting(), ['channel:ops: of Fabrikam', 'channel:ops: of Contoso']);
    await talk.db.deleteFrom('deliveries').where('id', '=', id).execute();
    assert.match((await ops.say('notify off')).text, /1 notice that waited is dropped/);
    assert.deepEqual(await waiting(), []);
  });

  /** The first that waits, as it would be stored for who is told without having asked for its kind. */
  async function row() {
    const {
      id: _,
      place,
      reply,
      ...rest
    } = await talk.db.selectFrom('deliveries').selectAll().orderBy('id').executeTakeFirstOrThrow();
    return { ...rest, place: JSON.stringify(place), reply: JSON.stringify(reply) };
  }

  test('for a channel that another customer gets is gone, and only that', async () => {
    const shared = talk.as('priya', channel('shared'));
    await quiet(shared);
    await shared.say('notify here reconciliation');
    await tell('Contoso');
    await tell('Fabrikam');
    await inTransaction(talk.ctx(), (ctx) =>
      notify(ctx, {
        kind: 'reconciliation',
        key: `rights ${engine} all`,
        reply: async () => ({ text: 'of all', audience: 'everyone', position: 'below' }),
      }),
    );
    assert.equal((await waiting()).length, 3);
    const bound = await shared.say('use Fabrikam here');
    assert.match(bound.text, /2 notices of others that waited are dropped\./);
    assert.deepEqual(await waiting(), ['channel:shared: of Fabrikam']);
    await shared.say('use nobody here');
    assert.deepEqual(await waiting(), ['channel:shared: of Fabrikam']);
  });
});
