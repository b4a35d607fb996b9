import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import { type CalmTalk, openCalmTalk } from '../../chat/calm.ts';
import { buttons, errorAt, shown, typed } from '../../chat/reading.ts';
import type { Speaker } from '../../support/talk.ts';

describe('the note of an order', () => {
  let talk: CalmTalk;
  let carla: Speaker;
  before(async () => {
    talk = await openCalmTalk('Postgres');
    carla = talk.as('carla');
  });
  after(() => talk.close());
  beforeEach(async () => {
    await talk.db.updateTable('orders').set({ note: null }).where('number', '=', 10023).execute();
  });

  const noteOf = async (number = 10023) => {
    const row = await talk.db
      .selectFrom('orders')
      .select('note')
      .where('number', '=', number)
      .executeTakeFirstOrThrow();
    return row.note;
  };

  test('is put back by undo, unless somebody wrote another one since', async () => {
    await carla.say('note 10024 First');
    await carla.say('note 10024 Second');
    await carla.press(await carla.say('note 10024'), 'Remove the note');
    assert.equal((await carla.say('undo')).text, 'Undone: Removed the note “Second”.');
    assert.equal(await noteOf(10024), 'Second');
    assert.match((await carla.say('undo')).text, /^Undone: Set the note “Second”/);
    assert.equal(await noteOf(10024), 'First');
    await talk.as('nora').say('note 10024 Hers');
    assert.match((await carla.say('undo')).text, /The note has changed since, so it stays as it is\./);
    assert.equal(await noteOf(10024), 'Hers');
  });

  test('can be put back from its answer, which says until when; the same note once more has nothing to undo', async () => {
    await carla.say('note 10024 First');
    const set = await carla.say('note 10024 Second');
    assert.match(shown(set), /Can be undone until \d\d:\d\d UTC/);

    const undone = await carla.press(set, 'Undo');

    assert.match(undone.text, /^Undone: Set the note “Second”/);
    assert.equal(await noteOf(10024), 'First');
    const same = await carla.say('note 10024 First');
    assert.ok(!buttons(same).includes('Undo'));
    assert.doesNotMatch(shown(same), /undone/);
  });

  test('is set by the command, changed in the form, and removed by its button', async () => {
    const set = await carla.say('note 10023 Call before renewal');
    assert.equal(set.text, 'Order 10023 has the note “Call before renewal”.');
    assert.equal(set.position, 'below');

    const form = await carla.say('note 10023');
    assert.equal(typed(form, 'note'), 'Call before renewal');
    const changed = await carla.press(form, 'Save', { note: 'Call after renewal' });
    assert.equal(changed.position, 'instead');
    assert.match(shown(await carla.press(changed, 'Order')), /Note: Call after renewal/);

    const removed = await carla.press(await carla.say('note 10023'), 'Remove the note');
    assert.equal(removed.text, 'The note on order 10023 is removed.');
    assert.equal(await noteOf(), null);
    assert.ok(!buttons(await carla.say('note 10023')).includes('Remove the note'));
  });

  test('is kept as it was typed, with its quotes and lines', async () => {
    await carla.say('note HAMARACLOUD10023   Bob said “not  before May”,\nask "again" {{DATE()}} *then*');
    assert.equal(await noteOf(), 'Bob said “not  before May”,\nask "again" {{DATE()}} *then*');
  });

  test('is in the history with what it was before', async () => {
    await carla.say('note 10023 First');
    await carla.say('note 10023 Second');
    await carla.say('note 10023 Second');
    await carla.press(await carla.say('note 10023'), 'Remove the note');

    const { text } = await carla.say('history 10023');
    assert.equal(text.match(/Set the note “Second”/g)?.length, 1);
    assert.match(
      text,
      /Carla Diaz: Removed the note “Second”\n.*Set the note “Second”\n.*Set the note “First”/,
    );
  });

  test('too long comes back in the form with what was typed and the error beside it', async () => {
    const long = 'x'.repeat(501);
    const refused = await carla.press(await carla.say('note 10023'), 'Save', { note: long });

    assert.equal(refused.position, 'instead');
    assert.equal(typed(refused, 'note'), long);
    assert.equal(errorAt(refused, 'note'), 'The note has 501 characters; 500 fit.');
    assert.equal(await noteOf(), null);

    const saved = await carla.press(refused, 'Save', { note: long.slice(1) });
    assert.match(saved.text, /^Order 10023 has the note/);
    assert.equal(await noteOf(), long.slice(1));
  });

  test('too long in the command opens the form below', async () => {
    const refused = await carla.say(`note 10023 ${'y'.repeat(501)}`);
    assert.equal(refused.position, 'below');
    assert.equal(errorAt(refused, 'note'), 'The note has 501 characters; 500 fit.');
  });

  test('is not for the role that only reads, nor for other customers', async () => {
    assert.match((await talk.as('chris').say('note 10023 Hello')).text, /may not do that/);
    const values = { order: '10023', note: 'Hello' };
    assert.match((await talk.as('chris').submit('note', values)).text, /may not do that/);
    assert.match((await carla.say('note 10025 Hello')).text, /There is no order 10025/);
    assert.match(
      (await talk.as('nora').submit('note', { ...values, order: '10028' })).text,
      /There is no order/,
    );
    assert.equal(await noteOf(), null);
  });

  test('two presses of Save are one change', async () => {
    const form = await carla.say('note 10023');
    const once = await carla.press(form, 'Save', { note: 'Once' });
    assert.deepEqual(await carla.press(form, 'Save', { note: 'Once' }), once);
    const { text } = await carla.say('history 10023');
    assert.equal(text.match(/Set the note “Once”/g)?.length, 1);
  });
});
