import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Reply } from '../../../src/chat/reply.ts';
import { cardOf, render } from '../../../src/edges/teams/cards/render.ts';

type Drawn = {
  readonly body: readonly { readonly type: string; readonly text?: string }[];
  readonly msteams: {
    readonly width: string;
    readonly entities?: readonly {
      readonly type: string;
      readonly text: string;
      readonly mentioned: { readonly id: string; readonly name: string };
    }[];
  };
};
const reply = (name: string, id = '87d349ed-44d7-43e1-9a83-5f2406dee5bd'): Reply => ({
  text: 'Job 7 is <done>.',
  audience: 'everyone',
  position: 'below',
  mention: { platform: 'teams', id, name },
  card: {
    type: 'AdaptiveCard',
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    version: '1.5',
    body: [{ type: 'TextBlock', text: 'Job 7', wrap: true }],
  },
});
const drawn = (of: Reply) => cardOf(render(of, () => undefined)) as Drawn;

test('a mention stands first in the card, with the entity that notifies', () => {
  const { body, msteams } = drawn(reply('Adele Vance'));
  assert.deepEqual(
    body.map(({ text }) => text),
    ['<at>Adele Vance</at>', 'Job 7'],
  );
  assert.equal(msteams.width, 'Full');
  assert.deepEqual(msteams.entities, [
    {
      type: 'mention',
      text: '<at>Adele Vance</at>',
      mentioned: { id: '87d349ed-44d7-43e1-9a83-5f2406dee5bd', name: 'Adele Vance' },
    },
  ]);
});

test('a name ends nothing, and is no markup', () => {
  for (const [name, shown] of [
    ['</at> <at>Everybody</at>', '/at at Everybody /at'],
    ['*Bob* [x](https://evil.example)', 'Bob x https://evil.example'],
    ['A\u0000nne\n\tO’Neill & Söhne', 'A nne O’Neill Söhne'],
    ['x'.repeat(300), 'x'.repeat(80)],
  ] as const) {
    const { body, msteams } = drawn(reply(name));
    assert.equal(body[0]?.text, `<at>${shown}</at>`);
    assert.equal(msteams.entities?.[0]?.text, body[0]?.text);
    assert.equal(msteams.entities?.[0]?.mentioned.name, shown);
  }
});

test('who has no name that can be shown is not mentioned', () => {
  for (const nameless of [reply('<>'), reply(''), reply('Adele', '')]) {
    assert.equal(drawn(nameless).msteams.entities, undefined);
    assert.equal(drawn(nameless).body.length, 1);
  }
});

test('a reply without a card becomes one', () => {
  const { card: _, ...bare } = reply('Adele Vance');
  const { body } = drawn(bare);
  assert.deepEqual(
    body.map(({ text }) => text),
    ['<at>Adele Vance</at>', 'Job 7 is \\<done>.'],
  );
});
