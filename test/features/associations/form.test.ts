import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Reply } from '../../../src/chat/reply.ts';
import { type CalmTalk, openCalmTalk } from '../../chat/calm.ts';
import { choices, errorAt, rows, shown, typed } from '../../chat/reading.ts';
import { onBothEngines } from '../../support/database.ts';
import type { Speaker } from '../../support/talk.ts';
import { addOrder, OFFICE } from '../orders/stock.ts';

onBothEngines('the form of associate', (engine) => {
  let talk: CalmTalk;
  let carla: Speaker;
  before(async () => {
    talk = await openCalmTalk(engine);
    carla = talk.as('carla');
  });
  after(() => talk.close());
  let users = 0;
  const somebody = () => `user${users++}@contoso.example`;

  test('the form comes back with what was typed and an error beside each field, and then does it', async () => {
    const form = await carla.say('associate');
    const wrong = {
      service: '',
      from: 'entered',
      users: 'dave at contoso\nerin@contoso.example two',
      units: 'zero',
    };
    const back = await carla.press(form, 'Associate', wrong);

    assert.equal(back.position, 'instead');
    for (const id of ['users', 'units']) assert.equal(typed(back, id), wrong[id as 'users' | 'units']);
    assert.equal(errorAt(back, 'service'), 'Choose a service.');
    assert.equal(errorAt(back, 'units'), '“zero” is not a whole number greater than zero.');
    assert.match(
      errorAt(back, 'users') ?? '',
      /^“dave.*” is not an e-mail address\.\nerin@contoso\.example: “two” is not/,
    );

    const [one, two] = [somebody(), somebody()];
    const right = { service: '10024/1', from: 'entered', users: `${one}\n${two} 5\n\n${one} 2\n`, units: '' };
    const done = await carla.press(back, 'Associate', right);
    assert.equal(done.position, 'instead');
    assert.equal(
      done.text.split('\n').slice(0, 2).join(' '),
      `${one} now has 3 (new user). ${two} now has 5 (new user).`,
    );
    assert.deepEqual(
      rows(done).map(([, added, has]) => [added, has]),
      [
        ['+3', '3'],
        ['+5', '5'],
      ],
    );
  });

  test('the form says beside the field how many units are free, and who can hold no more', async () => {
    const form = await carla.say('associate');
    const values = {
      service: '10023/2',
      from: 'entered',
      users: [somebody(), somebody(), somebody(), somebody()].join('\n'),
    };
    const short = await carla.press(form, 'Associate', { ...values, units: '1' });
    assert.equal(errorAt(short, 'units'), '3 units are free; this needs 4.');
    assert.equal(typed(short, 'users'), values.users);
    assert.equal(typed(short, 'service'), '10023/2');
    const many = await carla.press(short, 'Associate', {
      ...values,
      users: 'alice@contoso.example',
      units: '1',
    });
    assert.match(errorAt(many, 'users') ?? '', /^One user can hold 1 unit/);
  });

  test('takes 25 users by hand and refuses 26', async () => {
    const form = await carla.say('associate 10024/1');
    const names = Array.from({ length: 26 }, (_, index) => `crowd${index}@contoso.example`);
    const values = { service: '10024/1', from: 'entered', units: '1' };

    const refused = await carla.press(form, 'Associate', { ...values, users: names.join('\n') });
    assert.match(
      errorAt(refused, 'users') ?? '',
      /^26 users are too many to enter by hand: 25 at a time, or upload a file/,
    );
    assert.match((await carla.say(`associate 10024/1 ${names.join(' ')}`)).text, /^26 users are too many/);

    const done = await carla.press(refused, 'Associate', { ...values, users: names.slice(1).join('\n') });
    assert.equal(rows(done).length, 25);
    assert.match((await carla.press(done, 'Undo')).text, /^Undone/);
    assert.match((await carla.say('user crowd7@contoso.example')).text, /has no user/);
  });

  test('pressing the button of a form twice gives the units once', async () => {
    const user = somebody();
    const form = await carla.say('associate 10024/1');
    const values = { service: '10024/1', from: 'entered', users: user, units: '2' };
    const first = await carla.press(form, 'Associate', values);
    assert.deepEqual(await carla.press(form, 'Associate', values), first);
    assert.match((await carla.say(`user ${user}`)).text, /has 2 units/);
  });

  test('one user and more in their own fields, and the service by part of its product’s name', async () => {
    const [one, two] = [somebody(), somebody()];
    const form = await carla.say('associate');
    const values = {
      service: 'Office',
      from: 'entered',
      user: ` ${one.toUpperCase()} `,
      users: two,
      units: '',
    };
    const done = await carla.press(form, 'Associate', values);
    assert.match(done.text, /Office 365 E3/);
    for (const user of [one, two]) assert.match((await carla.say(`user ${user}`)).text, /Office 365 E3: 1/);
  });

  test('words that name no service, or several, come back beside what was typed', async () => {
    const values = { from: 'entered', user: 'dave at contoso', users: '', units: '1' };
    const none = await carla.submit('associate', { ...values, service: 'nothing like it' });
    assert.equal(errorAt(none, 'user'), '“dave at contoso” is not an e-mail address.');
    assert.match(errorAt(none, 'service') ?? '', /^No service “nothing like it”/);
    assert.equal(errorAt(none, 'users'), undefined);
    assert.deepEqual(
      ['service', 'user'].map((id) => typed(none, id)),
      ['nothing like it', 'dave at contoso'],
    );
    const several = await carla.submit('associate', { ...values, service: 'universal' });
    assert.match(
      errorAt(several, 'service') ?? '',
      /^“universal” fits 2 services, 10023\/1, 10024\/1\. Choose/,
    );
    const empty = await carla.submit('associate', { ...values, user: '', service: '10023/1' });
    assert.equal(errorAt(empty, 'user'), 'Enter at least one e-mail address.');
  });

  test('from an uploaded file asks for the file', async () => {
    const form = await carla.say('associate');
    const values = { from: 'file', users: '', units: '' };
    const back = await carla.press(form, 'Associate', { ...values, service: '' });
    assert.equal(errorAt(back, 'service'), 'Choose a service.');
    assert.equal(typed(back, 'from'), 'file');
    const asks = await carla.press(back, 'Associate', { ...values, service: '10024/1' });
    assert.match(asks.text, /bulk 10024\/1/);
    assert.equal(asks.wantsFile?.text, 'bulk 10024/1');
  });

  test('a form is about the customer whose service it names, whoever is chosen by then', async () => {
    await addOrder(talk.db, { number: 10401, of: 'Fabrikam', services: [[OFFICE, 3]] });
    const arjun = talk.as('arjun');
    await arjun.say('use contoso');
    const form = await arjun.say('associate 10024/1');
    await arjun.say('use fabrikam');

    const user = somebody();
    const done = await arjun.press(form, 'Associate', {
      service: '10024/1',
      from: 'entered',
      users: user,
      units: '1',
    });

    assert.match(shown(done), /^Contoso\n/);
    assert.match((await arjun.say(`user ${user}`)).text, /^Fabrikam has no user/);
    assert.match((await carla.say(`user ${user}`)).text, /\(Contoso\) has 1 unit\./);
  });

  test('a form that names another customer’s service gives nothing', async () => {
    const values = { service: '10401/1', from: 'entered', users: somebody(), units: '1' };
    for (const who of ['carla', 'nora'] as const) {
      const back = await talk.as(who).submit('associate', values);
      assert.match(errorAt(back, 'service') ?? '', /^No service “10401\/1” that you can see/);
      assert.doesNotMatch(JSON.stringify(choices(back, 'service')), /10401/);
    }
    assert.match((await talk.as('arjun').say('free 10401')).text, /3 of 3 units free/);
  });

  test('of very many services the forms list those with the most units, and the one that was asked for', async () => {
    const { db } = talk;
    await addOrder(db, {
      number: 10901,
      of: 'Fabrikam',
      services: Array.from({ length: 120 }, () => [OFFICE, 5] as const),
    });
    await addOrder(db, {
      number: 10902,
      of: 'Fabrikam',
      services: [
        [OFFICE, 3],
        [OFFICE, 900],
      ],
    });
    await db.updateTable('services').set({ associated: 2 }).where('units', '=', 5).execute();
    const priya = talk.as('priya');
    await priya.say('use fabrikam');
    const listed = (form: Reply, id: string) => choices(form, id).map(({ value }) => value);

    const form = await priya.say('associate');
    assert.equal(listed(form, 'service').length, 99);
    assert.ok(listed(form, 'service').includes('10902/2'));
    assert.ok(!listed(form, 'service').includes('10901/120'));
    assert.match(shown(form), /Listed are those with the most free units/);
    const asked = await priya.say('associate 10901/120');
    assert.equal(listed(asked, 'service').length, 100);
    assert.equal(typed(asked, 'service'), '10901/120');

    const release = await priya.say('release 10901/119');
    assert.equal(typed(release, 'service'), '10901/119');
    assert.ok(listed(release, 'service').length <= 100);
    const move = await priya.say('move');
    assert.ok(listed(move, 'from').length <= 100 && listed(move, 'to').length <= 100);

    const which = await priya.say('associate office');
    assert.equal(listed(which, 'text').length, 99);
    assert.match(shown(which), /More services have that in their name/);
    assert.match((await priya.say('associate 10902')).text, /^Which “10902”/);
  });
});
