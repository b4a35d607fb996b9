import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openEdge } from '../../../src/edges/console/post.ts';
import type { Entry } from '../../../src/edges/console/types.ts';

const place = (kind: 'channel' | 'personal', conversation: string) =>
  ({ platform: 'console', conversation, kind, name: '#licences' }) as const;

test('a post says whom it mentions, where others read along', async () => {
  const shown: Omit<Entry, 'id' | 'at'>[] = [];
  const board = {
    async append(entry: Omit<Entry, 'id' | 'at'>): Promise<Entry> {
      shown.push(entry);
      return { ...entry, id: shown.length, at: '2026-11-21T14:05:00Z' };
    },
    change: async () => undefined,
    remove: async () => undefined,
  };
  const edge = openEdge(board, { read: async () => [] });
  const mention = { platform: 'console', id: 'carla', name: '<b>Carla</b>' };
  const reply = { text: 'Job 7 is done.', audience: 'everyone', position: 'below', mention } as const;
  await edge.post(place('channel', 'channel:operations'), reply, 'a');
  await edge.post(place('personal', 'personal:carla'), reply, 'b');
  assert.deepEqual(
    shown.map(({ reply }) => reply?.mention?.name),
    ['<b>Carla</b>', undefined],
  );
});
