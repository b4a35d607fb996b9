import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type CalmTalk, openCalmTalk } from '../../chat/calm.ts';
import { buttons, rows, shown } from '../../chat/reading.ts';
import { onBothEngines } from '../../support/database.ts';
import { channel, type Speaker } from '../../support/talk.ts';
import { addOrder, OFFICE } from '../orders/stock.ts';

onBothEngines('free units', (engine) => {
  let talk: CalmTalk;
  let carla: Speaker;
  before(async () => {
    talk = await openCalmTalk(engine);
    carla = talk.as('carla');
  });
  after(() => talk.close());

  for (const [command, answer, services] of [
    ['free', 'Contoso, all orders: 2,010 of 2,017 units free.', ['10023/1', '10023/2', '10023/3', '10024/1']],
    ['free 10023', 'Contoso, order 10023: 10 of 17 units free.', ['10023/1', '10023/2', '10023/3']],
    ['free hamaracloud10024', 'Contoso, order 10024: 2,000 of 2,000 units free.', ['10024/1']],
    ['free 10023/1', 'Contoso, service 10023/1: 7 of 10 units free.', ['10023/1']],
    ['free HAMARACLOUD10023/2', 'Contoso, service 10023/2: 3 of 5 units free.', ['10023/2']],
    ['free universal', 'Contoso, “universal”: 2,007 of 2,010 units free.', ['10023/1', '10024/1']],
    ['Free OFFICE 365', 'Contoso, “OFFICE 365”: 3 of 5 units free.', ['10023/2']],
    ['free “office 365”', 'Contoso, “office 365”: 3 of 5 units free.', ['10023/2']],
    ['free suite', 'Contoso, “suite”: 0 of 2 units free.', ['10023/3']],
  ] as const) {
    test(`${command} is answered in one line, then by service`, async () => {
      const [line, ...more] = (await carla.say(command)).text.split('\n');
      assert.equal(line, answer);
      assert.deepEqual(
        more.map((one) => one.split(' ')[0]),
        services,
      );
    });
  }

  for (const [command, answer] of [
    ['free nothing', 'Contoso has no service “nothing” with units.'],
    ['free %', 'Contoso has no service “%” with units.'],
    ['free 10023/9', 'Contoso has no service “10023/9” with units.'],
    ['free 10027', 'Order 10027 has no services yet.'],
    ['free 10026', 'There is no order 10026 that you can see.'],
    ['free 10025', 'There is no order 10025 that you can see.'],
    ['free 10028/1', 'There is no order 10028 that you can see.'],
  ] as const) {
    test(`${command} says what there is not, with a way on`, async () => {
      const reply = await carla.say(command);
      assert.equal(reply.text, answer);
      const [next = ''] = buttons(reply);
      assert.match((await carla.press(reply, next)).text, /Contoso/);
    });
  }

  test('of a customer without services leads to its orders and not round in circles', async () => {
    const priya = talk.as('priya');
    await priya.say('use fabrikam');
    const reply = await priya.say('free');
    assert.equal(reply.text, 'Fabrikam has no services with units yet.');
    assert.deepEqual(buttons(reply), ['Orders']);
  });

  test('a service without free units is marked as fully implemented and offers nothing to associate', async () => {
    const reply = await carla.say('free 10023/3');
    assert.match(shown(reply), /Fully implemented: every unit is associated/);
    assert.ok(!buttons(reply).includes('Associate users'));
  });

  test('units that a running job holds are not free', async () => {
    await talk.db.updateTable('services').set({ reserved: 500 }).where('units', '=', 2000).execute();

    const reply = await carla.say('free 10024');

    assert.match(reply.text, /^Contoso, order 10024: 1,500 of 2,000 units free\./);
    assert.match(shown(reply), /0 associated\. Running jobs hold 500 units\./);
    assert.match(
      (await carla.say('associate 10024/1 zoe@contoso.example 1501')).text,
      /1,500 units are free/,
    );
    await talk.db.updateTable('services').set({ reserved: 0 }).where('units', '=', 2000).execute();
    assert.match((await carla.say('free 10024')).text, /2,000 of 2,000/);
  });

  test('many services are shown by pages, the sums are of all of them', async () => {
    const services = Array.from({ length: 12 }, () => [OFFICE, 10] as const);
    await addOrder(talk.db, { number: 10301, of: 'Fabrikam', services });
    const priya = talk.as('priya', channel('fabrikam'));
    await priya.say('use fabrikam');

    const first = await priya.say('free "office 365"');
    const second = await priya.press(first, 'Next page');

    assert.match(first.text, /^Fabrikam, “office 365”: 120 of 120 units free/);
    assert.match(second.text, /^Fabrikam, “office 365”: 120 of 120 units free/);
    assert.deepEqual([rows(first).length, rows(second).length], [10, 2]);
    assert.equal(second.position, 'instead');
  });
});
