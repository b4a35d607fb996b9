import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { daysBefore, runsAhead } from '../../../../src/features/reconciliation/announce/rules.ts';

const berlin = (cron: string) => ({ name: 'reconcile', cron, timezone: 'Europe/Berlin' });
const ahead = (cron: string, now: string) =>
  runsAhead(berlin(cron), new Date(now)).map(({ period, due }) => `${period} ${due.toISOString()}`);

describe('runs that are ahead', () => {
  test('from the same time of day two days before, until they are due', () => {
    const due = ['2026-11 2026-11-25T05:00:00.000Z'];
    assert.deepEqual(ahead('0 6 25 * *', '2026-11-23T04:59:59.999Z'), []);
    assert.deepEqual(ahead('0 6 25 * *', '2026-11-23T05:00:00Z'), due);
    assert.deepEqual(ahead('0 6 25 * *', '2026-11-25T04:59:00Z'), due);
    assert.deepEqual(ahead('0 6 25 * *', '2026-11-25T04:59:00.001Z'), []);
    assert.deepEqual(ahead('0 6 25 * *', '2026-11-25T05:00:00Z'), []);
  });

  test('also where the clocks are changed in between', () => {
    const october = ['2026-10 2026-10-26T05:00:00.000Z'];
    assert.deepEqual(ahead('0 6 26 10 *', '2026-10-24T03:59:59Z'), []);
    assert.deepEqual(ahead('0 6 26 10 *', '2026-10-24T04:00:00Z'), october);
    const march = ['2026-03 2026-03-30T04:00:00.000Z'];
    assert.deepEqual(ahead('0 6 30 3 *', '2026-03-28T04:59:59Z'), []);
    assert.deepEqual(ahead('0 6 30 3 *', '2026-03-28T05:00:00Z'), march);
  });

  test('at 02:30 on the day on which there is none', () => {
    const [first, ...others] = ahead('30 2 29 3 *', '2026-03-27T03:00:00Z');
    assert.equal(first, '2026-03 2026-03-29T01:00:00.000Z');
    assert.deepEqual(others, []);
  });

  test('on 29 February, told of on the 27th', () => {
    assert.deepEqual(ahead('0 6 29 2 *', '2028-02-27T05:00:00Z'), ['2028-02 2028-02-29T05:00:00.000Z']);
    assert.deepEqual(ahead('0 6 29 2 *', '2027-02-27T05:00:00Z'), []);
  });

  test('of the next month, at the end of this one', () => {
    assert.deepEqual(ahead('0 0 1 * *', '2026-02-26T23:00:00Z'), ['2026-03 2026-02-28T23:00:00.000Z']);
    assert.deepEqual(ahead('0 6 1 1 *', '2026-12-30T05:00:00Z'), ['2027-01 2027-01-01T05:00:00.000Z']);
  });

  test('the first of each period, where there are several', () => {
    assert.deepEqual(ahead('0 6 * * *', '2026-11-29T05:00:00Z'), [
      '2026-11 2026-11-30T05:00:00.000Z',
      '2026-12 2026-12-01T05:00:00.000Z',
    ]);
  });
});

test('days before keep the time of day', () => {
  const zones = fc.constantFrom(
    'Europe/Berlin',
    'America/St_Johns',
    'Asia/Kathmandu',
    'UTC',
    'Australia/Lord_Howe',
  );
  // The hour is one that no clock skips.
  const times = fc.tuple(fc.integer({ min: 0, max: 3650 }), fc.integer({ min: 0, max: 59 }), zones);
  const shown = (at: Date, timeZone: string) =>
    new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit' }).format(at);
  fc.assert(
    fc.property(times, fc.integer({ min: 1, max: 40 }), ([day, minute, zone], days) => {
      const at = new Date(Date.UTC(2024, 0, 1 + day, 12, minute));
      const before = daysBefore(at, days, zone);

      assert.equal(shown(before, zone), shown(at, zone));
      assert.equal(Math.round((at.getTime() - before.getTime()) / 86_400_000), days);
    }),
  );
});
