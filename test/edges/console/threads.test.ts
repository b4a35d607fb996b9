import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PostFailed } from '../../../src/chat/edge.ts';
import type { Place } from '../../../src/chat/place.ts';
import { closeAfterEach, entriesOf, open } from './requests.ts';
import { text } from './support.ts';

closeAfterEach();

const operations: Place = {
  platform: 'console',
  conversation: 'channel:operations',
  kind: 'channel',
  name: '#operations',
};

test('a post in a thread names what came first, also where that is the very first of all', async () => {
  const here = await open();
  const { edge } = here.console;
  const first = await edge.post(operations, text('Order 10023 waits\nwith details'), 'k1');
  await edge.post({ ...operations, thread: first.message }, text('Order 10023 is completed'), 'k2');

  const entries = await entriesOf(here, 'anna', 'channel:operations');
  assert.deepEqual(
    entries.map((entry) => entry.answers),
    [undefined, { id: Number(first.message), text: 'Order 10023 waits' }],
  );
});

test('a post in a thread whose first message is not there is for the channel', async () => {
  const { edge } = (await open()).console;
  for (const thread of ['77', 'x', '0']) {
    await assert.rejects(
      edge.post({ ...operations, thread }, text('x'), thread),
      (error) => error instanceof PostFailed && error.reason === 'thread gone',
    );
  }
});
