import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { sql } from 'kysely';
import type { Working } from '../../../src/bot/index.ts';
import { readVendors } from '../../../src/features/findings/reading/read.ts';
import { lastReading } from '../../../src/features/findings/reading/store.ts';
import { saveFindings } from '../../../src/features/findings/store.ts';
import { openProviders, type Provider } from '../../../src/providers/index.ts';
import { onBothEngines } from '../../support/database.ts';
import { openTalk, type Talk } from '../../support/talk.ts';

const MESSAGING = 'sub-contoso-10023-1';
const OFFICE = 'sub-contoso-10023-2';
const WEBEX = 'sub-contoso-10023-3';
/** So many idle units that nobody has them. */
const NO_IDLE = 1_000_000;

onBothEngines('our books beside a vendor’s', (engine) => {
  let talk: Talk;
  let ledger: Provider;
  beforeEach(async () => {
    talk = await openTalk(engine);
    ledger = openProviders(talk.db, { clock: () => new Date(), seconds: 0, fail: undefined })('ledger');
  });
  afterEach(() => talk.close());

  const working = (vendor: Partial<Provider> = {}): Working => ({
    ...talk.ctx(),
    clock: () => new Date(),
    quiet: async () => undefined,
    post: async (place) => ({ place, message: '' }),
    providers: () => ({ ...ledger, ...vendor }),
  });
  async function found(idle = NO_IDLE) {
    await readVendors(working());
    const last = await lastReading(talk.db, 'ledger');
    assert.ok(last);
    const seen = { provider: 'ledger', reading: last.id, startedAt: last.startedAt, now: new Date() };
    await saveFindings(talk.db, seen, idle);
    const rows = await talk.db
      .selectFrom('findings')
      .select(['id', 'kind', 'provider_subscription as of', 'numbers', 'answer'])
      .where('reading_id', '=', last.id)
      .orderBy('provider_subscription')
      .orderBy('kind')
      .execute();
    return rows.map(({ kind, of, numbers }) => [kind, of, numbers] as const);
  }
  const atVendor = (change: ReturnType<typeof sql>) => change.execute(talk.db);

  test('agree in the demo, but for what nobody uses', async () => {
    assert.deepEqual(await found(), []);
    assert.deepEqual(
      (await found(3)).map(([kind, of, numbers]) => [kind, of, (numbers as { idle: number }).idle]),
      [
        ['idle', MESSAGING, 7],
        ['idle', OFFICE, 3],
        ['idle', 'sub-contoso-10024-1', 2000],
      ],
    );
  });

  test('differ in units, status, product and users, each by kind', async () => {
    await atVendor(sql`update ledger_subscriptions set quantity = 12 where id = ${MESSAGING}`);
    await atVendor(
      sql`update ledger_subscriptions set status = 'suspended', sku = 'E3-NEW' where id = ${OFFICE}`,
    );
    await atVendor(sql`update ledger_assignments set user_name = 'zoe@contoso.example', units = 2
      where subscription_id = ${WEBEX} and user_name = 'bob@contoso.example'`);
    const differences = await found();
    assert.deepEqual(
      differences.map(([kind, of]) => `${of.slice(-7)} ${kind}`),
      [
        '10023-1 quantity',
        '10023-2 product',
        '10023-2 status',
        '10023-3 assignments',
        '10023-3 over-assigned',
        '10023-3 units',
      ],
    );
    const numbers = differences.map(([, , of]) => of);
    assert.deepEqual(numbers[0], { bought: 10, quantity: 12, used: 3, assigned: 3 });
    assert.deepEqual(numbers[2], { here: 'active', there: 'suspended' });
    assert.deepEqual(numbers[3], {
      used: 2,
      assigned: 3,
      onlyHere: 1,
      onlyThere: 1,
      otherUnits: 0,
      users: [
        ['bob@contoso.example', 1, 0],
        ['zoe@contoso.example', 0, 2],
      ],
    });
    assert.deepEqual(numbers[5], { most: 1, users: ['zoe@contoso.example'] });
  });

  test('know of different subscriptions', async () => {
    await atVendor(sql`update ledger_subscriptions set status = 'deleted' where id = ${WEBEX}`);
    await atVendor(sql`
      insert into ledger_subscriptions (id, account_id, domain, sku, quantity, status)
      values ('sub-new', null, 'contoso.onmicrosoft.com', 'O365-E5', 4, 'active')`);
    assert.deepEqual(await found(), [
      ['missing', WEBEX, { bought: 2, used: 2 }],
      ['unknown', 'sub-new', { sku: 'O365-E5', quantity: 4, assigned: 0, domain: 'contoso.onmicrosoft.com' }],
    ]);
    const [unknown] = await talk.db
      .selectFrom('findings as f')
      .innerJoin('organizations as o', 'o.id', 'f.organization_id')
      .select('o.name')
      .where('f.kind', '=', 'unknown')
      .execute();
    assert.equal(unknown?.name, 'Contoso');
  });

  test('what is changing is not told', async () => {
    await atVendor(sql`update ledger_subscriptions set quantity = 12 where id = ${MESSAGING}`);
    await sql`update services set reserved = 1 where id = (
      select service_id from subscriptions where provider_subscription = ${MESSAGING})`.execute(talk.db);
    assert.deepEqual(await found(), []);
  });

  test('what was found before is the same finding; what is no more is not found again', async () => {
    await atVendor(sql`update ledger_subscriptions set quantity = 12 where id = ${MESSAGING}`);
    await found();
    await talk.db.updateTable('findings').set({ answer: 'snoozed' }).execute();
    await found();
    const all = () =>
      talk.db.selectFrom('findings').select(['answer', 'fingerprint']).orderBy('id').execute();
    assert.deepEqual(await all(), [{ answer: 'snoozed', fingerprint: '10/12' }]);
    await atVendor(sql`update ledger_subscriptions set quantity = 13 where id = ${MESSAGING}`);
    assert.equal((await found()).length, 1);
    assert.deepEqual(await all(), [
      { answer: 'snoozed', fingerprint: '10/12' },
      { answer: null, fingerprint: '10/13' },
    ]);
  });

  test('a reading that broke off goes on where it was', async () => {
    const pages: (string | undefined)[] = [];
    const all = await ledger.list();
    const one = (after = '') => all.filter(({ subscription }) => subscription > after).slice(0, 1);
    const dying: Partial<Provider> = {
      list: async (after) => {
        pages.push(after);
        if (pages.length === 3) throw new Error('killed');
        return one(after);
      },
    };
    await assert.rejects(readVendors(working(dying)), /killed/);
    await readVendors(working(dying));
    const names = all.map(({ subscription }) => subscription);
    assert.deepEqual(pages, [undefined, names[0], names[1], names[1], names[2], names[3]]);
    const seen = await talk.db
      .selectFrom('seen_subscriptions')
      .select('subscription')
      .orderBy('subscription')
      .execute();
    assert.deepEqual(
      seen.map(({ subscription }) => subscription),
      names,
    );
  });
});
