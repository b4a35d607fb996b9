import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Card, Element, InputText, Table } from '../../../src/chat/card.ts';
import { PostFailed } from '../../../src/chat/edge.ts';
import type { Place } from '../../../src/chat/place.ts';
import { type Call, cardIn } from './connector.ts';
import { inChannel, openTalk, reply } from './talk.ts';

type Talk = Awaited<ReturnType<typeof openTalk>>;
type Shown = { readonly type: string; readonly text?: string; readonly [key: string]: unknown };

const MOST_BYTES = 100 * 1024;
const TOO_BIG = { status: 413, body: { error: { code: 'MessageSizeTooBig', message: 'Too large.' } } };
const GOES_ON = 'Goes on in the next message.';
const MISSING = 'The rest is too large for a message in Teams. Ask for a part of it.';

const line = (text: string) => ({ type: 'TextBlock', text, wrap: true }) as const;
const open = { type: 'Action.Execute', title: 'Open', verb: 'say', data: { text: 'order 10023' } } as const;
const cardOf = (body: readonly Element[], more: Partial<Card> = {}): Card => ({
  type: 'AdaptiveCard',
  $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
  version: '1.5',
  body,
  ...more,
});
const lines = (count: number) =>
  Array.from({ length: count }, (_, index) => line(`Row ${index} of a very long list`));
const tableOf = (count: number): Table => {
  const row = (...cells: string[]) =>
    ({
      type: 'TableRow',
      cells: cells.map((text) => ({ type: 'TableCell', items: [line(text)] }) as const),
    }) as const;
  return {
    type: 'Table',
    columns: [{ width: 1 }, { width: 2 }],
    firstRowAsHeader: true,
    showGridLines: true,
    gridStyle: 'default',
    rows: [
      row('User', 'Service'),
      ...Array.from({ length: count }, (_, index) => row(`user-${index}`, 'Mail for two')),
    ],
  };
};

async function placeIn(talk: Talk, activity: object = {}): Promise<Place> {
  await talk.send({ text: 'help', ...activity });
  const { thread: _, ...place } = talk.heard.at(-1)?.place ?? assert.fail('nothing was heard');
  talk.connector.calls.length = 0;
  return place;
}
const bodyOf = (call: Call | undefined) => ((call && cardIn(call)?.body) ?? []) as readonly Shown[];
const actionsOf = (call: Call | undefined) =>
  ((call && cardIn(call)?.actions) ?? []) as readonly { title: string }[];
const textsOf = (calls: readonly Call[]) => calls.flatMap(bodyOf).map(({ text }) => text);
const fits = (call: Call) => JSON.stringify(call.body).length * 2 <= MOST_BYTES;

test('a card that is too large goes on in more messages: nothing is lost, the buttons are on the last', async (t) => {
  const talk = await openTalk(t);
  const place = await placeIn(talk);

  const sent = await talk.teams.edge.post(
    place,
    reply({ card: cardOf(lines(1500), { actions: [open] }) }),
    'k',
  );

  const messages = talk.connector.messages();
  assert.ok(messages.length > 1 && messages.every(fits));
  const told = textsOf(messages).filter((text) => text !== GOES_ON);
  assert.deepEqual(
    told,
    lines(1500).map(({ text }) => text),
  );
  for (const message of messages.slice(0, -1)) {
    assert.equal(bodyOf(message).at(-1)?.text, GOES_ON);
    assert.deepEqual(actionsOf(message), []);
  }
  assert.deepEqual(
    actionsOf(messages.at(-1)).map(({ title }) => title),
    ['Open'],
  );
  assert.notEqual(bodyOf(messages.at(-1)).at(-1)?.text, GOES_ON);
  assert.equal(sent.messages, messages.length);
  // What is changed later is the message with the buttons.
  talk.connector.calls.length = 0;
  await talk.teams.edge.update(sent, reply());
  assert.match(String(talk.connector.messages()[0]?.path), new RegExp(`/activities/${sent.message}$`));
});

test('a table that is too large is broken between rows, each part with the header', async (t) => {
  const talk = await openTalk(t);
  const place = await placeIn(talk);
  const heading = line('Users of Contoso');

  await talk.teams.edge.post(place, reply({ card: cardOf([heading, tableOf(900)]) }), 'k');

  const messages = talk.connector.messages();
  assert.ok(messages.length > 1 && messages.every(fits));
  assert.equal(bodyOf(messages[0])[0]?.text, 'Users of Contoso');
  type Row = { cells: { items: { text: string }[] }[] };
  const parts = messages.map((message) => {
    const table = bodyOf(message).find(({ type }) => type === 'Table');
    return ((table?.rows ?? []) as Row[]).map(({ cells }) => cells[0]?.items[0]?.text);
  });
  assert.deepEqual(
    parts.map(([header]) => header),
    parts.map(() => 'User'),
  );
  assert.deepEqual(
    parts.flatMap(([, ...rows]) => rows),
    Array.from({ length: 900 }, (_, index) => `user-${index}`),
  );
});

test('a box is broken between what it holds, and facts between each other', async (t) => {
  const talk = await openTalk(t);
  const place = await placeIn(talk);
  const facts = Array.from({ length: 800 }, (_, index) => ({
    title: `Line ${index}`,
    value: 'Mail for two',
  }));
  const box: Element = {
    type: 'Container',
    style: 'emphasis',
    items: [line('Before'), { type: 'FactSet', facts }, ...lines(400)],
  };

  await talk.teams.edge.post(place, reply({ card: cardOf([box]) }), 'k');

  const messages = talk.connector.messages();
  assert.ok(messages.length > 1 && messages.every(fits));
  const boxes = messages.flatMap(bodyOf).filter(({ type }) => type === 'Container');
  assert.ok(boxes.every(({ style }) => style === 'emphasis'));
  const items = boxes.flatMap((one) => one.items as readonly Shown[]);
  const titles = items.flatMap((item) => (item.facts ?? []) as { title: string }[]).map(({ title }) => title);
  assert.deepEqual(
    titles,
    facts.map(({ title }) => title),
  );
  assert.deepEqual(
    items.flatMap(({ text }) => text ?? []),
    ['Before', ...lines(400).map(({ text }) => text)],
  );
});

test('what is filled in stays with the button that hands it in', async (t) => {
  const talk = await openTalk(t);
  const place = await placeIn(talk);
  const input = (id: string): InputText => ({ type: 'Input.Text', id, label: id });

  const card = cardOf([...lines(500), input('first'), ...lines(250), input('second')], { actions: [open] });
  await talk.teams.edge.post(place, reply({ card }), 'k');

  const messages = talk.connector.messages();
  assert.ok(messages.length > 1 && messages.every(fits));
  const asking = messages.filter((message) => bodyOf(message).some(({ type }) => type === 'Input.Text'));
  assert.deepEqual(asking, messages.slice(-1));
  assert.deepEqual(
    bodyOf(asking[0]).flatMap(({ id }) => id ?? []),
    ['first', 'second'],
  );
});

test('a form that is too large for one message is said to be', async (t) => {
  const talk = await openTalk(t);
  const place = await placeIn(talk);
  const choices = Array.from({ length: 2000 }, (_, index) => ({
    title: `Service ${index}`,
    value: `${index}`,
  }));
  const input = { type: 'Input.ChoiceSet', id: 'service', label: 'Service', choices } as const;

  await talk.teams.edge.post(place, reply({ card: cardOf([input], { actions: [open] }) }), 'k');

  const [message, ...more] = talk.connector.messages();
  assert.equal(message?.body.text, `Three orders.\n${MISSING}`);
  assert.equal(more.length, 0);
});

test('a text that is too large goes on in more messages, cut between lines or words, never in a letter', async (t) => {
  const talk = await openTalk(t);
  const place = await placeIn(talk);
  const words = Array.from({ length: 15_000 }, (_, index) => `word${index}`);

  await talk.teams.edge.post(place, reply({ text: words.join(' ') }), 'k-1');
  const said = talk.connector.messages();
  talk.connector.calls.length = 0;
  const faces = ['', 'a'].map((first) => first + '😀'.repeat(30_000));
  for (const [index, text] of faces.entries())
    await talk.teams.edge.post(place, reply({ text }), `k-2-${index}`);
  const letters = talk.connector.messages();

  assert.ok(said.length > 1 && said.every(fits));
  assert.deepEqual(
    said.flatMap(({ body }) => String(body.text).split(' ')),
    words,
  );
  assert.ok(letters.length > 1 && letters.every(fits));
  assert.ok(letters.every(({ body }) => /^a?(😀)+$/u.test(String(body.text))));
  assert.equal(letters.map(({ body }) => body.text).join(''), faces.join(''));
});

test('who is mentioned is mentioned once, and files come at the end', async (t) => {
  const talk = await openTalk(t);
  const place = await placeIn(talk, inChannel);
  const mention = { platform: 'teams', id: 'aad-bob', name: 'Bob' };
  const files = [{ id: 'f1', name: 'result.xlsx' }];

  await talk.teams.edge.post(place, reply({ card: cardOf(lines(900)), mention, files }), 'k');

  const [start, ...rest] = talk.connector.calls.filter(({ method }) => method === 'POST');
  assert.match(JSON.stringify(start?.body.activity), /<at>Bob<\/at>/);
  assert.doesNotMatch(JSON.stringify(start?.body), /result\.xlsx/);
  assert.ok(rest.length > 0);
  assert.doesNotMatch(JSON.stringify(rest.map(({ body }) => body)), /<at>/);
  assert.deepEqual(
    actionsOf(rest.at(-1)).map(({ title }) => title),
    ['result.xlsx'],
  );
});

test('in a channel what goes on stands below its beginning', async (t) => {
  const talk = await openTalk(t);
  const place = await placeIn(talk, inChannel);

  const sent = await talk.teams.edge.post(place, reply({ card: cardOf(lines(1500)) }), 'k');

  const [start, ...rest] = talk.connector.calls;
  assert.equal(start?.path, '/v3/conversations');
  assert.ok(rest.length > 0);
  const thread = sent.place.thread;
  assert.deepEqual(
    new Set(rest.map(({ path }) => path)),
    new Set([`/v3/conversations/19:orders@thread.tacv2;messageid=${thread}/activities`]),
  );
});

test('what Teams itself finds too large is said in smaller parts', async (t) => {
  const talk = await openTalk(t);
  const place = await placeIn(talk);
  talk.connector.fail(({ method }) => method === 'POST', TOO_BIG);

  await talk.teams.edge.post(place, reply({ card: cardOf(lines(300), { actions: [open] }) }), 'k');

  const [refused, ...taken] = talk.connector.messages();
  assert.equal(bodyOf(refused).length, 300);
  assert.ok(taken.length > 1);
  assert.ok(taken.every((message) => JSON.stringify(message.body).length * 2 <= 28 * 1024));
  assert.deepEqual(
    textsOf(taken).filter((text) => text !== GOES_ON),
    lines(300).map(({ text }) => text),
  );
});

test('one that is small already and too large for Teams is refused', async (t) => {
  const talk = await openTalk(t);
  const place = await placeIn(talk);
  talk.connector.fail(() => true, TOO_BIG);

  await assert.rejects(
    talk.teams.edge.post(place, reply(), 'k'),
    (error) => error instanceof PostFailed && error.reason === 'refused',
  );
  assert.equal(talk.connector.calls.length, 1);
});

test('a part that is not taken at once is sent again, and those before it are not', async (t) => {
  const talk = await openTalk(t);
  const place = await placeIn(talk);
  talk.connector.fail(({ body }) => JSON.stringify(body).includes('Row 899 '), { status: 502 });

  await talk.teams.edge.post(place, reply({ card: cardOf(lines(900)) }), 'k');

  const told = textsOf(talk.connector.messages());
  assert.equal(told.filter((text) => text === 'Row 0 of a very long list').length, 1);
  assert.equal(told.filter((text) => text === 'Row 899 of a very long list').length, 2);
});

test('a message that is drawn anew stays one: what finds no room is said to be missing', async (t) => {
  const talk = await openTalk(t);
  const place = await placeIn(talk);
  const sent = await talk.teams.edge.post(place, reply(), 'k');
  talk.connector.calls.length = 0;
  const large = reply({ card: cardOf(lines(1500), { actions: [open] }) });

  await talk.teams.edge.update(sent, large);
  talk.connector.fail(({ method }) => method === 'PUT', TOO_BIG);
  await talk.teams.edge.update(sent, large);

  const [whole, refused, smaller, ...more] = talk.connector.messages();
  assert.equal(more.length, 0);
  for (const message of [whole, refused, smaller]) {
    assert.equal(message?.method, 'PUT');
    assert.equal(bodyOf(message)[0]?.text, 'Row 0 of a very long list');
    assert.equal(bodyOf(message).at(-1)?.text, MISSING);
    assert.equal(actionsOf(message).length, 1);
  }
  assert.ok(bodyOf(smaller).length < bodyOf(refused).length);
  assert.ok(whole !== undefined && fits(whole));
});

test('a text that is drawn anew and too long says that it is cut', async (t) => {
  const talk = await openTalk(t);
  const place = await placeIn(talk);

  await talk.teams.edge.update({ place, message: '1650' }, reply({ text: 'word '.repeat(20_000) }));

  const [message] = talk.connector.messages();
  assert.match(String(message?.body.text), /^word word .* … \(cut: too long for a message in Teams\)$/);
  assert.ok(message !== undefined && fits(message));
});
