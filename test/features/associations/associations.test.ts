import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type CalmTalk, openCalmTalk } from '../../chat/calm.ts';
import { buttons, choices, errorAt, fields, shown, typed } from '../../chat/reading.ts';
import { onBothEngines } from '../../support/database.ts';
import type { Speaker } from '../../support/talk.ts';
import { addOrder, OFFICE } from '../orders/stock.ts';

onBothEngines('associate', (engine) => {
  let talk: CalmTalk;
  let carla: Speaker;
  before(async () => {
    talk = await openCalmTalk(engine);
    carla = talk.as('carla');
  });
  after(() => talk.close());
  let users = 0;
  const somebody = () => `user${users++}@contoso.example`;
  const free = async (service: string) => /: (\d+) of/.exec((await carla.say(`free ${service}`)).text)?.[1];

  test('gives a user units and says what is free', async () => {
    const reply = await carla.say('associate 10023/1 dave@contoso.example 2');

    assert.match(reply.text, /dave@contoso\.example now has 2 \(new user\)\./);
    assert.match(reply.text, /5 of 10 units/);
    assert.match(shown(reply), /dave@contoso\.example is a new user of Contoso/);
    assert.match((await carla.press(reply, 'Free units')).text, /5 of 10 units free/);
    assert.ok(fields(await carla.press(reply, 'Associate another')).includes('users'));
    await carla.press(reply, 'Undo');
  });

  test('without a number gives one unit, and twice one unit is two', async () => {
    const user = somebody();
    assert.match((await carla.say(`assign 10024/1 ${user}`)).text, /now has 1 \(new user\)/);
    assert.match((await carla.say(`associate HAMARACLOUD10024/1 ${user.toUpperCase()}`)).text, /now has 2\./);
  });

  test('of more units than are free says how many are, and offers those', async () => {
    const user = somebody();
    const refused = await carla.say(`associate 10023/1 ${user} 8`);
    assert.equal(refused.text, '7 units are free; this needs 8.');
    assert.match(shown(refused), /Only 7 of the 8 units you asked for are free/);
    assert.match((await carla.say(`user ${user}`)).text, /has no user/);

    const given = await carla.press(refused, 'Associate 7');
    assert.match(given.text, /now has 7 .*\n0 of 10 units/);
    assert.match(
      (await carla.say(`associate 10023/1 ${somebody()}`)).text,
      /^0 units are free; this needs 1/,
    );
    await carla.press(given, 'Undo');
  });

  for (const [words, given] of [
    ['a@x.example b@x.example', [1, 1]],
    ['a@x.example b@x.example 3', [3, 3]],
    ['a@x.example 2 b@x.example 3', [2, 3]],
    ['a@x.example 2, b@x.example 3', [2, 3]],
    ['a@x.example,b@x.example;c@x.example 2', [2, 2, 2]],
    ['a@x.example 2\nb@x.example', [2, 1]],
    ['a@x.example A@X.example 2 a@x.example', [4]],
  ] as const) {
    test(`understands ${JSON.stringify(words)}`, async () => {
      const reply = await carla.say(`associate 10024/1 ${words}`);
      const units = [...reply.text.matchAll(/now has (\d+)/g)].map(([, count]) => Number(count));
      assert.deepEqual(units, given);
      assert.match((await carla.press(reply, 'Undo')).text, /^Undone/);
    });
  }

  for (const [words, service] of [
    ['office', '10023/2'],
    ['OFFICE 365', '10023/2'],
    ['"office 365 e3"', '10023/2'],
  ] as const) {
    test(`finds the service by ${words}`, async () => {
      const reply = await carla.say(`associate ${words} ${somebody()}`);
      assert.match(reply.text, new RegExp(`\\(${service}\\) are free`));
      await carla.press(reply, 'Undo');
    });
  }

  for (const words of ['universal', '10023', 'universal messaging small']) {
    test(`finds no single service by ${words} and then does nothing by itself`, async () => {
      const user = somebody();
      await carla.say(`associate ${words} ${user}`);
      assert.doesNotMatch((await carla.say(`user ${user}`)).text, /has \d units/);
    });
  }

  test('asks with buttons where a part of a name fits several services, and goes on', async () => {
    const user = somebody();
    const question = await carla.say(`associate universal ${user} 4`);
    assert.equal(question.text, 'Which “universal”?');
    assert.equal(buttons(question).length, 2);
    const answer = buttons(question).find((title) => title.startsWith('10024/1')) ?? '';
    assert.match(
      (await carla.press(question, answer)).text,
      new RegExp(`^${user} now has 4 .*\\n1,996 of 2,000|^${user} now has 4`),
    );
    await carla.say(`release 10024/1 ${user}`);
  });

  test('asks with buttons where only the order is named', async () => {
    const question = await carla.say(`associate 10023 ${somebody()}`);
    assert.equal(buttons(question).length, 3);
    const second = buttons(question).find((title) => title.startsWith('10023/2')) ?? '';
    const done = await carla.press(question, second);
    assert.match(done.text, /units of Office 365 E3 \(10023\/2\) are free/);
    await carla.press(done, 'Undo');
  });

  for (const [command, answer] of [
    ['associate 10023/9 a@x.example', /^There is no service “10023\/9” that you can see/],
    ['associate 10025/1 a@x.example', /^There is no order 10025 that you can see/],
    ['associate 10026/1 a@x.example', /^There is no order 10026 that you can see/],
    ['associate 10026 a@x.example', /^There is no service “10026” that you can see/],
    ['associate 99999/1 a@x.example', /^There is no order 99999 that you can see/],
    ['associate 10023/ a@x.example', /^There is no service “10023\/” that you can see/],
    ['associate nothing a@x.example', /^There is no service “nothing” that you can see/],
  ] as const) {
    test(`${command} names what there is not`, async () => {
      const reply = await carla.say(command);
      assert.match(reply.text, answer);
      assert.ok(buttons(reply).length > 0);
    });
  }

  test('gives one user no more than one licence of Office 365 or Webex', async () => {
    for (const words of ['alice@contoso.example', `${somebody()} 2`]) {
      assert.match(
        (await carla.say(`associate 10023/2 ${words}`)).text,
        /^One user can hold 1 unit of Office 365 E3;/,
      );
    }
    await carla.say('release 10023/3 bob@contoso.example');
    assert.match(
      (await carla.say('associate 10023/3 alice@contoso.example')).text,
      /1 unit of Webex Suite; alice/,
    );
    assert.match(
      (await carla.say('associate 10023/3 bob@contoso.example')).text,
      /^bob@contoso\.example now has 1\./,
    );
    assert.equal(await free('10023/2'), '3');
  });

  test('of several users gives all or none', async () => {
    const user = somebody();
    const refused = await carla.say(`associate 10023/2 ${user} alice@contoso.example`);
    assert.match(refused.text, /alice@contoso\.example would have more/);
    assert.match((await carla.say(`user ${user}`)).text, /has no user/);
  });

  for (const [command, field, error] of [
    ['associate 10023/1 dave', 'users', '“dave” is not an e-mail address.'],
    ['associate 10023/1 dave@contoso', 'users', '“dave@contoso” is not an e-mail address.'],
    ['associate 10023/1 @Dave', 'users', '“@Dave” is not an e-mail address.'],
    ['associate 10023/1 dave@x.example two', 'units', '“two” is not a whole number greater than zero.'],
    ['associate 10023/1 dave@x.example 0', 'units', '“0” is not a whole number greater than zero.'],
    ['associate 10023/1 dave@x.example -1', 'units', '“-1” is not a whole number greater than zero.'],
    ['associate 10023/1 dave@x.example 1.5', 'units', '“1.5” is not a whole number greater than zero.'],
    [
      'associate 10023/1 dave@x.example 9999999',
      'units',
      '“9999999” is not a whole number greater than zero.',
    ],
    ['associate 10023/1 2', 'users', 'Enter at least one e-mail address.'],
    ['associate 10023/1 dave@x.example 2 3', 'users', 'dave@x.example: one user a line, then the units.'],
  ] as const) {
    test(`${command} opens the form with what was typed and the error`, async () => {
      const form = await carla.say(command);
      assert.equal(errorAt(form, field), error);
      assert.equal(typed(form, 'service'), '10023/1');
      const words = command.split(' ').slice(2);
      assert.deepEqual(
        [typed(form, 'users') ?? '', typed(form, 'units') ?? '']
          .join(' ')
          .split(/\s+/)
          .filter((word) => words.includes(word)),
        words,
      );
    });
  }

  test('alone opens the form with the services that have free units', async () => {
    const form = await carla.say('associate');
    assert.deepEqual(fields(form), ['service', 'from', 'user', 'users', 'units']);
    const services = choices(form, 'service').map(({ value }) => value);
    assert.deepEqual(services, ['10023/1', '10023/2', '10024/1']);
    assert.equal(typed(form, 'units'), '1');
  });

  test('with the user first, or only the user, keeps them', async () => {
    const user = somebody();
    assert.equal(typed(await carla.say(`associate ${user} 3`), 'users'), user);
    assert.equal(typed(await carla.say(`associate ${user} 3`), 'units'), '3');
    assert.match((await carla.say(`associate ${user} 10024/1 3`)).text, new RegExp(`^${user} now has 3`));
  });

  test('the same address is another user at another customer', async () => {
    await addOrder(talk.db, { number: 10401, of: 'Fabrikam', services: [[OFFICE, 3]] });
    const arjun = talk.as('arjun');
    await arjun.say('use fabrikam');
    const done = await arjun.say('associate 10401/1 alice@contoso.example');
    assert.match(done.text, /alice@contoso\.example now has 1 \(new user\)/);
    assert.match((await carla.say('user alice@contoso.example')).text, /has 4 units/);
    await arjun.press(done, 'Undo');
    assert.match((await carla.say('user alice@contoso.example')).text, /has 4 units/);
  });

  test('is not for the role that only reads', async () => {
    const chris = talk.as('chris');
    for (const command of [
      'associate',
      'associate 10024/1 x@contoso.example',
      'release',
      'move',
      'undo',
      'revoke units',
    ]) {
      assert.match((await chris.say(command)).text, /^Your role \(customer\) may not do that/, command);
    }
    const values = {
      service: '10024/1',
      from: 'entered',
      users: 'x@contoso.example',
      user: 'alice@contoso.example',
      units: '1',
    };
    for (const [verb, more] of [
      ['associate', {}],
      ['release', { service: '10023/1' }],
      ['move', { from: '10023/1', to: '10024/1' }],
      ['undo', { id: 1 }],
    ] as const) {
      assert.match((await chris.submit(verb, { ...values, ...more })).text, /may not do that/, verb);
    }
    assert.match((await carla.say('user alice@contoso.example')).text, /has 4 units/);
  });
});
