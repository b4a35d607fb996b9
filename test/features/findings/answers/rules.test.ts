/** What is proposed for every kind, by how things stand. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  asksFirst,
  basisOf,
  chosen,
  proposalsFor,
  renewalOf,
  snoozedUntil,
  stateOf,
} from '../../../../src/features/findings/answers/rules.ts';
import type {
  Advice,
  Facts,
  Proposal,
  Service,
  There,
} from '../../../../src/features/findings/answers/types.ts';
import { KINDS, type Kind, type Numbers } from '../../../../src/features/findings/rules.ts';

const NOW = new Date('2026-11-21T12:00:00Z');
const RENEWS = new Date('2027-09-14T09:30:00Z');
const days = (ago: number) => new Date(NOW.getTime() - ago * 86_400_000);

const service: Service = {
  units: 10,
  associated: 3,
  reserved: 0,
  holders: 2,
  status: 'active',
  isMachines: false,
  maxPerUser: null,
  commitment: 'monthly',
  renewsAt: null,
  lots: [],
};
const there: There = { quantity: 10, assigned: 3, status: 'active', sku: 'E3-NEW' };
const facts: Facts = {
  now: NOW,
  foundAt: days(1),
  isProvider: true,
  service,
  there,
  moved: false,
  differing: [],
  nameless: [],
  candidates: [],
};

type Change = Partial<Omit<Facts, 'service' | 'there'>> & {
  readonly service?: Partial<Service> | undefined;
  readonly there?: Partial<There> | undefined;
};
const withChange = (change: Change): Facts => ({
  ...facts,
  ...change,
  service:
    'service' in change && change.service === undefined ? undefined : { ...service, ...change.service },
  there: 'there' in change && change.there === undefined ? undefined : { ...there, ...change.there },
});

const yearly = { commitment: 'yearly', renewsAt: RENEWS } as const;
const user = (name: string, here: number, there: number) => ({
  user: `${name}@contoso.example`,
  here,
  there,
});
const candidate = { ref: '10024/1', product: 'Office 365 E3', units: 4 };

/** A proposal in a word: `order increase 2 from 8` */
function word(one: Proposal): string {
  switch (one.how) {
    case 'adopt':
      return ['adopt', 'status' in one ? one.status : one.units, 'status' in one ? (one.units ?? '') : '']
        .join(' ')
        .trim();
    case 'order':
      return 'status' in one
        ? `order ${one.change} from ${one.status}`
        : `order ${one.change} ${one.by} from ${one.units ?? 'here'}`;
    case 'takeover':
    case 'tell':
      return `${one.how} +${one.get} −${one.lose}`;
    case 'release':
      return `release ${one.by} of ${one.of}`;
    case 'close':
      return `close ${one.units} of ${one.users}`;
    case 'map':
      return `map ${one.candidates.length}`;
    case 'same':
      return `same ${one.sku}`;
    case 'leave':
      return 'leave';
  }
}

const inShort = ({ proposals, obstacles, leads }: Advice): string[] => [
  ...proposals.map(word),
  ...obstacles.map((one) =>
    one.kind === 'bound' ? `not: bound, ${one.may} of ${one.of}` : `not: ${one.kind}`,
  ),
  ...leads.map((one) =>
    'by' in one ? `then ${one.to} ${one.by}` : `then ${one.to} ${one.user ?? ''}`.trim(),
  ),
];

const CASES: Readonly<
  Record<Kind, readonly (readonly [what: string, change: Change, advice: readonly string[]])[]>
> = {
  quantity: [
    ['more there', { there: { quantity: 12 } }, ['adopt 12', 'order decrease 2 from 12', 'leave']],
    ['fewer there', { there: { quantity: 8 } }, ['adopt 8', 'order increase 2 from 8', 'leave']],
    [
      'more there, seen a moment ago, of a year',
      { there: { quantity: 12 }, service: yearly },
      ['adopt 12', 'order decrease 2 from 12', 'leave'],
    ],
    [
      'more there, seen a week ago, of a year',
      { there: { quantity: 12 }, service: yearly, foundAt: days(7) },
      ['adopt 12', 'leave', 'not: bound, 0 of 2'],
    ],
    [
      'more there, of a year that ends today',
      { there: { quantity: 12 }, service: { commitment: 'yearly', renewsAt: NOW }, foundAt: days(30) },
      ['adopt 12', 'order decrease 2 from 12', 'leave'],
    ],
    ['just what is in use', { there: { quantity: 3 } }, ['adopt 3', 'order increase 7 from 3', 'leave']],
    ['fewer than are in use', { there: { quantity: 2 } }, ['leave', 'not: taken', 'then release']],
    [
      'fewer than are reserved',
      { there: { quantity: 2 }, service: { associated: 0, reserved: 3 } },
      ['leave', 'not: taken'],
    ],
    ['suspended here', { there: { quantity: 12 }, service: { status: 'suspended' } }, ['adopt 12', 'leave']],
    [
      'machines',
      { there: { quantity: 2 }, service: { units: 1, associated: 0, isMachines: true } },
      ['adopt 2', 'leave'],
    ],
    ['none here', { there: { quantity: 2 }, service: { units: 0, associated: 0 } }, ['adopt 2', 'leave']],
    [
      'more than can be ordered',
      { there: { quantity: 500_000 } },
      ['adopt 500000', 'leave', 'not: too many to order'],
    ],
    ['several services', { service: undefined }, ['leave', 'not: several']],
  ],
  assignments: [
    [
      'one more, one fewer, one only here',
      { differing: [user('ann', 1, 2), user('ben', 3, 1), user('cid', 1, 0)] },
      ['takeover +1 −2', 'tell +2 −1', 'leave'],
    ],
    [
      'what others lose is enough',
      { service: { units: 3 }, differing: [user('ann', 0, 2), user('ben', 2, 0)] },
      ['takeover +1 −1', 'tell +1 −1', 'leave'],
    ],
    [
      'too few free',
      { service: { units: 4 }, differing: [user('ann', 0, 3)] },
      ['tell +0 −1', 'leave', 'not: too few free', 'then increase 2'],
    ],
    [
      'more than a user may have',
      { service: { maxPerUser: 1 }, differing: [user('ann', 1, 2)] },
      ['tell +0 −1', 'leave', 'not: too many for a user'],
    ],
    [
      'suspended here',
      { service: { status: 'suspended' }, differing: [user('ann', 0, 1)] },
      ['tell +0 −1', 'leave', 'not: suspended'],
    ],
    [
      'suspended here, and only fewer there',
      { service: { status: 'suspended' }, differing: [user('ann', 1, 0)] },
      ['takeover +0 −1', 'tell +1 −0', 'leave'],
    ],
    [
      'a name that is no address',
      { differing: [user('ann', 0, 1)], nameless: ['ann'] },
      ['tell +0 −1', 'leave', 'not: nameless'],
    ],
    [
      'too many',
      { differing: Array.from({ length: 1001 }, (_, at) => user(String(at), 1, 0)) },
      ['tell +1001 −0', 'leave', 'not: too many users'],
    ],
  ],
  'over-assigned': [
    ['there', { there: { assigned: 12 } }, ['order increase 2 from here', 'leave', 'then release']],
    [
      'the quantity there is less',
      { there: { quantity: 2 } },
      ['leave', 'not: quantity first', 'then release'],
    ],
    [
      'suspended',
      { there: { assigned: 12 }, service: { status: 'suspended' } },
      ['leave', 'not: suspended', 'then release'],
    ],
    [
      'nobody has any here',
      { there: { assigned: 12 }, service: { associated: 0 } },
      ['order increase 2 from here', 'leave'],
    ],
  ],
  idle: [
    ['by the month', {}, ['release 7 of 7', 'leave']],
    ['one unit stays', { service: { associated: 0 }, there: { assigned: 0 } }, ['release 9 of 9', 'leave']],
    ['some are assigned there', { there: { assigned: 6 } }, ['release 4 of 4', 'leave']],
    ['some are reserved', { service: { reserved: 2 } }, ['release 5 of 5', 'leave']],
    ['of a year', { service: yearly }, ['leave', 'not: bound, 0 of 7']],
    [
      'of a year, some added this week',
      {
        service: {
          ...yearly,
          lots: [
            { quantity: 8, addedAt: days(8) },
            { quantity: 2, addedAt: days(6) },
          ],
        },
      },
      ['release 2 of 7', 'leave', 'not: bound, 2 of 7'],
    ],
    [
      'of a year that ends today',
      { service: { commitment: 'yearly', renewsAt: NOW } },
      ['release 7 of 7', 'leave'],
    ],
    ['none are left', { service: { associated: 10 } }, ['leave']],
  ],
  missing: [
    ['with users', {}, ['close 10 of 2', 'leave']],
    ['several services', { service: undefined }, ['leave', 'not: several']],
  ],
  unknown: [
    ['nothing fits', { service: undefined }, ['leave', 'not: nothing to map']],
    ['one fits', { service: undefined, candidates: [candidate] }, ['map 1', 'leave']],
  ],
  status: [
    [
      'suspended there',
      { there: { status: 'suspended' } },
      ['adopt suspended', 'order resume from suspended', 'leave'],
    ],
    [
      'active there',
      { service: { status: 'suspended' } },
      ['adopt active', 'order suspend from active', 'leave'],
    ],
    ['cancelled here', { service: { status: 'cancelled' } }, ['adopt active 10', 'leave']],
    ['a word that we do not know', { there: { status: 'limbo' } }, ['leave']],
  ],
  units: [
    ['with users here', {}, ['leave', 'then release ann@contoso.example']],
    ['with none here', { service: { associated: 0 } }, ['leave']],
  ],
  product: [
    ['another name', {}, ['same E3-NEW', 'leave']],
    ['asked by a reseller', { isProvider: false }, ['leave', 'not: provider only']],
    ['another product', { otherProduct: 'Office 365 E5' }, ['leave', 'not: other product']],
  ],
};
const numbers: Numbers = { users: ['ann@contoso.example', ['ben@contoso.example', 1, 2], 7] };

for (const kind of KINDS)
  describe(kind, () => {
    for (const [what, change, advice] of CASES[kind])
      test(what, () => {
        assert.deepEqual(inShort(proposalsFor({ kind, numbers }, withChange(change))), advice);
      });
    test('our books have changed since', () => {
      const advice = proposalsFor({ kind, numbers }, withChange({ moved: true, candidates: [candidate] }));
      assert.deepEqual(inShort(advice), ['leave', 'not: moved']);
    });
    test('an order changes it', () => {
      const advice = proposalsFor({ kind, numbers }, withChange({ changing: 10029 }));
      assert.deepEqual(inShort(advice), ['leave', 'not: changing']);
    });
    test('an order that failed without an answer may have changed it', () => {
      const advice = proposalsFor({ kind, numbers }, withChange({ unanswered: 10029, moved: true }));
      assert.deepEqual(inShort(advice), ['leave', 'not: unanswered']);
    });
  });

describe('an answer', () => {
  test('accept is what the vendor says, or else to leave it', () => {
    const meant = (kind: Kind, change: Change) =>
      chosen(proposalsFor({ kind, numbers }, withChange(change)), 'accept')?.how;
    assert.equal(meant('quantity', { there: { quantity: 12 } }), 'adopt');
    assert.equal(meant('assignments', { differing: [user('ann', 1, 2)] }), 'takeover');
    assert.equal(meant('missing', {}), 'close');
    assert.equal(meant('product', {}), 'same');
    assert.equal(meant('unknown', { candidates: [candidate] }), 'leave');
    assert.equal(meant('idle', {}), 'leave');
  });

  test('first is what is proposed above all', () => {
    const meant = (kind: Kind, change: Change) =>
      chosen(proposalsFor({ kind, numbers }, withChange(change)), 'first')?.how;
    assert.equal(meant('quantity', { there: { quantity: 12 } }), 'adopt');
    assert.equal(meant('idle', {}), 'release');
    assert.equal(meant('unknown', { candidates: [] }), 'leave');
  });

  test('what moves units is asked first; what begins an order is looked at there', () => {
    const of = (kind: Kind, change: Change) =>
      proposalsFor({ kind, numbers }, withChange(change))
        .proposals.filter(asksFirst)
        .map(({ how }) => how);
    assert.deepEqual(of('quantity', { there: { quantity: 12 } }), ['adopt', 'order']);
    assert.deepEqual(of('status', { there: { status: 'suspended' } }), ['adopt', 'order']);
    assert.deepEqual(of('assignments', { differing: [user('ann', 1, 2)] }), ['takeover', 'tell']);
    assert.deepEqual(of('over-assigned', { there: { assigned: 12 } }), []);
    assert.deepEqual(of('idle', {}), []);
    assert.deepEqual(of('missing', {}), ['close']);
    assert.deepEqual(of('unknown', { candidates: [candidate] }), ['map']);
    assert.deepEqual(of('product', {}), []);
  });

  test('rests on what was shown', () => {
    const adopt = (units: number) => basisOf({ how: 'adopt', units, before: 10 }, [user('ann', 1, 2)]);
    assert.equal(adopt(12), adopt(12));
    assert.notEqual(adopt(12), adopt(13));
    const over = (there: number) => basisOf({ how: 'takeover', get: 1, lose: 0 }, [user('ann', 1, there)]);
    assert.notEqual(over(2), over(3));
  });

  test('waits, is put off, was given, or is no more', () => {
    const of = (answer: 'accepted' | 'snoozed' | null, until: Date | null = null, stillFound = true) =>
      stateOf({ stillFound, answer, snoozedUntil: until }, NOW);
    assert.equal(of(null), 'open');
    assert.equal(of('accepted'), 'answered');
    assert.equal(of('snoozed', new Date(NOW.getTime() + 1)), 'snoozed');
    assert.equal(of('snoozed', NOW), 'open');
    assert.equal(of(null, null, false), 'gone');
  });

  test('is put off for a day, a week, to the next run, or to the renewal', () => {
    const run = new Date('2026-11-25T06:00:00Z');
    const until = (word: 'day' | 'week' | 'run' | 'renewal', renewsAt: Date | undefined = RENEWS) =>
      snoozedUntil(word, { now: NOW, run, renewsAt })?.toISOString();
    assert.equal(until('day'), '2026-11-22T12:00:00.000Z');
    assert.equal(until('week'), '2026-11-28T12:00:00.000Z');
    assert.equal(until('run'), run.toISOString());
    assert.equal(until('renewal'), '2027-09-14T00:00:00.000Z');
    assert.equal(snoozedUntil('renewal', { now: NOW, run, renewsAt: undefined }), undefined);
    const bound = proposalsFor({ kind: 'idle', numbers }, withChange({ service: yearly }));
    assert.equal(renewalOf(bound)?.toISOString(), RENEWS.toISOString());
  });
});
