import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import {
  type Group,
  nameThen,
  periodAfter,
  periodOf,
  readAs,
  summarize,
  understand,
  wasMissed,
} from '../../../src/features/reconciliation/rules.ts';

const hamara = { id: 1, kind: 'provider', name: 'HamaraCloud' } as const;
const northwind = { id: 2, kind: 'reseller', name: 'Northwind Partners' } as const;
const contoso = { id: 3, kind: 'customer', name: 'Contoso' } as const;

function group(of: Partial<Group>): Group {
  return {
    id: contoso.id,
    organization: contoso.name,
    resellerId: northwind.id,
    reseller: northwind.name,
    currency: 'EUR',
    checked: 1,
    leftOut: 0,
    changed: 1,
    drift: 0,
    bound: 0,
    minor: 0,
    ...of,
  };
}
const fabrikam = { id: 4, organization: 'Fabrikam', resellerId: null, reseller: null };

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
    ['preview', { kind: 'preview', of: '' }],
    ['NOW', { kind: 'now', of: '' }],
    ['now Northwind Partners', { kind: 'now', of: 'Northwind Partners' }],
    ['2026-11', { kind: 'past', period: '2026-11', of: '' }],
    ['2026-11 contoso', { kind: 'past', period: '2026-11', of: 'contoso' }],
    ['2026-1', { kind: 'past', period: '2026-01', of: '' }],
    ['2026/09', { kind: 'past', period: '2026-09', of: '' }],
    ['2026-11 export', { kind: 'export', period: '2026-11', of: '', formats: ['xlsx', 'csv'] }],
    ['2026-11 Export CSV contoso', { kind: 'export', period: '2026-11', of: 'contoso', formats: ['csv'] }],
    ['2026-11 export xlsx', { kind: 'export', period: '2026-11', of: '', formats: ['xlsx'] }],
    ['2026-11 export Excel contoso', { kind: 'export', period: '2026-11', of: 'contoso', formats: ['xlsx'] }],
    ['2026-11 export xlsx csv', { kind: 'export', period: '2026-11', of: '', formats: ['xlsx', 'csv'] }],
    ['2026-11 export csv and xlsx', { kind: 'export', period: '2026-11', of: '', formats: ['csv', 'xlsx'] }],
    ['2026-11 export pdf', { kind: 'no such format', typed: 'pdf', period: '2026-11' }],
    ['2026-11 run 12 export ODS', { kind: 'no such format', typed: 'ODS', period: '2026-11', run: 12 }],
    [
      '2026-11 export pdf factory',
      { kind: 'export', period: '2026-11', of: 'pdf factory', formats: ['xlsx', 'csv'] },
    ],
    ['2026-11 csv', { kind: 'export', period: '2026-11', of: '', formats: ['csv'] }],
    ['2026-11 run 12', { kind: 'past', period: '2026-11', run: 12, of: '' }],
    ['2026-11 Run #12 contoso', { kind: 'past', period: '2026-11', run: 12, of: 'contoso' }],
    ['2026-11 run export', { kind: 'past', period: '2026-11', of: 'run export' }],
    [
      '2026-11 run 12 export csv contoso',
      { kind: 'export', period: '2026-11', run: 12, of: 'contoso', formats: ['csv'] },
    ],
    ['2026-13', { kind: 'no such month', typed: '2026-13' }],
    ['2026-00 export', { kind: 'no such month', typed: '2026-00' }],
    ['november', { kind: 'unclear', typed: 'november' }],
    ['2026-11-25', { kind: 'unclear', typed: '2026-11-25' }],
  ];
  for (const [words, wish] of cases) {
    test(`"${words}"`, () => assert.deepEqual(understand(words === '' ? [] : words.split(' ')), wish));
  }
});

test('a period is followed by the next, over the year', () => {
  assert.deepEqual(['2026-11', '2026-12', '0999-12'].map(periodAfter), ['2026-12', '2027-01', '1000-01']);
});

test('a summary adds up by currency and puts the largest organization first', () => {
  const summary = summarize(
    [
      group({ checked: 2, drift: -8, minor: -10080, bound: 3 }),
      group({ ...fabrikam, drift: 8, minor: 400, leftOut: 2, bound: 1 }),
      group({ ...fabrikam, currency: 'USD', drift: 2, minor: 200 }),
      group({ id: 5, organization: 'Litware', changed: 0 }),
    ],
    [],
  );

  assert.deepEqual(summary, {
    checked: 5,
    changed: 3,
    drift: 2,
    money: [
      { minor: -9680, currency: 'EUR' },
      { minor: 200, currency: 'USD' },
    ],
    leftOut: 2,
    bound: 4,
    differences: [],
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
  });
});

test('amounts that cancel each other out are left out, the changes are not', () => {
  const summary = summarize([group({ drift: -1, minor: -100 }), group({ drift: 1, minor: 100 })], []);

  assert.deepEqual(summary.money, []);
  assert.equal(summary.changed, 2);
  assert.equal(summary.drift, 0);
});

test('what the organizations changed is what was changed over all', () => {
  const anyGroup = fc
    .record({
      id: fc.constantFrom(3, 4),
      changed: fc.nat(5),
      drift: fc.integer({ min: -50, max: 50 }),
      minor: fc.integer({ min: -100_000, max: 100_000 }),
      currency: fc.constantFrom('EUR', 'USD'),
    })
    .map((of) => group({ ...of, ...(of.changed === 0 && { drift: 0, minor: 0 }) }));
  fc.assert(
    fc.property(fc.array(anyGroup), (groups) => {
      const { drift, changed, organizations } = summarize(groups, []);
      const sum = (what: 'drift' | 'changed') => organizations.reduce((all, one) => all + one[what], 0);
      assert.deepEqual([sum('drift'), sum('changed')], [drift, changed]);
    }),
  );
});

test('a reader is told of the part of a run that is its own, or of a run that is smaller', () => {
  assert.equal(readAs(hamara, northwind), northwind);
  assert.equal(readAs(hamara, hamara), hamara);
  assert.equal(readAs(northwind, hamara), northwind);
  assert.equal(readAs(northwind, contoso), contoso);
  assert.equal(readAs(contoso, northwind), contoso);
});

test('an organization keeps the name that it had then', () => {
  const renamed = { ...northwind, name: 'Northwind International' };

  assert.equal(nameThen([group({})], renamed), 'Northwind Partners');
  assert.equal(nameThen([group({})], { ...contoso, name: 'Contoso Group' }), 'Contoso');
  assert.equal(nameThen([], renamed), 'Northwind International');
});

test('a run was missed where its schedule was in force before it was due and none was made', () => {
  const due = new Date('2026-11-25T05:00:00Z');
  const before = new Date('2026-11-01T00:00:00Z');
  const after = new Date('2026-11-26T00:00:00Z');

  assert.equal(wasMissed(due, { inForceSince: before, alreadyRun: false }), true);
  assert.equal(wasMissed(due, { inForceSince: before, alreadyRun: true }), false);
  assert.equal(wasMissed(due, { inForceSince: after, alreadyRun: false }), false);
});
