import assert from 'node:assert/strict';
import { test } from 'node:test';
import { UploadFailed } from '../../../src/edges/teams/files/upload.ts';
import {
  accepted,
  answer,
  BYTES,
  type Context,
  type Opened,
  offered,
  openOffers,
  result,
  seal,
} from './offers.ts';
import { ending, type Script } from './onedrive.ts';
import { inChannel } from './talk.ts';

const DELETED = ['/v3/conversations/a:alice-and-bot/activities/1650'];

const another = (context: Context | undefined, change: object): Context => ({
  offer: JSON.stringify({ ...JSON.parse(context?.offer ?? ''), ...change }),
  seal: context?.seal ?? '',
});
const forged: [string, (context: Context | undefined) => unknown][] = [
  ['another file', (context) => another(context, { id: 'f2' })],
  ['a longer time', (context) => another(context, { until: 9e15 })],
  ['no seal', (context) => ({ offer: context?.offer })],
  ['a seal that is cut', (context) => ({ ...context, seal: context?.seal.slice(0, 9) })],
  ['a seal of its own', (context) => ({ ...context, seal: seal(context?.offer ?? '') })],
  ['a list', (context) => [context]],
  ['words', () => 'f1'],
  ['nothing', () => undefined],
];

for (const [what, forge] of forged) {
  test(`a context with ${what} brings no file`, async (t) => {
    const at = await openOffers(t);
    const [context] = await offered(at, result);

    await answer(at, accepted(forge(context), at.drive.session('a')));

    assert.deepEqual(at.texts(), ['I did not offer this file here, so I can not save it.']);
    assert.deepEqual(at.drive.puts, []);
    assert.deepEqual(at.removed(), []);
  });
}

test('an offer is good in the chat alone where it was made', async (t) => {
  const at = await openOffers(t);
  const [context] = await offered(at, result);
  const bob = { conversation: { id: 'a:bob-and-bot', conversationType: 'personal' }, from: { id: '29:bob' } };

  await answer(at, { ...accepted(context, at.drive.session('a')), ...bob });
  await answer(at, { ...accepted(context, at.drive.session('b')), ...inChannel });

  assert.deepEqual(at.drive.puts, []);
  assert.deepEqual(at.infos(), []);
});

const linked = (at: Opened) =>
  assert.deepEqual(at.texts(), [
    'I could not save job-7-result.xlsx to your OneDrive.\njob-7-result.xlsx: https://bot.example/files/f1/job-7-result.xlsx',
  ]);

for (const uploadUrl of [
  'https://contoso.sharepoint.com/upload',
  'http://192.0.2.1/upload',
  'https://evil.example/upload',
  'file:///etc/passwd',
  'upload',
  '',
  7,
  undefined,
]) {
  test(`nothing is uploaded to ${uploadUrl} on this machine`, async (t) => {
    const at = await openOffers(t);
    const [context] = await offered(at, result);

    await answer(at, accepted(context, uploadUrl));

    linked(at);
    const [error] = at.talk.logged.flatMap((line) => ('err' in line ? [line.err] : []));
    assert.deepEqual(error, new UploadFailed('the link does not lead to OneDrive or SharePoint'));
    assert.deepEqual(at.removed(), DELETED);
  });
}

const troubles: [string, Script][] = [
  ['redirects', ending(307, '/elsewhere')],
  ['is full', ending(507)],
  ['wants more', ending(202)],
  ['breaks off', (_, response) => response.destroy()],
];

for (const [what, script] of troubles) {
  test(`a OneDrive that ${what} is told of, with a link`, async (t) => {
    const at = await openOffers(t);
    const [context] = await offered(at, result);
    at.drive.next(script);

    await answer(at, accepted(context, at.drive.session('a')));

    linked(at);
    assert.equal(at.drive.puts.length, 1);
    const logged = JSON.stringify(at.talk.logged, (_, value) =>
      value instanceof Error ? value.stack : value,
    );
    assert.match(logged, /not saved to OneDrive/);
    assert.doesNotMatch(logged, /uploadSession/);
  });
}

test('a link to another site is not put on a card of the bot', async (t) => {
  const at = await openOffers(t);
  const [context] = await offered(at, result);

  await answer(at, accepted(context, at.drive.session('a'), { contentUrl: 'https://evil.example/a.xlsx' }));

  assert.deepEqual(at.drive.files, [BYTES]);
  assert.deepEqual(at.texts(), ['job-7-result.xlsx is in your OneDrive now.']);
});
