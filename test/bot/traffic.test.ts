import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openTraffic } from '../../src/bot/index.ts';

const LONG = 2 ** 30;

test('background work goes on at once where nobody asks for anything', async () => {
  await openTraffic(LONG).quiet();
});

test('background work waits until the last request is answered', async () => {
  const traffic = openTraffic(LONG);
  const [first, second] = [traffic.enter(), traffic.enter()];
  const order: string[] = [];
  const waiting = traffic.quiet().then(() => order.push('work'));

  first();
  await new Promise(setImmediate);
  order.push('first answered');
  second();
  await waiting;

  assert.deepEqual(order, ['first answered', 'work']);
});

test('background work waits again for the requests that come later', async () => {
  const traffic = openTraffic(LONG);
  traffic.enter()();
  const leave = traffic.enter();
  let went = false;
  const waiting = traffic.quiet().then(() => {
    went = true;
  });
  await new Promise(setImmediate);
  await new Promise(setImmediate);
  assert.equal(went, false);

  leave();
  await waiting;
});

test('where it is told not to wait, it takes its turn only', async () => {
  const traffic = openTraffic(0);
  traffic.enter();
  await traffic.quiet();
});
