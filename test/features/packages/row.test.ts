import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { type Columns, readHeader } from '../../../src/features/packages/header.ts';
import { parseRow, parseRows } from '../../../src/features/packages/row.ts';
import { decide } from '../../../src/features/packages/rules.ts';
import type { Mode, Package, Wish } from '../../../src/features/packages/types.ts';

const suite: Package = { id: 1, name: 'Webex Suite', calling: true, meetings: true };
const calling: Package = { id: 2, name: 'Webex Calling', calling: true, meetings: false };
const TITLES = [
  'Email',
  'Phone Number',
  'Extension',
  'Webex Suite',
  'Webex Calling',
  'Messaging',
  'Location',
];
const header = readHeader({ number: 1, cells: TITLES }, [suite, calling]);
assert.ok(header.kind === 'columns');
const columns: Columns = header;

const parse = (cells: readonly string[], mode: Mode = 'add-and-remove') =>
  parseRow({ number: 17, cells }, columns, mode);
const alice = 'alice@contoso.example';

describe('what a row asks for', () => {
  const cases: readonly (readonly [what: string, cells: string[], wish: Wish, mode?: Mode])[] = [
    ['nothing', [alice], {}],
    ['a package', [alice, '', '', 'TRUE'], { give: 1 }],
    ['a change', [alice, '', '', 'TRUE', 'FALSKT'], { give: 1, off: [2] }],
    ['only an addition', [alice, '', '', 'TRUE', 'FALSE', 'FALSE'], { give: 1 }, 'add-only'],
    ['that somebody leaves', [alice, '', '', 'no', '0'], { off: [1, 2], leave: true }],
    ['that nobody leaves, where services are only added', [alice, '', '', 'no', '0'], {}, 'add-only'],
    ['one package less', [alice, '', '', '', 'FALSE'], { off: [2] }],
    ['a licence', [alice, '', '', '', '', 'x'], { licences: { messaging: true } }],
    ['a licence less', [alice, '', '', '', '', 'n'], { licences: { messaging: false } }],
    [
      'details',
      [` ${alice.toUpperCase()} `, '+46812345678', '4711', '', '', '', ' Oslo '],
      { details: { phone_number: '+46812345678', extension: '4711', location: 'Oslo' } },
    ],
  ];
  for (const [what, cells, wish, mode] of cases) {
    test(what, () => {
      const row = parse(cells, mode);
      assert.deepEqual([row.wish, row.problems, row.email], [wish, [], alice]);
    });
  }
});

describe('what is wrong with a row', () => {
  const cases: readonly (readonly [cells: string[], sentences: string[]])[] = [
    [['', '', '', 'TRUE'], ['A17: the e-mail address is missing.']],
    [['alice at contoso'], ['A17: “alice at contoso” is not an e-mail address.']],
    [[alice, '', '', 'maybe'], ['D17: “maybe” is neither TRUE nor FALSE.']],
    [[alice, '', '', '', '', '2'], ['F17: “2” is neither TRUE nor FALSE.']],
    [
      [alice, '', '', 'TRUE', 'yes'],
      ['E17: a user has one package at a time, and Webex Suite is TRUE as well.'],
    ],
    [
      [alice, '08-123 456'],
      ['B17: “08-123 456” is not a phone number with its country code, such as +46812345678.'],
    ],
    [[alice, '', '1'], ['C17: “1” is not an extension of 2 to 10 digits.']],
    [
      [alice, '', '', 'FALSE', 'FALSE', 'TRUE'],
      ['F17: all packages are FALSE, which removes the user, so Messaging can’t be TRUE.'],
    ],
    [
      ['alice', 'phone', 'x', '?'],
      [
        'A17: “alice” is not an e-mail address.',
        'D17: “?” is neither TRUE nor FALSE.',
        'B17: “phone” is not a phone number with its country code, such as +46812345678.',
        'C17: “x” is not an extension of 2 to 10 digits.',
      ],
    ],
  ];
  for (const [cells, sentences] of cases) {
    test(sentences.join(' '), () =>
      assert.deepEqual(
        parse(cells).problems.map(({ sentence }) => sentence),
        sentences,
      ),
    );
  }

  test('a cell that is far too long is repeated in part', () => {
    const [problem, ...more] = parse([alice, '', '', '', '', '', 'x'.repeat(30_000)]).problems;
    assert.deepEqual(more, []);
    assert.equal(problem?.sentence, `G17: “${'x'.repeat(60)}…” is longer than 200 characters.`);
  });

  test('a phone number that is mended is a warning', () => {
    const row = parse([alice, '46 8 12345678']);
    assert.deepEqual(row.problems, []);
    assert.deepEqual(row.wish.details, { phone_number: '+46812345678' });
    assert.deepEqual(
      row.warnings.map(({ sentence }) => sentence),
      ['B17: “46 8 12345678” is taken for +46812345678.'],
    );
  });

  test('the same user again names the row before, however the address is written', () => {
    const rows = [alice, 'bob@contoso.example', alice.toUpperCase(), alice].map((email, index) => ({
      number: index + 5,
      cells: [email],
    }));
    const sentences = parseRows(rows, columns, 'add-only').map(({ problems }) => problems[0]?.sentence);
    assert.deepEqual(sentences, [
      undefined,
      undefined,
      `A7: ${alice} is in row 5 already.`,
      `A8: ${alice} is in row 5 already.`,
    ]);
  });
});

test('whatever the cells hold, each row ends in a decision or in a sentence', () => {
  const cell = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom(
      'TRUE',
      'FALSE',
      '',
      'x',
      alice,
      'Webex Suite',
      '46812345678',
      '4711',
      '+',
      '\ud800',
      '\0',
    ),
  );
  const who = fc.oneof(fc.constantFrom(alice, 'bob@contoso.example', 'eve@contoso.example'), cell);
  const usual = fc.constantFrom('TRUE', 'FALSE', '', '', 'x', '46812345678', '4711');
  const said = fc.oneof({ weight: 9, arbitrary: usual }, cell);
  const row = fc.tuple(who, fc.array(said, { maxLength: 8 })).map(([first, others]) => [first, ...others]);
  const title = fc.oneof(fc.constantFrom(...TITLES), cell);
  const mode = fc.constantFrom<Mode>('add-and-remove', 'add-only');
  let decided = 0;
  fc.assert(
    fc.property(
      fc.array(title, { maxLength: 9 }),
      fc.array(row, { maxLength: 5 }),
      mode,
      (titles, body, how) => {
        const read = readHeader({ number: 1, cells: titles }, [suite, calling]);
        if (read.kind === 'refused') assert.match(read.sentence, /\.$/);
        const rows = body.map((cells, index) => ({ number: index + 2, cells }));
        for (const of of [columns, ...(read.kind === 'columns' ? [read] : [])]) {
          for (const { email, wish, problems } of parseRows(rows, of, how)) {
            for (const { sentence } of problems) assert.match(sentence, /^[A-Z]+\d+: .*\.$/su);
            assert.equal(
              email === undefined,
              problems.some(({ title }) => /e-mail address/.test(title)),
            );
            if (email === undefined || problems.length > 0) continue;
            // What a job keeps is what was read.
            assert.deepEqual(JSON.parse(JSON.stringify(wish)), wish);
            const world = {
              mode: how,
              packages: new Map([suite, calling].map((one) => [one.id, one])),
              sold: new Set([1]),
            };
            const decision = decide(undefined, wish, world);
            if (decision.kind === 'change')
              assert.ok(decision.give !== undefined || decision.licences.length > 0);
            if (decision.kind === 'refused') assert.ok(decision.refusals.length > 0);
            decided++;
          }
        }
      },
    ),
    { numRuns: 2000, seed: 20_261_121, endOnFailure: true },
  );
  assert.ok(decided > 300, `only ${decided} rows were decided`);
});
