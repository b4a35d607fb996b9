import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import {
  EMPTY,
  estimate,
  inRegion,
  type Machine,
  type MachinesDraft,
  parseAmount,
  parseDraft,
  RESOURCES,
  type ResourcePrice,
  totalOf,
  withChange,
  withMachine,
} from '../../../src/features/machines/rules.ts';

const amount = fc.integer({ min: 0, max: 10_000 });
const size = fc.integer({ min: 1, max: 256 });
const counted = fc.record({ cores: size, memoryGb: size, diskGb: size, quantity: size });
const extras = fc.record({ extraStorageGb: amount, vpn: amount, ipv4: amount });
const minor = fc.integer({ min: 0, max: 100_000 });
const prices: fc.Arbitrary<ResourcePrice[]> = fc
  .tuple(...RESOURCES.map(() => fc.tuple(minor, minor)))
  .map((all) =>
    RESOURCES.map((resource, index) => {
      const [purchaseMinor = 0, priceMinor = 0] = all[index] ?? [];
      return { resource, name: resource, unit: 'unit', purchaseMinor, priceMinor, currency: 'EUR' };
    }),
  );
const priceOf = (all: readonly ResourcePrice[], resource: string) =>
  all.find((price) => price.resource === resource)?.priceMinor ?? 0;

describe('your total', () => {
  test('is what each machine has, one by one, and the extras once', () => {
    fc.assert(
      fc.property(fc.array(counted, { maxLength: 12 }), extras, (machines, extra) => {
        const single = machines.flatMap((one) => Array.from({ length: one.quantity }, () => one));
        const total = totalOf(machines, extra);
        assert.deepEqual(total, {
          machines: single.length,
          cores: single.reduce((sum, { cores }) => sum + cores, 0),
          memoryGb: single.reduce((sum, { memoryGb }) => sum + memoryGb, 0),
          diskGb: single.reduce((sum, { diskGb }) => sum + diskGb, 0),
          ...extra,
        });
      }),
    );
  });

  test('costs the sum of its parts: two configurations cost what one of both costs', () => {
    fc.assert(
      fc.property(
        fc.array(counted, { maxLength: 6 }),
        fc.array(counted, { maxLength: 6 }),
        extras,
        prices,
        (some, others, extra, list) => {
          const none = { extraStorageGb: 0, vpn: 0, ipv4: 0 };
          const both = estimate(totalOf([...some, ...others], extra), list);
          const apart = [estimate(totalOf(some, extra), list), estimate(totalOf(others, none), list)];
          assert.equal(both.priceMinor, (apart[0]?.priceMinor ?? 0) + (apart[1]?.priceMinor ?? 0));
          assert.equal(both.purchaseMinor, (apart[0]?.purchaseMinor ?? 0) + (apart[1]?.purchaseMinor ?? 0));
          assert.deepEqual(both.missing, []);
        },
      ),
    );
  });

  test('prices every resource by its own price', () => {
    fc.assert(
      fc.property(counted, extras, prices, (machine, extra, list) => {
        const { priceMinor } = estimate(totalOf([machine], extra), list);
        const expected =
          machine.quantity *
            (machine.cores * priceOf(list, 'core') +
              machine.memoryGb * priceOf(list, 'memory') +
              machine.diskGb * priceOf(list, 'disk')) +
          extra.extraStorageGb * priceOf(list, 'extra storage') +
          extra.vpn * priceOf(list, 'vpn') +
          extra.ipv4 * priceOf(list, 'ipv4');
        assert.equal(priceMinor, expected);
      }),
    );
  });

  test('says what has no price, but only where it is needed', () => {
    const total = totalOf([{ cores: 1, memoryGb: 2, diskGb: 3, quantity: 1 }], {
      extraStorageGb: 0,
      vpn: 2,
      ipv4: 0,
    });
    assert.deepEqual(estimate(total, []).missing, ['core', 'memory', 'disk', 'vpn']);
  });
});

const machine = (profile: number, template: number, quantity: number): Machine => ({
  profile: { id: profile, name: `P${profile}` },
  template: { id: template, name: `T${template}` },
  quantity,
});
const drafted: fc.Arbitrary<Machine> = fc
  .tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 9 }))
  .map(([profile, template, quantity]) => machine(profile, template, quantity));
const machinesIn = ({ machines }: MachinesDraft) => machines.reduce((sum, one) => sum + one.quantity, 0);

describe('a draft', () => {
  test('has as many machines as were added, in one row for each profile and template', () => {
    fc.assert(
      fc.property(fc.array(drafted, { maxLength: 20 }), (added) => {
        const draft = added.reduce(withMachine, EMPTY);
        assert.equal(machinesIn(draft), machinesIn({ ...EMPTY, machines: added }));
        const keys = draft.machines.map(({ profile, template }) => `${profile.id} ${template.id}`);
        assert.equal(new Set(keys).size, keys.length);
      }),
    );
  });

  test('adds up two rows that become the same', () => {
    const draft = { ...EMPTY, machines: [machine(1, 1, 2), machine(1, 2, 3)] };
    assert.deepEqual(withChange(draft, '1-2', machine(1, 1, 4)).machines, [machine(1, 1, 6)]);
    assert.deepEqual(withChange(draft, '1-1', undefined).machines, [machine(1, 2, 3)]);
    assert.deepEqual(withChange(draft, '1-1', machine(1, 1, 9)).machines, [
      machine(1, 1, 9),
      machine(1, 2, 3),
    ]);
  });

  test('keeps in another region what exists there, and tells the rest', () => {
    const draft = {
      ...EMPTY,
      extraStorageGb: 7,
      machines: [machine(1, 1, 2), machine(2, 1, 1), machine(1, 2, 4)],
    };
    const to = {
      id: 9,
      name: 'Oslo',
      profiles: [{ id: 11, name: 'P1', cores: 1, memoryGb: 1, diskGb: 1 }],
      templates: [{ id: 12, name: 'T1' }],
    };
    const { draft: moved, gone } = inRegion(draft, to);
    assert.deepEqual(moved.machines, [
      { profile: { id: 11, name: 'P1' }, template: { id: 12, name: 'T1' }, quantity: 2 },
    ]);
    assert.equal(moved.extraStorageGb, 7);
    assert.deepEqual(moved.region, { id: 9, name: 'Oslo' });
    assert.deepEqual(gone, [
      '1 × P2 with T1 left out: Oslo has no P2.',
      '4 × P1 with T2 left out: Oslo has no T2.',
    ]);
  });

  test('that nobody can read is an empty one', () => {
    for (const stored of [null, 7, 'x', [], { kind: 'licences' }, { kind: 'machines', machines: 'many' }]) {
      assert.deepEqual(parseDraft(stored), EMPTY);
    }
  });
});

describe('a number that was typed', () => {
  const one = { least: 1, most: 100 };
  for (const [typed, value] of [
    ['1', 1],
    [' 42 ', 42],
    ['100', 100],
  ] as const) {
    test(`${typed} is one`, () => assert.deepEqual(parseAmount(typed, one), { value }));
  }
  test('may have its thousands set apart', () =>
    assert.deepEqual(parseAmount('12,000', { least: 0, most: 20_000 }), { value: 12_000 }));
  for (const typed of ['0', '-1', '1.5', '1,5', 'two', '1e3', '0x1', '٣', '1 2']) {
    test(`${typed} is none`, () =>
      assert.deepEqual(parseAmount(typed, one), {
        error: `“${typed}” is not a whole number greater than zero.`,
      }));
  }
  test('101 is too many', () =>
    assert.deepEqual(parseAmount('101', one), { error: '101 is too many: at most 100.' }));
  test('is what it stands for, or an error, whatever was typed', () => {
    fc.assert(
      fc.property(fc.string(), (typed) => {
        const parsed = parseAmount(typed, { least: 0, most: 1000 }, 0);
        if ('value' in parsed)
          assert.ok(Number.isInteger(parsed.value) && parsed.value >= 0 && parsed.value <= 1000);
        else assert.notEqual(parsed.error, '');
      }),
    );
  });
});
