import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  columnLetters,
  isExtension,
  parsePhone,
  parseTruth,
  plain,
} from '../../../src/features/packages/cells.ts';

describe('TRUE and FALSE', () => {
  const cases: readonly (readonly [expected: ReturnType<typeof parseTruth>, cells: string])[] = [
    [
      true,
      'TRUE|true|True|1|yes|YES|y|x|X| true |SANT|Sant|SAND|SANN|WAHR|VRAI|VERDADERO|VERO|WAAR|VERDADEIRO',
    ],
    [true, 'TOSI|PRAWDA|PRAVDA|IGAZ|DOĞRU|doğru|ИСТИНА|истина|ADEVĂRAT'],
    [false, 'FALSE|false|0|no|N|FALSKT|Falskt|FALSK|USAND|USANN|FALSCH|FAUX|FALSO|ONWAAR|FALS'],
    [false, 'EPÄTOSI|epätosi|FAŁSZ|NEPRAVDA|HAMIS|YANLIŞ|yanlış|ЛОЖЬ|ложь|\u00a0FALSE'],
    ['unclear', 'maybe|2|-|truefalse|TRUE FALSE|ja|01|-1|0.5|🙂'],
    [undefined, '| |\u00a0|\t|\n'],
  ];
  for (const [expected, cells] of cases) {
    for (const cell of cells.split('|')) {
      test(`“${cell}” is ${expected}`, () => assert.equal(parseTruth(cell), expected));
    }
  }

  test('what a Finnish or Polish Excel writes is understood in either form of Unicode', () => {
    for (const word of ['EPÄTOSI', 'FAŁSZ', 'DOĞRU', 'YANLIŞ']) {
      assert.equal(parseTruth(word.normalize('NFD')), parseTruth(word.normalize('NFC')), word);
    }
  });

  test('a cell that is not there changes nothing', () => assert.equal(parseTruth(undefined), undefined));
});

describe('phone numbers', () => {
  const cases: readonly (readonly [cell: string, number: string | undefined, mended?: boolean])[] = [
    ['+46812345678', '+46812345678', false],
    ['+15551234567', '+15551234567', false],
    ['46812345678', '+46812345678', true],
    ['0046812345678', '+46812345678', true],
    ['+46 8 123 456 78', '+46812345678', true],
    ['+46\u00a08\u00a0123456', '+468123456', true],
    ['+1 (555) 123-4567', '+15551234567', true],
    ['+1 (555) 123–4567', '+15551234567', true],
    ['+44 (0)20 7946 0018', '+442079460018', true],
    ['0044 (0) 20 7946 0018', '+442079460018', true],
    ["'+46812345678", '+46812345678', true],
    ['12345678', '+12345678', true],
    ['123456789012345', '+123456789012345', true],
    ['+6834567', '+6834567', false],
    ['1234567', undefined],
    ['1234567890123456', undefined],
    ['0812345678', undefined],
    ['08-123 456 78', undefined],
    ['+0812345678', undefined],
    ['++46812345678', undefined],
    ['00', undefined],
    ['4.6812E+10', undefined],
    ['+46812345678 ext 5', undefined],
    ['call me', undefined],
    ['', undefined],
  ];
  for (const [cell, number, mended] of cases) {
    const expected = number === undefined ? undefined : { number, mended };
    test(`“${cell}” is ${number}`, () => assert.deepEqual(parsePhone(cell), expected));
  }
});

test('an extension has 2 to 10 digits', () => {
  for (const cell of ['12', '0042', '1234567890']) assert.equal(isExtension(cell), true, cell);
  for (const cell of ['1', '12345678901', '12a', '+12', '١٢', '1 2']) {
    assert.equal(isExtension(cell), false, cell);
  }
});

test('columns have the letters that a spreadsheet shows', () => {
  const shown = [0, 25, 26, 51, 52, 701, 702, 16_383].map(columnLetters);
  assert.deepEqual(shown, ['A', 'Z', 'AA', 'AZ', 'BA', 'ZZ', 'AAA', 'XFD']);
});

test('a cell is read as one line, without what no database keeps', () => {
  assert.equal(plain('  Oslo\u0000\r\n\u00a0 Sentrum\t'), 'Oslo Sentrum');
  assert.equal(plain('a\ud800'), 'a\ufffd');
  assert.equal(plain(undefined), '');
});
