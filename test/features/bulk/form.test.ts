/** A sheet that is asked for in a form: what the form shows, and what is wrong with what it handed in. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import type { Element } from '../../../src/chat/card.ts';
import { Unreadable } from '../../../src/chat/inbound.ts';
import type { Reply } from '../../../src/chat/reply.ts';
import { onBothEngines } from '../../support/database.ts';
import { file, openTalk, type Talk } from '../../support/talk.ts';
import { addFabrikam, sheet, users } from './support.ts';

/** What is chosen or written beside the file. */
const fieldsOf = (reply: Reply): Element[] =>
  (reply.wantsFile?.form?.card.body ?? []).filter(({ type }) => type.startsWith('Input.'));

const searched = (field: Element | undefined) =>
  field?.type === 'Input.ChoiceSet' ? [field.id, field['choices.data']?.dataset] : undefined;

onBothEngines('the form of a bulk job', (engine) => {
  let talk: Talk;
  before(async () => {
    talk = await openTalk(engine);
    await addFabrikam(talk);
  });
  after(() => talk.close());

  test('has the service beside the file, of all customers where none is chosen', async () => {
    const arjun = talk.as('arjun');
    const asks = await arjun.say('bulk');
    assert.deepEqual(fieldsOf(asks).map(searched), [['service', 'services']]);
    assert.doesNotMatch(JSON.stringify(asks.card), /Contoso|Fabrikam/);
    const shown = JSON.stringify(asks.wantsFile?.form?.card);
    assert.match(shown, /Choose the service and the file below\. /);
    assert.doesNotMatch(shown, /next message|MB/);

    const found = (await arjun.search('services', '')).map(({ title }) => title);
    for (const name of ['Contoso', 'Fabrikam']) assert.ok(found.some((title) => title.includes(name)));
  });

  test('of a release has the services that users have, and that of a named service none', async () => {
    const carla = talk.as('carla');
    assert.deepEqual(fieldsOf(await carla.say('bulk release')).map(searched), [['service', 'used-services']]);
    assert.deepEqual(fieldsOf(await carla.say('bulk 10023/1')), []);
  });

  test('of packages asks how they are meant', async () => {
    const [option, ...others] = fieldsOf(await talk.as('carla').say('bulk packages'));
    assert.equal(option?.type === 'Input.ChoiceSet' && option.id, 'option');
    assert.deepEqual(others, []);
    assert.deepEqual(fieldsOf(await talk.as('carla').say('bulk packages add-only')), []);
  });

  test('says that a message holds no file', async () => {
    const asks = await talk.as('carla').submit('bulk.missing', {});
    assert.match(asks.text, /^There is no file in that message\./);
    for (const card of [asks.card, asks.wantsFile?.form?.card])
      assert.match(JSON.stringify(card), /There is no file in that message\./);
    assert.deepEqual(fieldsOf(asks).map(searched), [['service', 'services']]);
  });

  test('hears what is wrong with the file', async () => {
    const [carla, priya] = [talk.as('carla'), talk.as('priya')];
    const away = { name: 'away.csv', read: () => Promise.reject(new Unreadable('away.csv is gone.')) };
    const picture = file('cat.png', new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0]));
    const sent = [
      await carla.say('bulk 10024/1', [away]),
      await carla.say('bulk 10024/1', [picture]),
      await carla.say('bulk packages add-only', [sheet([['a', 'b']])]),
      await priya.say('import', [away]),
      await priya.say('import', [sheet([['a', 'b']])]),
    ];
    for (const { wrong } of sent) assert.deepEqual(Object.keys(wrong ?? {}), ['file']);
    assert.equal(sent[0]?.wrong?.file, 'away.csv is gone.');
  });

  test('hears of no file where the service is wrong, or a button mends it', async () => {
    const carla = talk.as('carla');
    const unknown = await carla.say('bulk 10099/1', [sheet(users(1))]);
    assert.deepEqual(unknown.wrong, { service: unknown.text });
    const unnamed = await carla.say('bulk nonsense', [sheet(users(1))]);
    assert.deepEqual(unnamed.wrong, { service: 'No service “nonsense” has free units.' });
    await sql`
      update subscriptions set status = 'suspended' where service_id in (
        select s.id from services s join orders o on o.id = s.order_id where o.number = 10024)`.execute(
      talk.db,
    );
    const suspended = await carla.say('bulk 10024/1', [sheet(users(1))]);
    assert.match(suspended.text, /suspended/);
    assert.equal(suspended.wrong, undefined);
  });
});
