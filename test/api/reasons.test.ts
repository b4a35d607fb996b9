import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { z } from 'zod';
import { routes } from '../../src/api/index.ts';
import { errorsOf, Refused } from '../../src/api/problem.ts';
import { reasonOf } from '../../src/api/reasons.ts';
import { bodyOf } from '../../src/api/request.ts';

const errors = (schema: z.ZodType, value: unknown) => {
  const read = schema.safeParse(value, { error: reasonOf });
  return read.success ? [] : errorsOf(read.error).map(({ field, reason }) => `${field}: ${reason}`);
};

/** Every code there is, and every way in which a schema of ours uses it. */
const CASES: readonly (readonly [code: z.core.$ZodIssue['code'], z.ZodType, unknown, string])[] = [
  ['invalid_type', z.string(), 5, ': A string is needed; this is 5.'],
  ['invalid_type', z.string(), null, ': A string is needed; this is null.'],
  ['invalid_type', z.object({ a: z.string() }), {}, '/a: It is missing: a string is needed.'],
  ['invalid_type', z.int(), '5', ': A whole number is needed; this is a string.'],
  ['invalid_type', z.int(), 1.5, ': A whole number is needed; this is 1.5.'],
  ['invalid_type', z.int(), Number.POSITIVE_INFINITY, ': A whole number is needed; this is too large.'],
  ['invalid_type', z.coerce.number(), 'x', ': A number is needed.'],
  ['invalid_type', z.array(z.string()), {}, ': An array is needed; this is an object.'],
  ['invalid_type', z.strictObject({}), [], ': An object is needed; this is an array.'],
  ['invalid_type', z.boolean(), undefined, ': It is missing: true or false is needed.'],
  ['invalid_type', z.date(), true, ': Another type of value is needed; this is true.'],
  ['invalid_value', z.enum(['a', 'b']), 'c', ': One of a, b is needed; this is “c”.'],
  ['invalid_value', z.enum(['a', 'b']), undefined, ': It is missing: one of a, b is needed.'],
  ['invalid_format', z.iso.date(), 'soon', ': A date such as 2026-09-14 is needed; this is “soon”.'],
  [
    'invalid_format',
    z.iso.datetime(),
    '',
    ': A time in UTC such as 2026-09-14T09:30:00Z is needed; this is empty.',
  ],
  [
    'invalid_format',
    z.string().regex(/a/),
    'b'.repeat(60),
    `: A string of another form is needed; this is “${'b'.repeat(40)}…”.`,
  ],
  ['too_small', z.int().min(1), 0, ': The least here is 1; this is 0.'],
  ['too_small', z.number().gt(1), 1, ': It has to be more than 1; this is 1.'],
  ['too_small', z.string().min(1), '', ': At least 1 character is needed; there is none.'],
  ['too_small', z.array(z.int()).min(2), [1], ': At least 2 entries are needed; there is 1.'],
  ['too_big', z.int().max(1_000_000), 2e9, ': The most here is 1,000,000; this is 2000000000.'],
  ['too_big', z.int().max(5), 1e300, ': The most here is 5; this is 1e+300.'],
  ['too_big', z.string().max(3), 'four', ': Up to 3 characters fit here; these are 4.'],
  ['too_big', z.array(z.int()).max(1), [1, 2], ': Up to 1 entry fits here; these are 2.'],
  ['not_multiple_of', z.number().multipleOf(5), 7, ': A multiple of 5 is needed; this is 7.'],
  [
    'unrecognized_keys',
    z.strictObject({ a: z.int().optional(), b: z.int().optional() }),
    { c: 1 },
    '/c: The name is unknown. Known here: a, b.',
  ],
  ['unrecognized_keys', z.strictObject({}), { c: 1 }, '/c: The name is unknown: nothing is taken here.'],
  [
    'invalid_union',
    z.union([z.string(), z.int()]),
    null,
    ': A string is needed; this is null. Or: A whole number is needed; this is null.',
  ],
  ['invalid_key', z.record(z.string().max(1), z.int()), { ab: 1 }, '/ab: This value can’t be used here.'],
  [
    'invalid_element',
    z.map(z.int(), z.int()),
    new Map([[1, 'x']]),
    '/1: A whole number is needed; this is a string.',
  ],
  ['custom', z.string().refine(() => false), 'x', ': This value can’t be used here.'],
];

test('whatever is wrong is said in our words: what is needed, and what is there', () => {
  for (const [, schema, value, expected] of CASES) assert.deepEqual(errors(schema, value), [expected]);
});

test('every code of the library has a case', () => {
  const codes = Object.keys({
    invalid_type: 0,
    invalid_value: 0,
    invalid_format: 0,
    too_small: 0,
    too_big: 0,
    not_multiple_of: 0,
    unrecognized_keys: 0,
    invalid_union: 0,
    invalid_key: 0,
    invalid_element: 0,
    custom: 0,
  } satisfies Record<z.core.$ZodIssue['code'], 0>);
  assert.deepEqual([...new Set(CASES.map(([code]) => code))].sort(), codes.sort());
});

/** What the library itself would have said of it. */
const theirs = (schema: z.ZodType, value: unknown): ReadonlySet<string> => {
  const read = schema.safeParse(value);
  return new Set(read.success ? [] : read.error.issues.map(({ message }) => message));
};
const THEIRS = /^(Invalid|Too (small|big)|Unrecognized|Expected|Required)|\breceived\b|expected/;

test('no sentence of the library reaches who asks, whatever the value and whatever the route', () => {
  const names = [
    'name',
    'kind',
    'domains',
    'markupBp',
    'customer',
    'status',
    'createdAt',
    'currency',
    'lines',
  ];
  const more = ['prices', 'sku', 'priceMinor', 'product', 'quantity', 'position', 'limit', 'cursor', 'since'];
  const text = fc.oneof(fc.string(), fc.constantFrom('EUR', 'eur', '\u0000', 'x'.repeat(600), 'Completed'));
  const plain = fc.oneof(text, fc.integer(), fc.double(), fc.boolean(), fc.constant(null));
  const { value } = fc.letrec((tie) => ({
    value: fc.oneof(
      { depthSize: 'small' },
      plain,
      fc.array(tie('value'), { maxLength: 3 }),
      fc.dictionary(fc.constantFrom(...names, ...more), tie('value'), { maxKeys: 6 }),
    ),
  }));
  const schemas = routes.flatMap(({ params, query, body }) => [
    params,
    query,
    ...(body ? [body.schema] : []),
  ]);
  fc.assert(
    fc.property(fc.constantFrom(...schemas), value, (schema, given) => {
      const said = schema.safeParse(given, { error: reasonOf });
      if (said.success) return;
      const own = new Set(errorsOf(said.error).map(({ reason }) => reason));
      for (const reason of own) {
        assert.doesNotMatch(reason, THEIRS);
        assert.match(reason, /^[A-Z].*\.$/s, 'a sentence');
      }
      const written = [...theirs(schema, given)].filter((message) => THEIRS.test(message));
      assert.deepEqual(
        [...own].filter((reason) => written.includes(reason)),
        [],
      );
    }),
    { numRuns: 2000 },
  );
});

const read = async (json: string): Promise<string[]> => {
  const request = {
    method: 'PUT',
    path: '/',
    query: new URLSearchParams(),
    authorization: undefined,
    contentType: 'application/json',
    contentEncoding: undefined,
    body: async () => new TextEncoder().encode(json),
  };
  try {
    await bodyOf(request);
    return [];
  } catch (fault) {
    assert.ok(fault instanceof Refused, String(fault));
    return (fault.problem.errors ?? []).map(({ field }) => field);
  }
};

test('a name twice in one object is found, however it is written, and nothing else is', async () => {
  const cases: readonly (readonly [string, readonly string[]])[] = [
    ['{"a":1,"b":{"a":2},"c":[{"a":3},{"a":4}]}', []],
    ['{"a":1,"a":2}', ['/a']],
    ['{"a":1,"\\u0061":2}', ['/a']],
    ['{"lines":[{"q":1},{"q":1,"q":[{"x":","}],"p":2,"p":3}]}', ['/lines/1/q', '/lines/1/p']],
    ['{"a":"{\\"a\\":1,\\"a\\":1}","b":"\\\\","c":"\\\\\\""}', []],
    ['{"__proto__":1,"__proto__":2,"constructor":3}', ['/__proto__']],
    ['{"":1,"":2}', ['/']],
    ['[[1,2],[3,{"a/b":1,"a/b":2}]]', ['/1/1/a~1b']],
  ];
  for (const [json, expected] of cases) assert.deepEqual(await read(json), expected, json);
  await fc.assert(
    fc.asyncProperty(fc.jsonValue({ maxDepth: 5 }), async (value) => {
      assert.deepEqual(await read(JSON.stringify(value)), []);
    }),
  );
});

test('what is nested without an end, or holds a million of something, is refused soon', async () => {
  const began = process.cpuUsage().user;
  assert.deepEqual(await read('['.repeat(20) + ']'.repeat(20)), []);
  assert.deepEqual(await read('['.repeat(500_000) + ']'.repeat(500_000)), ['/0'.repeat(20)]);
  assert.equal((await read(`${'{"a":'.repeat(21)}1${'}'.repeat(21)}`))[0], '/a'.repeat(20));
  assert.deepEqual(await read(`{"a":"${'\\n'.repeat(500_000)}"}`), []);
  assert.equal((await read(`{${'"a":1,'.repeat(100_000)}"b":{}}`)).length, 1);
  const many = Array.from({ length: 50_000 }, (_, at) => `"${at}":1,"${at}":1`).join(',');
  assert.equal((await read(`{${many}}`)).length, 100);
  assert.ok(process.cpuUsage().user - began < 5e6);
});
