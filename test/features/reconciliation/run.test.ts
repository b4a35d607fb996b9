import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Asked } from '../../../src/bot/index.ts';
import type { Reply } from '../../../src/chat/reply.ts';
import { makeUpMissedRun, reconciliation } from '../../../src/features/reconciliation/index.ts';
import {
  askedBy,
  bindChannel,
  contoso,
  ctxOf,
  type Enqueued,
  furnish,
  litware,
  northwind,
  provider,
} from './setup.ts';
import { DUE, db, ids, say, tick, withStock, workOff } from './stock.ts';

const NOW = '2026-11-20T12:00:00Z';

withStock();

function press(asked: Asked, values: unknown): Promise<Reply> {
  const [button] = reconciliation.buttons ?? [];
  assert.ok(button);
  return button.run(asked, values);
}

async function quantities(): Promise<Record<number, number>> {
  const rows = await db.selectFrom('subscriptions').select(['id', 'quantity']).execute();
  return Object.fromEntries(rows.map(({ id, quantity }) => [id, quantity]));
}

/** The button of a preview, as it comes back when it is pressed. */
function runButton(reply: Reply): unknown {
  const action = reply.card?.actions?.find((one) => one.type === 'Action.Execute' && one.verb !== 'say');
  return action?.type === 'Action.Execute' ? action.data : undefined;
}

const runs = () => db.selectFrom('reconciliation_runs').selectAll().orderBy('id').execute();
const deliveries = () => db.selectFrom('deliveries').selectAll().orderBy('conversation').execute();
const textOf = (reply: unknown) => (reply as Reply).text;

describe('reconcile preview', () => {
  test('says what a run would do and changes nothing', async () => {
    const earlier = await quantities();

    const reply = await say(askedBy(db, provider, NOW), 'reconcile preview');

    assert.equal(
      reply.text,
      'Preview. Reconciliation 2026-11 of HamaraCloud and its customers: 3 of 4 subscriptions would change, ' +
        '−12 units, −€67.40 and −US$45.00 a month. Contoso, Webex Suite (10023/3): 10 → 2 (−8); ' +
        'Fabrikam, Webex Suite (10028/1): 5 → 0 (−5); Contoso, Office 365 E3 (10023/2): 1 → 2 (+1).',
    );
    assert.equal(reply.audience, 'asker');
    assert.deepEqual(await quantities(), earlier);
    assert.deepEqual(await runs(), []);
  });

  test('shows a reseller its own customers only', async () => {
    const reply = await say(askedBy(db, northwind, NOW), 'reconcile preview');

    assert.match(
      reply.text,
      /^Preview\. Reconciliation 2026-11 of Northwind Partners .*: 2 of 3 subscriptions/,
    );
    assert.doesNotMatch(JSON.stringify(reply), /Fabrikam|HamaraCloud/);
  });

  test('has a button that does exactly what was shown', async () => {
    const asked = askedBy(db, provider, NOW);
    const values = runButton(await say(asked, 'reconcile preview'));

    const reply = await press(asked, values);

    assert.match(reply.text, /3 of 4 subscriptions changed/);
    assert.equal(reply.position, 'instead');
    assert.equal((await quantities())[ids.webex], 2);
  });

  test('has a button that does nothing once units have moved', async () => {
    const asked = askedBy(db, provider, NOW);
    const values = runButton(await say(asked, 'reconcile preview'));
    await db.updateTable('services').set({ associated: 4 }).where('position', '=', 3).execute();

    const reply = await press(asked, values);

    assert.match(reply.text, /^This preview is out of date: .* Nothing was changed\./);
    assert.equal((await quantities())[ids.webex], 10);
    assert.deepEqual(await runs(), []);
  });

  test('offers no run where every quantity is right', async () => {
    await say(askedBy(db, provider, NOW), 'reconcile now');

    const reply = await say(askedBy(db, provider, NOW), 'reconcile preview');

    assert.match(reply.text, /every quantity of 4 subscriptions is right/);
    assert.equal(runButton(reply), undefined);
  });
});

describe('reconcile now', () => {
  test('sets the quantity of each active subscription to what is used', async () => {
    await say(askedBy(db, provider, NOW), 'reconcile now');

    assert.deepEqual(await quantities(), {
      [ids.messaging]: 3,
      [ids.office]: 2,
      [ids.webex]: 2,
      [ids.suspended]: 9,
      [ids.fabrikam]: 0,
    });
  });

  test('records the run with a line for each subscription', async () => {
    await say(askedBy(db, provider, NOW), 'reconcile now');

    const [run] = await runs();
    const lines = await db
      .selectFrom('reconciliation_lines')
      .selectAll()
      .orderBy('subscription_id')
      .execute();
    assert.ok(run);
    const { id: _, at, applied_at, actor, place, ...recorded } = run;
    assert.equal(at.toISOString(), '2026-11-20T12:00:00.000Z');
    assert.equal(applied_at?.toISOString(), '2026-11-20T12:00:00.000Z');
    const asked = askedBy(db, provider, NOW);
    assert.deepEqual([actor, place], [asked.actor, asked.place]);
    assert.deepEqual(recorded, {
      period: '2026-11',
      scope_id: provider.id,
      scope_name: 'HamaraCloud',
      scheduled: false,
      actor_name: 'Paula',
      member_id: null,
      checked: 4,
      to_change: 3,
      done: 3,
      through: ids.fabrikam,
      changed: 3,
      left_out: 0,
      finished_at: null,
    });
    assert.equal(lines.length, 4);
    assert.deepEqual(lines[2], {
      run_id: run.id,
      subscription_id: ids.webex,
      organization_id: contoso.id,
      organization: 'Contoso',
      reseller_id: northwind.id,
      reseller: 'Northwind Partners',
      service: '10023/3',
      product: 'Webex Suite',
      before: 10,
      counted: 2,
      after: 2,
      left_out: false,
      commitment: 'monthly',
      bought: 100,
      price_minor: 1000,
      currency: 'EUR',
    });
  });

  test('writes each change into the history of its order', async () => {
    await say(askedBy(db, northwind, NOW), 'reconcile now');

    const rows = await db.selectFrom('history').selectAll().orderBy('summary', 'desc').execute();
    assert.deepEqual(
      rows.map(({ summary }) => summary),
      [
        'Requested change: increase of Office 365 E3 (10023/2) by 1, from 1 to 2, by reconciliation 2026-11',
        'Requested change: decrease of Webex Suite (10023/3) by 8, from 10 to 2, by reconciliation 2026-11',
      ],
    );
    const [, webex] = rows;
    assert.ok(webex);
    assert.equal(webex.kind, 'reconciliation');
    assert.equal(webex.organization_id, contoso.id);
    assert.equal(webex.actor_name, 'Paula');
    assert.equal(webex.conversation, 'c1');
    assert.deepEqual(webex.actor, askedBy(db, northwind, NOW).actor);
    assert.deepEqual(webex.before, { service: '10023/3', quantity: 10 });
    assert.deepEqual(webex.after, { service: '10023/3', quantity: 2, requestedChange: 'decrease' });
    assert.equal(webex.undo, null);
  });

  test('of a reseller leaves the customers of others as they are', async () => {
    const reply = await say(askedBy(db, northwind, NOW), 'reconcile now');

    const now = await quantities();
    assert.equal(now[ids.webex], 2);
    assert.equal(now[ids.fabrikam], 5);
    assert.doesNotMatch(JSON.stringify(reply), /Fabrikam/);
  });

  test('changes nothing at all where its notice cannot be stored', async () => {
    const earlier = await quantities();
    await bindChannel(db, 'everything', provider);
    const asked = askedBy(db, provider, NOW);
    const jobs = { ...asked.jobs, enqueue: () => Promise.reject(new Error('no queue')) };

    await assert.rejects(say({ ...asked, jobs }, 'reconcile now'), /no queue/);

    assert.deepEqual(await quantities(), earlier);
    assert.deepEqual(await runs(), []);
    assert.deepEqual(await db.selectFrom('history').select('id').execute(), []);
    assert.deepEqual(await deliveries(), []);
  });
});

describe('the scheduled run', () => {
  test('covers everything, once a period', async () => {
    await tick(db);
    await db.updateTable('subscriptions').set({ quantity: 7 }).where('id', '=', ids.webex).execute();

    await Promise.all([tick(db), tick(db, '2026-11-30T22:59:00.000Z')]);

    const [run, ...others] = await runs();
    assert.deepEqual(others, []);
    assert.equal(run?.scheduled, true);
    assert.equal(run?.scope_id, provider.id);
    assert.equal(run?.actor_name, 'reconciliation');
    assert.equal((await quantities())[ids.webex], 7);
  });

  test('is made once where several copies of the bot tick at the same time', async () => {
    await bindChannel(db, 'everything', provider);

    await Promise.all([tick(db), tick(db), tick(db)]);

    assert.equal((await runs()).length, 1);
    assert.equal((await deliveries()).length, 1);
  });

  test('is of the month in which it was due, however late it is made', async () => {
    await tick(db, '2026-11-30T22:30:00.000Z', '2026-12-02T10:00:00Z');
    await tick(db, '2026-11-30T23:30:00.000Z', '2026-12-02T10:00:00Z');

    assert.deepEqual(
      (await runs()).map(({ period }) => period),
      ['2026-11', '2026-12'],
    );
  });

  test('is made although somebody reconciled by hand in the same month', async () => {
    await say(askedBy(db, provider, NOW), 'reconcile now');

    await tick(db);

    assert.deepEqual(
      (await runs()).map(({ scheduled }) => scheduled),
      [false, true],
    );
  });

  test('tells each channel that asked of its own customers', async () => {
    await bindChannel(db, 'a-everything', provider);
    await bindChannel(db, 'b-northwind', northwind);
    await bindChannel(db, 'c-litware', litware);
    await bindChannel(db, 'd-contoso', contoso);

    await tick(db);

    const [everything, own, ...others] = await deliveries();
    assert.deepEqual(others, []);
    assert.equal(everything?.conversation, 'a-everything');
    assert.match(textOf(everything?.reply), /of HamaraCloud and its customers: 3 of 4 subscriptions changed/);
    assert.equal(own?.conversation, 'b-northwind');
    assert.match(textOf(own?.reply), /of Northwind Partners and its customers: 2 of 3 subscriptions changed/);
    assert.doesNotMatch(JSON.stringify(own?.reply), /Fabrikam/);
  });

  test('is named by the clock of the settings', () => {
    const [schedule] = reconciliation.schedules ?? [];
    const { settings } = ctxOf(db, NOW);

    assert.equal(schedule?.name, 'reconcile');
    assert.equal(schedule?.queue, reconciliation.work?.[0]?.name);
    assert.equal(schedule?.cron(settings), '0 6 25 * *');
    assert.equal(schedule?.timezone(settings), 'Europe/Berlin');
  });
});

describe('makeUpMissedRun', () => {
  const setUp = async (timestamp: string) => {
    await db.deleteFrom('reconciliation_schedule').execute();
    await db
      .withTables<{ kysely_migration: { timestamp: string } }>()
      .updateTable('kysely_migration')
      .set({ timestamp })
      .execute();
  };
  const makeUp = async (now = '2026-11-27T10:00:00Z') => {
    const enqueued: Enqueued[] = [];
    await makeUpMissedRun(ctxOf(db, now, enqueued));
    return enqueued;
  };

  test('enqueues the run that was due while the bot was down', async () => {
    await setUp('2026-11-01T00:00:00.000Z');

    assert.deepEqual(await makeUp(), [{ queue: 'reconciliation.run', data: { due: DUE } }]);
  });

  test('leaves a run alone that was made', async () => {
    await setUp('2026-11-01T00:00:00.000Z');
    await tick(db);

    assert.deepEqual(await makeUp(), []);
  });

  test('leaves a run alone that was due before the bot was set up', async () => {
    await setUp('2026-11-26T00:00:00.000Z');

    assert.deepEqual(await makeUp(), []);
  });
});

test('an empty house is reconciled without a word', async () => {
  await furnish(db);
  await bindChannel(db, 'everything', provider);

  await tick(db);
  const reply = await say(askedBy(db, provider, NOW), 'reconcile now');
  await workOff(db);

  assert.match(reply.text, /there are no subscriptions to count/);
  assert.deepEqual(await deliveries(), []);
});
