import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as format from '../../cards/format.ts';

test('numbers', () => {
  assert.equal(format.number(2000), '2,000');
  assert.equal(format.signed(3), '+3');
  assert.equal(format.signed(-1234), '−1,234');
  assert.equal(format.signed(0), '0');
  assert.equal(format.count(1, 'unit'), '1 unit');
  assert.equal(format.count(0, 'unit'), '0 units');
  assert.equal(format.count(2, 'person', 'people'), '2 people');
});

test('money, with the digits that its currency has', () => {
  assert.equal(format.money({ minor: 123450, currency: 'EUR' }), '€1,234.50');
  assert.equal(format.money({ minor: -5, currency: 'EUR' }), '−€0.05');
  assert.equal(format.money({ minor: 9000, currency: 'JPY' }), 'JP¥9,000');
  assert.equal(format.money({ minor: 1500, currency: 'KWD' }), 'KWD\u00a01.500');
  assert.equal(format.signedMoney({ minor: 100, currency: 'EUR' }), '+€1.00');
  assert.equal(format.signedMoney({ minor: 0, currency: 'EUR' }), '€0.00');
});

test('moments are told in UTC, wherever the machine stands', () => {
  assert.equal(format.dateTime('2026-11-21T14:05:00Z'), '21 Nov 2026, 14:05 UTC');
  assert.equal(format.dateTime('2026-09-01T01:30:00+02:00'), '31 Aug 2026, 23:30 UTC');
  assert.equal(format.date('2026-09-01T00:00:00Z'), '1 Sep 2026');
  assert.equal(format.time('2026-09-01T00:00:00Z'), '00:00 UTC');
  assert.equal(format.period('2026-11'), 'November 2026');
});

test('durations', () => {
  assert.equal(format.duration(0.4), 'less than a second');
  assert.equal(format.duration(1), '1 second');
  assert.equal(format.duration(59.7), '1 min');
  assert.equal(format.duration(200), '3 min 20 s');
  assert.equal(format.duration(3599.9), '1 h');
  assert.equal(format.duration(7500), '2 h 5 min');
});

test('lists', () => {
  assert.equal(format.list([]), '');
  assert.equal(format.list(['a']), 'a');
  assert.equal(format.list(['a', 'b', 'c']), 'a, b and c');
});
