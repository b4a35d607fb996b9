import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { lastDue, nextDue } from '../../src/jobs/index.ts';

const DAY = 24 * 60 * 60 * 1000;
const berlin = (cron: string) => ({ name: 'reconcile', cron, timezone: 'Europe/Berlin' });

/** The first time in so many days. */
function next(cron: string, now: string, days = 3): string | undefined {
  const from = new Date(now);
  return nextDue(berlin(cron), from, new Date(from.getTime() + days * DAY))?.toISOString();
}

describe('when a tick is due next', () => {
  test('in the time zone that it is meant for', () => {
    assert.equal(next('0 6 25 * *', '2026-11-23T05:00:00Z'), '2026-11-25T05:00:00.000Z');
    assert.equal(next('0 6 25 * *', '2026-07-23T05:00:00Z'), '2026-07-25T04:00:00.000Z');
  });

  test('after now, not at now, and not later than asked', () => {
    assert.equal(next('0 6 25 * *', '2026-11-25T05:00:00Z'), undefined);
    assert.equal(next('0 6 25 * *', '2026-11-25T04:59:59.999Z'), '2026-11-25T05:00:00.000Z');
    assert.equal(next('0 6 25 * *', '2026-11-23T05:00:00Z', 2), '2026-11-25T05:00:00.000Z');
    assert.equal(next('0 6 25 * *', '2026-11-23T04:59:59Z', 2), undefined);
  });

  test('with seconds, in the middle of a quarter', () => {
    assert.equal(next('15,45 7 6 25 * *', '2026-11-25T05:07:15Z'), '2026-11-25T05:07:45.000Z');
    assert.equal(next('15,45 7 6 25 * *', '2026-11-25T05:03:00Z'), '2026-11-25T05:07:15.000Z');
  });

  test('on 29 February, in leap years alone', () => {
    assert.equal(next('0 6 29 2 *', '2028-02-27T12:00:00Z'), '2028-02-29T05:00:00.000Z');
    assert.equal(next('0 6 29 2 *', '2027-02-27T12:00:00Z'), undefined);
    assert.equal(next('0 6 29 * *', '2027-02-27T12:00:00Z', 35), '2027-03-29T04:00:00.000Z');
  });

  test('on a day that not every month has', () => {
    assert.equal(next('0 6 31 * *', '2026-04-29T00:00:00Z'), undefined);
    assert.equal(next('0 6 31 * *', '2026-05-29T00:00:00Z'), '2026-05-31T04:00:00.000Z');
    assert.equal(next('0 0 1 * *', '2026-11-29T00:00:00Z'), '2026-11-30T23:00:00.000Z');
  });

  test('at 02:30 when the clocks skip it or show it twice', () => {
    assert.equal(next('30 2 * * *', '2026-03-28T12:00:00Z'), '2026-03-29T01:00:00.000Z');
    assert.equal(next('30 2 29 3 *', '2026-03-27T12:00:00Z'), '2026-03-29T01:00:00.000Z');
    assert.equal(next('30 2 * * *', '2026-10-24T12:00:00Z'), '2026-10-25T00:30:00.000Z');
  });

  test('where a zone is off by a quarter of an hour', () => {
    const kathmandu = { name: 'reconcile', cron: '0 6 25 * *', timezone: 'Asia/Kathmandu' };
    const due = nextDue(kathmandu, new Date('2026-11-24T00:00:00Z'), new Date('2026-11-26T00:00:00Z'));
    assert.equal(due?.toISOString(), '2026-11-25T00:15:00.000Z');
  });

  test('is what was last due a moment later', () => {
    for (const cron of ['0 6 25 * *', '*/7 3 * * 1', '30 5 4 29 2 *', '30 2 * * *']) {
      for (const now of ['2028-02-27T00:00:00Z', '2026-03-28T23:59:00Z', '2026-10-24T23:00:00Z']) {
        const due = nextDue(berlin(cron), new Date(now), new Date(Date.parse(now) + 40 * DAY));
        assert.ok(due === undefined || lastDue(berlin(cron), due)?.getTime() === due.getTime(), cron);
      }
    }
  });
});
