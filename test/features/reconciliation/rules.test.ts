import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import {
  type Line,
  linesFor,
  periodOf,
  planOf,
  summarize,
  understand,
  wasMissed,
} from '../../../src/features/reconciliation/rules.ts';

const contoso = { id: 3, name: 'Contoso', parentId: 2 };
const fabrikam = { id: 4, name: 'Fabrikam', parentId: 1 };

function line(of: Partial<Line>): Line {
  return {
    subscriptionId: 1,
    organization: contoso,
    service: '10023/1',
    product: 'Webex Suite',
    before: 0,
    counted: 0,
    priceMinor: 100,
    currency: 'EUR',
    ...of,
  };
}

describe('periodOf', () => {
  const cases: [at: string, zone: string, period: string][] = [
    ['2026-11-25T05:00:00Z', 'Europe/Berlin', '2026-11'],
    // Month ends, on both sides of UTC.
    ['2026-10-31T22:59:59Z', 'Europe/Berlin', '2026-10'],
    ['2026-10-31T23:00:00Z', 'Europe/Berlin', '2026-11'],
    ['2026-10-31T23:59:59Z', 'UTC', '2026-10'],
    ['2026-11-01T00:00:00Z', 'UTC', '2026-11'],
    ['2026-11-01T03:59:59Z', 'America/New_York', '2026-10'],
    ['2026-11-01T04:00:00Z', 'America/New_York', '2026-11'],
    // The year turns first at UTC+14, last at UTC-11.
    ['2026-12-31T10:00:00Z', 'Pacific/Kiritimati', '2027-01'],
    ['2026-12-31T09:59:59Z', 'Pacific/Kiritimati', '2026-12'],
    ['2027-01-01T10:59:59Z', 'Pacific/Pago_Pago', '2026-12'],
    ['2027-01-01T11:00:00Z', 'Pacific/Pago_Pago', '2027-01'],
    // Offsets that are no whole hours.
    ['2026-05-31T18:29:59Z', 'Asia/Kolkata', '2026-05'],
    ['2026-05-31T18:30:00Z', 'Asia/Kolkata', '2026-06'],
    // The same hour of UTC is another month in summer than in winter.
    ['2026-03-31T22:30:00Z', 'Europe/Berlin', '2026-04'],
    ['2026-02-28T22:30:00Z', 'Europe/Berlin', '2026-02'],
    // The day on which clocks change is the last of the month.
    ['2027-10-31T00:30:00Z', 'Europe/Berlin', '2027-10'],
    ['2027-10-31T23:00:00Z', 'Europe/Berlin', '2027-11'],
    ['2028-02-29T23:30:00Z', 'UTC', '2028-02'],
  ];
  for (const [at, zone, period] of cases) {
    test(`${at} in ${zone} is ${period}`, () => assert.equal(periodOf(new Date(at), zone), period));
  }
});

describe('understand', () => {
  const cases: [words: string, wish: ReturnType<typeof understand>][] = [
    ['', { kind: 'menu' }],
    ['preview', { kind: 'preview' }],
    ['NOW', { kind: 'now' }],
    ['2026-11', { kind: 'past', period: '2026-11' }],
    ['2026-1', { kind: 'past', period: '2026-01' }],
    ['2026/09', { kind: 'past', period: '2026-09' }],
    ['2026-13', { kind: 'no such month', typed: '2026-13' }],
    ['2026-00', { kind: 'no such month', typed: '2026-00' }],
    ['november', { kind: 'unclear', typed: 'november' }],
    ['2026-11-25', { kind: 'unclear', typed: '2026-11-25' }],
    ['now please', { kind: 'unclear', typed: 'now please' }],
  ];
  for (const [words, wish] of cases) {
    test(`"${words}"`, () => assert.deepEqual(understand(words === '' ? [] : words.split(' ')), wish));
  }
});

test('a summary adds up by currency and puts the largest difference first', () => {
  const lines = [
    line({ subscriptionId: 1, before: 10, counted: 2, priceMinor: 1260 }),
    line({ subscriptionId: 2, before: 5, counted: 5 }),
    line({ subscriptionId: 3, organization: fabrikam, before: 1, counted: 3, currency: 'USD' }),
    line({ subscriptionId: 4, organization: fabrikam, before: 0, counted: 8, priceMinor: 50 }),
  ];

  const summary = summarize(lines);

  assert.deepEqual(
    { ...summary, differences: summary.differences.map(({ subscriptionId }) => subscriptionId) },
    {
      checked: 4,
      changed: 3,
      drift: 2,
      money: [
        { minor: -9680, currency: 'EUR' },
        { minor: 200, currency: 'USD' },
      ],
      differences: [1, 4, 3],
      organizations: [
        {
          organization: 'Fabrikam',
          checked: 2,
          changed: 2,
          drift: 10,
          money: [
            { minor: 400, currency: 'EUR' },
            { minor: 200, currency: 'USD' },
          ],
        },
        {
          organization: 'Contoso',
          checked: 2,
          changed: 1,
          drift: -8,
          money: [{ minor: -10080, currency: 'EUR' }],
        },
      ],
    },
  );
});

test('amounts that cancel each other out are left out, the changes are not', () => {
  const summary = summarize([line({ before: 2, counted: 1 }), line({ subscriptionId: 2, counted: 1 })]);

  assert.deepEqual(summary.money, []);
  assert.equal(summary.changed, 2);
  assert.equal(summary.drift, 0);
});

test('what the organizations changed is what was changed over all', () => {
  const anyLine = fc
    .record({
      organization: fc.constantFrom(contoso, fabrikam),
      before: fc.nat(50),
      counted: fc.nat(50),
      priceMinor: fc.nat(100_000),
      currency: fc.constantFrom('EUR', 'USD'),
    })
    .map(line);
  fc.assert(
    fc.property(fc.array(anyLine), (lines) => {
      const { drift, changed, differences, organizations } = summarize(lines);
      assert.equal(differences.length, changed);
      assert.equal(
        organizations.reduce((sum, one) => sum + one.drift, 0),
        drift,
      );
      assert.equal(
        organizations.reduce((sum, one) => sum + one.changed, 0),
        changed,
      );
    }),
  );
});

test('a plan is the same until a change in it is another', () => {
  const lines = [line({ before: 10, counted: 2 }), line({ subscriptionId: 2, before: 1, counted: 1 })];

  const plan = planOf(lines);

  assert.equal(planOf([...lines, line({ subscriptionId: 9, before: 4, counted: 4 })]), plan);
  assert.notEqual(planOf([line({ before: 10, counted: 3 })]), plan);
  assert.notEqual(planOf([line({ before: 9, counted: 2 })]), plan);
  assert.notEqual(planOf([...lines, line({ subscriptionId: 3, counted: 1 })]), plan);
});

test('a reseller has the lines of itself and its customers, a customer none', () => {
  const own = line({ organization: { id: 2, name: 'Northwind Partners', parentId: 1 } });
  const lines = [line({}), line({ organization: fabrikam }), own];

  assert.equal(linesFor({ kind: 'all' }, lines).length, 3);
  assert.deepEqual(linesFor({ kind: 'reseller', organizationId: 2 }, lines), [lines[0], own]);
  assert.deepEqual(linesFor({ kind: 'reseller', organizationId: 9 }, lines), []);
  assert.deepEqual(linesFor({ kind: 'customer', organizationId: 3 }, lines), []);
});

test('a run was missed where the bot was set up before it was due and none was made', () => {
  const due = new Date('2026-11-25T05:00:00Z');
  const before = new Date('2026-11-01T00:00:00Z');
  const after = new Date('2026-11-26T00:00:00Z');

  assert.equal(wasMissed(due, { setUpAt: before, alreadyRun: false }), true);
  assert.equal(wasMissed(due, { setUpAt: before, alreadyRun: true }), false);
  assert.equal(wasMissed(due, { setUpAt: after, alreadyRun: false }), false);
  assert.equal(wasMissed(due, { setUpAt: undefined, alreadyRun: false }), false);
});
