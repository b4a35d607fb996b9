/** Every form that a feature shows, as a window within Slack's limits. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { allSamples } from '../../../cards/gallery.ts';
import { type Card, isForm } from '../../../src/chat/card.ts';
import { inputIdOf } from '../../../src/edges/slack/blocks/inputs.ts';
import { cutKindly, formView, hasInputs, inputIds, mainButton } from '../../../src/edges/slack/forms/view.ts';

const samples = Object.entries(await allSamples());
const id = 'A'.repeat(22);
const replyWith = (card: Card, text: string) => ({ text, card, position: 'below' }) as const;

type Any = Record<string, unknown>;
const all = (value: unknown): Any[] => {
  if (typeof value !== 'object' || value === null) return [];
  const inside = Object.values(value).flatMap(all);
  return Array.isArray(value) ? inside : [value as Any, ...inside];
};

for (const [name, card] of samples) {
  const view = formView({ reply: replyWith(card, name) }, id);
  if (view === undefined) {
    test(`${name} is a window`, () => assert.ok(!isForm(card), 'a form that can not be handed in'));
    continue;
  }
  test(`${name} is a window within Slack's limits`, () => {
    const { title, submit, close, blocks } = view;
    for (const label of [title, submit, close]) {
      if (label === undefined) continue;
      assert.ok(label.text.length >= 1 && label.text.length <= 24, label.text);
      assert.ok(!/[\s,;:]…?$/.test(label.text), `cut kindly: ${label.text}`);
    }
    assert.ok(blocks.length >= 1 && blocks.length <= 100, `${blocks.length} blocks`);
    assert.ok(JSON.stringify(view).length < 250_000);
    assert.equal(view.private_metadata, id);
    const inputs = blocks.filter(({ type }) => type === 'input');
    assert.ok(inputs.length === 0 || submit !== undefined, 'fields need a button to hand them in');
    const ids = blocks.flatMap(({ block_id }) => block_id ?? []);
    assert.equal(new Set(ids).size, ids.length, 'each block has its own id');
    for (const block of blocks) {
      assert.ok(!['table', 'data_table', 'data_visualization', 'plan'].includes(block.type), block.type);
    }
    for (const { type, text, label, value, ...rest } of all(blocks)) {
      if (type === 'plain_text' || type === 'mrkdwn')
        assert.ok(String(text).length >= 1 && String(text).length <= 3_000);
      if (type === 'button') assert.ok(String(value ?? rest.url).length <= 3_000);
      if (type === 'input') assert.ok((label as { text: string }).text.length <= 2_000);
    }
  });

  test(`${name} tells Slack nothing of what its buttons do`, () => {
    const values = all(view.blocks).flatMap(({ type, value }) =>
      type === 'button' && value ? [String(value)] : [],
    );
    for (const value of values) assert.match(value, /^\{"v":"\d+","d":\{\}(,"i":0)?\}$/);
  });

  test(`${name} asks there whatever its buttons ask before they do anything`, () => {
    const asked = (card.actions ?? []).flatMap((action) =>
      'confirm' in action && action.confirm ? [action.confirm] : [],
    );
    const last = mainButton(card)?.confirm && formView({ reply: replyWith(card, name), sure: {} }, id);
    const beside = all(view.blocks).filter(({ type, confirm }) => type === 'button' && confirm);
    assert.equal(beside.length + (last ? 1 : 0), asked.length);
    if (last) {
      const { text, yes } = mainButton(card)?.confirm ?? { text: '', yes: '' };
      assert.match(last.submit?.text ?? '', new RegExp(`^${yes.slice(0, 10)}`));
      assert.ok(JSON.stringify(last.blocks).includes(JSON.stringify(text).slice(1, -1)));
    }
  });

  test(`${name} has one way out by the name of Cancel at most`, () => {
    const titles = (card.actions ?? []).map(({ title }) => title);
    const named = [view.close?.text, view.submit?.text, ...titles].filter((title) => title === 'Cancel');
    assert.ok(named.length <= 1 && view.submit?.text !== 'Cancel');
  });

  test(`${name} hands in nothing there that takes away, unless it is made for that`, () => {
    const main = mainButton(card);
    assert.ok(isForm(card) || !(main?.confirm || main?.style === 'destructive'));
  });

  if (isForm(card)) {
    test(`${name} keeps all its fields and its buttons`, () => {
      const shown = all(view.blocks).flatMap(({ action_id }) =>
        typeof action_id === 'string' ? [inputIdOf(action_id)] : [],
      );
      for (const input of inputIds(card.body)) {
        const isEmpty = JSON.stringify(view.blocks).includes('there is nothing to choose from');
        assert.ok(shown.includes(input) || isEmpty, input);
      }
      const main = mainButton(card);
      assert.ok(main || !hasInputs(card), 'a button that hands it in');
      const buttons = all(view.blocks).filter(({ type }) => type === 'button').length;
      assert.equal(buttons, (card.actions ?? []).length - (main ? 1 : 0));
    });
  }
}

test('some of them are forms with fields', () => {
  assert.ok(samples.filter(([, card]) => isForm(card) && hasInputs(card)).length > 50);
});

test('a title is cut between words where it can be', () => {
  assert.equal(cutKindly('Associate users'), 'Associate users');
  assert.equal(cutKindly('Change the order of HAMARACLOUD10023'), 'Change the order of…');
  assert.equal(cutKindly('Donaudampfschifffahrtsgesellschaft'), 'Donaudampfschifffahrtsg…');
  assert.equal(cutKindly('Next: IPv4 addresses, and more'), 'Next: IPv4 addresses…');
});

test('any title is one that Slack takes', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 80 }), (title) => {
      const cut = cutKindly(title);
      assert.ok(cut.length <= 24);
      assert.ok(cut.isWellFormed());
    }),
  );
});
