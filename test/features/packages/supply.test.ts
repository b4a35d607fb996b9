import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { needsOf, share, whoIsShort } from '../../../src/features/packages/supply.ts';
import type { PackageService } from '../../../src/features/packages/types.ts';

const service = (id: number, free: number, product = 1, ended = false): PackageService => ({
  id,
  ref: `100${id}/1`,
  product,
  name: `Package ${product}`,
  free,
  ended,
  suspended: false,
});
const services = [service(1, 2), service(2, 0), service(3, 3), service(4, 9, 2), service(5, 9, 1, true)];

describe('units that have to be free before', () => {
  const cases: readonly (readonly [what: string, wanted: number, back: [number, number][], needs: string])[] =
    [
      ['nothing wanted', 0, [], ''],
      ['what fits into the first', 2, [], '1:2/2'],
      ['what goes on with the next that has some', 4, [], '1:2/2 3:2/3'],
      ['what does not fit, on the last', 9, [], '1:2/2 3:7/3'],
      ['less what comes back', 4, [[2, 3]], '1:1/2'],
      ['nothing where enough comes back', 4, [[1, 4]], ''],
      ['what comes back of another package is of no use', 1, [[4, 1]], '1:1/2'],
      ['what comes back to a service that has ended is of no use', 1, [[5, 1]], '1:1/2'],
    ];
  for (const [what, wanted, back, expected] of cases) {
    test(what, () => {
      const needs = needsOf(services, new Map([[1, wanted]]), new Map(back));
      assert.equal(
        needs.map(({ serviceId, units, free }) => `${serviceId}:${units}/${free}`).join(' '),
        expected,
      );
    });
  }

  test('each package by itself, with its name and number', () => {
    const needs = needsOf(
      services,
      new Map([
        [1, 1],
        [2, 4],
      ]),
      new Map(),
    );
    assert.deepEqual(needs, [
      { serviceId: 1, ref: '1001/1', product: 'Package 1', units: 1, free: 2 },
      { serviceId: 4, ref: '1004/1', product: 'Package 2', units: 4, free: 9 },
    ]);
  });
});

describe('units for the rows of a batch', () => {
  const shared = (held: [number, number][], planned: number, takers: number) => {
    const { sources, back } = share(services, 1, new Map(held), planned, takers);
    return `${sources.map(({ service, from }) => `${from === 'free' ? 'f' : ''}${service}`).join(' ')} | ${back.join(' ')}`;
  };
  const cases: readonly (readonly [string, [number, number][], number, number, string])[] = [
    [
      'come from those held for them',
      [
        [1, 1],
        [3, 2],
      ],
      3,
      3,
      '1 3 3 | ',
    ],
    ['leave those of later batches alone', [[1, 9]], 2, 2, '1 1 | '],
    [
      'are given back where nobody needs them',
      [
        [1, 1],
        [3, 2],
      ],
      3,
      1,
      '1 | 3 3',
    ],
    [
      'are all given back',
      [
        [1, 1],
        [3, 2],
      ],
      3,
      0,
      ' | 1 3 3',
    ],
    ['come from the free ones where more are needed than planned', [[1, 9]], 1, 4, '1 f1 f1 f3 | '],
    ['come from the free ones where fewer are held than planned', [[1, 1]], 3, 3, '1 f1 f1 | '],
    ['run out', [[1, 1]], 1, 9, '1 f1 f1 f3 f3 f3 | '],
    [
      'are not of another package, nor of a service that has ended',
      [
        [4, 1],
        [5, 1],
      ],
      2,
      1,
      'f1 | ',
    ],
  ];
  for (const [what, held, planned, takers, expected] of cases) {
    test(what, () => assert.equal(shared(held, planned, takers), expected));
  }
});

describe('who is short when units go back', () => {
  type Pairs = [number, number][];
  const one = (take: Pairs, give: Pairs) => ({ take, give });
  const short = (all: ReturnType<typeof one>[], free: Pairs) =>
    [...whoIsShort(all, new Map(free))].map(([who, lacking]) => `${all.indexOf(who)}:${lacking}`).join(' ');

  test('nobody, where what comes back is enough for what goes back', () => {
    assert.equal(short([one([[1, 1]], [[2, 1]]), one([[2, 1]], [[1, 1]])], []), '');
  });
  test('the last ones, where some are free', () => {
    const all = [one([], [[1, 1]]), one([], [[1, 1]]), one([], [[1, 1]])];
    assert.equal(short(all, [[1, 1]]), '2:1 1:1');
  });
  test('also those who counted on somebody who is left out', () => {
    const all = [one([[2, 1]], [[1, 1]]), one([[3, 1]], [[2, 1]])];
    assert.equal(short(all, []), '0:1 1:2');
  });
  test('not those who only give back', () => {
    assert.equal(short([one([[1, 1]], []), one([], [[1, 1]]), one([], [[1, 1]])], []), '2:1');
  });
});
