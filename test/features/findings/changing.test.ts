import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { sql } from 'kysely';
import { loadLeftOut } from '../../../src/features/findings/store.ts';
import type { SubscriptionAsItIs } from '../../../src/providers/index.ts';
import { buttons, shown } from '../../chat/reading.ts';
import { onPostgres } from '../../support/database.ts';
import { openTalk, type Talk } from '../../support/talk.ts';
import { organizationId } from '../orders/stock.ts';
import { agree, lastFound, ledgerOf, MESSAGING, readLedger } from './support.ts';

const START = '2026-11-21T03:00:00Z';
const LATER = '2026-11-21T03:00:05Z';

onPostgres('what is changing while a vendor is read', (engine) => {
  let talk: Talk;
  beforeEach(async () => {
    talk = await openTalk(engine);
    talk.setTime(START);
    await agree(talk);
  });
  afterEach(() => talk.close());

  const change = (statement: ReturnType<typeof sql>) => statement.execute(talk.db);
  const kinds = async () => {
    await readLedger(talk);
    return (await lastFound(talk)).map(([kind, of]) => `${of.replace('sub-contoso-', '')} ${kind}`);
  };
  const moreUnits = () => change(sql`update ledger_subscriptions set quantity = 12 where id = ${MESSAGING}`);
  const service = sql`(select service_id from subscriptions where provider_subscription = ${MESSAGING})`;
  const subscription = sql`(select id from subscriptions where provider_subscription = ${MESSAGING})`;
  const order = async (status: string) =>
    change(sql`with changed as (update orders set status = ${status} where number = 10025 returning id)
      insert into requested_changes (order_id, kind, quantity, subscription_id)
      select id, 'increase', 2, ${subscription} from changed`);

  const EARLIER = '2026-11-20T03:00:00Z';
  /** An order whose change failed a day ago. */
  const unanswered = async (input: string) => {
    await order('Completed with errors');
    await change(sql`insert into order_steps (order_id, position, kind, title, state, input, finished_at)
      select order_id, 1, 'quantity', 'Increase', 'failed', ${input}::jsonb || jsonb_build_object('change', id),
        ${EARLIER}::timestamptz
      from requested_changes where subscription_id = ${subscription} order by id desc limit 1`);
  };

  const BUSY: Readonly<Record<string, () => Promise<unknown>>> = {
    'units are reserved by a job': () => change(sql`update services set reserved = 1 where id = ${service}`),
    'the vendor has not been told who has units': () =>
      change(sql`update services set revision = revision + 1 where id = ${service}`),
    'the vendor was told meanwhile': () =>
      change(sql`update assignments_told set told_at = ${LATER} where service_id = ${service}`),
    'it began meanwhile': () =>
      change(sql`update subscriptions set started_at = ${LATER} where id = ${subscription}`),
    'an order is changing it': () => order('In progress'),
    'an order that changes it waits for approval': async () => {
      await order('Started');
      await change(sql`insert into approvals (order_id, requested_by, requested_at, expires_at, state)
        select id, 'Carla', ${START}::timestamptz, ${START}::timestamptz, 'waiting' from orders where number = 10025`);
    },
    'an order has changed it meanwhile': async () => {
      await order('Completed');
      await change(sql`insert into order_steps (order_id, position, kind, title, state, input, finished_at)
        select id, 1, 'quantity', 'Increase', 'done', '{}', ${LATER}::timestamptz from orders where number = 10025`);
    },
    'an order may have changed it, and got no answer': () => unanswered('{"unanswered": true}'),
  };
  for (const [why, begin] of Object.entries(BUSY))
    test(`is not told where ${why}`, async () => {
      await moreUnits();
      await begin();
      assert.deepEqual(await kinds(), []);
    });

  test('is told where an order that was refused has changed nothing', async () => {
    await moreUnits();
    await unanswered('{}');
    assert.deepEqual(await kinds(), ['10023-1 quantity']);
  });

  test('what was left out is not called agreed', async () => {
    await moreUnits();
    await unanswered('{"unanswered": true}');
    assert.deepEqual(await kinds(), []);
    const reply = await talk.as('priya').say('findings');
    const left =
      '1 subscription was changing and was not compared. The vendor has not answered order 10025: retry it.';
    assert.match(reply.text, /^Nothing that was compared disagrees\. /);
    for (const said of [reply.text, shown(reply)]) assert.ok(said.includes(left), said);
    assert.doesNotMatch(shown(reply), /Nothing disagrees/);
    assert.ok(buttons(reply).includes('Retry 10025'));
    // Of others it is not told.
    assert.deepEqual(
      await loadLeftOut(talk.db, {
        kind: 'customer',
        organizationId: await organizationId(talk.db, 'Fabrikam'),
      }),
      { leftOut: 0, unanswered: [] },
    );
  });

  test('is the same finding after a night on which it was left out, found when it was found first', async () => {
    await moreUnits();
    await readLedger(talk);
    const found = () =>
      talk.db
        .selectFrom('findings')
        .select(['id', 'found_at', 'answer'])
        .where('kind', '=', 'quantity')
        .executeTakeFirstOrThrow();
    const first = await found();
    for (const night of ['2026-11-22T03:00:00Z', '2026-11-23T03:00:00Z']) {
      talk.setTime(night);
      await change(sql`update services set reserved = 1 where id = ${service}`);
      assert.deepEqual(await kinds(), []);
    }
    const priya = talk.as('priya');
    const card = shown(await priya.say(`finding ${first.id}`));
    assert.match(card, /Its subscription was changing at the last reading, and was not compared\./);
    assert.doesNotMatch(card, /did not find it any more/);
    await change(sql`update services set reserved = 0 where id = ${service}`);
    talk.setTime('2026-11-24T03:00:00Z');
    assert.deepEqual(await readLedger(talk), { found: 1, fresh: 0 });
    assert.deepEqual(await found(), first);
    assert.doesNotMatch(shown(await priya.say('findings')), /\bnew\b/);

    // Compared and agreed meanwhile, it is found anew.
    await agree(talk);
    talk.setTime('2026-11-25T03:00:00Z');
    await readLedger(talk);
    assert.match(
      shown(await priya.say(`finding ${first.id}`)),
      /The last reading did not find it any more\./,
    );
    await moreUnits();
    talk.setTime('2026-11-26T03:00:00Z');
    await readLedger(talk);
    assert.equal((await found()).found_at.toISOString(), '2026-11-26T03:00:00.000Z');
  });

  test('is told once it is over', async () => {
    await moreUnits();
    await order('Completed');
    await change(sql`insert into order_steps (order_id, position, kind, title, state, input, finished_at)
      select id, 1, 'quantity', 'Increase', 'done', '{}', '2026-11-20T03:00:00Z' from orders where number = 10025`);
    assert.deepEqual(await kinds(), ['10023-1 quantity']);
  });

  /** An order of Contoso that has 3 of a product made. */
  const making = (sku: string, state = 'running', input = '{}', status = 'In progress') =>
    change(sql`
      with changed as (
        update orders set status = ${status}, organization_id = (select id from organizations where name = 'Contoso')
        where number = 10025 returning id),
      line as (
        insert into requested_changes (order_id, kind, quantity, product_id)
        select changed.id, 'new subscription', 3, p.id from changed, products p where p.sku = ${sku}
        returning id, order_id)
      insert into order_steps (order_id, position, kind, title, state, input)
      select order_id, 1, 'subscription', 'Subscription', ${state},
        ${input}::jsonb || jsonb_build_object('change', id) from line`);
  const atVendor = (id: string, sku: string, quantity: number, domain: string | null) =>
    change(sql`
      insert into ledger_subscriptions (id, account_id, domain, sku, quantity, status)
      values (${id}, null, ${domain}, ${sku}, ${quantity}, 'active')`);
  const CONTOSO = 'contoso.onmicrosoft.com';

  test('of subscriptions that are unknown to us only the one that an order may be having made is left out', async () => {
    await change(sql`insert into ledger_tenants (domain, account_id, admin_user_name, alternative_email)
      values ('other.onmicrosoft.com', null, 'a@b.example', 'a@b.example')`);
    await atVendor('sub-a', 'O365-E5', 3, CONTOSO);
    await atVendor('sub-b', 'O365-E5', 4, CONTOSO);
    await atVendor('sub-c', 'O365-E1', 3, CONTOSO);
    await atVendor('sub-d', 'O365-E5', 3, 'other.onmicrosoft.com');
    await making('O365-E5');
    assert.deepEqual(await kinds(), ['sub-b unknown', 'sub-c unknown', 'sub-d unknown']);
  });

  test('it may be known by another article number, or be made by an order that nobody answered', async () => {
    await atVendor('sub-a', 'E5-NEW', 3, CONTOSO);
    await change(sql`insert into product_aliases (provider, sku, product_id, added_by, added_at)
      select 'ledger', 'E5-new', id, 'Priya', now() from products where sku = 'O365-E5'`);
    await making('O365-E5', 'failed', '{"unanswered": true}', 'Provisioning failed');
    assert.deepEqual(await kinds(), []);
  });

  test('an order that was refused is making nothing', async () => {
    await atVendor('sub-a', 'O365-E5', 3, CONTOSO);
    await making('O365-E5', 'failed', '{}', 'Provisioning failed');
    assert.deepEqual(await kinds(), ['sub-a unknown']);
  });

  test('a vendor whose pages change between one and the next is read as it was then', async () => {
    const all = await ledgerOf(talk).list();
    const [first] = all;
    assert.ok(first);
    const pages: (readonly SubscriptionAsItIs[])[] = [
      all.slice(0, 2),
      // The second one once more with other units, and the third is gone.
      [...all.slice(1, 2).map((one) => ({ ...one, quantity: 99 })), ...all.slice(3)],
      [],
    ];
    await readLedger(talk, undefined, { list: async () => pages.shift() ?? [] });
    assert.deepEqual(
      (await lastFound(talk)).map(([kind, of]) => [kind, of]),
      [['missing', all[2]?.subscription]],
    );
  });
});
