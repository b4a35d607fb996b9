import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import type * as AdaptiveCards from 'adaptivecards';
import type { Card } from '../../../src/chat/card.ts';
import { BUDGET_BYTES, cardOf, render, sizeOf } from '../../../src/edges/teams/cards/render.ts';

const require = createRequire(import.meta.url);
const {
  AdaptiveCard,
  HostConfig,
  SerializationContext,
}: typeof AdaptiveCards = require('adaptivecards/dist/adaptivecards.js');

const folder = new URL('../../../cards/', import.meta.url);
const fileUrl = (id: string, name: string) => `https://bot.example/files/${id}/${name}`;
const cardWith = (rest: Pick<Card, 'body' | 'actions'>): Card => ({
  type: 'AdaptiveCard',
  $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
  version: '1.5',
  ...rest,
});
const rendered = (card: Card, files: { id: string; name: string }[] = []) =>
  cardOf(render({ text: 'Said.', card, files, audience: 'everyone', position: 'below' }, fileUrl)) as {
    body: Record<string, unknown>[];
    actions?: Record<string, unknown>[];
  };

async function loadSamples(): Promise<(readonly [string, Card])[]> {
  const files = (await readdir(folder)).filter((file) => file.endsWith('.ts'));
  const found = files.map(async (file) => {
    const url = new URL(file, folder);
    // Some files of the folder are programs, which importing would run.
    if (!/^export const samples\b/m.test(await readFile(url, 'utf8'))) return [];
    const { samples } = (await import(url.href)) as { samples: Record<string, Card> };
    return Object.entries(samples).map(([name, card]) => [`${file} ${name}`, card] as const);
  });
  return (await Promise.all(found)).flat();
}

test('every card fits into a message of Teams and is an Adaptive Card without a fault', async (t) => {
  const samples = await loadSamples();
  assert.notEqual(samples.length, 0);

  for (const [name, card] of samples) {
    await t.test(name, () => {
      const message = render({ text: 'Said.', card, audience: 'everyone', position: 'below' }, fileUrl);
      const content = cardOf(message) as { actions?: unknown[] } | undefined;
      assert.ok(content, 'the card was left out');
      assert.ok(sizeOf(message) <= BUDGET_BYTES);
      assert.ok((content.actions?.length ?? 0) <= 6);
      assert.deepEqual(faultsOf(content), []);
      // What another platform draws from is of no use here.
      assert.doesNotMatch(JSON.stringify(content), /"plan":\{/);
    });
  }
});

function faultsOf(content: object): string[] {
  const context = new SerializationContext();
  const parsed = new AdaptiveCard();
  parsed.hostConfig = new HostConfig({ actions: { maxActions: 6 } });
  parsed.parse(content, context);
  const parsing = Array.from({ length: context.eventCount }, (_, index) => context.getEventAt(index).message);
  const checking = parsed.validateProperties().validationEvents.map(({ message }) => message);
  const isKnown = (message: string) =>
    isOfTeamsAlone(message) || (message === NO_CHOICES && emptyChoices(content).every(isSearched));
  return [...parsing, ...checking].filter((message) => !isKnown(message));
}

/** This client knows no choices that are searched, so it misses those in the card. */
const NO_CHOICES = 'An Input.ChoiceSet must have at least one choice defined.';
const isSearched = (input: object): boolean => 'choices.data' in input;

function emptyChoices(content: unknown): object[] {
  if (typeof content !== 'object' || content === null) return [];
  const isEmpty = 'choices' in content && Array.isArray(content.choices) && content.choices.length === 0;
  return [...(isEmpty ? [content] : []), ...Object.values(content).flatMap(emptyChoices)];
}

/** Elements that this client does not know; it shows their fallback. */
const isOfTeamsAlone = (message: string): boolean =>
  /^Unknown element type "(ProgressBar|Badge|Chart\.VerticalBar\.Grouped)"\. Fallback will be used/.test(
    message,
  );

test('text is quoted wherever Teams reads Markdown, and nowhere else', () => {
  const text = { type: 'TextBlock', text: '*a*', wrap: true } as const;
  const quoted = { ...text, text: '\\*a\\*' };
  const choice = { title: '*a*', value: '*a*' };

  const { body } = rendered(
    cardWith({
      body: [
        text,
        { type: 'FactSet', facts: [{ title: '*a*', value: '*a*' }] },
        {
          type: 'Container',
          items: [{ type: 'ColumnSet', columns: [{ type: 'Column', width: 'auto', items: [text] }] }],
        },
        {
          type: 'Table',
          columns: [{ width: 1 }],
          rows: [{ type: 'TableRow', cells: [{ type: 'TableCell', items: [text] }] }],
          firstRowAsHeader: true,
          showGridLines: true,
          gridStyle: 'default',
        },
        { type: 'Input.ChoiceSet', id: 'choice', label: '*a*', choices: [choice] },
        { type: 'ProgressBar', value: 1, max: 2, color: 'good', fallback: text },
        { type: 'Badge', text: '*a*', style: 'attention', fallback: text },
        { ...chart, fallback: text },
      ],
    }),
  );

  assert.deepEqual(body, [
    quoted,
    { type: 'FactSet', facts: [{ title: '\\*a\\*', value: '\\*a\\*' }] },
    {
      type: 'Container',
      items: [{ type: 'ColumnSet', columns: [{ type: 'Column', width: 'auto', items: [quoted] }] }],
    },
    {
      type: 'Table',
      columns: [{ width: 1 }],
      rows: [{ type: 'TableRow', cells: [{ type: 'TableCell', items: [quoted] }] }],
      firstRowAsHeader: true,
      showGridLines: true,
      gridStyle: 'default',
    },
    { type: 'Input.ChoiceSet', id: 'choice', label: '*a*', choices: [choice] },
    { type: 'ProgressBar', value: 1, max: 2, color: 'Good', fallback: quoted },
    { type: 'Badge', text: '*a*', style: 'Attention', fallback: quoted },
    { ...chart, fallback: quoted },
  ]);
});

const chart = {
  type: 'Chart.VerticalBar.Grouped',
  title: '*a*',
  xAxisTitle: 'Subscription',
  yAxisTitle: 'Units',
  data: [{ legend: 'Before', color: 'neutral', values: [{ x: '10023/1', y: 3 }] }],
} as const;

test('a client that knows no charts shows what the picture tells in words', () => {
  const fallback = {
    type: 'TextBlock',
    text: 'Units, before → counted: 10023/1 3 → 5.',
    wrap: true,
  } as const;
  const { body } = rendered(cardWith({ body: [{ ...chart, fallback }] }));
  assert.equal(
    body[0]?.requires,
    undefined,
    'no host names a capability for charts: it would hide them everywhere',
  );

  const context = new SerializationContext();
  const parsed = new AdaptiveCard();
  parsed.parse(JSON.parse(JSON.stringify({ type: 'AdaptiveCard', version: '1.5', body })), context);
  const item = parsed.getItemAt(0);

  assert.equal(item.getJsonTypeName(), 'TextBlock');
  assert.equal(item.toJSON()?.text, 'Units, before → counted: 10023/1 3 → 5.');
});

test('files that find no room among six buttons are links in the card', () => {
  const action = { type: 'Action.Execute', title: 'Undo', verb: 'undo', data: {} } as const;
  const files = [1, 2, 3].map((number) => ({ id: `f${number}`, name: `part_[${number}].xlsx` }));

  const { body, actions } = rendered(cardWith({ body: [], actions: Array(5).fill(action) }), files);

  assert.equal(actions?.length, 6);
  assert.equal(actions?.at(-1)?.title, 'part_[1].xlsx');
  assert.deepEqual(
    body.map(({ text }) => text),
    [
      '[part\\_\\[2\\].xlsx](https://bot.example/files/f2/part_[2].xlsx)',
      '[part\\_\\[3\\].xlsx](https://bot.example/files/f3/part_[3].xlsx)',
    ],
  );
});

test('no button asks first: Teams has no question for that', () => {
  const confirm = { title: 'Remove it?', text: 'It is gone then.', yes: 'Remove it' };
  const card = rendered(
    cardWith({
      body: [],
      actions: [{ type: 'Action.Execute', title: 'Remove', verb: 'remove', data: {}, confirm }],
    }),
  );

  assert.doesNotMatch(JSON.stringify(card), /confirm|gone then/);
});
