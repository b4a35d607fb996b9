import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cutAt } from '../../../src/edges/teams/cards/cut.ts';

const within = (most: number) => (text: string) => text.length <= most;

test('a text is cut where a line or a word ends, if that is near enough', () => {
  assert.deepEqual(cutAt('one two\nthree four', within(9)), { first: 'one two', rest: 'three four' });
  assert.deepEqual(cutAt('one two three four', within(15)), { first: 'one two three', rest: 'four' });
  assert.deepEqual(cutAt('a abcdefghijklmnop', within(10)), { first: 'a abcdefgh', rest: 'ijklmnop' });
});

test('a letter is not cut in two, and what ends with a gap ends with something', () => {
  assert.deepEqual(cutAt('😀😀😀', within(3)), { first: '😀', rest: '😀😀' });
  assert.deepEqual(cutAt('abcd ', within(4)), { first: 'abcd', rest: ' ' });
});

test('where not a letter fits nothing is cut', () => {
  assert.equal(cutAt('😀😀', within(1)), undefined);
  assert.equal(cutAt('abc', within(0)), undefined);
});
