/** Blocks that a workspace may not know yet: it gets others in their place, and is not asked each time. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Card, Element } from '../../../src/chat/card.ts';
import { type Answers, type Call, openBoth, ops, refusal, reply } from './rig.ts';

const words = (text: string) => ({ type: 'TextBlock', text, wrap: true }) as const;
const cells = (...texts: string[]) => ({
  type: 'TableRow' as const,
  cells: texts.map((text) => ({ type: 'TableCell' as const, items: [words(text)] })),
});
const table: Element = {
  type: 'Table',
  columns: [{ width: 1 }, { width: 1 }],
  rows: [cells('Service', 'Free'), cells('10023/1', '7')],
  firstRowAsHeader: true,
  showGridLines: true,
  gridStyle: 'default',
};
const chart: Element = {
  type: 'Chart.VerticalBar.Grouped',
  title: 'Units',
  xAxisTitle: 'Service',
  yAxisTitle: 'Units',
  data: [{ legend: 'Before', color: 'neutral', values: [{ x: '10023/1', y: 3 }] }],
  fallback: words('10023/1 3'),
};
const job: Element = {
  type: 'Container',
  items: [{ type: 'ProgressBar', value: 50, max: 100, fallback: words('50 %') }],
  plan: { title: '1 of 2 rows', steps: [{ title: 'Rows', state: 'running' }] },
};
const card = (...body: Element[]): Card => ({
  type: 'AdaptiveCard',
  $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
  version: '1.5',
  body,
});

const typesOf = ({ blocks }: Call['body']) => (blocks as { type: string }[]).map(({ type }) => type);

/** Knows none of these blocks; names the place of what it refuses, as Slack does, where `named`. */
const knowsNot =
  (...types: string[]) =>
  (named = true): Answers =>
  ({ method, body }) => {
    if (method !== 'chat.postMessage') return undefined;
    const places = typesOf(body).flatMap((type, index) => (types.includes(type) ? [index] : []));
    if (places.length === 0) return undefined;
    const errors = places.map((index) => `unsupported type [json-pointer:/blocks/${index}/type]`);
    const refused = { ok: false, error: 'invalid_blocks' };
    return { body: named ? { ...refused, errors, response_metadata: { messages: errors } } : refused };
  };

async function open(answers: Answers, options: { now?: () => number } = {}) {
  const { api, at } = await openBoth(() => answers, options);
  let key = 0;
  return {
    async post(...body: Element[]) {
      const before = api.of('chat.postMessage').length;
      key += 1;
      await at.slack.edge.post(ops, reply('Service Free 10023/1 7', { card: card(...body) }), `k${key}`);
      return api.of('chat.postMessage').slice(before).map(typesOf);
    },
  };
}

for (const [type, element, instead] of [
  ['data_visualization', chart, ['rich_text']],
  ['data_table', table, ['table']],
  ['plan', job, ['section']],
] as const) {
  for (const named of [true, false]) {
    test(`a workspace without ${type} (${named ? 'named' : 'not named'}) is asked once`, async () => {
      const { post } = await open(knowsNot(type)(named));

      assert.deepEqual(await post(element), [[type], instead]);
      assert.deepEqual(await post(element), [instead]);
    });
  }
}

test('only what was refused goes: the rest of the message stays as it was', async () => {
  const { post } = await open(knowsNot('data_table')());

  assert.deepEqual(await post(job, chart, table), [
    ['plan', 'data_visualization', 'data_table'],
    ['plan', 'data_visualization', 'table'],
  ]);
});

test('where Slack does not say what it refused, the blocks go one after the other, and only the last is to blame', async () => {
  const { post } = await open(knowsNot('data_table')(false));

  assert.deepEqual(await post(chart, table), [
    ['data_visualization', 'data_table'],
    ['rich_text', 'data_table'],
    ['rich_text', 'table'],
  ]);
  assert.deepEqual(await post(chart, table), [['data_visualization', 'table']]);
});

test('a workspace that knows neither table gets letters', async () => {
  const { post } = await open(knowsNot('data_table', 'table')());

  assert.deepEqual(await post(table), [['data_table'], ['table'], ['rich_text']]);
});

test('after an hour it is tried again: the workspace may have come to know the block', async () => {
  let now = Date.now();
  const { post } = await open(knowsNot('plan')(), { now: () => now });
  await post(job);
  now += 59 * 60_000;
  assert.deepEqual(await post(job), [['section']]);

  now += 2 * 60_000;

  assert.deepEqual(await post(job), [['plan'], ['section']]);
});

test('a message that is refused for something else teaches nothing', async () => {
  let isRefused = true;
  const { post } = await open(({ method, body }) =>
    isRefused && method === 'chat.postMessage' && typesOf(body).length > 0
      ? refusal('invalid_blocks')
      : undefined,
  );
  assert.deepEqual((await post(table)).at(-1), []);

  isRefused = false;

  assert.deepEqual(await post(table), [['data_table']]);
});

test('a message that is too long gets less room at once', async () => {
  const { post } = await open(({ method, body }) =>
    method === 'chat.postMessage' && typesOf(body).includes('data_table')
      ? refusal('msg_blocks_too_long')
      : undefined,
  );

  assert.deepEqual(await post(table), [['data_table'], ['rich_text']]);
  assert.deepEqual(await post(table), [['data_table'], ['rich_text']]);
});
