import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { nextRenewal, openLots, reducible } from '../../../src/features/subscriptions/rules.ts';

const at = (iso: string) => new Date(iso);
const lots = [
  { quantity: 5, addedAt: at('2026-11-01T10:00:00Z') },
  { quantity: 2, addedAt: at('2026-11-20T10:00:00Z') },
  { quantity: 3, addedAt: at('2026-11-18T10:00:00Z') },
];

describe('units of a yearly commitment', () => {
  for (const [now, left] of [
    ['2026-11-21T10:00:00Z', 5],
    ['2026-11-25T09:59:59Z', 5],
    ['2026-11-25T10:00:00Z', 2],
    ['2026-11-27T10:00:00Z', 0],
  ] as const) {
    test(`of which ${left} can be given back at ${now}`, () => {
      assert.equal(reducible(lots, at(now), 'yearly', null), left);
      assert.equal(reducible(lots, at(now), 'yearly', at('2027-11-01T10:00:00Z')), left);
    });
  }

  test('can all be given back on the day they renew, in each year', () => {
    const renews = at('2026-11-30T15:00:00Z');
    for (const day of ['2026-11-30T00:00:00Z', '2026-11-30T23:59:00Z', '2028-11-30T10:00:00Z'])
      assert.equal(reducible(lots, at(day), 'yearly', renews), Number.POSITIVE_INFINITY);
    for (const day of ['2026-11-29T23:59:00Z', '2026-12-01T00:00:00Z'])
      assert.equal(reducible([], at(day), 'yearly', renews), 0);
    assert.deepEqual(nextRenewal(renews, at('2027-12-01T00:00:00Z')), at('2028-11-30T15:00:00Z'));
  });

  test('leave in the order in which their windows close', () => {
    assert.deepEqual(
      openLots(lots, at('2026-11-21T10:00:00Z')).map(({ quantity }) => quantity),
      [3, 2],
    );
  });

  test('of a monthly one are free to go', () => {
    assert.equal(reducible([], at('2026-11-21T10:00:00Z'), 'monthly', null), Number.POSITIVE_INFINITY);
  });
});
