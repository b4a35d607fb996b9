import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  type Decision,
  decide,
  differences,
  keptOf,
  type World,
} from '../../../src/features/packages/rules.ts';
import type { Mode, Package, Snapshot, UserState, Wish } from '../../../src/features/packages/types.ts';

const [SUITE, CALLING, MEETINGS, LOST] = [1, 2, 3, 4];
const packages: readonly Package[] = [
  { id: SUITE, name: 'Webex Suite', calling: true, meetings: true },
  { id: CALLING, name: 'Webex Calling', calling: true, meetings: false },
  { id: MEETINGS, name: 'Webex Meetings', calling: false, meetings: true },
  { id: LOST, name: 'Webex Voice', calling: false, meetings: false },
];
const world = (mode: Mode): World => ({
  mode,
  packages: new Map(packages.map((one) => [one.id, one])),
  sold: new Set([SUITE, CALLING, MEETINGS]),
});

const holding = (product: number) => ({
  service: product * 10,
  product,
  name: packages[product - 1]?.name ?? '',
  units: 1,
});
const user = (of: Partial<UserState> = {}): UserState => ({
  email: 'alice@contoso.example',
  packages: [],
  licences: [],
  details: {},
  others: [],
  ...of,
});
const having = (...products: number[]) => user({ packages: products.map(holding) });
const reachable = { extension: '4711', location: 'Oslo' } as const;

/** What is decided, in a line. */
function line(decision: Decision): string {
  switch (decision.kind) {
    case 'refused':
      return decision.refusals
        .map((one) => ('has' in one ? `${one.why}: ${one.has.name}` : one.why))
        .join(' + ');
    case 'nothing':
      return decision.why;
    case 'change': {
      const { give, take, leaves, licences } = decision;
      const parts = [
        give && `gives ${give.name}`,
        take.length > 0 && `takes ${take.map(({ name }) => name).join(', ')}`,
        licences.length > 0 && `licences ${licences.join(', ')}`,
        leaves && 'leaves',
      ];
      return parts.filter(Boolean).join('; ') || 'details';
    }
  }
}

type Case = readonly [what: string, before: UserState | undefined, wish: Wish, expected: string, mode?: Mode];
const cases: readonly Case[] = [
  ['a package for a new user', undefined, { give: MEETINGS }, 'gives Webex Meetings'],
  ['a package for a user without one', having(), { give: MEETINGS }, 'gives Webex Meetings'],
  ['the package that the user has', having(MEETINGS), { give: MEETINGS }, 'same'],
  ['the package that the user has, others off', having(MEETINGS), { give: MEETINGS, off: [SUITE] }, 'same'],
  [
    'another package, the old one off',
    having(SUITE),
    { give: MEETINGS, off: [SUITE] },
    'gives Webex Meetings; takes Webex Suite',
  ],
  [
    'another package, the old one blank',
    having(SUITE),
    { give: MEETINGS, off: [CALLING] },
    'has another: Webex Suite',
  ],
  [
    'another package where services are only added',
    having(SUITE),
    { give: MEETINGS },
    'has another: Webex Suite',
    'add-only',
  ],
  [
    'one of two packages, the other off',
    having(SUITE, MEETINGS),
    { give: MEETINGS, off: [SUITE] },
    'takes Webex Suite',
  ],
  [
    'a third package, both others off',
    { ...having(SUITE, MEETINGS), details: reachable },
    { give: CALLING, off: [SUITE, MEETINGS] },
    'gives Webex Calling; takes Webex Suite, Webex Meetings',
  ],
  [
    'a third package, one of the others off',
    { ...having(SUITE, MEETINGS), details: reachable },
    { give: CALLING, off: [SUITE] },
    'has another: Webex Meetings',
  ],
  ['a package the customer has no service of', undefined, { give: LOST }, 'no service'],
  ['a package that is sold no more', undefined, { give: 99 }, 'no such package'],
  ['calling without anything', undefined, { give: CALLING }, 'no number + no location'],
  ['calling without a location', undefined, { give: CALLING, details: { extension: '47' } }, 'no location'],
  ['calling without a number', undefined, { give: CALLING, details: { location: 'Oslo' } }, 'no number'],
  ['calling with both in the row', undefined, { give: CALLING, details: reachable }, 'gives Webex Calling'],
  [
    'calling with a phone number',
    undefined,
    { give: CALLING, details: { phone_number: '+46812345678', location: 'Oslo' } },
    'gives Webex Calling',
  ],
  ['calling with both stored', user({ details: reachable }), { give: CALLING }, 'gives Webex Calling'],
  [
    'calling with one stored and one in the row',
    user({ details: { extension: '47' } }),
    { give: CALLING, details: { location: 'Oslo' } },
    'gives Webex Calling',
  ],
  ['calling that the user has, without a number', having(CALLING), { give: CALLING }, 'same'],
  [
    'calling instead of meetings, without a number',
    having(MEETINGS),
    { give: CALLING, off: [MEETINGS] },
    'no number + no location',
  ],
  ['all off', having(SUITE), { off: [SUITE, CALLING], leave: true }, 'takes Webex Suite; leaves'],
  [
    'all off with licences',
    { ...having(SUITE), licences: ['messaging'] },
    { off: [SUITE], leave: true },
    'takes Webex Suite; leaves',
  ],
  ['all off without a package', having(), { off: [SUITE], leave: true }, 'leaves'],
  ['all off for nobody', undefined, { off: [SUITE], leave: true }, 'was not there'],
  ['all off, but not the one that the user has', having(MEETINGS), { off: [SUITE], leave: true }, 'same'],
  [
    'all off, nothing to take, and others hold the user',
    user({ others: ['Office 365 E3'] }),
    { off: [SUITE], leave: true },
    'same',
  ],
  [
    'all off, a licence to take, and others hold the user',
    user({ others: ['Office 365 E3'], licences: ['calling'] }),
    { off: [SUITE], leave: true },
    'leaves',
  ],
  ['one off', having(SUITE), { off: [SUITE] }, 'takes Webex Suite'],
  ['one off that the user does not have', having(SUITE), { off: [CALLING] }, 'same'],
  ['one off for nobody', undefined, { off: [CALLING] }, 'was not there'],
  [
    'licences on and off',
    user({ licences: ['messaging', 'meetings'] }),
    { licences: { meetings: false, calling: true } },
    'licences messaging, calling',
  ],
  ['licences that the user has', user({ licences: ['calling'] }), { licences: { calling: true } }, 'same'],
  ['a licence off for nobody', undefined, { licences: { calling: false } }, 'was not there'],
  ['a licence for a new user', undefined, { licences: { calling: true } }, 'licences calling'],
  [
    'a package where services are only added',
    user({ licences: ['calling'] }),
    { give: MEETINGS },
    'gives Webex Meetings; licences messaging, meetings, calling',
    'add-only',
  ],
  [
    'the package that the user has where services are only added',
    having(MEETINGS),
    { give: MEETINGS },
    'same',
    'add-only',
  ],
  ['another location', user({ details: reachable }), { details: { location: 'Bergen' } }, 'details'],
  ['the same location', user({ details: reachable }), { details: { location: 'Oslo' } }, 'same'],
  ['details of nobody', undefined, { details: { location: 'Oslo' } }, 'nobody yet'],
  ['an empty row', user(), {}, 'same'],
  ['an empty row for nobody', undefined, {}, 'same'],
];

describe('what is decided', () => {
  for (const [what, before, wish, expected, mode = 'add-and-remove'] of cases) {
    test(what, () => assert.equal(line(decide(before, wish, world(mode))), expected));
  }

  test('details of the row are put over those that are stored', () => {
    const decision = decide(
      user({ details: reachable }),
      { details: { location: 'Bergen' } },
      world('add-only'),
    );
    assert.deepEqual(decision.kind === 'change' && decision.details, {
      extension: '4711',
      location: 'Bergen',
    });
  });

  test('a package that the sheet has no column for is kept', () => {
    assert.equal(keptOf(having(MEETINGS), { off: [SUITE], leave: true })?.name, 'Webex Meetings');
    assert.equal(keptOf(having(SUITE), { off: [SUITE], leave: true }), undefined);
    assert.equal(keptOf(having(MEETINGS), { off: [SUITE] }), undefined);
  });
});

describe('what is different since a job', () => {
  const left: Snapshot = { packages: [[1, 1]], licences: ['calling', 'meetings'], details: reachable };
  const others: readonly (readonly [string[], Snapshot])[] = [
    [
      [],
      {
        packages: [[1, 1]],
        licences: ['meetings', 'calling'],
        details: { location: 'Oslo', extension: '4711' },
      },
    ],
    [['the package'], { ...left, packages: [[2, 1]] }],
    [['the package'], { ...left, packages: [[1, 2]] }],
    [['the package'], { ...left, packages: [] }],
    [['the licences'], { ...left, licences: ['calling'] }],
    [['the location'], { ...left, details: { ...reachable, location: 'Bergen' } }],
    [['the phone number'], { ...left, details: { ...reachable, phone_number: '+46812345678' } }],
    [['the package', 'the licences', 'the extension', 'the location'], null],
  ];
  for (const [expected, now] of others) {
    test(expected.join(', ') || 'nothing', () => assert.deepEqual(differences(now, left), expected));
  }
});
