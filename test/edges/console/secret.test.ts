import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Reply } from '../../../src/chat/reply.ts';
import type { Live } from '../../../src/edges/console/live.ts';
import { answerTo, openBoard } from '../../../src/edges/console/post.ts';
import type { Entry, Transcript } from '../../../src/edges/console/types.ts';
import { keyShown } from '../../../src/features/keys/replies.ts';

const key = `qm_${'x'.repeat(43)}`;
const reply = keyShown({ organization: 'HamaraCloud', id: 3, name: 'billing', key, wide: true });
const place = { platform: 'test', kind: 'personal', conversation: 'c' } as never;
const person = { id: 'priya', name: 'Priya' } as never;

/** A board that keeps all that it wrote down and all that it showed. */
function board() {
  const kept: Entry[] = [];
  const shown: Entry[] = [];
  const transcript: Transcript = {
    async append(entry) {
      const whole = { ...entry, id: kept.length + 1, at: '2026-09-28T08:00:00.000Z' };
      kept.push(whole);
      return whole;
    },
    async change(id, changed: Reply) {
      const [before] = kept.filter((one) => one.id === id);
      if (before === undefined) return undefined;
      const whole = { ...before, text: changed.text, reply: changed };
      kept.push(whole);
      return whole;
    },
    remove: async () => undefined,
    read: async () => [],
  };
  const live = { publish: (entry: Entry) => void shown.push(entry) } as Live;
  return { kept, shown, on: openBoard(transcript, live) };
}

test('a key is shown once to the open page; written down is only that it was', async () => {
  const { kept, shown, on } = board();
  await answerTo(on, place, person)({ ...reply, position: 'below' });
  assert.ok(shown[0]?.text.includes(key));
  assert.ok(JSON.stringify(shown[0]?.reply?.card).includes(key));
  assert.equal(kept[0]?.text, reply.keptAs);
  assert.ok(!JSON.stringify(kept).includes(key));
});

test('also where it takes the place of its form', async () => {
  const { kept, shown, on } = board();
  const form: Reply = { text: 'What is it called?', audience: 'asker', position: 'below' };
  await answerTo(on, place, person)(form);
  await answerTo(on, place, person, kept[0])({ ...reply, position: 'instead' });
  assert.ok(shown.at(-1)?.text.includes(key));
  assert.equal(kept.at(-1)?.text, reply.keptAs);
  assert.ok(!JSON.stringify(kept).includes(key));
});
