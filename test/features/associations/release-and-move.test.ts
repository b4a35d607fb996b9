import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type CalmTalk, openCalmTalk } from '../../chat/calm.ts';
import { buttons, choices, errorAt, fields, rows, shown, typed } from '../../chat/reading.ts';
import { onBothEngines } from '../../support/database.ts';
import type { Speaker } from '../../support/talk.ts';
import { addOrder, MESSAGING, OFFICE } from '../orders/stock.ts';

onBothEngines('release, move and user', (engine) => {
  let talk: CalmTalk;
  let carla: Speaker;
  before(async () => {
    talk = await openCalmTalk(engine);
    carla = talk.as('carla');
  });
  after(() => talk.close());
  let users = 0;
  /** A new user with units of 10024/1. */
  async function somebodyWith(units: number): Promise<string> {
    const user = `user${users++}@contoso.example`;
    await carla.say(`associate 10024/1 ${user} ${units}`);
    return user;
  }
  const unitsOf = async (user: string) =>
    rows(await carla.say(`user ${user}`)).map(
      ([service = '', units]) => `${service.split('\n').at(-1)} ${units}`,
    );

  test('release takes all units, or as many as are said', async () => {
    const user = await somebodyWith(3);
    assert.match(
      (await carla.say(`release 10024/1 ${user} 1`)).text,
      new RegExp(`^Released 1 from ${user}, who has 2 left\\.\n`),
    );
    assert.match(
      (await carla.say(`revoke units 10024/1 ${user}`)).text,
      /^Released 2 from .* has 0 left\.\n2,000 of 2,000 units/,
    );
    assert.match((await carla.say(`user ${user}`)).text, /^user0@contoso\.example \(Contoso\) has 0 units/);
  });

  test('release finds the service by a part of its name, and with the user first', async () => {
    const user = await somebodyWith(2);
    const question = await carla.say(`release universal messaging ${user}`);
    assert.match(question.text, /There is no service “universal messaging”/);
    const which = await carla.say(`release universal ${user}`);
    const answer = buttons(which).find((title) => title.startsWith('10024/1')) ?? '';
    assert.match((await carla.press(which, answer)).text, /^Released 2/);
    await carla.say(`associate 10024/1 ${user} 2`);
    assert.match((await carla.say(`release ${user} 10024/1 1`)).text, /^Released 1/);
    assert.match(
      (await carla.say('release office 365 carol@contoso.example')).text,
      /^Released 1 from carol/,
    );
    assert.match((await carla.say('undo')).text, /^Undone/);
  });

  test('release of more than held, or from who has none, says so and shows the user', async () => {
    const user = await somebodyWith(2);
    const more = await carla.say(`release 10024/1 ${user} 3`);
    assert.match(more.text, new RegExp(`^${user} has 2 of .*\\(10024/1\\), no more\\.`));
    assert.match((await carla.press(more, 'User')).text, /has 2 units/);
    assert.match((await carla.say(`release 10023/1 ${user}`)).text, new RegExp(`^${user} has no units of`));
    assert.deepEqual(await unitsOf(user), ['10024/1 2']);
  });

  test('the form of release comes back with errors beside the fields, and then does it', async () => {
    const user = await somebodyWith(2);
    const form = await carla.say('release');
    assert.deepEqual(fields(form).sort(), ['service', 'units', 'user']);
    const back = await carla.press(form, 'Release', { service: '', user: 'nobody', units: 'some' });
    assert.equal(errorAt(back, 'service'), 'Choose a service.');
    assert.match(errorAt(back, 'user') ?? '', /“nobody” is not an e-mail address/);
    assert.match(errorAt(back, 'units') ?? '', /“some” is not a whole number/);
    assert.match(back.text, /^\S.*\n\S.*\n\S.*$/);
    assert.deepEqual([typed(back, 'user'), typed(back, 'units')], ['nobody', 'some']);

    const tooMany = await carla.press(back, 'Release', { service: '10024/1', user, units: '9' });
    assert.match(errorAt(tooMany, 'units') ?? '', /has 2 of/);
    assert.equal(typed(tooMany, 'service'), '10024/1');
    const notHis = await carla.press(tooMany, 'Release', { service: '10023/3', user, units: '' });
    assert.match(errorAt(notHis, 'user') ?? '', /has no units of Webex Suite/);

    const done = await carla.press(notHis, 'Release', { service: '10024/1', user, units: '' });
    assert.match(done.text, /^Released 2/);
    assert.equal(done.position, 'instead');
  });

  for (const [command, field, error] of [
    ['release 10023/1 alice', 'user', '“alice” is not an e-mail address.'],
    ['release 10023/1 alice@contoso.example x', 'units', '“x” is not a whole number greater than zero.'],
    ['move alice 10023/1 10024/1', 'user', '“alice” is not an e-mail address.'],
    ['move alice@contoso.example 10023/1 10024/1 0', 'units', '“0” is not a whole number greater than zero.'],
  ] as const) {
    test(`${command} opens the form with the error`, async () => {
      const form = await carla.say(command);
      assert.equal(errorAt(form, field), error);
      assert.match(typed(form, 'user') ?? '', /^alice/);
    });
  }

  test('release and move with only a user open the form for that user', async () => {
    assert.equal(typed(await carla.say('release alice@contoso.example 1'), 'user'), 'alice@contoso.example');
    const form = await carla.say('move alice@contoso.example 10023/1');
    assert.deepEqual([typed(form, 'user'), typed(form, 'from')], ['alice@contoso.example', '10023/1']);
    assert.deepEqual(
      choices(form, 'from')
        .map(({ value }) => value)
        .slice(0, 3),
      ['10023/1', '10023/2', '10023/3'],
    );
    assert.ok(!choices(form, 'to').some(({ value }) => value === '10023/3'), 'nothing is free there');
  });

  test('move changes both services in one step', async () => {
    const user = await somebodyWith(3);
    const part = await carla.say(`move ${user} 10024/1 10023/1 2`);
    assert.match(part.text, new RegExp(`^Moved 2 of ${user} from 10024/1 to .*\\(10023/1\\)`));
    assert.deepEqual(await unitsOf(user), ['10023/1 2', '10024/1 1']);
    await carla.say(`move ${user} 10023/1 10024/1`);
    assert.deepEqual(await unitsOf(user), ['10024/1 3']);
  });

  test('move finds services by a part of their names', async () => {
    const user = await somebodyWith(1);
    assert.match((await carla.say(`move ${user} 10024/1 office`)).text, /to Office 365 E3 \(10023\/2\)/);
    const which = await carla.say(`move ${user} “office 365” universal`);
    const answer = buttons(which).find((title) => title.startsWith('10024/1')) ?? '';
    assert.match((await carla.press(which, answer)).text, /^Moved 1 of .* from 10023\/2/);
    assert.deepEqual(await unitsOf(user), ['10024/1 1']);

    const from = await carla.say(`move ${user} universal “office 365”`);
    const source = buttons(from).find((title) => title.startsWith('10024/1')) ?? '';
    assert.match((await carla.press(from, source)).text, /^Moved 1 of .* from 10024\/1 to Office/);
  });

  test('move is refused where the user would lose something on the way', async () => {
    const user = await somebodyWith(2);
    for (const [to, units, answer] of [
      ['10024/1', '', /already\. Choose another service/],
      ['10023/3', '1', /^Webex Suite \(10023\/3\): 0 units are free; this needs 1/],
      ['10023/2', '', /^One user can hold 1 unit of Office 365 E3/],
      ['10023/1', '3', /has 2 of .*, no more/],
      ['10023/9', '', /There is no service “10023\/9”/],
      ['10028/1', '', /There is no order 10028/],
      ['10026/1', '', /There is no order 10026/],
    ] as const) {
      const reply = await carla.say(`move ${user} 10024/1 ${to} ${units}`);
      assert.match(reply.text, answer);
      assert.deepEqual(await unitsOf(user), ['10024/1 2']);
    }
    assert.match(
      (await carla.say('move bob@contoso.example 10023/2 10024/1')).text,
      /has no units of Office 365/,
    );
  });

  test('move to a service of another customer is refused', async () => {
    await addOrder(talk.db, { number: 10501, of: 'Fabrikam', services: [[MESSAGING, 5]] });
    const user = await somebodyWith(1);
    const reply = await talk.as('priya').say(`move ${user} 10024/1 10501/1`);
    assert.match(reply.text, /^10024\/1 and 10501\/1 belong to different customers/);
    const form = await talk.as('priya').submit('move', { user, from: '10024/1', to: '10501/1', units: '' });
    assert.match(errorAt(form, 'to') ?? '', /^No service “10501\/1” that you can see/);
    assert.deepEqual(await unitsOf(user), ['10024/1 1']);
    assert.match((await talk.as('priya').say('free 10501')).text, /5 of 5 units free/);
  });

  test('the form of move comes back with errors beside the fields, and then does it', async () => {
    const user = await somebodyWith(2);
    const form = await carla.say('move');
    const back = await carla.press(form, 'Move', { user: '', from: '', to: '', units: '-' });
    for (const id of ['user', 'from', 'to', 'units']) assert.notEqual(errorAt(back, id), undefined, id);
    const values = { user, from: '10024/1', to: '10023/2', units: '2' };
    const tooMany = await carla.press(back, 'Move', values);
    assert.match(errorAt(tooMany, 'to') ?? '', /One user can hold 1 unit of Office 365 E3/);
    assert.deepEqual(
      ['user', 'from', 'to', 'units'].map((id) => typed(tooMany, id)),
      Object.values(values),
    );
    const done = await carla.press(tooMany, 'Move', { ...values, units: '1' });
    assert.match(done.text, /^Moved 1/);
    assert.deepEqual(await unitsOf(user), ['10023/2 1', '10024/1 1']);
  });

  test('user shows all that a user has', async () => {
    const reply = await talk.as('chris').say('user ALICE@contoso.example');
    assert.match(reply.text, /^alice@contoso\.example \(Contoso\) has 4 units\./);
    assert.deepEqual(rows(reply).length, 3);
    assert.match(shown(reply), /Has 4 units of 3 services/);
  });

  test('user says who is no user of the customer, and what is no address', async () => {
    const nobody = await carla.say('user nobody@contoso.example');
    assert.equal(nobody.text, 'Contoso has no user nobody@contoso.example.');
    assert.equal(typed(await carla.press(nobody, 'Associate'), 'users'), 'nobody@contoso.example');
    assert.match((await carla.say('user nobody')).text, /“nobody” is not an e-mail address/);
    assert.match((await carla.say('user')).text, /Write the e-mail address/);
  });

  test('user shows many services by pages', async () => {
    const services = Array.from({ length: 12 }, () => [OFFICE, 1] as const);
    await addOrder(talk.db, { number: 10502, of: 'Contoso', services });
    for (let position = 1; position <= 12; position++)
      await carla.say(`associate 10502/${position} much@contoso.example`);
    const first = await carla.say('user much@contoso.example');
    const second = await carla.press(first, 'Next page');
    assert.deepEqual([rows(first).length, rows(second).length], [10, 2]);
    assert.match(second.text, /has 12 units/);
  });

  test('nothing of an order that only changes the markup is shown to a customer, should it have services', async () => {
    await addOrder(talk.db, {
      number: 10503,
      of: 'Contoso',
      changes: ['markup change'],
      services: [[MESSAGING, 9]],
    });
    await talk.as('nora').say('associate 10503/1 hidden@contoso.example');
    assert.match((await talk.as('nora').say('user hidden@contoso.example')).text, /10503\/1/);
    for (const command of [
      'user hidden@contoso.example',
      'free',
      'free universal',
      'associate',
      'release',
      'move',
      'history',
    ]) {
      assert.doesNotMatch(JSON.stringify(await carla.say(command)), /10503/, command);
    }
  });
});
