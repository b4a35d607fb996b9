/** Orders and users that are looked up by a form. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { isForm } from '../../../src/chat/card.ts';
import { buttons, errorAt, fields, shown, typed } from '../../chat/reading.ts';
import { onBothEngines } from '../../support/database.ts';
import { channel, openTalk, type Talk } from '../../support/talk.ts';

onBothEngines('a look-up by a form', (engine) => {
  let talk: Talk;
  before(async () => {
    talk = await openTalk(engine);
  });
  after(() => talk.close());

  test('order and services open it where no number is said, and end where the command ends', async () => {
    const carla = talk.as('carla');
    for (const word of ['order', 'services'] as const) {
      const form = await carla.say(word);
      assert.ok(form.card && isForm(form.card));
      assert.deepEqual(fields(form), ['order']);
      const { position, ...answer } = await carla.press(form, 'Show', { order: ' hamaracloud10023 ' });
      assert.equal(position, 'instead');
      assert.equal(answer.text, (await carla.say(`${word} 10023`)).text);
    }
  });

  test('an order that can not be seen, or is none, comes back as it was typed', async () => {
    const chris = talk.as('chris');
    for (const order of ['10025', '10026', '99999', 'webex', '10023 10024']) {
      const back = await chris.press(await chris.say('order'), 'Show', { order });
      assert.equal(errorAt(back, 'order'), `There is no order ${order} that you can see.`);
      assert.equal(typed(back, 'order'), order);
      assert.equal(back.position, 'instead');
    }
    const back = await chris.press(await chris.say('order'), 'Show', { order: '' });
    assert.equal(errorAt(back, 'order'), 'Choose an order, or write its number.');
  });

  test('in a channel the answer can be shared like that of the command', async () => {
    const carla = talk.as('carla', channel('sales'));
    const answer = await carla.press(await carla.say('order'), 'Show', { order: '10023' });
    assert.ok(buttons(answer).includes('Share in channel'));
    const everybody = await carla.press(answer, 'Share in channel');
    assert.match(everybody.text, /^HAMARACLOUD10023 of Contoso/);
  });

  test('a user', async () => {
    const carla = talk.as('carla');
    const form = await carla.say('user');
    assert.deepEqual(fields(form), ['user']);
    const found = await carla.press(form, 'Show', { user: 'Alice@contoso.example' });
    assert.match(found.text, /^alice@contoso\.example \(Contoso\) has 4 units/);
    const back = await carla.press(await carla.say('user ali'), 'Show', { user: 'ali' });
    assert.equal(errorAt(back, 'user'), '“ali” is not an e-mail address.');
    assert.equal(typed(back, 'user'), 'ali');
    assert.equal(
      errorAt(await carla.submit('users.find', {}), 'user'),
      'Choose a user, or write the e-mail address.',
    );
  });

  test('a note on an order that is named in its form', async () => {
    const carla = talk.as('carla');
    const form = await carla.say('note');
    assert.deepEqual(fields(form), ['order', 'note']);
    const back = await carla.press(form, 'Save', { order: '10025', note: 'Call Bob' });
    assert.equal(errorAt(back, 'order'), 'There is no order 10025 that you can see.');
    assert.equal(typed(back, 'note'), 'Call Bob');
    const done = await carla.press(back, 'Save', { order: '10024', note: 'Call Bob' });
    assert.match(done.text, /^Order 10024 has the note “Call Bob”/);
    const long = await carla.press(await carla.say('note'), 'Save', {
      order: '10024',
      note: 'x'.repeat(501),
    });
    assert.match(shown(long), /Note on order 10024/);
    assert.equal(errorAt(long, 'note'), 'The note has 501 characters; 500 fit.');
  });

  test('what asks for a file says with which words', async () => {
    const [carla, priya] = [talk.as('carla'), talk.as('priya')];
    const asked = async (who: typeof carla, text: string) => {
      const { text: words, form } = (await who.say(text)).wantsFile ?? {};
      return [words, form?.words];
    };
    const service = { input: 'service', missing: 'Choose the service that the sheet is for.' };
    assert.deepEqual(await asked(carla, 'bulk 10023/1'), ['bulk 10023/1', ['bulk', '10023/1']]);
    assert.deepEqual(await asked(carla, 'bulk'), ['bulk', ['bulk', service]]);
    assert.deepEqual(await asked(carla, 'bulk release'), ['bulk release', ['bulk release', service]]);
    const packages = ['bulk packages', { input: 'option' }, 'Contoso'];
    assert.deepEqual(await asked(carla, 'bulk packages'), ['bulk packages Contoso', packages]);
    assert.deepEqual(await asked(carla, 'bulk packages add-only'), [
      'bulk packages add-only Contoso',
      ['bulk packages add-only', 'Contoso'],
    ]);
    assert.deepEqual(await asked(priya, 'bulk prices'), ['bulk prices', ['bulk prices']]);
    assert.deepEqual(await asked(priya, 'import'), ['import', ['import']]);
  });
});
