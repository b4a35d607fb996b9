import assert from 'node:assert/strict';
import { afterEach, describe, test } from 'node:test';
import { PostFailed } from '../../../src/chat/edge.ts';
import type { Place } from '../../../src/chat/place.ts';
import { openStage, type Stage, text } from './support.ts';

const CHANNEL: Place = {
  platform: 'console',
  conversation: 'channel:billing',
  kind: 'channel',
  name: '#billing',
};

let stage: Stage | undefined;
const streams: AbortController[] = [];

async function open(): Promise<Stage> {
  stage = await openStage();
  return stage;
}

afterEach(async () => {
  for (const stream of streams.splice(0)) {
    stream.abort();
  }
  await stage?.close();
});

type Event = {
  id: string;
  name: string;
  data: { number: number; resumed?: boolean; entry?: { id: number; text: string } };
};

/** Reads an event stream; `next` waits for the next event of a kind. */
async function listen({ url }: Stage, as: string, lastEventId?: string) {
  const stream = new AbortController();
  streams.push(stream);
  const response = await fetch(`${url}/console/events?as=${as}`, {
    signal: stream.signal,
    headers: lastEventId ? { 'last-event-id': lastEventId } : {},
  });
  assert.equal(response.headers.get('content-type'), 'text/event-stream; charset=utf-8');
  const events = eventsOf(response.body ?? new ReadableStream());
  return {
    async next(name: string): Promise<Event> {
      for (;;) {
        const { value, done } = await events.next();
        if (done) {
          throw new Error('The stream has ended.');
        }
        if (value.name === name) {
          return value;
        }
      }
    },
    close: () => stream.abort(),
  };
}

async function* eventsOf(body: ReadableStream<Uint8Array>): AsyncGenerator<Event> {
  let rest = '';
  const decoder = new TextDecoder();
  for await (const chunk of body) {
    const blocks = (rest + decoder.decode(chunk, { stream: true })).split('\n\n');
    rest = blocks.pop() ?? '';
    for (const block of blocks) {
      const [, id, name, data] = /^id: (.*)\nevent: (.*)\ndata: (.*)$/.exec(block) ?? [];
      if (id && name && data) {
        yield { id, name, data: JSON.parse(data) };
      }
    }
  }
}

describe('live updates', () => {
  test('bring what is posted and what is changed', async () => {
    const here = await open();
    const page = await listen(here, 'anna');
    assert.equal((await page.next('hello')).data.resumed, false);
    const sent = await here.console.edge.post(CHANNEL, text('0 %'), 'k');
    await here.console.edge.update(sent, text('50 %'));
    const texts = [await page.next('entry'), await page.next('entry')].map(({ data }) => data.entry?.text);
    assert.deepEqual(texts, ['0 %', '50 %']);
  });

  test('go on where the connection broke', async () => {
    const here = await open();
    const page = await listen(here, 'anna');
    await page.next('hello');
    const sent = await here.console.edge.post(CHANNEL, text('seen'), 'k1');
    const seen = await page.next('entry');
    page.close();
    await here.console.edge.post(CHANNEL, text('missed'), 'k2');
    await here.console.edge.update(sent, text('changed meanwhile'));
    const again = await listen(here, 'anna', seen.id);
    assert.equal((await again.next('entry')).data.entry?.text, 'missed');
    assert.equal((await again.next('entry')).data.entry?.text, 'changed meanwhile');
    assert.equal((await again.next('hello')).data.resumed, true);
  });

  test('say so where they can not go on', async () => {
    const here = await open();
    for (const lastEventId of ['other-3', 'nonsense', '-1']) {
      const page = await listen(here, 'anna', lastEventId);
      assert.equal((await page.next('hello')).data.resumed, false, lastEventId);
    }
  });

  test('leave out what is for somebody else', async () => {
    const here = await open();
    const anna = await listen(here, 'anna');
    const ravi = await listen(here, 'ravi');
    await anna.next('hello');
    await ravi.next('hello');
    const personal = { ...CHANNEL, conversation: 'personal:anna', kind: 'personal' } as const;
    await here.console.edge.post(personal, text('between us'), 'k1');
    await here.console.edge.post(CHANNEL, text('for all'), 'k2');
    assert.equal((await anna.next('entry')).data.entry?.text, 'between us');
    assert.equal((await ravi.next('entry')).data.entry?.text, 'for all');
  });

  test('are only for somebody who is there', async () => {
    const { url } = await open();
    assert.equal((await fetch(`${url}/console/events?as=nobody`)).status, 404);
  });
});

describe('the edge', () => {
  test('keeps one message of a post that is tried again', async () => {
    const { console, transcript } = await open();
    const first = await console.edge.post(CHANNEL, text('once'), 'same');
    const again = await console.edge.post(CHANNEL, text('once'), 'same');
    assert.deepEqual(first, again);
    assert.equal((await transcript.read(CHANNEL.conversation, 0, 10)).length, 1);
  });

  test('says why a message is not taken', async () => {
    const here = await open();
    const { edge } = here.console;
    const refusal = (reason: string) => (error: unknown) =>
      error instanceof PostFailed && error.reason === reason;
    await assert.rejects(
      edge.post({ ...CHANNEL, conversation: 'channel:none' }, text(''), 'a'),
      refusal('gone'),
    );
    await assert.rejects(edge.update({ place: CHANNEL, message: '99' }, text('')), refusal('gone'));
    await assert.rejects(edge.post(CHANNEL, text('', { audience: 'asker' }), 'b'), refusal('refused'));
    here.transcript.append = async () => {
      throw new Error('down');
    };
    await assert.rejects(edge.post(CHANNEL, text(''), 'c'), refusal('later'));
  });
});
