import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mentionedIn, type Reply } from '../../../src/chat/reply.ts';
import { limits } from '../../../src/edges/slack/blocks/limits.ts';
import { formsOf } from '../../../src/edges/slack/blocks/message.ts';
import { channel } from '../../support/talk.ts';

const person = { platform: 'slack', id: 'T024BE7LD:U024BE7LH', name: '<!channel> *Mallory*' };
const reply: Reply = {
  text: 'Job 7 is <done>.',
  audience: 'everyone',
  position: 'below',
  mention: person,
};
const ops = { ...channel('ops'), platform: 'slack' };
const best = (of: Reply) => formsOf(of).rich(new Set());

test('a mention notifies by the id, in the blocks and in the text, and says no name of its own', () => {
  const { rich, plain, bare } = formsOf(reply);
  for (const message of [rich(new Set()), plain(), bare()]) {
    assert.equal(message.text, '<@U024BE7LH> Job 7 is &lt;done&gt;.');
    const [first] = message.blocks;
    if (first !== undefined)
      assert.deepEqual(first, { type: 'section', text: { type: 'mrkdwn', text: '<@U024BE7LH>' } });
    assert.doesNotMatch(JSON.stringify(message), /Mallory/);
  }
});

test('what is no id of Slack mentions nobody', () => {
  for (const id of ['T1:U1> <!channel', 'alice', '', 'T1:', 'U024BE7LH\n']) {
    const message = best({ ...reply, mention: { ...person, id } });
    assert.equal(message.text, 'Job 7 is &lt;done&gt;.', id);
  }
});

test('a message that is full has room for the mention', () => {
  const body = Array.from(
    { length: 80 },
    (_, n) => ({ type: 'TextBlock', text: `${n}`, wrap: true }) as const,
  );
  const card = {
    type: 'AdaptiveCard',
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    version: '1.5',
    body,
  } as const;
  const { blocks, text } = best({ ...reply, card });
  assert.equal(blocks.length, limits.blocks);
  assert.match(JSON.stringify(blocks[0]), /<@U024BE7LH>/);
  assert.match(text, /^<@U024BE7LH> /);
});

test('nobody is mentioned in private, in an answer to one person, or on another platform', () => {
  assert.deepEqual(mentionedIn(reply, ops).mention, person);
  assert.equal(mentionedIn(reply, { ...ops, kind: 'group' }).mention, person);
  assert.equal(mentionedIn(reply, { ...ops, kind: 'personal' }).mention, undefined);
  assert.equal(mentionedIn({ ...reply, audience: 'asker' }, ops).mention, undefined);
  assert.equal(mentionedIn(reply, { ...ops, platform: 'teams' }).mention, undefined);
});
