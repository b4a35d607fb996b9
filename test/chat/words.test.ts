import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { distance, nearest, quoted, splitWords } from '../../src/chat/words.ts';

describe('the distance of two words', () => {
  const word = fc.string({ maxLength: 12 });

  test('is the same both ways', () => {
    fc.assert(fc.property(word, word, (a, b) => distance(a, b) === distance(b, a)));
  });

  test('is zero between equal words and only there', () => {
    fc.assert(fc.property(word, (a) => distance(a, a) === 0));
    fc.assert(fc.property(word, word, (a, b) => (distance(a, b) === 0) === (a === b)));
  });

  test('is at least the difference of the lengths and at most the longer one', () => {
    fc.assert(
      fc.property(word, word, (a, b) => {
        const far = distance(a, b);
        return far >= Math.abs(a.length - b.length) && far <= Math.max(a.length, b.length);
      }),
    );
  });

  test('is one for each way to mistype a letter', () => {
    const letter = fc.constantFrom('x', 'y', '7');
    const at = (a: string, place: number) => place % (a.length + 1);
    fc.assert(
      fc.property(fc.stringMatching(/^[a-w]{2,10}$/), letter, fc.nat(), (a, strange, place) => {
        const left = at(a, place);
        const added = a.slice(0, left) + strange + a.slice(left);
        const changed = strange + a.slice(1);
        const dropped = a.slice(1);
        return [added, changed, dropped].every((mistyped) => distance(a, mistyped) === 1);
      }),
    );
  });

  for (const [a, b, far] of [
    ['', '', 0],
    ['', 'abc', 3],
    ['orders', 'ordres', 1],
    ['order', 'orders', 1],
    ['associate', 'asociate', 1],
    ['kitten', 'sitting', 3],
    ['ab', 'ba', 1],
    ['ca', 'abc', 3],
  ] as const) {
    test(`of “${a}” and “${b}” is ${far}`, () => assert.equal(distance(a, b), far));
  }
});

describe('the nearest names', () => {
  const names = ['orders', 'order', 'free', 'associate', 'assign', 'release', 'move', 'user', 'help', '?'];

  for (const [typed, expected] of [
    ['ordres', ['orders', 'order']],
    ['ORDRES', ['orders', 'order']],
    ['asociate', ['associate']],
    ['asign', ['assign']],
    ['rel', ['release']],
    ['fre', ['free']],
    ['hlep', ['help']],
    ['x', []],
    ['zzzzzzzz', []],
    ['', []],
  ] as const) {
    test(`to “${typed}” are ${expected.join(', ') || 'none'}`, () => {
      assert.deepEqual(nearest(typed, names, 2).slice(0, Math.max(1, expected.length)), expected);
    });
  }

  test('are never more than asked for, and each is one of the names', () => {
    fc.assert(
      fc.property(fc.string(), fc.nat({ max: 5 }), (typed, most) => {
        const found = nearest(typed, names, most);
        return found.length <= most && found.every((name) => names.includes(name));
      }),
    );
  });

  test('of a whole novel are none, whatever its length', () => {
    assert.deepEqual(nearest('word '.repeat(1_000_000), names, 3), []);
  });
});

describe('the words of a command', () => {
  for (const [text, words] of [
    ['orders', ['orders']],
    ['  orders \t historical\u00a0 all\n', ['orders', 'historical', 'all']],
    ['free "office 365"', ['free', 'office 365']],
    ['free “office 365”', ['free', 'office 365']],
    ['free „office 365“ now', ['free', 'office 365', 'now']],
    ['free ”office 365”', ['free', 'office 365']],
    ['say 5" and 6"', ['say', '5"', 'and', '6"']],
    ['free "office', ['free', '"office']],
    ['free ""', ['free']],
    ['make Tailspin city="Mo i Rana" now', ['make', 'Tailspin', 'city=Mo i Rana', 'now']],
    ['make city=“Oslo” zip=„0150“', ['make', 'city=Oslo', 'zip=0150']],
    ['make city=""', ['make', 'city=']],
    ['make name="The ""A=B"""', ['make', 'name=The "A=B"']],
    ['say city="Oslo"s', ['say', 'city="Oslo"s']],
    ['orders\u0000historical', ['orders', 'historical']],
    ['\u3000orders\u2003all', ['orders', 'all']],
    ['', []],
    ['   ', []],
  ] as const) {
    test(`“${text.replaceAll('\0', '␀')}” are ${words.length}`, () =>
      assert.deepEqual(splitWords(text), words));
  }

  test('are never empty and hold no line break', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) =>
        splitWords(text).every((word) => word !== '' && !/[\n\r\0]/.test(word)),
      ),
    );
  });

  test('without quotes or spaces come back as they were typed', () => {
    fc.assert(
      fc.property(fc.array(fc.stringMatching(/^[^\s"“”„\0]+$/)), (words) => {
        assert.deepEqual(splitWords(words.join('  ')), words);
      }),
    );
  });
});

describe('a name in a command', () => {
  const letter = fc.constantFrom('"', '“', '”', '„', ' ', '\\', "'", 'a', 'Ö', '=', '/');
  const name = fc
    .string({ unit: letter, minLength: 1, maxLength: 12 })
    .map((text) => text.replace(/ +/g, ' '));

  test('is one word, whatever stands in it', () => {
    fc.assert(fc.property(name, (one) => assert.deepEqual(splitWords(quoted(one)), [one])));
  });

  test('stays apart from the words around it', () => {
    fc.assert(
      fc.property(name, name, (one, other) => {
        const words = splitWords(`sync ${quoted(one)} ${quoted(other)} here`);
        assert.deepEqual(words, ['sync', one, other, 'here']);
      }),
    );
  });
});
