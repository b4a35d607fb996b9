import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { askedBy, litware, northwind, provider } from './setup.ts';
import { db, say, tick, withStock } from './stock.ts';

const NOW = '2026-11-20T12:00:00Z';

withStock();

describe('reconcile <month>', () => {
  test('shows a past run as it was', async () => {
    await tick(db);
    await db.updateTable('subscriptions').set({ quantity: 99 }).execute();

    const reply = await say(askedBy(db, provider, '2027-02-01T00:00:00Z'), 'reconcile 2026-11');

    assert.match(
      reply.text,
      /^Reconciliation 2026-11 of HamaraCloud .*: 3 of 4 subscriptions changed, −12 units/,
    );
    assert.match(JSON.stringify(reply.card), /25 Nov 2026, 05:00 UTC/);
  });

  test('shows a reseller the sums of its customers only', async () => {
    await tick(db);

    const reply = await say(askedBy(db, northwind, NOW), 'reconcile 2026-11');

    assert.match(
      reply.text,
      /^Reconciliation 2026-11 of Northwind Partners .*: 2 of 3 .* −7 units, −€67\.40 a/,
    );
    assert.doesNotMatch(JSON.stringify(reply), /Fabrikam|US\$/);
  });

  test('shows the run that the month closed with, also where somebody ran another later', async () => {
    await tick(db);
    await say(askedBy(db, northwind, '2026-11-28T00:00:00Z'), 'reconcile now');

    const whole = await say(askedBy(db, provider, NOW), 'reconcile 2026-11');
    const own = await say(askedBy(db, northwind, NOW), 'reconcile 2026-11');

    assert.match(whole.text, /of HamaraCloud .*: 3 of 4/);
    assert.match(own.text, /of Northwind Partners .*: 2 of 3/);
  });

  test('shows the run that changed something rather than a later one that did not', async () => {
    await say(askedBy(db, provider, NOW), 'reconcile now');
    await say(askedBy(db, provider, NOW), 'reconcile now');

    const reply = await say(askedBy(db, provider, NOW), 'reconcile 2026-11');

    assert.match(reply.text, /of HamaraCloud .*: 3 of 4/);
  });

  test('shows the provider a run of a reseller, and no other reseller that run', async () => {
    await say(askedBy(db, northwind, NOW), 'reconcile now');

    const whole = await say(askedBy(db, provider, NOW), 'reconcile 2026-11');
    const other = await say(askedBy(db, litware, NOW), 'reconcile 2026-11');

    assert.match(whole.text, /of Northwind Partners and its customers: 2 of 3/);
    assert.match(other.text, /^There was no reconciliation in November 2026\./);
  });

  test('names the months that there are where there is none', async () => {
    await tick(db);

    const past = await say(askedBy(db, provider, NOW), 'reconcile 2026-10');
    const future = await say(askedBy(db, provider, NOW), 'reconcile 2027-01');

    assert.equal(past.text, 'There was no reconciliation in October 2026.');
    assert.match(JSON.stringify(past.card), /reconcile 2026-11/);
    assert.equal(future.text, 'January 2027 is still to come: there is no reconciliation of it yet.');
  });

  test('says what is wrong with what was typed', async () => {
    const asked = askedBy(db, provider, NOW);

    assert.equal(
      (await say(asked, 'reconcile 2026-13')).text,
      '“2026-13” has no month between 01 and 12. Type it like this: reconcile 2026-11',
    );
    assert.equal(
      (await say(asked, 'reconcile november')).text,
      'I can’t reconcile “november”. Type preview, now, or a year and month, like this: reconcile 2026-11',
    );
  });
});

test('reconcile alone offers what there is', async () => {
  const first = await say(askedBy(db, provider, NOW), 'reconcile');
  await tick(db);
  const later = await say(askedBy(db, provider, NOW), 'reconcile');

  assert.match(first.text, /Say one of: reconcile preview, reconcile now\.$/);
  assert.match(later.text, /Say one of: reconcile preview, reconcile now, reconcile 2026-11\.$/);
});
