import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Reply } from '../../../src/chat/reply.ts';
import { type CalmTalk, openCalmTalk } from '../../chat/calm.ts';
import { buttons, choices, errorAt, fields, shown, typed } from '../../chat/reading.ts';
import { onBothEngines } from '../../support/database.ts';
import { channel } from '../../support/talk.ts';
import { addCustomer, organizationId } from '../orders/stock.ts';

const marked = ({ card }: Reply) =>
  card?.actions?.flatMap((one) =>
    one.type === 'Action.Execute' && one.style === 'positive' ? [one.title] : [],
  );

onBothEngines('what is begun on a page of all customers', (engine) => {
  let talk: CalmTalk;
  before(async () => {
    talk = await openCalmTalk(engine);
  });
  after(() => talk.close());

  for (const [title, form] of [
    ['Associate users', /Associate users/],
    ['New order', /New order|Service/],
    ['Bulk', /sheet|spreadsheet/i],
  ] as const) {
    test(`${title}: for which customer is asked, whichever was used last`, async () => {
      const arjun = talk.as('arjun');
      await arjun.say('use fabrikam');

      const asked = await arjun.press(await arjun.say('home'), title);
      assert.equal(asked.text, 'Which customer?');
      assert.match(shown(asked), /You used Fabrikam last\./);
      assert.deepEqual(buttons(asked), ['Fabrikam', 'Contoso']);
      assert.deepEqual(marked(asked), ['Fabrikam']);

      const begun = await arjun.press(asked, 'Contoso');
      assert.equal(begun.position, 'instead');
      assert.match(shown(begun), /Contoso/);
      assert.match(shown(begun), form);
      assert.doesNotMatch(shown(begun), /Fabrikam/);
    });
  }

  test('who has one customer is not asked, nor is anybody in a channel of one', async () => {
    for (const who of ['nora', 'carla'] as const) {
      const speaker = talk.as(who);
      const form = await speaker.press(await speaker.say('home'), 'Associate users');
      assert.ok(fields(form).includes('service'), who);
    }
    const arjun = talk.as('arjun', channel('of contoso'));
    await arjun.say('use contoso here');
    const form = await arjun.press(await arjun.say('home'), 'Associate users');
    assert.ok(fields(form).includes('service'));
  });

  test('who may not change anything begins nothing, and nothing else is begun', async () => {
    const { text } = await talk.as('chris').submit('home.begin', { text: 'associate' });
    assert.match(text, /^Your role/);
    const forged = await talk.as('priya').submit('home.begin', { text: 'reconcile now' });
    assert.equal(forged.text, 'That button does not fit any more.');
  });

  test('of many customers the last is filled in, others are searched for or typed', async () => {
    for (let each = 1; each <= 7; each += 1) await addCustomer(talk.db, `Tailspin ${each}`, 'HamaraCloud');
    const arjun = talk.as('arjun');
    await arjun.say('use contoso');

    const asked = await arjun.press(await arjun.say('home'), 'Associate users');
    const contoso = String(await organizationId(talk.db, 'Contoso'));
    assert.equal(typed(asked, 'choice'), contoso);
    assert.equal(choices(asked, 'choice')[0]?.value, contoso);
    assert.equal(choices(asked, 'choice').length, 9);
    assert.match(JSON.stringify(asked.card), /"dataset":"customers"/);
    assert.match(shown(await arjun.press(asked, 'Continue', { choice: contoso })), /Contoso\n/);

    const found = await arjun.search('customers', 'spin 3');
    assert.deepEqual(
      found.map(({ title }) => title),
      ['Tailspin 3'],
    );
    const again = await arjun.press(asked, 'Continue', { choice: 'tailspin' });
    assert.equal(again.text, 'Which customer?');
    assert.equal(choices(again, 'choice').length, 7);
    const named = await arjun.press(asked, 'Continue', { choice: 'Tailspin 3' });
    assert.match(shown(named), /Tailspin 3/);
    const nobody = await arjun.press(asked, 'Continue', { choice: 'nobody at all' });
    assert.equal(nobody.position, 'instead');
    assert.equal(errorAt(nobody, 'choice'), 'There is no customer “nobody at all” that you can see.');
    assert.equal(typed(nobody, 'choice'), 'nobody at all');
    assert.equal(
      errorAt(await arjun.press(asked, 'Continue', { choice: ' ' }), 'choice'),
      'Choose a customer.',
    );
    const mended = await arjun.press(nobody, 'Continue', { choice: 'tailspin 3' });
    assert.match(shown(mended), /Tailspin 3\n/);
  });

  test('a name that begins with a number is no id', async () => {
    const arjun = talk.as('arjun');
    const contoso = await organizationId(talk.db, 'Contoso');
    await addCustomer(talk.db, `${contoso} Degrees`, 'HamaraCloud');
    const asked = await arjun.press(await arjun.say('home'), 'Associate users');
    const begun = await arjun.press(asked, 'Continue', { choice: `${contoso} Deg` });
    assert.match(shown(begun), new RegExp(`^${contoso} Degrees\\n`));
    const none = await arjun.press(asked, 'Continue', { choice: `${contoso} nothing` });
    assert.equal(errorAt(none, 'choice'), `There is no customer “${contoso} nothing” that you can see.`);
  });

  test('customers are found by those who see them, where there is one to choose', async () => {
    assert.deepEqual(await talk.as('carla').search('customers', 'fabrikam'), []);
    assert.deepEqual(await talk.as('stranger').search('customers', ''), []);
    assert.deepEqual(await talk.as('arjun', channel('of contoso')).search('customers', ''), []);
    assert.equal((await talk.as('arjun').search('customers', 'FABRI'))[0]?.title, 'Fabrikam');
  });
});
