import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { PostFailed } from '../../../src/chat/edge.ts';
import type { Place } from '../../../src/chat/place.ts';
import { onBothEngines } from '../../support/database.ts';
import { channel } from '../../support/talk.ts';
import { idle } from '../bulk/support.ts';
import { openPostOffice, type PostOffice, statesOf } from './support.ts';

onBothEngines('what is told of one thing', (engine) => {
  let office: PostOffice;
  before(async () => {
    office = await openPostOffice(engine);
  });
  after(() => office.close());
  beforeEach(() => office.follow(() => undefined));

  const triesIn = (name: string) =>
    office.tries
      .filter(({ place }) => place.name === `#${name}`)
      .map(({ place, reply }) => [reply.text, place.thread]);
  async function tell(thread: string, place: Place, text: string): Promise<void> {
    await office.tellOf(thread, place, text);
    await office.until(() => office.taken.includes(`${place.name} ${text}`));
  }

  test('stands under the message that was the first, in each channel', async () => {
    await tell('order:1', channel('a'), 'a1');
    await tell('order:2', channel('a'), 'a2');
    await tell('order:1', channel('a'), 'a3');
    await tell('order:1', channel('b'), 'a4');
    await tell('order:1', channel('a'), 'a5');
    assert.deepEqual(triesIn('a'), [
      ['a1', undefined],
      ['a2', undefined],
      ['a3', 'a1'],
      ['a5', 'a1'],
    ]);
    assert.deepEqual(triesIn('b'), [['a4', undefined]]);
  });

  test('stands by itself where one person reads alone', async () => {
    const chat: Place = { platform: 'test', conversation: 'chat', kind: 'personal', name: '#chat' };
    await tell('order:1', chat, 'b1');
    await tell('order:1', chat, 'b2');
    assert.deepEqual(triesIn('chat'), [
      ['b1', undefined],
      ['b2', undefined],
    ]);
  });

  test('goes where the thing was asked for, and stays there', async () => {
    await tell('job:7', { ...channel('c'), thread: 'asked' }, 'c1');
    await tell('job:7', channel('c'), 'c2');
    assert.deepEqual(triesIn('c'), [
      ['c1', 'asked'],
      ['c2', 'asked'],
    ]);
  });

  test('begins a thread anew where the first message was deleted, and is not lost', async () => {
    await tell('order:1', channel('d'), 'd1');
    office.follow((text, attempt) =>
      text === 'd2' && attempt === 1 ? new PostFailed('thread gone', 'It was deleted.') : undefined,
    );
    await tell('order:1', channel('d'), 'd2');
    await tell('order:1', channel('d'), 'd3');
    assert.deepEqual(triesIn('d'), [
      ['d1', undefined],
      ['d2', 'd1'],
      ['d2', undefined],
      ['d3', 'd2'],
    ]);
    await idle(office.db, 'notices.deliver');
    assert.deepEqual(await statesOf(office.db, 'd'), ['sent', 'sent', 'sent']);
  });

  test('that is tried again says since when, so that it is not there twice', async () => {
    office.follow((text, attempt) =>
      text === 'e1' && attempt === 1 ? new PostFailed('later', 'No answer.') : undefined,
    );
    await tell('order:1', channel('e'), 'e1');
    const [first, second] = office.tries.filter(({ reply }) => reply.text === 'e1');
    assert.equal(first?.triedSince, undefined);
    assert.ok(second?.triedSince instanceof Date);
    assert.equal(first?.key, second?.key);
  });
});
