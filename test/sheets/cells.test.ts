import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cellName, columnName, numberText, plainText } from '../../src/sheets/cells.ts';

test('a cell is named as the spreadsheet program names it', () => {
  assert.equal(cellName(2, 17), 'B17');
  assert.equal(cellName(1, 1), 'A1');
  assert.deepEqual([26, 27, 52, 53, 702, 703, 16_384].map(columnName), [
    'Z',
    'AA',
    'AZ',
    'BA',
    'ZZ',
    'AAA',
    'XFD',
  ]);
});

test('a text loses spaces around it and what cannot be seen', () => {
  assert.equal(plainText('\u00A0 anna@example.com\t\u00A0'), 'anna@example.com');
  assert.equal(plainText('\u200B\u202Aanna@exam\u200Dple.com\u202C\uFEFF '), 'anna@example.com');
  assert.equal(plainText('Anna  Larsson\nLund'), 'Anna  Larsson\nLund');
});

test('a number reads as Excel shows it in a wide cell', () => {
  const stored = [
    '2',
    '2.0',
    '0.30000000000000004',
    '1E3',
    '-0',
    '.5',
    '1234567890123456789',
    '12,5',
    '0x10',
    '',
  ];
  const shown = ['2', '2', '0.3', '1000', '0', '0.5', '1234567890123460000', '12,5', '0x10', ''];
  assert.deepEqual(stored.map(numberText), shown);
});
