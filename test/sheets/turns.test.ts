import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import { turns } from '../../src/sheets/turns.ts';
import { ascii, sheetOf } from './support.ts';

test('no more than the width run at once, in the order they came, whether they fail or not', async () => {
  const inTurn = turns(2);
  const begun: number[] = [];
  let running = 0;
  let most = 0;
  const work = (number: number) => async () => {
    begun.push(number);
    running += 1;
    most = Math.max(most, running);
    await turn();
    running -= 1;
    if (number % 2 === 1) throw new Error(`work ${number}`);
    return number;
  };
  const outcomes = await Promise.allSettled([1, 2, 3, 4, 5].map((number) => inTurn(work(number))));
  assert.deepEqual(
    outcomes.map(({ status }) => status),
    ['rejected', 'fulfilled', 'rejected', 'fulfilled', 'rejected'],
  );
  assert.deepEqual([begun, most], [[1, 2, 3, 4, 5], 2]);
});

test('many files sent at once are all read', async () => {
  const sheets = await Promise.all(
    Array.from({ length: 6 }, (_, at) => sheetOf(ascii(`user${at}@example.com,${at}`))),
  );
  assert.deepEqual(
    sheets.map(({ rows }) => rows[0]?.cells),
    Array.from({ length: 6 }, (_, at) => [`user${at}@example.com`, String(at)]),
  );
});
