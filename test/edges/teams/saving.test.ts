import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Call } from './connector.ts';
import {
  accepted,
  answer,
  BYTES,
  declined,
  INFO,
  kept,
  offered,
  openOffers,
  result,
  retry,
  seal,
} from './offers.ts';
import { ending } from './onedrive.ts';
import { openTalk } from './talk.ts';

const DELETED = ['/v3/conversations/a:alice-and-bot/activities/1650'];

test('an accepted file is uploaded after the answer, without a token; its card gives way to the file', async (t) => {
  const at = await openOffers(t);
  const [context] = await offered(at, result);
  let isAnswered = false;
  at.drive.next((request, response) => {
    // The upload waits here until Teams has its answer.
    const end = () => (isAnswered ? ending(201)(request, response) : setTimeout(end, 5));
    request.resume().once('end', end);
  });

  const { status } = await at.talk.send(accepted(context, at.drive.session('a')));
  isAnswered = true;
  await at.talk.settled();

  assert.equal(status, 200);
  assert.deepEqual(at.drive.puts, [
    {
      path: '/personal/alice/_api/uploadSession?name=a',
      range: `bytes 0-${BYTES.length - 1}/${BYTES.length}`,
      authorization: undefined,
    },
  ]);
  assert.deepEqual(at.infos(), [
    {
      contentType: INFO,
      contentUrl: 'http://127.0.0.1:9/personal/alice/Documents/Applications/job-7-result%201.xlsx',
      name: 'job-7-result 1.xlsx',
      content: { uniqueId: '1150D938-8870-4044-9F2C-5BBDEBA70C8C', fileType: 'xlsx' },
    },
  ]);
  assert.deepEqual(at.removed(), DELETED);
});

test('what OneDrive gets is the file', async (t) => {
  const at = await openOffers(t);
  const [, context] = await offered(at, result, retry);

  await answer(at, accepted(context, at.drive.session('a')));

  assert.deepEqual(at.drive.files, [BYTES]);
});

test('a card that is answered twice is carried out once', async (t) => {
  const at = await openOffers(t);
  const [context] = await offered(at, result);

  await Promise.all([
    answer(at, accepted(context, at.drive.session('a'))),
    answer(at, accepted(context, at.drive.session('b'))),
  ]);
  await answer(at, accepted(context, at.drive.session('c')));
  await answer(at, declined(context));

  assert.deepEqual(at.drive.files, [BYTES]);
  assert.equal(at.talk.connector.messages().length, 1);
});

test('a declined file is not saved, and the person hears how to get it', async (t) => {
  const at = await openOffers(t);
  const [context] = await offered(at, result);

  await answer(at, declined(context));

  assert.deepEqual(at.texts(), [
    'job-7-result.xlsx is not saved to your OneDrive. It stays here: say “job 7 report” to get it.',
  ]);
  assert.deepEqual(at.removed(), DELETED);
  assert.deepEqual(at.drive.puts, []);
});

test('an offer is good for a day', async (t) => {
  const at = await openOffers(t);
  const [first, second] = await offered(at, result, retry);
  const now = Date.now();
  t.mock.timers.enable({ apis: ['Date'], now: now + 23 * 60 * 60 * 1000 });
  await answer(at, accepted(first, at.drive.session('a')));
  t.mock.timers.setTime(now + 25 * 60 * 60 * 1000);
  at.talk.connector.calls.length = 0;

  await answer(at, accepted(second, at.drive.session('b')));

  assert.equal(at.drive.files.length, 1);
  assert.deepEqual(at.texts(), [
    'job-7-retry.xlsx was offered too long ago. It stays here: say “job 7 report” to get it.',
  ]);
  assert.deepEqual(at.removed(), DELETED);
});

test('a file that is no longer kept is not promised', async (t) => {
  const files = new Map(kept);
  const at = await openOffers(t, { consent: { openFile: async (id) => files.get(id), seal } });
  const [context] = await offered(at, result);
  files.clear();

  await answer(at, accepted(context, at.drive.session('a')));

  assert.deepEqual(at.texts(), ['job-7-result.xlsx is no longer kept.']);
  assert.deepEqual(at.drive.puts, []);
});

test('a card that can not be taken away brings no second file', async (t) => {
  const at = await openOffers(t);
  const [context] = await offered(at, result);
  at.talk.connector.fail(({ method }: Call) => method === 'DELETE', { status: 404 });

  await answer(at, accepted(context, at.drive.session('a')));
  await answer(at, accepted(context, at.drive.session('b')));

  assert.equal(at.infos().length, 1);
  assert.equal(at.drive.files.length, 1);
});

test('without consent cards the bot has no use for their answers', async (t) => {
  const talk = await openTalk(t);

  const { status } = await talk.send(accepted({ offer: '{}', seal: '' }, ''));

  assert.equal(status, 501);
  assert.deepEqual(talk.connector.messages(), []);
});
