import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import {
  type Hours,
  hoursInWords,
  parseHours,
  quietUntil,
} from '../../../src/features/notices/hours/rules.ts';

const nights = (timeZone: string, weekends = false): Hours => ({
  daily: { from: 20 * 60, to: 7 * 60 },
  weekends,
  timeZone,
});

describe('quiet hours', () => {
  for (const { what, now, until, hours } of [
    {
      what: 'go on past midnight',
      hours: nights('UTC'),
      now: '2026-11-24T23:10:30Z',
      until: '2026-11-25T07:00:00.000Z',
    },
    {
      what: 'begin with their first minute',
      hours: nights('UTC'),
      now: '2026-11-24T20:00:00Z',
      until: '2026-11-25T07:00:00.000Z',
    },
    {
      what: 'have not begun the minute before',
      hours: nights('UTC'),
      now: '2026-11-24T19:59:59Z',
      until: undefined,
    },
    { what: 'are over at their end', hours: nights('UTC'), now: '2026-11-25T07:00:00Z', until: undefined },
    {
      what: 'last within a day',
      hours: { daily: { from: 720, to: 780 }, weekends: false, timeZone: 'UTC' },
      now: '2026-11-24T12:30:00Z',
      until: '2026-11-24T13:00:00.000Z',
    },
    {
      what: 'are by the clock of their time zone',
      hours: nights('Europe/Berlin'),
      now: '2026-11-24T19:10:00Z',
      until: '2026-11-25T06:00:00.000Z',
    },
    {
      what: 'of a weekend last from Saturday to Monday',
      hours: { daily: undefined, weekends: true, timeZone: 'Europe/Berlin' },
      now: '2026-11-20T23:30:00Z',
      until: '2026-11-22T23:00:00.000Z',
    },
    {
      what: 'of a weekend are not there on a Friday',
      hours: { daily: undefined, weekends: true, timeZone: 'Europe/Berlin' },
      now: '2026-11-20T22:30:00Z',
      until: undefined,
    },
    {
      what: 'of nights and weekends join',
      hours: nights('Europe/Berlin', true),
      now: '2026-11-20T19:30:00Z',
      until: '2026-11-23T06:00:00.000Z',
    },
    {
      what: 'are an hour shorter where the clock is put forward',
      hours: nights('Europe/Berlin'),
      now: '2026-03-28T20:00:00Z',
      until: '2026-03-29T05:00:00.000Z',
    },
    {
      what: 'are an hour longer where it is put back',
      hours: nights('Europe/Berlin'),
      now: '2026-10-24T19:00:00Z',
      until: '2026-10-25T06:00:00.000Z',
    },
    {
      what: 'that would end in the hour that is skipped end where it is skipped',
      hours: { daily: { from: 60, to: 150 }, weekends: false, timeZone: 'Europe/Berlin' },
      now: '2026-03-29T00:30:00Z',
      until: '2026-03-29T01:00:00.000Z',
    },
    {
      what: 'that would begin in the hour that is skipped begin after it',
      hours: { daily: { from: 150, to: 240 }, weekends: false, timeZone: 'Europe/Berlin' },
      now: '2026-03-29T01:00:00Z',
      until: '2026-03-29T02:00:00.000Z',
    },
    {
      what: 'come twice in the hour that comes twice',
      hours: { daily: { from: 130, to: 150 }, weekends: false, timeZone: 'Europe/Berlin' },
      now: '2026-10-25T01:15:00Z',
      until: '2026-10-25T01:30:00.000Z',
    },
    {
      what: 'may leave a minute of the day',
      hours: { daily: { from: 721, to: 720 }, weekends: true, timeZone: 'UTC' },
      now: '2026-11-20T12:01:00Z',
      until: '2026-11-23T12:00:00.000Z',
    },
  ] as const) {
    test(what, () => assert.equal(quietUntil(new Date(now), hours)?.toISOString(), until));
  }

  const zones = ['UTC', 'Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu'];
  const minute = fc.integer({ min: 0, max: 1439 });
  const anyHours = fc
    .record(
      {
        daily: fc.option(
          fc
            .record({ from: minute, to: minute }, { noNullPrototype: true })
            .filter(({ from, to }) => from !== to),
          { nil: undefined },
        ),
        weekends: fc.boolean(),
        timeZone: fc.constantFrom(...zones),
      },
      { noNullPrototype: true },
    )
    .filter(({ daily, weekends }) => weekends || daily !== undefined);
  const anyMoment = fc.date({
    min: new Date('2026-01-01T00:00:00Z'),
    max: new Date('2027-12-31T00:00:00Z'),
    noInvalidDate: true,
  });

  test('end at a minute that is not quiet, after minutes that all are', () => {
    fc.assert(
      fc.property(anyHours, anyMoment, fc.double({ min: 0, max: 1, noNaN: true }), (hours, now, part) => {
        const until = quietUntil(now, hours);
        if (until === undefined) return;
        assert.ok(until > now);
        assert.ok(until.getTime() - now.getTime() < 9 * 24 * 60 * 60_000);
        assert.equal(quietUntil(until, hours), undefined);
        const within = new Date(now.getTime() + (until.getTime() - now.getTime() - 1) * part);
        assert.equal(quietUntil(within, hours)?.toISOString(), until.toISOString());
      }),
      { numRuns: 300 },
    );
  });

  test('that are typed as they are shown are the same', () => {
    fc.assert(
      fc.property(anyHours, (hours) => {
        const parsed = parseHours(hoursInWords(hours), 'UTC');
        assert.deepEqual(parsed, { kind: 'hours', hours });
      }),
    );
  });
});

describe('quiet hours are understood', () => {
  for (const [typed, said] of [
    ['20:00-07:00', 'from 20:00 to 07:00, Europe/Stockholm'],
    ['20-7', 'from 20:00 to 07:00, Europe/Stockholm'],
    ['20:00 – 07:30 europe/berlin', 'from 20:00 to 07:30, Europe/Berlin'],
    ['from 18:00 until 24:00 and weekends', 'from 18:00 to 00:00 and on weekends, Europe/Stockholm'],
    ['weekends', 'on weekends, Europe/Stockholm'],
    ['weekends America/Port-au-Prince', 'on weekends, America/Port-au-Prince'],
    ['20:00-07:00 weekends Europe/Berlin', 'from 20:00 to 07:00 and on weekends, Europe/Berlin'],
  ] as const) {
    test(typed, () => {
      const parsed = parseHours(typed, 'Europe/Stockholm');
      assert.equal(parsed.kind === 'hours' ? hoursInWords(parsed.hours) : JSON.stringify(parsed), said);
    });
  }

  for (const [typed, what] of [
    ['20:00-20:00', 'same'],
    ['00:00-24:00', 'always'],
    ['25:00-07:00', 'time'],
    ['20:60-07:00', 'time'],
    ['20:00-07:00 Europe/Atlantis', 'zone'],
    ['nights', 'nothing'],
    ['20:00', 'nothing'],
    ['20:00-07:00 Europe/Berlin please', 'nothing'],
    ['-1', 'nothing'],
  ] as const) {
    test(`not: ${typed}`, () => {
      const parsed = parseHours(typed, 'UTC');
      assert.equal(parsed.kind === 'wrong' ? parsed.what : hoursInWords(parsed.hours), what);
    });
  }
});
