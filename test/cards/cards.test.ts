/** What single cards do with their data. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { associationsFormCard } from '../../cards/associations-form.ts';
import { bulkPreviewCard } from '../../cards/bulk-preview.ts';
import { chatChoiceCard } from '../../cards/chat-choice.ts';
import { chatUnclearCard } from '../../cards/chat-unclear.ts';
import { freeUnitsCard } from '../../cards/free-units.ts';
import { ordersDetailsCard } from '../../cards/orders-details.ts';
import { ordersListCard } from '../../cards/orders-list.ts';
import type { Action, Card } from '../../src/chat/card.ts';
import { allElements } from './rules.ts';

const NASTY = '*a* _b_ [c](https://d.example) <e@f> &amp; `g` {{DATE(2026-01-01T00:00:00Z)}} 1. h';

const titles = (card: Card) => (card.actions ?? []).map(({ title }) => title);
const texts = (card: Card) =>
  allElements(card).flatMap((element) => (element.type === 'TextBlock' ? [element.text] : []));
const byId = (card: Card, id: string) => allElements(card).find((element) => element.id === id);
const action = (card: Card, title: string): Action | undefined =>
  card.actions?.find((candidate) => candidate.title === title);

describe('orders', () => {
  const order = {
    number: 'HAMARACLOUD10023',
    short: '10023',
    items: [NASTY],
    changes: [],
    createdBy: { person: NASTY, organization: 'Contoso' },
    at: '2026-11-21T14:05:00Z',
    status: 'Started',
    note: NASTY,
  } as const;
  const list = (length: number) =>
    ordersListCard({
      organization: 'Contoso',
      view: 'recent',
      orders: Array.from({ length }, () => order),
      page: 1,
      pages: 2,
      total: 20,
    });

  test('few have a button each, many are opened by typing', () => {
    assert.deepEqual(titles(list(2)), ['Order 10023', 'Order 10023', 'Next page', 'Historical orders']);
    assert.deepEqual(titles(list(10)), ['Next page', 'Historical orders']);
    assert.ok(texts(list(10)).some((text) => text.endsWith('order 10023')));
  });

  test('the next page keeps what was asked', () => {
    const card = ordersListCard({
      organization: 'Contoso',
      view: 'historical',
      filter: 'draft',
      text: 'office',
      orders: [order],
      page: 1,
      pages: 2,
      total: 11,
    });

    const next = action(card, 'Next page');

    assert.ok(next?.type === 'Action.Execute');
    assert.equal(next.verb, 'orders.page');
    assert.deepEqual(next.data, { view: 'historical', filter: 'draft', text: 'office', page: 2 });
  });

  test('text from outside is shown as it is', () => {
    assert.equal(texts(list(1)).filter((text) => text.startsWith(NASTY)).length, 3);
  });

  test('a markup is only there where it is given', () => {
    const data = {
      ...order,
      organization: 'Contoso',
      name: 'Order',
      addOns: [],
      quantity: 1,
      costs: [],
      services: [],
    };
    assert.ok(!JSON.stringify(ordersDetailsCard(data)).includes('Markup'));
    assert.ok(JSON.stringify(ordersDetailsCard({ ...data, markup: '12 %' })).includes('Markup'));
  });
});

describe('forms', () => {
  const values = { from: 'entered', service: '10023/1', users: 'not an address', units: 'two' } as const;
  const form = associationsFormCard({
    organization: 'Contoso',
    services: [{ service: '10023/1', product: 'Webex Suite', free: 7 }],
    values,
    errors: { users: ['Line 1: one.', 'Line 2: two.'], units: 'Not a number.' },
    once: 'token',
  });

  test('come back with what was typed and the errors', () => {
    for (const [id, value] of Object.entries(values)) {
      const input = byId(form, id);
      assert.ok(input && 'value' in input, id);
      assert.equal(input.value, value);
    }
    assert.deepEqual(texts({ ...form, body: [byId(form, 'users.error') ?? []].flat() }), [
      'Line 1: one.\nLine 2: two.',
    ]);
    assert.equal(byId(form, 'service.error'), undefined);
  });

  test('only the button that hands them in sends the inputs', () => {
    const sends = form.actions?.filter(
      (candidate) => candidate.type === 'Action.Execute' && candidate.associatedInputs !== 'none',
    );
    assert.deepEqual(
      sends?.map(({ title }) => title),
      ['Associate'],
    );
  });
});

describe('choices', () => {
  const choices = (length: number) =>
    Array.from({ length }, (_, n) => ({ title: `T${n}`, value: `use ${n}` }));

  test('up to six are buttons that say a command', () => {
    const card = chatChoiceCard({ question: 'Which?', choices: choices(6) });
    const [first] = card.actions ?? [];
    assert.equal(card.actions?.length, 6);
    assert.ok(first?.type === 'Action.Execute');
    assert.deepEqual([first.verb, first.data], ['say', { text: 'use 0' }]);
  });

  test('more are a list whose value arrives under the same name', () => {
    const card = chatChoiceCard({ question: 'Which?', choices: choices(7) });
    assert.deepEqual(titles(card), ['Continue']);
    assert.equal(byId(card, 'text')?.type, 'Input.ChoiceSet');
  });
});

test('a long command is cut on its button, not in what it says', () => {
  const command = `associate 10023/1 ${'x'.repeat(80)}@contoso.example`;
  const [button] = chatUnclearCard({ text: NASTY, nearest: [command] }).actions ?? [];
  assert.ok(button?.type === 'Action.Execute');
  assert.equal(button.title.length, 60);
  assert.equal(button.data.text, command);
});

test('a service without free units is told to be fully implemented', () => {
  const card = freeUnitsCard({
    organization: 'Contoso',
    of: 'service 10023/3',
    query: '10023/3',
    units: 2,
    free: 0,
    services: [{ service: '10023/3', product: 'Webex Suite', units: 2, free: 0 }],
    page: 1,
    pages: 1,
    total: 1,
  });
  assert.ok(texts(card).includes('0 of 2 free'));
  assert.ok(texts(card).some((text) => text.includes('10023/3 · Fully implemented')));
  assert.ok(!titles(card).includes('Associate users'));
});

describe('the preview of a sheet', () => {
  const preview = {
    organization: 'Contoso',
    job: 7,
    what: 'Associate users',
    file: NASTY,
    rows: 10,
    valid: 10,
    errors: [],
    warnings: [],
    duplicates: 0,
    newUsers: 0,
    batches: 1,
    runnable: true,
    once: 'token',
  };

  test('offers to run the valid rows, bound to this plan', () => {
    const run = action(bulkPreviewCard(preview), 'Run 10 valid rows');
    assert.ok(run?.type === 'Action.Execute');
    assert.deepEqual([run.verb, run.data], ['bulk.run', { job: 7, once: 'token' }]);
  });

  test('offers no run where there is nothing to run, and says how many units are short', () => {
    const nothing = bulkPreviewCard({ ...preview, valid: 0 });
    const short = bulkPreviewCard({ ...preview, units: { needed: 12, free: 7 }, runnable: false });
    assert.deepEqual(titles(nothing), ['Cancel']);
    assert.deepEqual(titles(short), ['Release units', 'Check again', 'Cancel']);
    assert.ok(texts(short).includes('5 units short: the sheet needs 12 and 7 are free.'));
  });
});
